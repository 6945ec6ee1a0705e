"""The words of bylines, by language: labels, roles, degrees, placeholders, and what stands behind a name."""

from __future__ import annotations

#: What is certainly followed by who wrote the story, whatever stands in front of the line's first name.
LABELS: dict[str, tuple[str, ...]] = {
    "en": (
        "by", "written by", "story by", "text by", "words by", "article by", "posted by", "published by",
        "submitted by", "reported by", "reporting by", "authored by", "created by", "contributed by", "analysis by",
        "opinion by", "review by", "interview by", "report by", "essay by", "column by", "commentary by",
        "prepared by", "compiled by", "an article by", "a guest post by", "guest post by",
        "this post was written by", "this article was written by", "this story was written by", "about the author",
        "brought to you by", "post author", "article author", "medically written by", "blog by", "post by",
        "blog post by",
    ),
    "de": (
        "geschrieben von", "verfasst von", "veröffentlicht von", "erstellt von", "eingestellt von", "gepostet von",
        "publiziert von", "text von", "artikel von", "beitrag von", "ein artikel von", "ein beitrag von",
        "ein text von", "kommentar von", "ein kommentar von", "analyse von", "eine analyse von", "gastbeitrag von",
        "ein gastbeitrag von", "kolumne von", "eine kolumne von", "bericht von", "ein bericht von", "interview von",
        "ein interview von", "essay von", "ein essay von", "rezension von", "eine rezension von", "glosse von",
        "eine glosse von", "reportage von", "eine reportage von", "autorin des artikels", "autor des artikels",
        "autor/in", "autor:in", "autor*in", "autor(in)", "über den autor", "über die autorin", "aufgezeichnet von",
        "bearbeitet von",
    ),
    "fr": (
        "écrit par", "rédigé par", "publié par", "posté par", "un article de", "article de", "article écrit par",
        "article rédigé par", "texte de", "texte par", "un texte de", "un texte par", "propos recueillis par",
        "une chronique de", "chronique de", "une analyse de", "par notre correspondant", "par notre correspondante",
        "proposé par", "à propos de l'auteur", "une tribune de", "reportage de",
    ),
    "es": (
        "escrito por", "publicado por", "redactado por", "elaborado por", "texto de", "texto por", "un texto de",
        "un artículo de", "artículo de", "artículo por", "una columna de", "columna de", "entrevista de",
        "reportaje de", "enviado por", "creado por", "sobre el autor", "sobre la autora",
    ),
    "pt": (
        "escrito por", "publicado por", "redigido por", "postado por", "criado por", "texto de", "texto por",
        "um artigo de", "artigo de", "artigo por", "matéria de", "reportagem de", "sobre o autor", "sobre a autora",
    ),
    "it": (
        "scritto da", "pubblicato da", "redatto da", "inserito da", "postato da", "creato da", "a cura di",
        "articolo di", "un articolo di", "testo di", "un testo di", "intervista di", "servizio di", "recensione di",
        "dal nostro inviato", "dalla nostra inviata", "dal nostro corrispondente", "dalla nostra corrispondente",
    ),
    "nl": (
        "geschreven door", "gepubliceerd door", "geplaatst door", "gepost door", "tekst door", "artikel door",
        "een artikel van", "artikel van", "tekst van", "over de auteur", "opgetekend door",
    ),
    "sv": (
        "skriven av", "skrivet av", "skrivit av", "publicerad av", "publicerat av", "text av", "artikel av",
        "en text av",
    ),
    "no": ("skrevet av", "publisert av", "tekst av", "artikkel av", "lagt ut av", "postet av", "av journalist"),
    "da": ("skrevet af", "publiceret af", "tekst af", "artikel af", "udgivet af", "af journalist"),
    "fi": ("kirjoittanut", "julkaissut", "kirjoittaja", "teksti ja kuvat", "teksti", "toimittanut"),
    "pl": (
        "napisał", "napisała", "napisane przez", "napisany przez", "opublikował", "opublikowała",
        "opublikowane przez", "opracował", "opracowała", "oprac.", "przygotował", "przygotowała", "dodał", "dodała",
        "tekst i zdjęcia", "dodane przez",
    ),
    "cs": (
        "napsal", "napsala", "napsal(a)", "zveřejnil", "zveřejnila", "publikoval", "publikovala", "autor článku",
        "autorka článku", "vložil", "vložila",
    ),
    "sk": (
        "napísal", "napísala", "napísal(a)", "zverejnil", "zverejnila", "publikoval", "publikovala", "autor článku",
        "pridal", "pridala",
    ),
    "hu": (
        "írta", "írta és fényképezte", "szerző", "szerkesztette", "közzétette", "beküldte", "készítette", "a szerző",
    ),
    "ro": (
        "scris de", "publicat de", "postat de", "redactat de", "articol de", "un articol de", "realizat de",
        "text de", "adăugat de",
    ),
    "bg": ("публикувано от", "написано от", "автор на статията", "публикувана от", "публикувал", "написа"),
    "ru": (
        "написал", "написала", "написано", "опубликовал", "опубликовала", "автор статьи", "автор текста",
        "автор материала", "подготовил", "подготовила", "опубликовано", "автор публикации", "записал", "записала",
    ),
    "uk": (
        "написав", "написала", "опублікував", "опублікувала", "автор статті", "автор тексту", "автор матеріалу",
        "підготував", "підготувала",
    ),
    "el": (
        "γράφει ο", "γράφει η", "γράφουν οι", "γράφει", "γράφουν", "γράφτηκε από", "από", "του δημοσιογράφου",
        "από τον", "από την", "επιμέλεια", "συντάκτης", "συντάκτρια", "αρθρογράφος", "ρεπορτάζ",
    ),
    "tr": ("yazan", "hazırlayan", "yazar", "yazarı", "haber", "haberi yazan", "ekleyen", "yayınlayan", "kaleme alan"),
    "ar": (
        "بقلم", "كتب", "كتبت", "كتبه", "كتبها", "الكاتب", "الكاتبة", "إعداد", "تحرير", "المؤلف", "نشر بواسطة",
        "نشرت بواسطة", "بواسطة", "من إعداد", "تقرير", "المحرر",
    ),
    "fa": (
        "نویسنده", "به قلم", "نوشته", "نوشتهٔ", "نوشته شده توسط", "گزارش از", "خبرنگار", "توسط", "گردآورنده",
        "به‌قلم",
    ),
    "ur": ("تحریر", "مصنف", "از قلم"),
    "he": ("מאת", "נכתב על ידי", "כתב", "כתבה", "פורסם על ידי", "נכתב ע״י", 'נכתב ע"י'),
    "hi": ("लेखक", "द्वारा", "लेखिका", "रिपोर्ट", "संवाददाता", "लिखित", "द्वारा लिखित", "रिपोर्टर", "प्रस्तुति"),
    "bn": ("লেখক", "লিখেছেন", "প্রতিবেদক", "লেখা", "লেখিকা", "প্রতিবেদন", "দ্বারা"),
    "id": (
        "oleh", "ditulis oleh", "penulis", "laporan wartawan", "disusun oleh", "diposting oleh",
        "dipublikasikan oleh",
    ),
    "vi": (
        "tác giả", "bởi", "viết bởi", "đăng bởi", "bài viết bởi", "bài viết của", "người viết", "người đăng",
        "được viết bởi", "bài của",
    ),
    "th": ("โดย", "ผู้เขียน", "เขียนโดย", "ผู้แต่ง", "ผู้สื่อข่าว", "โพสต์โดย", "เรียบเรียงโดย"),
    "ka": ("ავტორი",),
    "hy": ("հեղինակ", "հեղինակ՝"),
    "ta": ("எழுதியவர்", "ஆசிரியர்"),
    "te": ("రచయిత",),
    "mr": ("लेखन",),
    "gu": ("લેખક",),
    "pa": ("ਲੇਖਕ",),
    "ml": ("രചയിതാവ്",),
    "kn": ("ಲೇಖಕ",),
    "et": ("kirjutas",),
    "lt": ("parašė",),
    "hr": ("napisao", "piše", "autor teksta"),
    "sr": ("napisala", "пише", "аутор текста", "написао"),
    "sl": ("napisal", "piše"),
    "sq": ("shkruar nga", "nga"),
    "ca": ("escrit per", "text de"),
    "gl": ("escrito por",),
    "is": ("höfundur", "eftir"),
    "ms": ("ditulis oleh",),
    "tl": ("isinulat ni",),
    "sw": ("imeandikwa na",),
    "af": ("deur", "geskryf deur"),
    "zh": (
        "作者", "撰文", "撰稿", "文", "记者", "記者", "本报记者", "本報記者", "通讯员", "本网记者", "特约记者",
        "采写", "採訪", "報導", "報道", "撰文者", "作 者", "作者介绍", "供稿", "采访", "編譯", "编译", "发布者",
        "發布者",
    ),
    "ja": (
        "著者", "執筆", "執筆者", "筆者", "取材・文", "文", "文・写真", "記者", "ライター", "投稿者", "書いた人",
        "この記事を書いた人", "作者", "取材", "構成・文", "文＝", "寄稿", "文責",
    ),
    "ko": ("글쓴이", "작성자", "기자", "글", "글·사진", "글/사진", "저자", "지은이", "취재", "필자", "작성"),
}  # fmt: skip
#: Words for somebody who writes: a label where a colon or a whole name follows, else a word of a name's surroundings.
WRITERS: dict[str, tuple[str, ...]] = {
    "en": (
        "author", "authors", "author(s)", "writer", "writers", "reporter", "reporters", "byline", "contributor",
        "contributors", "text", "words", "story", "writer(s)", "journalist", "blogger",
    ),
    "de": (
        "autor", "autorin", "autoren", "autorinnen", "verfasser", "verfasserin", "redakteur", "redakteurin", "text",
        "texte", "bericht", "redaktion", "reporter", "reporterin", "korrespondent", "korrespondentin",
    ),
    "fr": (
        "auteur", "auteure", "autrice", "auteurs", "auteur(s)", "rédacteur", "rédactrice", "journaliste", "texte",
        "textes",
    ),
    "es": (
        "autor", "autora", "autores", "texto", "textos", "redactor", "redactora", "periodista", "autor/a",
        "redacción",
    ),
    "pt": ("autor", "autora", "autores", "texto", "textos", "jornalista", "repórter", "redação"),
    "it": ("autore", "autrice", "autori", "testo", "testi", "giornalista", "redazione"),
    "nl": ("auteur", "auteurs", "schrijver", "tekst", "redacteur", "verslaggever", "journalist"),
    "sv": ("författare", "skribent", "reporter", "journalist", "text"),
    "no": ("forfatter", "skribent", "journalist", "tekst"),
    "da": ("forfatter", "skribent", "journalist", "tekst"),
    "fi": ("kirjoittaja", "kirjoittajat", "toimittaja", "teksti"),
    "pl": ("autor", "autorka", "autorzy", "tekst", "redaktor", "dziennikarz", "dziennikarka", "oprac"),
    "cs": ("autor", "autorka", "autoři", "text", "redaktor", "redaktorka"),
    "sk": ("autor", "autorka", "autori", "text", "redaktor", "redaktorka"),
    "hu": ("szerző", "szerzők", "szöveg", "újságíró", "riporter"),
    "ro": ("autor", "autori", "autoare", "text", "redactor", "jurnalist"),
    "bg": ("автор", "автори", "текст", "репортер", "журналист"),
    "ru": ("автор", "авторы", "текст", "корреспондент", "журналист", "обозреватель", "редактор", "автор(ы)"),
    "uk": ("автор", "автори", "авторка", "текст", "кореспондент", "журналіст", "журналістка", "редактор"),
    "el": ("συντάκτης", "συντάκτρια", "κείμενο", "συγγραφέας", "δημοσιογράφος"),
    "tr": ("yazar", "muhabir", "editör", "yazı", "metin"),
    "et": ("autor", "toimetaja"),
    "lv": ("autors", "autore"),
    "lt": ("autorius", "autorė"),
    "hr": ("autor", "autorica", "novinar"),
    "sr": ("аутор", "ауторка"),
    "sl": ("avtor", "avtorica"),
    "sq": ("autori", "autorja"),
    "ca": ("autor", "autora", "text"),
    "mk": ("автор",),
    "id": ("penulis", "reporter", "pewarta", "wartawan"),
    "vi": ("tác giả",),
}  # fmt: skip
#: Words that mean "by" and something else, too: a label where a whole name follows.
SHORT_LABELS: tuple[str, ...] = (
    "von", "par", "por", "door", "di", "da", "de", "av", "af", "od", "przez", "przygot", "от", "від", "par le",
    "του", "της", "do",
)  # fmt: skip
#: Labels of those who helped: who stands behind them wrote the story only where nobody else is told.
SECOND_LABELS: tuple[str, ...] = (
    "edited by", "reviewed by", "medically reviewed by", "fact checked by", "fact-checked by", "recommended by",
    "updated by", "curated by", "presented by", "clinically reviewed by", "legally reviewed by",
    "expert reviewed by", "tested by", "hosted by", "additional reporting by", "editing by",
    "with additional reporting by", "produced by", "редактор", "편집", "责任编辑", "責任編輯", "编辑", "編輯",
    "编审", "編集",
)  # fmt: skip
#: Labels of pictures, sources and sponsors: who stands behind them did not write the story.
CREDITS: tuple[str, ...] = (
    "photos by", "photo by", "photographs by", "photograph by", "photography by", "pictures by", "picture by",
    "images by", "image by", "illustrations by", "illustration by", "video by", "videos by", "art by", "graphics by",
    "graphic by", "narrated by", "translated by", "sponsored by", "photos", "photo", "photograph", "credit",
    "credits", "image credit", "photo credit", "picture credit", "image", "picture", "images", "video",
    "illustration", "graphic", "foto", "fotos", "foto von", "fotos von", "bild", "bilder", "bild von", "bildquelle",
    "grafik", "photographie", "crédit photo", "crédit", "crédits", "photos par", "photo par", "foto de", "fotos de",
    "foto di", "foto door", "foto av", "foto af", "fotó", "kép", "kuva", "kuvat", "zdjęcia", "zdjęcie", "fot.",
    "fot", "fotograf", "фото", "фотография", "снимка", "φωτογραφία", "fotoğraf", "صورة", "تصوير", "عکس", "צילום",
    "फोटो", "ছবি", "사진", "写真", "撮影", "图片", "摄影", "圖片", "攝影", "ภาพ", "ảnh", "source", "sources",
    "quelle", "quellen", "fuente", "fonte", "zdroj", "źródło", "источник", "джерело", "kaynak", "المصدر", "منبع",
    "출처", "来源", "來源", "出典", "校对", "审核",
)  # fmt: skip
#: Behind a name, what tells that it is one.
BEHIND_NAMES = tuple("기자 특파원 記者 记者 특집기자 선임기자 인턴기자 논설위원 tarafından द्वारा".split())
#: "And" between names.
ANDS: tuple[str, ...] = (
    "and", "und", "et", "y", "e", "och", "og", "en", "ve", "i", "oraz", "a", "és", "și", "şi", "ed", "ja", "και",
    "и", "та", "і", "dan", "và", "และ", "और", "এবং", "ও", "و", "with", "mit", "avec", "con", "com", "et de",
)  # fmt: skip
#: Degrees, orders and memberships behind a name, without full stops and spaces, in small letters.
DEGREES = frozenset(
    "phd dphil md mph mba msc bsc ma ba mphil llm llb jd dds dmd dvm vmd rn np pa pac rd rdn ldn ms bs mfa mpa"
    " mpp edd psyd lcsw lmft lpc cfp cpa cfa esq jr sr ii iii iv msw mn dnp do dpm od pharmd facs facp faap frcs"
    " mrcp obe mbe cbe kbe kc qc mp mep pmp phr sphr shrmcp ccc msn bsn aprn fnp cnm dacvb foma dabom faan facog"
    " facc pe pt dpt ot otr cscs cpt nasm drmed drrernat drphil dring dipling mag bakk dr prof professor emeritus"
    " cand dphilhabil csc cissp cpp psp mla meng beng dba scd sm dsc dlitt frs frsa lcpc licsw bcba mscd ma(hons)"
    " lvt vts cdces cde bcpa ccrn edm med mdiv thd mts".split()
)
#: Nobody: what systems write where an author is missing.
PLACEHOLDERS = frozenset(
    "admin administrator noauthor noauthors author authors name authorname anonymous anonym anonymus unknown"
    " unknownauthor none null undefined undefinedundefined nullnull неуказан неуказано nan na n/a guest"
    " guestauthor guestuser user username webmaster root test testuser default defaultauthor editor1 siteadmin"
    " siteadministrator webadmin wpadmin superuser superadmin system systemuser wordpress joomla drupal nobody"
    " yourname autor autorunbekannt unbekannt keinautor keinautorangegeben ohneautor auteurinconnu inconnu anonyme"
    " sinautor desconocido anonimo anónimo semautor desconhecido sconosciuto nessunautore onbekend geenauteur"
    " okand ukjent ukendt ingenforfatter tuntematon brakautora nieznany neznamy neznámý ismeretlen necunoscut"
    " неизвестен неизвестный автор администратор адмін админ безавтора адміністратор невідомий άγνωστος bilinmiyor"
    " anonim yazaryok مجهول مدير admin1 غيرمعروف ناشناس מנהל 管理员 管理者 佚名 匿名 未知 무명 익명 관리자"
    " ผู้ดูแลระบบ quảntrịviên tidakdiketahui importuser contenteditor contentadmin cmsuser apiuser feeduser"
    " rssfeed importer noname noauthorspecified notspecified anonymoususer anonymousauthor false true object"
    " objectobject array staging dev developer demo sample".split()
)
#: What a desk or a company is called.
ORGANISATIONS = tuple(
    "gmbh ag kg ug mbh inc llc ltd plc corp co sa sas sarl srl spa bv nv ab oy oyj aps limited company"
    " corporation incorporated holding holdings group gruppe groupe grupo gruppo groep press media medien médias"
    " medios mídia news newsroom newsdesk network agency agentur agence agencia agência agenzia agencies"
    " publishing publishers publications verlag éditions editorial team staff desk bureau redaktion rédaction"
    " redaction redacción redação redazione redactie redaktionen redaksjonen redakcja redakce redakcia"
    " szerkesztőség redacția редакция редакція toimitus σύνταξη редакционна editors reporters writers contributors"
    " correspondents association society foundation institute institut university universität department ministry"
    " office council committee center centre times post daily weekly tribune herald gazette magazine journal"
    " zeitung tageblatt anzeiger online digital web studio studios solutions services software technologies"
    " systems partners consulting marketing communications radio television tv blog support insurance bank"
    " hospital clinic health school college club union party federation editorials website copywriter ekibi equipo"
    " équipe equipe coordinator newswire wire service отдел агентство 编辑部 編集部 通讯社 新闻 新聞 日报 日報"
    " 晚报 网 뉴스 신문 일보 편집국 편집부 통신 newspaper newspapers broadcasting productions collective community"
    " content admin administrator cloud".split()
)
#: What people who write together are called, at the end of their name.
TEAMS = tuple(
    "team editors staff desk newsroom newsdesk bureau redaktion editor writers contributor contributors editorial"
    " reporters correspondent reporter ekibi agencies redacción redazione redação rédaction redactie redakcja"
    " redakce".split()
)
#: What somebody does, as told beside the name.
ROLES = tuple(
    "editor editors reporter reporters correspondent correspondents writer writers columnist columnists producer"
    " producers contributor contributors journalist journalists analyst analysts staff author authors redakteur"
    " redakteurin korrespondent korrespondentin reporterin autor autorin autora redacteur journaliste"
    " correspondant correspondante redattore redattrice giornalista redactor redactora corresponsal journalistin"
    " leitung chef chefredakteur chefredakteurin bureau professor director manager president chief officer head"
    " founder co-founder cofounder partner specialist consultant engineer lead leader senior junior assistant"
    " associate intern executive expert strategist marketer marketing advisor ceo cto cfo coo cmo vp vice attorney"
    " lawyer physician veterinarian researcher fellow lecturer photographer blogger freelance freelancer"
    " contributing representative owner principal scientist designer developer teacher trainer coach dietitian"
    " nutritionist architect secretary minister chair chairman chairwoman copywriter graduate student reviewer"
    " publisher managing deputy ressortleiter ressortleiterin leiter leiterin volontär volontärin fotograf"
    " periodista jornalista repórter editora diretor diretora directeur directrice rédacteur rédactrice direttore"
    " direttrice inviato inviata verslaggever toimittaja dziennikarz dziennikarka redaktor redaktorka szerkesztő"
    " újságíró корреспондент журналист обозреватель редактор главный muhabir yazar muhabiri editör wartawan"
    " penulis caucus geschäftsführer geschäftsführerin reporteros colaborador colaboradora collaborateur"
    " collaboratrice doctoral candidate therapist psychologist".split()
)
#: Words of links and counters, which stand beside a name and are no part of it.
LINK_WORDS = tuple(
    "view all more see follow share posts articles stories bio biography profile website twitter facebook"
    " instagram linkedin whatsapp youtube email e-mail mail rss contact comments comment subscribe newsletter sign"
    " login print save copy link home menu search published updated posted min minute minutes photo photos image"
    " images getty video advertisement disclosure learn full story article latest related about written category"
    " categories tags special exclusive alle artikel beiträge mehr weitere folgen teilen profil kontakt"
    " aktualisiert veröffentlicht uhr zum zur autorenseite tous toutes voir lire suivre partager publié plus todos"
    " todas artículos ver leer seguir compartir publicado actualizado más mais artigos notícias noticias tutti"
    " articoli leggi segui condividi pubblicato aggiornato meer lees volg artikelen visa läs följ fler artiklar"
    " følg artikler flere wszystkie artykuły więcej zobacz všechny všetky články více viac összes cikk cikke toate"
    " articolele всички все статьи статии ещё подробнее усі статті όλα άρθρα tüm yazıları yazılar semua today"
    " yesterday ago hours hour days wednesday monday tuesday thursday friday saturday sunday january february"
    " september october november december news advertiser read mins reading bluesky discord spotify mastodon"
    " threads pinterest tiktok reddit telegram sponsored contributions sat sun mon tue wed thu fri terms privacy"
    " policy reviewed edited medically checked listen estimated featured edition".split()
)
#: Words of headlines and labels: a line that nothing but its place speaks for is no name with one of them.
HEADLINE_WORDS = tuple(
    "key takeaways introduction overview summary conclusion guide tips what how why when who where which your our"
    " you we this that these best top new free get book now for with to is are was not no an the it its at on in"
    " by from as or if can up out and privacy policy terms cookies business technology politics sports sport world"
    " culture opinion lifestyle travel entertainment science finance education resources blogs products pricing"
    " customer case study studies release releases breadcrumb breadcrumbs facts audio podcast time upcoming events"
    " event request demo schedule call download start started try shop buy cart gallery reviews industry insights"
    " trends update updates publication date last modified first add google preferred source table contents jump"
    " skip day week month year management security engineering design product data cloud artificial intelligence"
    " machine learning software development home house food life art music film games gaming real estate law legal"
    " climate environment energy local national international regional united states kingdom north south east west"
    " city county street park river island american york london berlin paris breaking live trending popular wissen"
    " wirtschaft politik kultur gesundheit ratgeber nachrichten actualités économie société deportes cultura"
    " política economía sociedad cronaca human web social digital small open play pause expand close show hide"
    " next previous back go general special report most much does did cost costs style find care strategy using"
    " brute force range ultimate performance performances boosting auf dow jones hr seo ai auto step part chapter"
    " option pro plus premium basic standard quiz recipe recipes health wellness fitness beauty money work career"
    " careers services solutions platform questions answers faq faqs disclaimer editor's staff picks team history"
    " research innovation reports interview analysis feature features column editorial letter letters quick".split()
)
#: Words, other than "and" and particles, that may stand right behind the last name of a byline.
TAIL_WORDS = tuple(
    "in on for at from of special as is to published updated posted am um für aus im le à pour dans en el para"
    " desde em no na per il alle su op om voor på kl kello w dnia z v ve dne în la pe в на для о у στις στο için"
    " di pada by via about writes reports told with".split()
)
#: The same in scripts without spaces.
UNSPACED_TAILS = tuple(
    "报道 報道 報導 摄影 攝影 撰文 编辑 編輯 文 图 圖 采写 综合报道 發自 发自 摄 撮影 記者 记者".split()
)
#: News agencies, as they stand in a dateline and a byline.
AGENCY_NAMES = (
    r"AP|(?:The )?Associated Press|Reuters|AFP|Agence France-Presse|dpa(?:/\w+)?|ANSA|EFE|Efe|Xinhua|TASS|PTI|ANI|IANS"
    r"|UPI|(?:The )?Canadian Press|Europa Press|Kyodo|Yonhap|AAP|SDA|ATS|Belga|ANP|NTB|PAP|Lusa|Bernama|Antara|Anadolu"
)
#: Particles of names, which are written small.
PARTICLES = frozenset(
    "a af al av aus bin bint ben da dal dalla das de degli dei del della den der des di do dos du e el en ibn la"
    " las le les los mc of och og 't ten ter und van vom von vd y zu zum zur ap ab san santa st".split()
)
