"""The words of a story's notes on itself, by language: corrections, editor's notes, and who else worked on it."""

from __future__ import annotations

#: Labels in front of a correction, a clarification or an editor's note.
CORRECTIONS: dict[str, tuple[str, ...]] = {
    "en": (
        "correction", "corrections", "clarification", "clarifications", "correction and clarification",
        "corrections and clarifications", "correction & clarification", "corrections & clarifications",
        "editor's note", "editors' note", "editor’s note", "editors’ note",
        "editors note", "editor note", "note from the editor", "editorial note", "erratum", "corrigendum",
    ),
    "de": (
        "korrektur", "korrekturen", "korrekturhinweis", "berichtigung", "richtigstellung", "klarstellung",
        "anmerkung der redaktion", "anm. d. red.", "anm. d. red", "anm. der redaktion", "hinweis der redaktion",
        "redaktioneller hinweis", "in eigener sache",
    ),
    "fr": (
        "rectificatif", "erratum", "errata", "mise au point", "précision", "note de la rédaction", "ndlr",
        "note de l'éditeur", "note de l’éditeur",
    ),
    "es": (
        "corrección", "correcciones", "fe de errores", "fe de erratas", "rectificación", "aclaración",
        "nota del editor", "nota de la redacción", "nota de redacción",
    ),
    "pt": (
        "correção", "correcção", "errata", "erramos", "esclarecimento", "retificação", "nota do editor",
        "nota da redação", "nota da redacção", "nota de redação",
    ),
    "it": (
        "correzione", "errata corrige", "rettifica", "precisazione", "nota della redazione", "nota dell'editore",
        "nota dell’editore",
    ),
    "nl": ("correctie", "rectificatie", "verbetering", "noot van de redactie", "naschrift redactie"),
    "sv": ("rättelse", "korrigering", "förtydligande", "redaktionens kommentar", "redaktionens anmärkning"),
    "no": ("rettelse", "korreksjon", "presisering", "redaksjonens merknad", "redaksjonell merknad"),
    "da": ("berigtigelse", "præcisering", "redaktionens bemærkning"),
    "fi": ("oikaisu", "korjaus", "täsmennys", "toimituksen huomautus"),
    "pl": ("sprostowanie", "korekta", "od redakcji", "przypis redakcji"),
    "cs": ("oprava", "upřesnění", "poznámka redakce", "poznámka editora"),
    "sk": ("upresnenie", "poznámka redakcie"),
    "hu": ("helyesbítés", "helyreigazítás", "pontosítás", "a szerkesztő megjegyzése", "szerkesztői megjegyzés"),
    "ro": ("erată", "rectificare", "precizare", "nota redacției", "nota editorului"),
    "ru": ("исправление", "поправка", "уточнение", "от редакции", "примечание редакции", "опровержение"),
    "uk": ("виправлення", "уточнення", "від редакції", "примітка редакції", "спростування"),
    "bg": ("поправка", "бележка на редакцията", "бележка на редактора"),
    "el": ("διόρθωση", "διευκρίνιση", "σημείωση της σύνταξης", "σημείωση του συντάκτη"),
    "tr": ("düzeltme", "tekzip", "editörün notu", "editör notu"),
    "ar": ("تصحيح", "تصويب", "توضيح", "ملاحظة المحرر", "تنويه"),
    "fa": ("اصلاحیه", "تصحیح", "یادداشت سردبیر"),
    "he": ("תיקון", "הבהרה", "הערת המערכת", "הערת העורך"),
    "hi": ("सुधार", "स्पष्टीकरण", "संपादक का नोट", "संपादकीय टिप्पणी"),
    "bn": ("সংশোধনী", "সম্পাদকের নোট"),
    "id": ("koreksi", "ralat", "catatan redaksi", "catatan editor", "klarifikasi"),
    "vi": ("đính chính", "ghi chú của biên tập viên"),
    "zh": ("更正", "更正启事", "更正啟事", "勘误", "勘誤", "编者按", "編者按", "编者注", "編者註", "澄清"),
    "ja": ("訂正", "お詫びと訂正", "おわびと訂正", "編集部注", "編集部より", "編集部追記"),
    "ko": ("정정", "바로잡습니다", "정정보도", "편집자 주", "편집자주", "알려드립니다"),
    "th": ("แก้ไขข่าว", "หมายเหตุบรรณาธิการ", "คำชี้แจง"),
}  # fmt: skip

#: What an editor's note says that is about the site and no story of it.
ABOUT_SITE = (
    r"affiliate|earn (?:an?|some) [\w ]{0,20}commission|commission at no|(?:through|using) (?:our|these) links"
    r"|click to enlarge|all other images|subscribe to (?:our|the)|sign up (?:for|to) (?:our|the)|use our directory"
)

_PIECE = (
    "article|story|post|report|piece|column|headline|caption|page|review|obituary|interview|video|graphic|chart"
    "|photo caption|newsletter|essay|item|entry|version"
)
_MENDED = (
    r"corrected|amended|clarified|revised|rectified|edited for|(?:updated|changed|edited|modified)"
    r" (?:to (?:correct|clarify|reflect|include|remove|add|note|fix|say|show|make|state)|with the correct)"
)
#: Sentences that a note on a correction begins with, as regular expressions; four letters of each are told first.
STATEMENTS: tuple[str, ...] = (
    rf"(?:this|the) (?:[\w.,-]{{1,15}} ){{0,4}}(?:{_PIECE})\b[^.!?]{{0,60}}? (?:has|have|was|were|is|had)(?: been)?"
    rf"(?: since| later| subsequently)? (?:{_MENDED})",
    r"(?:an|a|the) (?:earlier|previous|prior|original|first) version of (?:this|the|our)"
    rf" (?:[\w-]{{1,15}} )?(?:{_PIECE})",
    rf"(?:this|the) (?:{_PIECE}) (?:originally|previously|initially|incorrectly|mistakenly|erroneously)"
    r" (?:misstated|misidentified|misspelled|stated|said|gave|identified|described|reported|referred)",
    rf"we(?: have|'ve|’ve) (?:corrected|amended|clarified) (?:this|the) (?:{_PIECE})",
    r"corrects? (?:to|spelling|name|typo|date|headline|paragraph|first|second|third|day|title|year|quote|figure)\b",
    r"in (?:einer|der) (?:früheren|vorherigen|ursprünglichen|ersten|älteren) (?:version|fassung)",
    r"eine (?:frühere|vorherige|ursprüngliche) (?:version|fassung) (?:dieses|des)",
    r"(?:dieser|der) (?:artikel|beitrag|text) wurde [^.]{0,40}?(?:korrigiert|berichtigt|richtiggestellt)",
    r"wir haben [^.]{0,80}?(?:korrigiert|berichtigt|richtiggestellt)",
    r"(?:dans )?une (?:(?:précédente|première) version|version (?:précédente|antérieure|initiale)) de (?:cet|ce|l['’])",
    r"cet article a été (?:corrigé|modifié|rectifié)",
    r"(?:en )?una (?:versión (?:anterior|previa)|primera versión) de est[ea]",
    r"est[ea] (?:artículo|noticia|información|texto|nota) ha sido (?:corregid|rectificad|modificad)",
    r"(?:em |n)?uma (?:versão anterior|primeira versão) d[eoa]",
    r"(?:este|esta|o|a) (?:texto|artigo|reportagem|matéria|notícia) foi (?:corrigid|alterad|retificad)",
    r"(?:in )?una (?:versione precedente|prima versione) di quest",
    r"questo articolo è stato (?:corretto|rettificato|modificato)",
    r"in een eerdere versie van (?:dit|deze)",
    r"dit (?:artikel|bericht|stuk) is (?:aangepast|gecorrigeerd|gerectificeerd)",
    r"i en tidigare version av",
    r"(?:artikeln|texten) har (?:korrigerats|rättats)",
    r"i en tidligere (?:versjon|version|utgave|udgave) (?:av|af)",
    r"(?:jutun|artikkelin|uutisen|tekstin) (?:aiemmassa|aikaisemmassa|alkuperäisessä) versiossa",
    r"(?:juttua|artikkelia|tekstiä|uutista) (?:on )?(?:korjattu|oikaistu|täsmennetty)",
    r"w (?:poprzedniej|wcześniejszej|pierwotnej) wersji",
    r"в (?:первоначальной|предыдущей|ранней|первой) версии",
    r"у (?:попередній|початковій|першій) версії",
    r"(?:本文|記事|見出し)[^。]{0,60}(?:訂正|修正)しま",
)

#: Labels in front of who else worked on a story, whatever stands behind them.
HELP: dict[str, tuple[str, ...]] = {
    "en": (
        "additional reporting by", "additional reporting from", "further reporting by", "reporting by",
        "with reporting by", "with reporting from", "with additional reporting by", "with additional reporting from",
        "with contributions from", "with contributions by", "with inputs from", "with input from", "with inputs by",
        "inputs from", "inputs by", "with agency inputs from", "writing by", "additional writing by", "edited by",
        "editing by", "compiled by", "research by", "additional research by", "produced by", "rewritten by",
        "translated by", "translation by", "with files from", "with material from", "with help from",
        "with assistance from", "assistance by", "with assistance by", "reporting contributed by", "fact-checked by",
        "fact checked by",
    ),
    "de": (
        "unter mitarbeit von", "mit material von", "mit material der", "mit material des", "mit informationen von",
        "mit agenturmaterial von", "redigiert von",
    ),
    "fr": (
        "avec la collaboration de", "avec la contribution de", "avec la participation de", "édité par",
        "traduit par", "avec l'", "avec l’",
    ),
    "es": (
        "con información de", "con informaciones de", "con la colaboración de", "con aportes de", "reporte de",
        "reportes de", "información adicional de", "editado por", "editado en español por", "traducido por",
        "traducción de",
    ),
    "pt": (
        "com informações de", "com informações da", "com informações do", "com informações das",
        "com a colaboração de", "colaborou", "colaboraram", "reportagem adicional de", "editado por", "tradução de",
    ),
    "it": ("ha collaborato", "hanno collaborato", "con la collaborazione di", "con il contributo di", "traduzione di"),
    "nl": ("met medewerking van", "m.m.v."),
    "sv": ("med hjälp av",),
    "no": ("med bidrag fra",),
    "pl": ("przy współpracy", "we współpracy z"),
    "cs": ("na článku se podíleli", "ve spolupráci s"),
    "ru": ("при участии", "в подготовке материала участвовали", "в подготовке материала участвовал"),
    "uk": ("за участі", "за участю"),
}  # fmt: skip
#: The same of words that are prose without a colon behind them.
HELPERS: dict[str, tuple[str, ...]] = {
    "en": ("additional reporting", "editor", "editors", "contributors", "contributor", "editing", "translation"),
    "de": ("mitarbeit", "redaktionelle mitarbeit", "redaktion", "redigatur"),
    "fr": ("collaboration", "édition", "traduction"),
    "es": ("colaboración", "edición", "traducción", "colaboró", "colaboraron"),
    "pt": ("colaboração", "edição", "tradução"),
    "it": ("collaborazione", "traduzione"),
    "nl": ("medewerking", "eindredactie"),
    "sv": ("medarbetare", "redigering"),
    "no": ("medarbeider", "bidrag"),
    "da": ("medvirkende",),
    "pl": ("współpraca", "opracowanie", "redakcja"),
    "cs": ("spolupráce", "editor"),
    "ru": ("редактор", "редакторы", "перевод"),
    "uk": ("редактор", "переклад"),
    "tr": ("katkıda bulunan", "katkıda bulunanlar", "editör"),
    "id": ("editor", "kontributor", "penyunting"),
    "zh": ("责任编辑", "責任編輯", "责编", "責編", "编辑", "編輯", "实习生", "通讯员", "审校"),
    "ja": ("編集", "翻訳", "構成", "協力", "取材協力"),
    "ko": ("편집", "공동취재"),
}  # fmt: skip
#: What stands behind the names of those who helped.
HELPED: tuple[str, ...] = (
    r"(?:also )?contributed to (?:this|the) (?:report|story|article|piece|coverage|interview|analysis|guide|content)\b",
    r"(?:also )?contributed (?:additional )?(?:reporting|research|writing)\b",
)
#: Roles that stand before such a name: "Associated Press writer Ann Lee".
ROLES_BEFORE = (
    "writers?|reporters?|journalists?|correspondents?|producers?|researchers?|editors?|staff|columnists?|photographers?"
)
