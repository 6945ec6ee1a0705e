"""Subscription prompts as many publishers word them, and stories about the same things, pair by pair."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.offers.removal import without_prompts
from newscrawl.offers.wording import WORDING
from newscrawl.publishers import GENERIC

#: By language: a prompt, and a paragraph of a story or of a guide that is about the same.
PAIRS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("Sign up for our daily newsletter to get the best stories in your inbox",
         "“Sign up for our daily newsletter” was the line that brought the Ledger 40,000 readers, its editor said."),
        ("Get the morning’s headlines delivered to your inbox. Unsubscribe anytime.",
         "Headlines were delivered to the inbox of every minister within the hour, the inquiry heard."),
        ("👉 Download our app for live results", "Download the app, create an account and choose a plan: that takes two minutes."),
        ("Already a subscriber? Log in", "Already a subscriber? The new prices apply from the next bill, Maro TV said."),
        ("Follow us on WhatsApp", "Follow us on WhatsApp, the fake account told its victims."),
        ("Support our journalism. Become a member today.", "Support for local journalism fell by half, a study found."),
        ("Please sign in to continue reading", "Sign in to your account, open Settings and press Cancel subscription."),
        ("This article is for subscribers only.", "This article is for subscribers of a gas contract who were billed twice."),
        ("Register to read the full story", "Register to vote before Friday to take part in the run-off."),
        ("Enjoyed this article? Please consider joining. Support independent journalism.",
         "Donate to our campaign, the candidate told the crowd, and you will own the result."),
        ("Follow the Maro Ledger on Facebook, X and Instagram", "The minister posted it on Facebook, X and Instagram."),
        ("Thank you for subscribing!", "Thank you, he wrote to each of the 300 donors."),
        ("Subscribe for unlimited access", "Subscribe to the cheapest plan first; the others differ only in picture quality."),
        ("You must be logged in to comment.", "Users must log in to see the map of the outage."),
        ("Click here to subscribe to our newsletter", "Subscribe to newsletters of shops you trust, and use a second address."),
    ),
    "de": (
        ("Abonnieren Sie unseren Newsletter „Morgenpost aus Maro“",
         "Den Newsletter der Stadtwerke haben 20.000 Haushalte abonniert, sagte ein Sprecher."),
        ("Folgen Sie uns auf WhatsApp!", "„Folgen Sie uns“, stand auf dem Plakat am Hafen."),
        ("Jetzt kostenlos die News-App herunterladen", "Wer die App herunterladen will, braucht ein neues Telefon."),
        ("Sie sind bereits Abonnent? Hier anmelden",
         "Bereits abonniert? Für Bestandskunden bleibt der Preis bis Mai gleich."),
        ("Unterstützen Sie unabhängigen Journalismus.", "Die Stiftung unterstützt unabhängigen Journalismus mit zwei Millionen Euro."),
        ("Sie haben noch kein Konto? Jetzt registrieren", "Sie haben kein Konto bei der Bank? Dann zahlt das Amt bar aus."),
        ("Dieser Artikel ist exklusiv für Abonnenten", "Der Tarif ist nur für Abonnenten des Nahverkehrs gedacht."),
        ("4 Wochen für 1 Euro testen", "Vier Wochen lang testen Fahrgäste den neuen Tarif."),
    ),
    "fr": (
        ("Inscrivez-vous à notre newsletter quotidienne", "Sa newsletter compte 12 000 inscrits, a expliqué la maire."),
        ("Suivez-nous sur Telegram", "Suivez le fleuve jusqu’au pont, puis prenez à gauche."),
        ("Déjà abonné ? Connectez-vous", "Déjà abonné ? Rien ne change avant juin pour les clients de la plateforme."),
        ("Cet article est réservé aux abonnés.", "Ce quai est réservé aux abonnés du train."),
        ("Téléchargez notre application", "Téléchargez l’application, puis créez un compte."),
        ("Soutenez le journalisme indépendant", "Le fonds soutient le journalisme indépendant dans huit pays."),
        ("Connectez-vous pour lire la suite", "Connectez-vous à votre espace client et choisissez « résilier »."),
    ),
    "es": (
        ("Suscríbete a nuestro boletín y recibe las noticias en tu correo", "Recibe amenazas en su correo desde que publicó el libro."),
        ("Síguenos en WhatsApp", "Sigue a sus rivales en Instagram y en TikTok desde hace años."),
        ("¿Ya eres suscriptor? Inicia sesión", "¿Ya eres suscriptor? El nuevo precio empieza en mayo para todos."),
        ("Descarga nuestra app", "Descarga la aplicación, crea una cuenta y elige un plan."),
        ("Apoya nuestro periodismo", "El sindicato apoya la huelga de los periodistas."),
        ("Este contenido es exclusivo para suscriptores", "El concierto es exclusivo para socios del club."),
        ("Regístrate gratis para seguir leyendo", "Regístrate gratis para la carrera antes del domingo."),
    ),
    "it": (
        ("Iscriviti alla nostra newsletter", "Gli iscritti alla newsletter del comune sono raddoppiati."),
        ("Seguici su Facebook", "Segui il sentiero fino al rifugio."),
        ("Sei già abbonato? Accedi", "Sei già abbonato? Il prezzo cambia solo per i nuovi clienti."),
        ("Scarica la nostra app", "Scarica l’app, crea un profilo e prenota la visita."),
        ("Sostieni il nostro giornalismo", "La fondazione sostiene il teatro della città."),
        ("Questo articolo è riservato agli abbonati", "Il parcheggio è riservato agli abbonati della metro."),
    ),
    "pt": (
        ("Inscreva-se na nossa newsletter", "A newsletter da prefeitura chega a 9 mil pessoas."),
        ("Siga-nos no Instagram", "Siga pela marginal até o porto."),
        ("Já é assinante? Faça login", "Já é assinante? O preço novo só vale em maio, disse a empresa."),
        ("Baixe o nosso aplicativo", "Baixe o aplicativo e crie uma senha."),
        ("Apoie o jornalismo independente", "O fundo apoia rádios de bairro."),
        ("Cadastre-se para continuar lendo", "Cadastre-se aqui para receber a vacina."),
    ),
    "nl": (
        ("Schrijf je in voor onze nieuwsbrief", "De nieuwsbrief van de gemeente telt 8.000 lezers."),
        ("Volg ons op Instagram", "Volg de kust tot aan de vuurtoren."),
        ("Nog geen abonnee? Ontdek onze artikels.", "Nog geen abonnement? Dan kost een rit twee euro meer."),
        ("Download onze app", "Download de app en maak een profiel aan."),
        ("Steun onze onafhankelijke journalistiek", "Het fonds steunt de journalistiek in drie landen."),
    ),
    "sv": (
        ("Prenumerera på vårt nyhetsbrev", "Kommunens nyhetsbrev har 8 000 läsare."),
        ("Följ oss på Facebook", "Följ stigen till fyren."),
        ("Redan prenumerant? Logga in", "Redan prenumerant? Priset är detsamma till maj för alla kunder."),
        ("Logga in för att fortsätta läsa", "Logga in med bank-id för att se beslutet."),
    ),
    "no": (
        ("Meld deg på nyhetsbrevet vårt", "Nyhetsbrevet til kommunen har 8000 lesere."),
        ("Følg oss på Instagram", "Følg stien til fyret."),
        ("Allerede abonnent? Logg inn", "Allerede abonnent? Prisen er den samme til mai for alle kunder."),
        ("Støtt oss!", "De ville ha støtte fra staten."),
    ),
    "da": (
        ("Tilmeld dig vores nyhedsbrev", "Kommunens nyhedsbrev har 8000 læsere."),
        ("Følg os på Facebook", "Følg stien til fyret."),
        ("Log ind for at læse videre", "Log ind med nøglekortet for at se afgørelsen."),
    ),
    "pl": (
        ("Zapisz się do naszego newslettera", "Newsletter urzędu ma 8 tysięcy czytelników."),
        ("Obserwuj nas na Facebooku", "Obserwują nas kamery, mówi mieszkaniec portu."),
        ("Masz już konto? Zaloguj się", "Masz już konto? Nowe opłaty obejmą je dopiero w maju."),
        ("Pobierz naszą aplikację", "Pobierz aplikację i załóż profil."),
        ("Wesprzyj niezależne dziennikarstwo", "Fundacja wspiera szkoły w porcie."),
    ),
    "ru": (
        ("Подписывайтесь на наш канал", "На канал мэрии подписаны 8 тысяч человек."),
        ("Читайте нас в Telegram", "Читайте договор до конца, советует юрист."),
        ("Скачайте наше приложение", "Скачайте приложение и создайте пароль."),
        ("Поддержите независимую журналистику", "Фонд поддержал школы порта."),
        ("Войдите, чтобы прочитать полностью", "Войдите в личный кабинет и выберите тариф."),
    ),
    "uk": (
        ("Підписуйтесь на наш канал", "На канал мерії підписані 8 тисяч людей."),
        ("Читайте нас у Telegram", "Читайте договір до кінця, радить юристка."),
        ("Завантажте наш застосунок", "Завантажте застосунок і створіть пароль."),
        ("Підтримайте незалежну журналістику", "Фонд підтримав школи порту."),
    ),
    "tr": (
        ("Bültenimize abone olun", "Belediyenin bültenine 8 bin kişi abone."),
        ("Bizi Instagram’da takip edin", "Bizi takip edin, dedi rehber."),
        ("Uygulamamızı indirin", "Uygulamayı indirin ve bir parola seçin."),
        ("Bağımsız gazeteciliği destekleyin", "Vakıf limandaki okulları destekliyor."),
    ),
    "id": (
        ("Ikuti kami di WhatsApp", "Ikuti jalan itu sampai pelabuhan."),
        ("Unduh aplikasi kami", "Unduh aplikasi lalu buat kata sandi."),
        ("Masuk untuk melanjutkan membaca", "Masuk ke akun Anda lalu pilih batal."),
        ("Dukung jurnalisme independen", "Yayasan itu mendukung sekolah di pelabuhan."),
    ),
    "ja": (
        ("この記事は会員限定です。", "この割引は会員限定で、来月から始まる。"),
        ("ニュースレターの登録はこちら", "市のニュースレターは8千人が読んでいる。"),
        ("今すぐ無料登録", "無料登録の利用者は8千人に上った。"),
        ("続きを読むには会員登録が必要です", "会員になると割引が受けられる。"),
    ),
    "ko": (
        ("뉴스레터를 구독하세요", "시의 뉴스레터는 8천 명이 구독한다."),
        ("이 기사는 유료 회원만 볼 수 있습니다", "회원 가입하면 할인을 받을 수 있다."),
        ("구독하시면 기사 전문을 읽으실 수 있습니다", "구독 요금은 다음 달부터 오른다."),
    ),
    "zh": (
        ("欢迎订阅我们的电子报", "市政府的电子报有八千名读者。"),
        ("请关注我们", "居民们很关注我们的港口。"),
        ("本文为付费会员专享", "这个停车场是会员专享的。"),
        ("免費下載本報新聞APP", "免費下載該應用後，選擇一個密碼。"),
    ),
    "hi": (
        ("हमें फेसबुक पर फॉलो करें", "आठ हज़ार लोग इस पन्ने को फॉलो करते हैं।"),
        ("हमारा ऐप डाउनलोड करें", "ऐप डाउनलोड करें और पासवर्ड चुनें।"),
        ("स्वतंत्र पत्रकारिता को समर्थन दें", "संस्था ने पत्रकारिता को समर्थन दिया।"),
    ),
    "ar": (
        ("اشترك في نشرتنا البريدية", "اشترك ثمانية آلاف شخص في نشرة البلدية."),
        ("تابعونا على فيسبوك", "تابع السكان الحريق من الميناء."),
        ("حمّل تطبيقنا", "حمل العمال الصناديق إلى الميناء."),
    ),
}  # fmt: skip
CASES = [(language, *pair) for language, pairs in PAIRS.items() for pair in pairs]
STORY = "Pilots of the port of Maro returned to the table on Monday."


#: More of stories and guides that come near to a prompt.
NEAR = (
    ("en", "Subscribe to the film service with adverts for $6.99 a month."),
    ("en", "Sign up for store newsletters"),
    ("en", "Sign up for the county’s emergency alerts"),
    ("en", "Get a one-time code sent to your inbox"),
    ("en", "Have you checked your inbox?"),
    ("en", "Support our schools, the placards read"),
    ("en", "Join us on Saturday"),
    ("en", "Already a member of parliament, she ran again"),
    ("en", "Unlimited access to all stories of the comic costs $8."),
    ("en", "Follow the keeper on Instagram, TikTok and Facebook and you see mostly owls."),
    ("de", "Melden Sie sich bis Freitag für den Newsletter der Stadt an."),
    ("de", "Laden Sie die App herunter."),
    ("fr", "Inscrivez-vous à la newsletter de la mairie"),
    ("fr", "Suivez-nous dans les coulisses"),
    ("es", "Apúntate a nuestros cursos"),
    ("es", "Síguenos por la ruta del vino"),
    ("it", "Seguici nel viaggio"),
    ("pt", "Siga-nos nesta viagem"),
    ("nl", "Schrijf je in voor de nieuwsbrief van de gemeente"),
    ("sv", "Följ oss på resan genom landet"),
    ("pl", "Dołącz do naszej drużyny"),
    ("ru", "Подпишитесь под наше обращение"),
    ("uk", "Читайте нас у книзі"),
    ("id", "Ikuti kami ke pasar"),
    ("ja", "会員登録はこちらの窓口で行う。"),
    ("zh", "关注我们的健康"),
    ("ar", "تابعنا المباراة من الملعب"),
)


def left(paragraphs: list[str], language: str | None = "en") -> list[str]:
    return without_prompts(paragraphs, language, GENERIC)


def test_every_language_is_tried():
    assert set(PAIRS) == set(WORDING)


@pytest.mark.parametrize(("language", "offer", "story"), CASES)
def test_a_prompt_goes_and_a_story_about_the_same_stays(language, offer, story):
    assert left([STORY, offer, story, offer], language) == [STORY, story]


@pytest.mark.parametrize(("language", "story"), NEAR)
def test_what_comes_near_to_a_prompt_stays(language, story):
    assert left([STORY, story], language) == [STORY, story]


@pytest.mark.parametrize(("code", "offer"), [
    ("de-AT", "Folgen Sie uns"), ("nb-NO", "Følg oss på Facebook"), ("ms", "Ikuti kami"), ("zh-Hant-TW", "訂閱我們的電子報"),
    ("pt-BR", "Siga-nos"), ("de", "Follow us on X"), ("xx", "Follow us"), (None, "Follow us"), ("", "Follow us"),
])  # fmt: skip
def test_the_language_of_the_page_and_english(code, offer):
    assert left([STORY, offer], code) == [STORY]


@pytest.mark.parametrize("code", [None, "en"])
@pytest.mark.parametrize("language", ["ru", "uk", "ja", "ko", "zh", "hi", "ar"])
def test_letters_tell_the_language_where_the_page_does_not(code, language):
    for offer, story in PAIRS[language]:
        assert left([story, offer], code) == [story]


def test_another_language_is_left_alone():
    assert left([STORY, "Folgen Sie uns"], "fr") == [STORY, "Folgen Sie uns"]


_WORDS = st.sampled_from(
    "newsletter subscribe app download login account WhatsApp Facebook follow support donate journalism member free"
    " the a of to and in it they he she city port minister told said was paid month readers paper new more today".split()
)
_SENTENCES = st.builds(
    lambda who, words: f"{who} {' '.join(words)}.",
    st.sampled_from(["They", "The paper", "She"]),
    st.lists(_WORDS, min_size=3),
)
_STORIES = st.one_of(
    _SENTENCES, st.sampled_from([story for language, _, story in CASES if language in ("en", "ru", "hi")])
)


@settings(deadline=None)  # the first of a language compiles its wording
@given(st.lists(_STORIES, max_size=12), st.sampled_from([None, *PAIRS]))
def test_a_story_stays_as_it_is(story, language):
    assert left(story, language) == story


@settings(deadline=None)  # the first of a language compiles its wording
@given(st.lists(st.sampled_from([*(text for case in CASES for text in case[1:]), "Newsletter", "Facebook", "Log in"])),
       st.sampled_from([None, *PAIRS]))  # fmt: skip
def test_what_stays_keeps_its_order_and_stays_again(paragraphs, language):
    once = left(paragraphs, language)
    rest = iter(paragraphs)
    assert all(text in rest for text in once)
    assert left(once, language) == once
