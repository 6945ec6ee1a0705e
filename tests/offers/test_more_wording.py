"""Prompts that name the paper, channels, placeholders and comment rules; and whole stories about the same things."""

from __future__ import annotations

import pytest

from newscrawl import extract_article
from newscrawl.offers.more_wording import MORE
from newscrawl.offers.removal import without_prompts
from newscrawl.offers.wording import WORDING
from newscrawl.publishers import GENERIC

BEFORE = "Pilots of the port of Maro returned to the table on Monday."
BEHIND = "Both sides will meet again on Friday in the old customs house."

GO = {
    "en": [
        "Subscribe to the Maro Gazette to continue reading and get unlimited access to every story.", "Keep reading for $2 a month",
        "Continue reading with a Gazette subscription.", "You’ve used all your free articles for this month.", "You have 3 free stories left.",
        "This is your last free article.", "Get full digital access from as little as €1 for 3 months.", "Create a free Gazette account to keep reading.",
        "Join the Gazette to read the full story.", "Log in or subscribe to the Gazette to read on.", "Only subscribers can read this article.",
        "Enter your email to read this story for free.", "Become a Gazette member today and help us report from the harbour.",
        "You’re reading one of our free articles. Subscribe today for unlimited access.", "Start your free trial today and unlock every story.",
        "This story is available exclusively to Gazette subscribers.", "Already subscribed? Please log in.", "Subscribe now for €1 a week. Cancel at any time.",
        "Our free weekly newsletter brings you the best of the port.", "Sign up to Tidelines, our daily newsletter, for what matters in the port.",
        "Join the Gazette's WhatsApp channel for the latest from the port.", "The port in your pocket: our Telegram channel is free, and you can leave at any time.",
        "To see this map, please accept marketing cookies.", "This post is not shown because of your privacy settings.",
        "We need your consent before we load this video.", "By showing this post, you agree that data is sent to its provider.",
        "Change your cookie settings to see the chart.", "Your browser does not support this player.",
        "Please read our community guidelines before you post.", "Comments on this story are closed.", "All comments are moderated before publication.",
        "The views expressed in the comments are those of our readers and not of the Gazette.", "What do you think? Tell us below.",
        "The Gazette welcomes respectful debate. Comments that break our rules are removed.",
        "By signing up you agree that the Gazette may write to you.", "You can now find us on Signal: three stories every morning, free of charge.",
        "The best of the port in your inbox at six. Sign up for free.", "Every Friday we send you what the port talks about.",
        "This story first appeared in our newsletter. To receive it each week, sign up here.", "Listen to our podcast on the tides of the coast.",
        "Add the Gazette as a preferred source on Google to see more of our stories.", "Turn on notifications to be the first to know.",
        "Choose a plan: Digital or Print.", "This story is for members. Try a month of the Gazette for free.", "Donate today to keep it that way.",
        "The Gazette is funded by its readers. If you value our work, please consider becoming a member.",
        "Support the journalism of the Maro Gazette. Become a subscriber for unlimited access to all our stories.",
        "Download our free app to read the news first. Available for iPhone and Android.",
        "We use a service of another company to show this post. It may collect data about what you do.",
    ],
    "de": [
        "Abonnieren Sie den Hafenboten, um diesen Text weiterzulesen.", "Weiterlesen ab 2 Euro im Monat", "Sie haben alle kostenlosen Artikel für diesen Monat gelesen.",
        "Legen Sie ein kostenloses Konto an, um weiterzulesen.", "Unbegrenzter Zugang zu allen Artikeln", "Folgen Sie dem Hafenboten auf WhatsApp.",
        "Um diese Karte anzuzeigen, müssen Sie Cookies zustimmen.", "Hier steht ein externer Inhalt, den Sie sich anzeigen lassen können.",
        "Bleiben Sie auf dem Laufenden: Melden Sie sich jetzt für unseren kostenlosen Newsletter an.", "Nichts mehr verpassen – jetzt den Newsletter bestellen!",
        "Nachrichten aus dem Hafen aufs Handy: Unser Kanal bei WhatsApp ist kostenlos.", "Die Redaktion behält sich vor, Kommentare zu kürzen.",
        "Mit der Anmeldung stimmen Sie unseren Bedingungen zu.", "Hören Sie auch unseren Podcast.", "Bitte beachten Sie unsere Netiquette.", "Die Kommentarfunktion ist für diesen Beitrag geschlossen.",
    ],
    "fr": ["Abonnez-vous à La Gazette pour continuer votre lecture.", "Poursuivez votre lecture pour 2 €", "Vous avez lu tous vos articles gratuits.",
           "Suivez La Gazette sur WhatsApp.", "Pour voir cette carte, vous devez accepter les cookies.", "Les commentaires sont modérés."],
    "es": ["Suscríbete a La Gaceta para seguir leyendo.", "Sigue leyendo por 2 €", "Has agotado tus artículos gratuitos.", "Sigue a La Gaceta en WhatsApp.",
           "Para ver este mapa debes aceptar las cookies.", "Los comentarios son moderados antes de publicarse."],
    "it": ["Abbonati alla Gazzetta per continuare a leggere.", "Continua a leggere per 2 €", "Hai letto tutti gli articoli gratuiti.", "Per vedere questo video devi accettare i cookie."],
    "pt": ["Assine A Gazeta para continuar lendo.", "Continue lendo por R$ 2", "Você já leu seus artigos gratuitos.", "Para ver este mapa, você precisa aceitar os cookies."],
    "nl": ["Word abonnee van De Bode om verder te lezen.", "Lees verder vanaf € 2", "Om deze video te bekijken moet je cookies accepteren."],
    "sv": ["Logga in för att läsa hela artikeln.", "Läs vidare för 2 kr", "Du har läst dina gratisartiklar."],
    "no": ["Bli abonnent for å lese videre.", "Les videre for 2 kr", "Du har lest dine gratis artikler."],
    "da": ["Bliv abonnent for at læse videre.", "Læs videre for 2 kr", "Du har læst dine gratis artikler."],
    "pl": ["Zaloguj się, aby czytać dalej.", "Czytaj dalej za 2 zł", "Wyczerpałeś limit bezpłatnych artykułów."],
    "ru": ["Оформите подписку, чтобы читать дальше.", "Вы прочитали все бесплатные статьи, а бесплатных статей больше нет."],
}  # fmt: skip
STAY = {
    "en": [
        "The Gazette will charge $2 a month to keep reading from next year, its editor told the staff.", "A card costs $2 and gives unlimited digital access to 40 papers.",
        "Create a free account with the port to book a berth.", "Readers who reach the limit of free articles are asked to pay.",
        "Sign up for the race by Friday.", "Membership costs €20 and gives access to the sauna.", "Become a member of the lifeboat crew: that is what the poster asks.",
        "The channel on Telegram has 12,000 followers and is run by two nurses.", "The map is blocked by a lorry, and nobody can read it.",
        "Sites must not load a map from another service before a visitor has agreed.", "Cookies are small files that a browser keeps.",
        "You can change the privacy settings of the telephone under General.", "Comments on the plan are due by Friday.",
        "The ministry welcomes comments from residents until 4 May.", "Please read the notice on the pier before you board.", "For $1 a week you get the small bed.",
        "By signing the contract the town agrees to pay for the light.", "Every Friday the pilots send a list of ships to the port.",
        "The best fish of the coast stays in the harbour.", "Add the flour as the last thing.", "Visitors may donate books at the harbour office.",
    ],
    "de": ["Der Hafenbote verlangt künftig 2 Euro im Monat zum Weiterlesen, teilte der Verlag mit.", "Sie haben das Limit der Kreditkarte erreicht.",
           "Externe Inhalte sind ein Risiko.", "Kommentare zum Plan nimmt die Stadt bis Freitag an.", "Mit dem Abo der Bahn fahren Kinder frei.",
           "Bleiben Sie bei Nebel im Hafen, rät der Lotse.", "Die Stadt behält sich vor, die Beiträge zu erhöhen.", "Der Kanal ist für WhatsApp kein Ersatz für den Brief."],
    "fr": ["Abonnez-vous à la bibliothèque pour lire les journaux.", "Créez un compte gratuit sur le site des impôts."],
    "es": ["Crea una cuenta en la biblioteca para leer los diarios.", "Las cookies son archivos pequeños."],
    "it": ["Continua a leggere il libro fino a sera."],
    "nl": ["Lees verder in het boek, zei ze."],
}  # fmt: skip


def left(text: str, language: str) -> list[str]:
    return without_prompts([BEFORE, text, BEHIND], language, GENERIC)


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, texts in GO.items() for text in texts])
def test_a_prompt_goes_whoever_the_publisher_is(language, text):
    assert left(text, language) == [BEFORE, BEHIND]


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, texts in STAY.items() for text in texts])
def test_what_a_story_says_of_the_same_stays(language, text):
    assert left(text, language) == [BEFORE, text, BEHIND]


def test_labels_of_placeholders_go_beside_them():
    box = [
        "External content",
        "This map is blocked",
        "To see this map, please accept marketing cookies.",
        "Load content",
        "Cookie settings",
    ]
    assert without_prompts([BEFORE, *box, BEHIND], "en", GENERIC) == [BEFORE, BEHIND]
    assert without_prompts([BEFORE, "External content", BEHIND], "en", GENERIC) == [BEFORE, "External content", BEHIND]


def test_a_letter_s_name_goes_beside_what_it_brings():
    box = ["Sign up to Tidelines", "Our free daily newsletter has what moves the port."]
    assert without_prompts([BEFORE, *box, BEHIND], "en", GENERIC) == [BEFORE, BEHIND]


def test_every_language_has_wording_of_its_own():
    assert set(MORE) <= set(WORDING)


STORIES = {
    "subscriptions": [
        "Three newspapers of the coast will let readers see two free articles a month from October, their publishers said on Wednesday.",
        "Whoever reaches the limit is asked to subscribe: a month costs €2, and half of the readers cancel within the first year.",
        "“Keep reading for €2” is the line that has brought the Maro Gazette 4,000 subscribers, its editor told a conference.",
        "Unlimited digital access is sold together with the printed paper, which costs more to carry than to print.",
        "Already subscribed readers keep the old price until March, when all contracts are renewed.",
        "The free trial ends after 30 days, and those who do not cancel at any time before that pay for a year.",
    ],
    "newsletters": [
        "The newsletter that the pilots of Maro write each morning has 12,000 readers, which is more than the town has houses.",
        "It began as a note on the door of the customs house, and is now sent by email, on Telegram and on WhatsApp.",
        "Nobody pays for it: a channel on WhatsApp costs nothing, and the two nurses who run it do so after work.",
        "Readers sign up at the harbour office, where a list hangs beside the tide table and the price of fish.",
        "“Our newsletter is late when the fog is thick,” one of them wrote last winter, and 200 readers answered.",
    ],
    "cookies": [
        "The court of Lund ruled on Tuesday that a site must ask for consent before it loads a map from another service.",
        "Cookies are small files that a browser keeps, and most visitors accept them without reading what they are for.",
        "The regulator had found that privacy settings were hidden below three pages of text in eleven of twelve cases.",
        "Personal data of 40,000 people were sent abroad that way, among them those of every pilot of the port.",
        "The ministry wants browsers to send the choice of their users, so that no site has to ask for it again.",
    ],
    "memberships": [
        "The swimming club of Maro has 900 members, and for the first time in forty years it has a list of those who wait.",
        "Membership costs €20 a year and gives access to the sauna, the small pool and, on Sundays, the large one.",
        "Members may leave at any time; a third of them do so in autumn, when the water has nine degrees.",
        "“Become a member today” stood on the poster that the children painted, and it still hangs in the harbour office.",
        "The club supports the lifeboat with a tenth of what it earns, and the town pays for the light.",
    ],
}


@pytest.mark.parametrize("about", STORIES)
def test_a_whole_story_about_it_stays(about):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in STORIES[about])
    html = f'<html lang="en"><head><meta property="og:type" content="article"></head><body><main><h1>Maro</h1><div>{text}</div></main>'
    assert extract_article(html, "https://paper.example/story", publisher="generic").paragraphs == STORIES[about]
