"""How offers are worded: to subscribe, log in, read a newsletter, load an app, follow or support the publisher.

Data, by language. An offer speaks to the reader ("sign up", "your inbox") about what is the publisher's own ("our
newsletter"): that tells it from a sentence of a story about the same things, and from a step of a guide ("Log in to
your account"). Wording that a story or a guide may have, too, is a label here or is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Where offers send their readers, in any language.
_NETWORK = (
    r"(?:facebook|instagram|twitter|x|whats ?app|telegram|you ?tube|tik ?tok|linked ?in|threads|bluesky|mastodon"
    r"|pinterest|flipboard|viber|discord|vk|rss|google (?:news|discover|noticias|notícias|haberler|ニュース)"
    r"|вконтакте|телеграм|фейсбук|ютуб|вайбер|ватсап|вотсап|微信|微博|抖音|페이스북|인스타그램|유튜브|카카오톡"
    r"|फेसबुक|ट्विटर|व्हाट्सएप|टेलीग्राम|यूट्यूब|इंस्टाग्राम|فيسبوك|تويتر|واتساب|تلغرام|تليغرام|يوتيوب|إنستغرام)"
)
#: The end of a sentence or of its first half.
_END = r"(?=\W*$|\s*[.!?:…])"
#: Inside one sentence.
_IN = r"[^.!?…]"
#: After "follow us": nothing more, or where. A story follows somebody to other places.
_ON = (
    rf"(?:{_END}| (?:auf|en|su|sur|op|på|na|no|di|в|у|على)\W*$| (?:[\w’']+ ){{0,3}}?(?:{_NETWORK}\b|facebook|instagram|telegram|social|redes|réseaux|sozial|sociale|sociala|sosiale|соцсет|социальн"
    r"|соцмереж|sosyal|media sosial|التواصل))"
)
#: After "already a subscriber": nothing more, or the way in. A subheading of a story goes on otherwise.
_ASKED = (
    r"\b(?=\W*$|\W+(?:please |bitte |ici|aquí|hier|her|här|tu|tutaj|jetzt|log|sign in|click|activate|melde|anmeld|einlog"
    r"|connect|identifi|inicia|inicie|acced|accéd|entr|faça|inlog|meld|zalog|войд|авториз|увійд|giriş|masuk))"
)


@dataclass(frozen=True)
class Wording:
    """How one language words offers, as regular expressions for text in lower case.

    ``offer``: a sentence that begins so is an offer; may run over the ends of sentences. ``label``: a whole line that
    belongs to an offer next to it, and is none by itself. ``reader``: words of a sentence that speaks to the reader, as
    those around an offer do. ``report``: words of a story; no paragraph with one is an offer.
    """

    offer: tuple[str, ...]
    label: tuple[str, ...]
    reader: str
    report: str


#: Names on a line of their own, which belong to an offer that they follow.
NAMES = (
    rf"(?:{_NETWORK}|e-?mail|apple podcasts|spotify|android|ios|app store|google play)"
    rf"(?:[\s,|/&•·]+(?:{_NETWORK}|e-?mail))*"
)
#: Lines that stand beside offers in every language.
LABELS = (
    r"newsletters?|log-?in|premium|qr",
    r"(?:(?:only|just|from|nur|ab|seulement|solo|desde) )?(?:[$€£₹¥₩₽]|usd|eur|rs\.?) ?\d[\d.,]*"
    r"(?: ?(?:/|per|a|pro|par|al|por) ?(?:month|year|week|monat|jahr|woche|mois|an|mes|mese|anno|año|mês|ano))?",
)

#: By language, as the primary subtag of BCP 47 writes it.
WORDING: Mapping[str, Wording] = {
    "en": Wording(
        offer=(
            r"already (?:(?:a|an|have a|have an) )?(?:print |digital )?(?:subscribed|subscriber|subscription|registered"
            rf"|member|account){_ASKED}",
            r"(?:please )?(?:subscribe|register|log[ -]?in|sign[ -]?in|sign[ -]?up|create an? (?:free )?account)"
            r"(?: (?:now|here|or|/|log in|sign in|sign up|register|subscribe|create an? (?:free )?account|for free))*,? to "
            r"(?:(?:read|access|unlock|view) (?:(?:the )?(?:full|complete|entire|whole|rest|latest)\b|this (?:story|article)"
            r"|more (?:articles|stories)|our|all articles)|continue(?: with your)? reading|keep reading"
            rf"|comment(?:{_END}| on this)|unlock this|join the (?:discussion|conversation))",
            r"(?:to|want to) (?:continue reading|keep reading|read (?:on|the (?:full|complete|entire|whole|rest of the)"
            r" (?:story|article)))\W+(?:please )?(?:subscribe|log ?in|sign ?in|sign ?up|register|create an? )",
            rf"(?:you (?:must|need to) (?:be )?|please )(?:logged|log|sign(?:ed)?) ?in to (?:(?:post|leave) a|join the|comment{_END})",
            r"(?:please )?(?:click here to )?(?:sign[ -]?up|subscribe|register)(?: (?:now|today|here|free|for free|below))*"
            rf" (?:for|to) (?:our|this|your)\b{_IN}*\b(?:newsletters?|briefings?|alerts|mailing list|e-?mails?|updates"
            r"|channel|podcast|magazine|e-?paper|digest)\b",
            r"(?:please )?(?:click here to )?(?:sign[ -]?up|subscribe)(?: (?:now|today|here|free|for free|below))*"
            rf" (?:for|to) (?:the (?!\S+[’']s)|\S+[’']s )(?!{_IN}*\bat \S+\.\w){_IN}{{0,70}}\bnewsletters?\b",
            r"subscribe to newsletter\W*$",
            rf"(?:join|get|receive|read|try|check out) our\b{_IN}*\bnewsletters?\b",
            r"(?:please,? )?fill (?:in |out )?the form to subscribe\b",
            r"(?:[\w’' ]{1,25}: )?(?:sign up|subscribe|get|receive|have|want|let|stay|start)\b"
            rf"(?!{_IN}*\b(?:codes?|links?|receipts?|invoices?|tickets?|passwords?|messages?|confirmation)\b){_IN}*"
            r"\b(?:to|in|into|meet) your (?:e-?mail )?inbox\b",
            r"sign up to (?:get|receive) (?:the inside|our|your daily|breaking)\b",
            r"get (?:the |our |your |free |live )*(?:breaking|latest|top|biggest)\b"
            rf"{_IN}*\b(?:news|story|stories|headlines)\b{_IN}*\b(?:alerts?|delivered)\b",
            r"(?:please )?(?:click here to )?(?:download|get|install|try) our\b(?: \S+){0,4} apps?\b",
            r"(?:please )?(?:click here to )?(?:download|get|install|try) the (?:\S+ ){0,3}(?:news|newspaper) app\b"
            r"|click here to get the(?: \S+){1,3} app\b",
            rf"(?:download|get) the (?:\S+ ){{0,3}}app (?:for|to get|to read)\b{_IN}*\b(?:news|stories|headlines)\b",
            rf"(?:please )?follow us(?: (?:now|also|here|too))*(?:{_END}| on\W*$)",
            r"(?:please )?(?:follow|find|like|join|fan|watch|(?:stay )?connect(?:ed)?(?: with)?|subscribe to) us(?: (?:now|also|too))*"
            rf" (?:on|at|via) (?:our )?(?:social|{_NETWORK}\b)",
            rf"follow {_IN}{{2,60}} on (?:our )?(?:{_NETWORK}(?: \(?@\w+\)?)?(?:,| and| or|, and|, or) )+{_NETWORK}"
            rf"(?: \(?@\w+\)?)?{_END}",
            rf"(?:join|subscribe to|follow) our {_NETWORK} (?:channel|group|community|page|account)s?\b",
            r"(?:please )?(?:consider )?(?:support(?:ing)?|help us (?:fund|sustain|continue)|donat(?:e|ing) to"
            r"|contribut(?:e|ing) to) (?:our|quality|independent|local|fearless|trusted|nonprofit)\b"
            rf"{_IN}{{0,40}}\b(?:journalism|newsroom|reporting)\b",
            r"(?:registration|your (?:support|donation|subscription|contribution)) (?:is|helps|makes|allows|keeps)\b"
            rf"{_IN}*\bour (?:\w+ )?(?:journalism|newsroom|reporting)\b",
            r"this (?:article|story|content|post|page) is (?:(?:only|exclusively|available|reserved|exclusive) )*"
            rf"(?:for|to) (?:our |paying |paid |premium |registered )*(?:subscribers|members)(?: only)?{_END}",
            r"this article is free to read\W* (?:register|sign up|log in)",
            rf"(?:unlimited|full|complete) (?:digital |online )?access to {_IN}*\b(?:news sites|articles|our (?:stories|journalism|reporting))\b",
            r"subscribe (?:now |today )?for (?:unlimited|full) (?:digital )?access\b",
            r"(?:skip past|after) newsletter promotion\W*$",
            r"you(?:[’']| ha)ve (?:been )?succ?ess?fully subscribed|thank(?:s| you) for (?:subscribing|signing up)\b",
            r"there was (?:a problem|an error) subscribing you\b",
            r"(?:renews automatically|auto-?renews)\W{1,3}(?:(?:you (?:can|may)|and) )?cancel\b",
            r"enjoy(?:ed|ing)? (?:this|our)(?: \w+)? (?:story|article|content|reporting|journalism)\? (?:please )?(?:support|subscribe|sign up|log ?in|consider)",
            r"click here to (?:support|donate to) (?:it|us|our)\b",
        ),
        label=(
            r"(?:log|sign)[ -]?(?:in|up)(?: (?:now|here|with \w+))?|subscribe(?: now| today| here)?"
            r"|register(?: now| here)?|join now|(?:log|sign)[ -]?in (?:or|/) (?:sign ?up|register|subscribe)"
            r"|(?:(?:log|sign)[ -]?in or )?create (?:a|an|your)(?: free)? account(?: ?sign in)?",
            r"(?:our |more |all |e-?mail |free |daily |weekly |the )*newsletters?(?: sign-?up)?"
            r"|(?:e-?mail |breaking news )alerts?|(?:your )?e-?mail(?: address)?",
            r"(?:get|download|open) (?:the|our|in) (?:\S+ )?app|available on (?:the )?(?:app store|google play)",
            r"donate(?: now| today)?|support us|become a member|membership|subscriber(?:s)? only|subscription plans?"
            r"|view (?:all )?plans|start (?:your )?free trial|cancel any ?time|no commitment|connect with us|no thanks"
            r"|privacy (?:policy|notice)|terms (?:of (?:use|service)|and conditions)|unsubscribe any ?time",
            rf"(?:share|find us|follow us) (?:on|via) {_NETWORK}",
        ),
        reader=r"you|your|you[’']\w+|our|us|we",
        report=r"said|says|told|tells|asked|according|reported|announced|wrote|writes|reads|launched|was|were|had|did",
    ),
    "de": Wording(
        offer=(
            r"(?:(?:jetzt|hier|bitte|gleich) )*(?:abonnieren|bestellen|lesen) sie (?:\S+ ){0,3}(?:unser\w*|diesen|den)\b"
            rf"{_IN}*(?:newsletter|kanal|podcast|e-?paper|magazin|app\b)",
            rf"(?:(?:jetzt|hier|bitte) )*abonnier(?:e|t)? (?:\S+ ){{0,3}}(?:unser\w*|den)\b{_IN}*(?:newsletter|kanal|podcast)",
            rf"(?:{_IN}{{3,90}}: )?(?:jetzt|hier|kostenlos|gratis) (?:\S+ ){{0,4}}(?:[\w-]*newsletter|[\w-]*app|e-?paper|abo)"
            r"(?: kostenlos| gratis)? (?:abonnieren|anmelden|bestellen|herunterladen|downloaden|testen|abschließen)\W*$",
            rf"[\w-]*newsletter: (?:jetzt|hier)\b{_IN}*(?:anmelden|abonnieren|bestellen)\b",
            r"(?:jetzt|hier) (?:\S+ )?abonnieren(?:\W*$| und (?:weiterlesen|von))",
            r"(?:melden sie sich|melde dich) (?:\S+ ){0,3}(?:für|zu) (?:unser\w*|den) (?:\S+ )?[\w-]*newsletter(?: „[^“]+“)? an\b",
            r"(?:der|die|das|unser|einmal|jede|täglich|mit)\w*\b.*\b(?:newsletter|postfach)\b.*\bhier geht.{1,3}s? (?:zur|zum) (?:anmeldung|bestellung|newsletter)",
            r"hier geht.{1,3}s? zu(?:r|m)? (?:\S+ )?(?:newsletter\S*|abo|[\w-]*news-app)\b|aktuelle nachrichten aufs handy\?",
            r"die [\w-]+-app aktuelle nachrichten\b.*\bherunterladen",
            rf"folge(?:n sie)? uns{_ON}|folgt uns (?:auf|bei) {_NETWORK}\b",
            r"(?:(?:sie )?(?:sind|haben) (?:sie )?|bist du |hast du )?(?:bereits|schon|noch kein\w*) (?:ein |eine? )?"
            rf"(?:\S+[- ])?(?:abo|abonnent\w*|abonnement|konto|registriert|abonniert){_ASKED}",
            r"sie haben (?:(?:noch )?kein (?:aktives |gültiges )?abo\b|noch kein (?:\S+[- ])?konto\?)",
            r"(?:bitte )?(?:unterstützen sie|unterstütze|unterstützt) (?:(?:jetzt|bitte|hier) )*"
            rf"(?:uns{_END}|unser\w* {_IN}{{0,30}}(?:arbeit|redaktion|journalismus)\b|{_IN}{{0,25}}journalismus\b)",
            r"(?:\S+ ){0,3}journalismus braucht (?:ihre|deine|eure) (?:unterstützung|hilfe)\b",
            rf"(?:laden sie|lade|ladet|holen sie|nutzen sie)\b{_IN}*\bunsere\b{_IN}{{0,30}}app\b",
            r"(?:um )?(?:weiterlesen|weiterzulesen|diesen (?:artikel|beitrag|text) (?:weiter|zu ende|vollständig|komplett)"
            r" ?(?:zu )?lesen)\b.{0,60}\b(?:abo|abonnieren|anmelden|registrieren|einloggen|melden|login)\b",
            r"dieser? (?:artikel|inhalt|beitrag|text) ist (?:nur |exklusiv |ausschließlich )*für (?:unsere )?(?:\S+[- ])?"
            r"(?:abonnent|mitglieder|registriert)",
            r"mit meiner (?:anmeldung|registrierung) (?:zum|für den|zu unserem) newsletter",
            rf"registrieren sie sich (?:(?:jetzt|hier|bitte) )*kostenlos\b{_IN}*newsletter",
            r"(?:\d+|einen|vier|drei) (?:wochen|monate?|tage?) (?:für (?:nur )?[\d,]+ ?(?:€|euro)|kostenlos|gratis) testen\b",
            rf"(?:erhalten|bekommen) sie\b{_IN}*\b(?:news\S*|nachrichten|newsletter|eilmeldungen|überblick)\b{_IN}*"
            r"\b(?:per (?:browser-)?push|per e-?mail|in ihr\w* (?:\w+ )?postfach)\b",
            r"sie haben post[!.].*newsletter|vielen dank für (?:ihr interesse|ihre anmeldung)\b.*newsletter",
            r"(?:sie )?(?:mögen|möchten|wollen|lesen) .{0,90}\?.*\b[\w-]*newsletter\b",
        ),
        label=(
            r"(?:hier |jetzt |mein )?(?:anmelden|einloggen|registrieren|abonnieren|konto|login|abo abschlie(?:ß|ss)en)"
            r"(?: (?:/|oder|und) (?:registrieren|anmelden))?|abo (?:abschlie(?:ß|ss)en|testen) ?(?:login)?|→ unterstützen",
            r"(?:\S+ )?newsletter|(?:mein )?abo(?:nnement)?s?|e-?paper(?: und news in einer app)?|push-?nachrichten"
            r"|(?:zur )?app|e-?mail-adresse|(?:jederzeit|monatlich) kündbar|(?:jetzt )?spenden|datenschutzerklärung",
        ),
        reader=r"sie|ihr\w*|du|dein\w*|dich|dir|euch|eure\w*|uns|unser\w*|wir",
        report=r"sagte|sagt|erklärte|erklärt|teilte|hieß|heißt|zufolge|laut|wurden?|hatten?|war|waren|kündigte|gestern"
        r"|berichteten?|schrieb|schreibt|forderte|rief",
    ),
    "fr": Wording(
        offer=(
            rf"(?:vous êtes )?(?:déjà|pas encore) (?:un |une )?(?:abonné|inscrit|membre)(?:e|·e|\(e\))?s?{_ASKED}",
            rf"(?:abonnez-vous|abonne-toi|inscrivez-vous|inscris-toi)\b{_IN}*\b(?:(?:notre|nos) {_IN}*"
            rf"\b(?:newsletters?|infolettres?|chaîne|lettres?)\b|(?:newsletters?|infolettres?){_END})",
            r"(?:abonnez|connectez|inscrivez|identifiez)-vous ou (?:créez|abonnez|inscrivez|connectez)",
            r"(?:abonnez-vous|connectez-vous|inscrivez-vous|identifiez-vous|créez (?:un|votre) compte)\b"
            rf"{_IN}{{0,40}}\bpour (?:lire(?=\W*$| (?:la suite|cet|l[’']|le reste|tous|toute))|continuer (?:la lecture|votre lecture|à lire)|poursuivre (?:la|votre) lecture)\b",
            r"pour (?:lire la suite|continuer (?:la lecture|à lire)|poursuivre (?:la|votre) lecture)\b.{0,60}"
            r"\b(?:abonnez|connectez|inscrivez|identifiez)",
            rf"(?:recevez|retrouvez)\b{_IN}*\b(?:nos|notre|cette) (?:\S+ )?(?:newsletters?|infolettre)\b",
            rf"(?:recevez|retrouvez)\b{_IN}*\b(?:actualités?|infos?|essentiel)\b{_IN}*\bvotre (?:boîte|messagerie)",
            rf"(?:suivez|rejoignez|retrouvez)-nous{_ON}|(?:suivez|rejoignez) (?:notre|nos) (?:chaîne|canal|compte|page)s?\b",
            rf"(?:téléchargez|installez)\b{_IN}*\bnotre\b{_IN}{{0,20}}appli(?:cation)?\b",
            rf"(?:soutenez|aidez|faites un don (?:à|pour soutenir))(?:-nous{_END}| (?:notre|nos|le|un|une)\b"
            rf"{_IN}{{0,30}}\b(?:journalisme|rédaction|presse|information)\b)",
            r"(?:cet article|ce contenu|la suite(?: de cet article)?) (?:est|vous est) (?:\w+ )?"
            r"(?:réservée?|accessible seulement) aux? (?:nos )?(?:abonné|membre)",
            r"(?:nouveau : )?découvrez nos offres\b|il vous reste \d+ ?% de cet article",
        ),
        label=(
            r"s[’']abonner|se connecter|s[’']inscrire|je m[’']abonne|je me connecte|je m[’']inscris|abonnez-vous"
            r"|connectez-vous|inscrivez-vous|connexion|abonnement|mon compte|créer un compte|faire un don|nous soutenir",
            r"(?:votre )?(?:adresse )?(?:e-?mail|courriel)|sans engagement|(?:la |notre |nos |les )?(?:newsletters?"
            r"|infolettres?)|(?:notre |l[’'])?appli(?:cation)?(?: mobile)?|réservé aux abonnés",
        ),
        reader=r"vous|votre|vos|toi|ton|ta|tes|nous|notre|nos",
        report=r"déclaré|dit|expliqué|selon|affirmé|annoncé|indiqué|était|étaient|avait|avaient|raconte|écrit|hier"
        r"|explique|affirme|assure|lance|a|ont",
    ),
    "es": Wording(
        offer=(
            r"¿?(?:ya eres|ya es usted|aún no eres|ya tienes|ya estás) (?:un |una )?(?:suscriptora?|suscrit[oa]|soci[oa]"
            rf"|registrad[oa]|cuenta|suscripción){_ASKED}|ya tengo una suscripción\W*$",
            rf"(?:suscríbete|suscríbase|suscribite|apúntate|inscríbete)\b{_IN}*\b(?:nuestr[oa]s? {_IN}*"
            rf"\b(?:newsletters?|boletín|boletines|canal)\b|(?:newsletters?|boletín|boletines){_END})",
            rf"(?:suscríbete|suscríbase|suscribite) (?:ahora|aquí|gratis|hoy){_END}|suscríbete en\b.{0, 20}\bpara participar",
            r"(?:suscríbete|suscríbase|regístrate|regístrese|inicia sesión|inicie sesión)"
            r"(?: (?:gratis|o|y|suscríbete|regístrate|inicia sesión))* para (?:seguir leyendo|continuar leyendo|leer|comentar)",
            r"para (?:seguir leyendo|continuar leyendo|leer el artículo completo|ver los comentarios)\b.{0,80}"
            r"\b(?:suscr[ií]\w+|reg[ií]str\w+|inici\w+)",
            rf"recib[ea] (?:\S+ ){{0,3}}nuestr[oa]s?\b{_IN}{{0,30}}\b(?:newsletters?|boletín|boletines)\b",
            rf"recib[ea]\b{_IN}*\b(?:noticias|titulares|información)\b{_IN}*\ben (?:tu|su) (?:correo|bandeja|e-?mail|celular)\b",
            rf"(?:síguenos|síganos|seguinos){_ON}|(?:únete|únase|sumate) a nuestr[oa]s? (?:canal|grupo|comunidad)",
            rf"(?:sigue|siga|seguí) (?:toda la (?:información|actualidad)|nuestr[oa]s?)\b{_IN}*"
            rf"\b(?:en|a través de) {_IN}*(?:{_NETWORK}\b|nuestr[oa]s?\b)",
            rf"(?:descarga|descargue|descárgate|descargá)\b{_IN}*\bnuestra (?:\S+ )?(?:app|aplicación)\b",
            rf"(?:apoya|apoye|apoyá|ayúdanos|dona|colabora con)\b{_IN}{{0,30}}\bnuestr[oa] {_IN}{{0,20}}"
            r"\b(?:periodismo|trabajo|redacción)\b|apoya el periodismo\b",
            r"(?:este (?:artículo|contenido)|esta noticia) es (?:\w+ )?(?:solo |exclusiv[oa] )?para (?:nuestros )?"
            r"(?:suscriptores|socios|usuarios registrados)",
            r"tu suscripción se está usando en otro dispositivo",
        ),
        label=(
            r"(?:suscríbete|suscribirse|suscríbase|suscripción|iniciar sesión|inicia sesión|regístrate|registrarse"
            r"|mi cuenta|crear cuenta|hazte socio|apóyanos)(?: (?:ahora|aquí|gratis|hoy))?",
            r"(?:nuestr[ao]s? |mis )?(?:newsletters?|boletín|boletines|aplicación|app)|(?:tu )?correo electrónico"
            r"|solo (?:para )?suscriptores|canal de (?:whatsapp|telegram)|ver opciones de suscripción"
            r"|cancela cuando quieras|sin permanencia|política de privacidad",
        ),
        reader=r"tú|tu|tus|te|usted|su|sus|nosotros|nuestr[oa]s?|nos|podrás|eres|quieres|puedes|vuestr[oa]s?",
        report=r"dijo|dice|según|afirmó|explicó|anunció|aseguró|señaló|fue|fueron|era|había|ayer|contó|informó|indicó|ha",
    ),
    "it": Wording(
        offer=(
            rf"(?:sei|hai) già (?:un |una )?(?:abbonat[oa]|iscritt[oa]|registrat[oa]|account|abbonamento){_ASKED}",
            r"non hai (?:ancora )?un (?:account|abbonamento)\? ?(?:registrati|abbonati)",
            rf"(?:iscriviti|iscrivetevi|abbonati|registrati)\b{_IN}*"
            rf"\b(?:nostr[aoie] (?:\S+ )?(?:newsletter|canal[ei])\b|all[ae] newsletter{_END})",
            r"(?:iscriviti|registrati|accedi|abbonati)(?: (?:o|e) (?:registrati|abbonati|accedi))? per "
            r"(?:continuare a leggere|leggere|commentare|sostenere)",
            r"per (?:continuare a leggere|leggere (?:l[’']articolo|tutto|il resto))\b.{0,60}"
            r"\b(?:abbona\w+|accedi|registra\w+|iscriv\w+)",
            rf"(?:ricevi|ricevete)\b{_IN}*\b(?:(?:la|le|nostr[ae]) newsletter|(?:notizie|news)\b{_IN}*\bnella tua)\b",
            rf"(?:seguici|seguiteci){_ON}|(?:unisciti al|unisciti alla|entra nel) nostr[oa] (?:canale|gruppo|community)\b",
            rf"scarica(?:te)?\b{_IN}*\bla nostra (?:\S+ )?app\b",
            rf"(?:sostieni|sostenete|aiutaci|dona)\b{_IN}{{0,30}}\b(?:nostr[oa] (?:\w+ )?(?:giornale|lavoro)|giornalismo"
            rf"|informazione)\b|sostienici{_END}",
            r"quest(?:o articolo|o contenuto) è (?:\w+ )?(?:riservato|disponibile solo) (?:agli|per gli|ai) (?:nostri )?"
            r"(?:abbonati|iscritti)|recupera il tuo account\W*$",
        ),
        label=(
            r"(?:iscriviti|abbonati|accedi|registrati|abbonamenti?|area personale|sostienici)(?: (?:ora|subito|qui|gratis))?",
            r"(?:la nostra |le nostre |l[’'])?(?:newsletter|app)|(?:la tua )?e-?mail|solo (?:per )?abbonati"
            r"|informativa (?:sulla )?privacy|disdici quando vuoi|senza vincoli",
        ),
        reader=r"tu|tuo|tua|tuoi|tue|ti|te|noi|nostr[oaie]|vuoi|puoi|sei|hai|vostr[oaie]|voi",
        report=r"detto|dice|secondo|spiegato|annunciato|affermato|era|erano|aveva|avevano|ieri|stato|stata|racconta|ha|hanno",
    ),
    "pt": Wording(
        offer=(
            r"(?:já é|ainda não é|já tem|já sou) (?:um |uma |nosso )?(?:assinante|membro|cadastrad[oa]|conta|cadastro"
            rf"|subscritora?){_ASKED}",
            rf"(?:assine|inscreva-se|cadastre-se|subscreva)\b{_IN}*"
            rf"\b(?:noss[oa]s? {_IN}*\b(?:newsletters?|boletim|canal)\b|(?:newsletters?|boletim){_END})|assine (?:agora|já)\W*$",
            r"(?:assine|cadastre-se|inscreva-se|registe-se|faça (?:seu |o )?login|entre)"
            r"(?: (?:ou|e|agora|cadastre-se|assine|faça login))* para (?:continuar (?:lendo|a ler|a leitura)|ler|comentar)",
            r"para (?:continuar (?:lendo|a ler|a leitura)|ler (?:a (?:matéria|reportagem|notícia) completa))\b.{0,60}"
            r"\b(?:assin\w+|cadastr\w+|login|subscrev\w+|regist\w+)",
            rf"receba\b{_IN}*\b(?:newsletters?|boletim|notícias)\b{_IN}*\b(?:e-?mail|celular|telemóvel|whatsapp|primeira mão)\b",
            rf"receba (?:a |as |o )?noss[oa]s? (?:newsletters?|boletim)\b|(?:siga|acompanhe)-nos{_ON}|nos (?:siga|acompanhe){_END}"
            rf"|nos siga n\w+ {_NETWORK}",
            r"(?:junte-se ao|entre no|participe do) nosso (?:canal|grupo)\b",
            rf"(?:siga|acompanhe|curta) {_IN}{{0,60}}\bnoss[oa]s? (?:canal|canais|perfil|perfis|página|redes)\b",
            rf"baix[ea]\b{_IN}*\bnosso (?:\S+ )?(?:app|aplicativo)\b|descarregue a nossa (?:app|aplicação)\b",
            rf"(?:apoie|ajude|contribua com|doe para)\b{_IN}{{0,30}}\b(?:noss[oa] {_IN}{{0,20}}(?:trabalho|redação"
            r"|jornalismo)|(?:o )?jornalismo)\b",
            r"est[ea] (?:artigo|conteúdo|reportagem|matéria) é (?:\w+ )?(?:exclusiv[oa] |só )?(?:para|a) (?:nossos )?"
            r"(?:assinantes|subscritores)",
        ),
        label=(
            r"(?:assine|assinar|inscreva-se|cadastre-se|fazer login|login|minha conta|criar conta|cadastro|assinatura)"
            r"(?: (?:agora|já|aqui|grátis))?|(?:noss[ao]s? )?(?:newsletters?|boletim|aplicativo|app)|(?:seu )?e-?mail"
            r"|(?:só|exclusivo) para assinantes|política de privacidade|cancele quando quiser",
        ),
        reader=r"você|vocês|seu|sua|seus|suas|te|tu|teu|nós|noss[oa]s?|nos|quer|pode",
        report=r"disse|diz|segundo|afirmou|explicou|anunciou|foi|foram|era|havia|ontem|contou|informou|declarou|pediu",
    ),
    "nl": Wording(
        offer=(
            rf"(?:ben je al|bent u al|al|nog geen|heb je al een|heeft u al een) (?:een )?(?:abonnee|abonnement|account){_ASKED}",
            rf"(?:schrijf (?:je|u)|meld (?:je|u)|abonneer (?:je|u))\b{_IN}*"
            rf"\b(?:(?:onze|ons) {_IN}*nieuwsbrief\b|de \S*nieuwsbrief{_END})",
            rf"(?:ontvang|lees|krijg)\b{_IN}*\bonze (?:\S+ ){{0,2}}nieuwsbrief\b",
            rf"(?:ontvang|krijg)\b{_IN}*\bnieuws\b{_IN}*\bin (?:je|jouw|uw) (?:mailbox|inbox)\b",
            rf"volg ons{_ON}|volg {_IN}{{2,40}} (?:op|via) (?:{_NETWORK}(?:,| en| of) )+{_NETWORK}",
            rf"(?:download|installeer)\b{_IN}*\b(?:onze (?:\S+ )?app|(?:onze|de) (?:\S+ )?nieuwsapp)\b",
            r"(?:log in|meld (?:je|u) aan|neem een abonnement|word (?:nu )?(?:abonnee|lid)|registreer (?:je|u))\b"
            r" (?:\S+ ){0,4}om (?:\S+ ){0,4}(?:te lezen|te reageren)",
            r"(?:om )?(?:verder (?:te )?lezen|dit artikel (?:verder )?te lezen)\b.{0,40}\b(?:abonne\w+|log|inloggen|registreer)",
            rf"(?:steun|help)\b{_IN}{{0,20}}\b(?:onze|onafhankelijke)\b{_IN}{{0,20}}(?:journalistiek|redactie)|steun ons{_END}",
            r"als abonnee (?:lees|krijg|heb) (?:je|u)\b.*\b(?:plusartikels?|inloggen|artikels?|artikelen)\b",
            r"nog geen abonnee\? (?:ontdek|lees|neem|word)\b",
            r"(?:dit artikel|deze inhoud) is (?:alleen |exclusief )?(?:voor|beschikbaar voor) (?:onze )?(?:abonnees|leden)",
        ),
        label=(
            r"(?:inloggen|log in|aanmelden|registreren|registreer je|abonneren|abonneer je|neem een abonnement|word abonnee"
            r"|mijn account|steun ons|abonnement(?:en)?)(?: (?:nu|hier|gratis))?|(?:onze )?(?:nieuwsbrief|nieuwsbrieven"
            r"|nieuwsapp|app)|(?:je |jouw |uw )?e-?mailadres|alleen voor abonnees|beheer je abonnement|privacybeleid"
            r"|maandelijks opzegbaar",
        ),
        reader=r"je|jij|jouw|jou|u|uw|ons|onze|wij|we",
        report=r"zei|zegt|volgens|vertelde|vertelt|meldde|meldt|was|waren|had|hadden|werd|werden|gisteren|schreef|aldus",
    ),
    "sv": Wording(
        offer=(
            rf"(?:är du |har du )?redan (?:en |ett )?(?:prenumerant|prenumeration|kund|medlem|konto){_ASKED}",
            rf"(?:prenumerera|anmäl dig|skriv upp dig|få)\b{_IN}*\b(?:vårt|våra)\b{_IN}*\bnyhetsbrev\w*",
            rf"(?:prenumerera|anmäl dig|skriv upp dig)\b{_IN}{{0,40}}\b\S*nyhetsbrevet{_END}",
            r"(?:logga in|skapa konto|bli (?:prenumerant|medlem)|prenumerera)\b.{0,40}\bför att (?:fortsätta läsa|läsa"
            r"|kommentera)|(?:för att )?(?:fortsätta läsa|läsa (?:hela artikeln|vidare))\b.{0,50}\b(?:logga|prenumer)",
            rf"följ oss{_ON}|ladda (?:ner|hem) vår app\b",
            rf"(?:stöd|stötta) (?:oss{_END}|vår(?:t)? {_IN}{{0,20}}(?:journalistik|redaktion)|(?:den )?(?:fria|oberoende)"
            r" journalistik)",
            rf"få\b{_IN}*\bnyhet\w*\b{_IN}*\b(?:i din inkorg|till din (?:mejl|mail))\b",
            r"(?:den här|denna) artikeln? är (?:bara |endast )?(?:för|låst för) (?:våra )?prenumeranter",
        ),
        label=(
            r"logga in|prenumerera(?: nu)?|skapa konto|bli (?:prenumerant|medlem)|mitt konto|mina sidor|stöd oss"
            r"|(?:våra )?nyhetsbrev|(?:din )?e-?post(?:adress)?|ladda ner appen|vår app|för prenumeranter"
            r"|ingen bindningstid|avsluta när du vill",
        ),
        reader=r"du|dig|din|ditt|dina|oss|vår|vårt|våra|vi|er|ert|era",
        report=r"sade|sa|säger|enligt|berättade|berättar|uppger|var|hade|blev|igår|skriver|skrev|meddelade|uppmanar",
    ),
    "no": Wording(
        offer=(
            rf"(?:er du |har du )?allerede (?:en |et )?(?:abonnent|abonnement|kunde|medlem|konto){_ASKED}",
            rf"(?:meld deg på|abonner på|få)\b{_IN}*\b(?:vårt|våre|vår)\b{_IN}*\bnyhetsbrev\w*",
            rf"(?:meld deg på|abonner på)\b{_IN}{{0,40}}\b\S*nyhetsbrevet(?: vårt)?{_END}",
            r"(?:logg inn|opprett konto|bli (?:abonnent|medlem)|kjøp abonnement)\b.{0,40}\bfor å (?:fortsette å lese|lese"
            r"|kommentere)|(?:for å )?(?:fortsette å lese|lese (?:hele saken|videre))\b.{0,50}\b(?:logg|abonn)",
            rf"følg oss{_ON}|last ned (?:vår app|appen vår)\b",
            rf"støtt (?:oss{_END}|vår {_IN}{{0,20}}(?:journalistikk|redaksjon)|(?:den )?(?:frie|uavhengige?) journalistikk)",
            rf"få\b{_IN}*\bnyhet\w*\b{_IN}*\b(?:i innboksen|på e-?post|i din innboks)\b",
            r"denne (?:artikkelen|saken) er (?:bare |kun )?for (?:våre )?abonnenter",
        ),
        label=(
            r"logg inn|abonner(?: nå)?|opprett konto|bli (?:abonnent|medlem)|min konto|min side|støtt oss"
            r"|(?:våre )?nyhetsbrev|(?:din )?e-?post(?:adresse)?|last ned appen|for abonnenter|ingen bindingstid"
            r"|kjøp abonnement|abonnement",
        ),
        reader=r"du|deg|din|ditt|dine|oss|vår|vårt|våre|vi|dere",
        report=r"sa|sier|ifølge|fortalte|forteller|opplyser|var|hadde|ble|skriver|skrev|melder|oppfordrer",
    ),
    "da": Wording(
        offer=(
            rf"(?:er du |har du )?allerede (?:en |et )?(?:abonnent|abonnement|kunde|medlem|konto){_ASKED}",
            rf"(?:tilmeld dig|abonn[eé]r på|skriv dig op til|få|modtag)\b{_IN}*\bvores\b{_IN}*\bnyhedsbrev\w*",
            rf"(?:tilmeld dig|abonn[eé]r på)\b{_IN}{{0,40}}\b\S*nyhedsbrevet{_END}",
            r"(?:log ind|opret (?:konto|bruger)|bliv (?:abonnent|medlem)|køb abonnement)\b.{0,40}\bfor at (?:fortsætte med at"
            r" læse|læse|kommentere)|(?:for at )?(?:fortsætte med at læse|læse (?:hele artiklen|videre))\b.{0,50}"
            r"\b(?:log ind|abonn)",
            rf"følg os{_ON}|(?:download|hent) vores app\b",
            rf"støt (?:os{_END}|vores {_IN}{{0,20}}(?:journalistik|redaktion)|(?:den )?(?:frie|uafhængige?) journalistik)",
            rf"få\b{_IN}*\bnyhed\w*\b{_IN}*\bi din (?:indbakke|mailboks)\b",
            r"denne artikel er (?:kun |forbeholdt )?(?:for )?(?:vores )?abonnenter",
        ),
        label=(
            r"log ind|abonn[eé]r(?: nu)?|opret konto|bliv (?:abonnent|medlem)|min konto|støt os|(?:vores )?nyhedsbreve?"
            r"|(?:din )?e-?mail(?:adresse)?|hent appen|for abonnenter|ingen binding|køb abonnement|abonnement",
        ),
        reader=r"du|dig|din|dit|dine|os|vores|vi|jer|jeres",
        report=r"sagde|siger|ifølge|fortalte|fortæller|oplyser|var|havde|blev|skriver|skrev|meddelte|opfordrer",
    ),
    "pl": Wording(
        offer=(
            r"(?:masz już|jesteś już|nie masz jeszcze|nie masz) (?:konto|konta|prenumeratę|prenumeratorem|subskrypcję"
            rf"|subskrybentem|subskrypcji|prenumeraty){_ASKED}",
            rf"(?:zapisz się|zapiszcie się|zasubskrybuj|subskrybuj|zaprenumeruj|dołącz)\b{_IN}*"
            rf"\b(?:nasz\w* (?:\S+ )?(?:newsletter|kanał|grup|społeczno)\w*|newslettera?{_END})",
            r"(?:zaloguj się|zarejestruj się|(?:wykup|kup) (?:dostęp|subskrypcję|prenumeratę))\b.{0,40}\b(?:aby|żeby|by|i)"
            r" (?:\S+ )?(?:czytać|przeczytać|czytaj|komentować)",
            r"(?:aby|żeby|chcesz) (?:czytać dalej|przeczytać (?:cały|całość|dalej|resztę))\b.{0,60}"
            r"\b(?:zaloguj|zarejestruj|wykup|kup|subskryb|prenumer)",
            rf"(?:obserwuj|polub|śledź|obserwujcie) nas{_ON}|znajdź nas na {_NETWORK}",
            rf"(?:pobierz|ściągnij|zainstaluj)\b{_IN}*\bnasz\w*\b{_IN}{{0,20}}aplikacj\w+",
            rf"(?:wesprzyj|wspieraj|wspomóż) (?:nas{_END}|{_IN}{{0,20}}\b(?:niezależne |wolne )?(?:dziennikarstwo|redakcję)\b)",
            rf"otrzymuj\b{_IN}*\b(?:newsletter\w*|wiadomości {_IN}*(?:e-?mail|skrzynkę))\b",
            r"(?:ten artykuł|ta treść) jest (?:dostępn[ya] )?(?:tylko |wyłącznie )?dla (?:naszych )?(?:prenumeratorów"
            r"|subskrybentów|zalogowanych)",
        ),
        label=(
            r"zaloguj(?: się)?|zarejestruj(?: się)?|subskrybuj|zapisz się|załóż konto|moje konto|prenumerata|wesprzyj nas"
            r"|wspieraj nas|(?:nasz )?newsletter|(?:twój )?(?:adres )?e-?mail|pobierz aplikację|tylko dla prenumeratorów"
            r"|wykup dostęp|polityka prywatności",
        ),
        reader=r"ty|twój|twoja|twoje|twoją|twojej|cię|ciebie|nas|nam|nasz\w*|masz|chcesz|możesz|my",
        report=r"powiedział\w*|mówi|według|poinformował\w*|stwierdził\w*|był|była|było|były|został\w*|wczoraj|dodał\w*"
        r"|napisał\w*|oświadczył\w*|miał\w*|zaapelował\w*",
    ),
    "ru": Wording(
        offer=(
            r"(?:вы уже|уже|ещё не|еще не|уже есть) (?:подписчик|подписаны|зарегистрированы|аккаунт|подписка)"
            rf"{_ASKED}",
            rf"(?:подпишитесь|подписывайтесь|подпишись|подписывайся) на (?:\S+ ){{0,2}}"
            rf"(?:нас{_END}|наш\w*\b|[\w-]*канал\w*|рассылк\w*|автора|темы)",
            r"(?:войдите|авторизуйтесь|зарегистрируйтесь|подпишитесь|оформите подписку)\b.{0,40}\bчтобы (?:читать|прочитать"
            r"|продолжить чтение|комментировать|оставить комментарий)",
            r"чтобы (?:читать дальше|прочитать (?:полностью|статью)|продолжить чтение|оставить комментарий)\b.{0,60}"
            r"\b(?:войд|авториз|зарегистр|подпи|оформ)",
            rf"(?:следите за нами|читайте нас){_ON}|мы в {_NETWORK}{_END}"
            rf"|следите за (?:нашими )?новостями {_IN}*\bнаш\w+ {_IN}*(?:канал|{_NETWORK})",
            rf"(?:скачайте|установите|загрузите|скачай)\b{_IN}*\bнаш\w*\b{_IN}{{0,20}}приложени\w+",
            rf"(?:поддержите|поддержи) (?:нас{_END}|наш\w* {_IN}{{0,20}}(?:журналистик|редакци|издани|сми)\w*"
            rf"|{_IN}{{0,20}}\bнезависим\w+ (?:журналистик|редакци)\w+)",
            rf"получайте\b{_IN}*\b(?:рассылк\w+|новост\w+)\b{_IN}*\b(?:почту|почте|канал\w*)\b",
            r"(?:этот материал|эта статья) доступ(?:ен|на) (?:только )?(?:для )?(?:наш\w+ )?(?:подписчик|по подписке)",
        ),
        label=(
            r"войти|вход|регистрация|подписаться|подписка|подписки|оформить подписку|поддержать нас|личный кабинет"
            r"|(?:наша )?рассылка|(?:ваш )?e-?mail|(?:ваша )?электронная почта|скачать приложение(?: \S+){0,2}"
            r"|мобильное приложение|только для подписчиков",
        ),
        reader=r"вы|вас|вам|ваш\w*|ты|твой|твою|нас|нам|наш\w*|мы",
        report=r"сказала?|заявил\w*|сообщил\w*|сообщает|рассказал\w*|говорит|по словам|отметил\w*|был|была|было|были|вчера"
        r"|написал\w*|пишет|добавил\w*|призвал\w*",
    ),
    "uk": Wording(
        offer=(
            r"(?:ви вже|вже|ще не|вже є) (?:підписник|підписані|зареєстровані|акаунт|підписка|передплатник)"
            rf"{_ASKED}",
            rf"(?:підпишіться|підписуйтесь|підписуйтеся|підпишись|долучайтеся|приєднуйтеся)\b{_IN}*"
            r"\b(?:наш(?:ого|ому|у|і|их)? (?:\S+ )?(?:канал|розсилк|сторінк|спільнот|telegram|facebook|новин)\w*|нас"
            r"|розсилк\w*)\b",
            r"(?:увійдіть|авторизуйтесь|зареєструйтеся|зареєструйтесь|підпишіться|оформіть підписку)\b.{0,40}\bщоб (?:читати"
            r"|прочитати|продовжити читання|коментувати|залишити коментар)",
            r"щоб (?:читати далі|прочитати (?:повністю|статтю)|продовжити читання|залишити коментар)\b.{0,60}"
            r"\b(?:увійд|авториз|зареєстр|підпи|оформ)",
            rf"(?:слідкуйте за нами|стежте за нами|читайте нас){_ON}|ми в {_NETWORK}{_END}",
            rf"(?:завантажте|встановіть|завантажуйте)\b{_IN}*\bнаш\w*\b{_IN}{{0,20}}(?:застосун\w+|додат\w+)",
            rf"(?:підтримайте|підтримуйте) (?:нас{_END}|наш\w* {_IN}{{0,20}}(?:журналістик|редакці|видання|медіа)\w*"
            rf"|{_IN}{{0,20}}\bнезалежн\w+ (?:журналістик|редакці)\w+)",
            rf"отримуйте\b{_IN}*\b(?:розсилк\w+|новин\w*)\b{_IN}*\b(?:пошту|пошті|канал\w*)\b",
            r"(?:цей матеріал|ця стаття) доступ(?:ний|на) (?:лише |тільки )?(?:для )?(?:наш\w+ )?(?:підписник|за підпискою"
            r"|передплатник)",
        ),
        label=(
            r"увійти|вхід|реєстрація|підписатися|підписка|передплата|оформити підписку|підтримати нас|(?:наша )?розсилка"
            r"|(?:ваш )?e-?mail|(?:ваша )?електронна пошта|завантажити застосунок|лише для передплатників",
        ),
        reader=r"ви|вас|вам|ваш\w*|ти|твій|твою|нас|нам|наш\w*|ми",
        report=r"сказав|сказала|заяви\w+|повідоми\w+|повідомляє|розпові\w+|каже|за словами|зазначи\w+|був|була|було|були"
        r"|вчора|написа\w+|пише|дода\w+|заклика\w+",
    ),
    "tr": Wording(
        offer=(
            r"(?:zaten )?(?:abone|üye) (?:değil )?misiniz\?|hesabınız (?:var|yok) mı\?",
            rf"(?:{_IN}{{0,80}}\b)?(?:(?:bültenimize|bültenlerimize|kanalımıza|kanalımızı)\b"
            rf"{_IN}*\b(?:abone ol|kaydol|kayıt ol|üye ol|katıl|takip ed)\w*"
            rf"|bizi {_IN}*\btakip (?:edin|ediniz|et|edebilirsiniz){_END}"
            rf"|uygulamamızı\b{_IN}*\bindir(?:in|iniz|ebilirsiniz|erek)?\b"
            rf"|haber\w*\b{_IN}{{0,40}}(?:e-?postanıza|gelen kutunuza)\b{_IN}*\b(?:gelsin|gönderelim|ulaşsın)\b)",
            r"(?:okumaya devam etmek|devamını okumak|haberin tamamını okumak|yorum yapmak) için\b.{0,60}"
            r"\b(?:abone ol|giriş yap|üye ol|kaydol)\w*",
            rf"(?:(?:bağımsız|özgür) )?(?:gazeteciliği|gazeteciliğimizi|haberciliğimizi) destekle(?:yin|yiniz){_END}",
            rf"(?:{_IN}*\. ?)?abonelik için lütfen iletişime geç(?:in|iniz)\b",
            r"bu (?:haber|içerik|makale) (?:sadece|yalnızca) (?:abonelerimize|aboneler|üyelere)\b",
        ),
        label=(
            r"giriş yap|üye ol|abone ol|kayıt ol|kaydol|bültene abone ol|hesabım|bizi destekleyin|(?:e-?)?bülten"
            r"|e-?posta(?: adresiniz)?|uygulamayı indir|sadece aboneler",
        ),
        reader=r"siz|sizi|size|sizin|bizi|bize|bizim|biz|\w+(?:ınız|iniz|unuz|ünüz|ımız|imiz|umuz|ümüz)\w*",
        report=r"dedi|söyledi|göre|açıkladı|belirtti|ifade etti|duyurdu|kaydetti|dün|yazdı|anlattı|etti|oldu|çağrısında",
    ),
    "id": Wording(
        offer=(
            r"(?:anda )?(?:sudah|belum) (?:menjadi |jadi )?(?:berlangganan|pelanggan|punya akun|memiliki akun|terdaftar)\?",
            rf"(?:berlangganan|daftar|langgan)\b (?:\S+ ){{0,3}}(?:newsletter|buletin)\b{_IN}*\b(?:kami|anda)\b",
            rf"(?:ikuti|follow) (?:kami{_ON}|(?:saluran|kanal|channel|akun) (?:\S+ )?kami\b)|(?:gabung|bergabung) (?:di |dengan )?"
            r"(?:saluran|kanal|grup|channel) (?:\S+ )?kami\b",
            rf"(?:cek|baca|simak|dapatkan|ikuti)\b{_IN}*\b(?:berita|artikel|update)\b{_IN}*"
            r"\b(?:google news|whatsapp channel|(?:kanal|saluran) (?:whatsapp|telegram))\b",
            rf"(?:unduh|download|muat turun|instal|pasang)\b{_IN}*\b(?:aplikasi|apps?) kami\b",
            r"(?:silakan |sila )?(?:masuk|login|log masuk|daftar|berlangganan|langgan) (?:\S+ ){0,4}untuk (?:melanjutkan"
            r" membaca|membaca (?:artikel|selengkapnya)|terus membaca|berkomentar)",
            r"untuk (?:melanjutkan membaca|membaca (?:selengkapnya|artikel ini)|terus membaca)\b.{0,40}"
            r"\b(?:masuk|login|daftar|berlangganan|langgan)\b",
            rf"(?:dukung|sokong) (?:kami{_END}|jurnalisme (?:kami|independen)|kerja jurnalistik)",
            rf"(?:dapatkan|terima)\b{_IN}*\b(?:berita|newsletter|buletin)\b{_IN}*\b(?:email|e-mel|inbox|kotak masuk) (?:anda|kamu)\b",
            r"(?:artikel|konten|kandungan) ini (?:hanya |khusus |eksklusif )+(?:untuk )?(?:pelanggan|member|anggota)",
        ),
        label=(
            r"masuk|login|log masuk|daftar(?: sekarang)?|berlangganan(?: sekarang)?|langgan(?: sekarang)?|buat akun"
            r"|akun saya|dukung kami|(?:alamat )?e-?mail|e-mel|unduh aplikasi|muat turun aplikasi|buletin|khusus pelanggan",
        ),
        reader=r"anda|kamu|kami|kita",
        report=r"kata|ujar|menurut|mengatakan|berkata|ungkap|jelas|tutur|menyatakan|kemarin|semalam|ucap|katanya|ujarnya",
    ),
    "ja": Wording(
        offer=(
            r"(?:すでに|既に)(?:会員|ご?登録済み|ご?購読)[^。]{0,12}の方|(?:有料|無料|読者)?会員の方は(?:こちら|ログイン)",
            r"[^。！？]{0,40}(?:ニュースレター|メールマガジン|メルマガ)(?:を|に|の|へ)(?:ご)?(?:登録|購読)"
            r"[^。]{0,12}(?:はこちら|ください|下さい|読めます|しませんか|する$)",
            r"(?:この|本)(?:記事|コンテンツ)は、?(?:有料)?(?:会員|購読者)(?:限定|の方のみ|専用|様限定)(?:です|。|$|記事)|(?:有料)?会員の方のみ(?:ご)?利用",
            r"(?:有料|無料|一般)?会員(?:登録は?こちら(?!の)|登録(?:する|して)?と?続き|(?:に|へ)?(?:なると|登録すると)[^。]{0,12}"
            r"(?:記事|続き))",
            r"続き(?:を|は)(?:読む|お読み|ご覧)[^。]{0,20}(?:には|会員|登録|ログイン|購読)|残り[:：]?\d+文字",
            r"(?:ログイン|会員登録|登録)(?:または|して|・|すると)[^。]{0,12}(?:続きを?読|全文)",
            r"[^。]{0,30}(?:本紙|私たち|当サイト|編集部|公式)の?[^。]{0,16}(?:アカウント|チャンネル|line)[^。]{0,6}を?"
            r"(?:フォロー|登録)(?:してください|して下さい|しよう|はこちら|お願い)",
            r"(?:公式|ニュース)?アプリの?ダウンロードはこちら|\S{1,12}をフォローして(?:情報|最新|ニュース)",
            r"(?:私たち|編集部)を(?:支援|応援)(?:して|する)|今すぐ(?:無料)?(?:登録|購読)(?:する)?(?:$|[（(]|はこちら)|\S{0,8}無料体験する",
            r"ご登録(?:いただいたメール|ありがとう)|紙(?:の新聞|面)の?(?:定期)?購読者の方は|(?:定期)?購読の?お申し込みはこちら",
            r"[^。]{0,20}idのご登録でもっと",
        ),
        label=(
            r"ログイン|新規登録|(?:無料)?会員登録(?:する)?|購読(?:する|申込|申し込み)?|ニュースレター|メルマガ|アプリ(?:で開く)?"
            r"|フォロー(?:する)?|(?:有料)?会員限定(?:記事)?|メールアドレス|寄付する|スクラップは会員限定です"
            r"|.{0,8}会員向け記事が読み放題|\S{1,12}に登録すると|ログイン・登録",
        ),
        reader=r"ください|下さい|あなた|いただけ|お届け|ご利用|ご覧|会員登録できます",
        report=r"述べ|語っ|明らかにし|発表|によると|という|話し|だった|していた|した。|呼びかけ",
    ),
    "ko": Wording(
        offer=(
            r"[^.!?]{0,40}(?:뉴스레터|채널|신문)(?:를|을|에)? ?(?:지금 |무료로 |바로 )*(?:구독|가입|신청|추가)"
            r"(?:하세요|해 ?주세요|해 ?보세요|하기\W*$|신청\W*$)",
            r"(?:이미 )?(?:회원|구독자|구독 중)이신가요|이미 가입(?:된|하신) 회원입니다|아직 회원이 아니",
            r"(?:이|해당|본) (?:기사|콘텐츠|컨텐츠|글)(?:는|은) (?:유료 |로그인 )*(?:회원|구독자)(?:만|에게만| ?전용|용)"
            r"|(?:핵심 )?\S{0,10} ?회원용 (?:콘텐츠|컨텐츠)입니다",
            r"(?:로그인|회원 ?가입|구독)(?: 후| ?하시면)[^.!?]{0,30}(?:읽으실|보실|기사|전문)",
            r"(?:계속|기사 전문을?|전체 기사를?|이어서) ?(?:읽으시려면|보시려면|읽으려면|보려면)[^.!?]{0,40}(?:로그인|가입|구독)",
            r"[^.!?]{0,20}(?:뉴스|신문|저희|본지)[^.!?]{0,8}(?:앱|어플|애플리케이션)(?:을|를)? ?(?:지금 |무료로 )*"
            r"(?:다운로드|설치|내려받)(?:하세요|해 ?주세요|으세요|해 ?보세요)",
            r"(?:저희|본지)(?:를|을)? ?(?:팔로우)?(?:하세요|해 ?주세요)|[^.!?]{0,30}(?:저희|본지)[^.!?]{0,20}(?:후원|구독)"
            r"(?:해 ?주|하세요|을 부탁)|독립 ?언론[^.!?]{0,12}후원(?:해 ?주|하세요)",
            r"구독을 취소하시겠|구독한 콘텐츠(?:는| 모아)|[^.!?]{0,40}뉴스[^.!?]{0,20}(?:이메일|메일함)(?:로|으로)[^.!?]{0,20}받아보세요",
        ),
        label=(
            r"로그인|(?:무료 )?회원 ?가입|구독(?:하기|신청|\+| 취소)?|뉴스레터|앱 ?다운로드|후원하기|이메일(?: 주소)?|회원용|회원 전용",
        ),
        reader=r"\S*(?:세요|하기|십시오|드립니다|여러분|저희)",
        report=r"\S*(?:말했|밝혔|전했|따르면|설명했|했다|였다|었다|강조했|덧붙였|당부)\S*",
    ),
    "zh": Wording(
        offer=(
            r"(?:已经|已經|已)(?:是|有)?(?:会员|會員|订阅|訂閱|订户|訂戶|账号|帳號)[？?]|(?:还|還)?(?:没有|沒有)(?:账号|帳號)[？?]",
            r"(?:欢迎|歡迎|请|請|立即|立刻|马上|馬上|点击|點擊|免費|免费)*(?:订阅|訂閱)(?:我们|我們|本报|本報|本刊|本台)",
            r"(?:请|請|立即|免费|免費|点击|點擊)+(?:注册|註冊|登录|登入|登錄|订阅|訂閱)[^。]{0,12}(?:通讯|通訊|电子报|電子報)",
            r"(?:请|請|立即|免费|免費)*(?:注册|註冊|登录|登入|登錄|订阅|訂閱)(?:后|後|以|即可|，)?(?:继续|繼續)?(?:阅读|閱讀|查看)"
            r"(?:全文|更多|本文)",
            r"(?:欢迎|歡迎|请|請|敬请|敬請|扫码|掃碼|长按|長按)*(?:关注|關注|追蹤|追踪|按讚)(?:我们|我們|本报|本報|本台|本刊)(?!的|\w{3})",
            r"(?:欢迎|歡迎|请|請|敬请|敬請|扫码|掃碼|长按|長按)+(?:关注|關注|追蹤|加入)\S{1,10}(?:公众号|公眾號|微信|微博|頻道)",
            r"(?:欢迎|歡迎|请|請|立即|免费|免費|扫码|掃碼|点击|點擊)*(?:下载|下載)[^。]{0,10}(?:新闻|新聞|本报|本報|我们|我們)"
            r"[^。]{0,6}(?:app|应用|應用|客户端|客戶端)",
            r"(?:请|請|欢迎|歡迎)(?:支持|支援|贊助|赞助|捐助)(?:我们|我們|本报|本報|独立|獨立)",
            r"(?:本文|本篇|此文章|本內容|本内容)(?:为|為|是|仅|僅|限|只)[^。]{0,6}(?:会员|會員|订户|訂戶|付费|付費)[^。]{0,4}"
            r"(?:专享|專享|专属|專屬|阅读|閱讀|限定)|(?:阅读|閱讀)全文，?(?:请|請)",
            r"(?:打开|打開)\S{1,12}(?:app|客户端|客戶端)[^。]{0,8}(?:查看|阅读|閱讀)(?:全文|更多|原文|本文)",
        ),
        label=(
            r"登录|登入|登錄|注册|註冊|订阅|訂閱|立即(?:订阅|訂閱|登录|登入|注册|註冊|下载|下載|加入)|免费注册|免費註冊|加入会员"
            r"|加入會員|会员专享|會員專享|下载app|下載app|电子报|電子報|关注|關注|追蹤|邮箱|電子郵件|扫一扫",
        ),
        reader=r"您|你|我们|我們|本报|本報|欢迎|歡迎|请|請",
        report=r"表示|说|說|称|稱|报道|報導|报导|据悉|據悉|指出|宣布|透露|日前|昨日|昨天|月\d+日|认为|認為|呼吁|呼籲",
    ),
    "hi": Wording(
        offer=(
            r"[^।!?]{0,60}(?:हमारा|हमारी|हमारे|हमें)[^।!?]*(?:सब्सक्राइब|फॉलो|फ़ॉलो|डाउनलोड|लाइक|ज्वाइन|ज्वॉइन)[^।!?]*"
            r"(?:करें|कीजिए|कर सकते हैं)(?=\W*$|\s*[।!?,.|])",
            r"(?:क्या आप )?पहले से (?:सब्सक्राइबर|सदस्य|ग्राहक)[^।]{0,6}\?",
            r"(?:आगे पढ़ने|पूरी (?:खबर|ख़बर) पढ़ने|पूरा लेख पढ़ने|पढ़ना जारी रखने) के लिए[^।]{0,40}"
            r"(?:लॉग ?इन|लॉगिन|सब्सक्राइब|रजिस्टर|साइन)",
            r"[^।!?]{0,80}(?:ताज़ा|ताजा|लेटेस्ट|सभी|हर)[^।!?]{0,50}(?:खबर|ख़बर|न्यूज|न्यूज़|अपडेट)[^।!?]{0,60}"
            r"(?:डाउनलोड|फॉलो|फ़ॉलो|सब्सक्राइब) करें(?=\W*$|\s*[।!?.])",
            r"ऐप डाउनलोड करने के लिए qr|(?:स्वतंत्र|निष्पक्ष) पत्रकारिता (?:को|का) (?:समर्थन|सपोर्ट|सहयोग)[^।]{0,6}(?:करें|दें|कीजिए)",
        ),
        label=(
            r"लॉग ?इन|लॉगिन|साइन ?(?:इन|अप)|सब्सक्राइब(?: करें)?|रजिस्टर(?: करें)?|फॉलो करें|फ़ॉलो करें|डाउनलोड(?: करें| ऐप)?"
            r"|न्यूज़?लेटर|ई-?मेल|ऐप",
        ),
        reader=r"आप|आपके|आपको|आपकी|अपने|हम|हमें|हमारा|हमारी|हमारे",
        report=r"कहा|बताया|मुताबिक|अनुसार|था|थी|थे|किया|कहना|लिखा|घोषणा|अपील",
    ),
    "ar": Wording(
        offer=(
            r"(?:هل )?(?:أنت|لديك) (?:بالفعل )?(?:مشترك|مشتركا|عضو|حساب)[^.؟]{0,10}؟",
            r"(?:اشترك|اشتركوا|إشترك|سجل|سجّل|انضم|انضموا)\b[^.؟!]{0,30}\b(?:بنشرتنا|نشرتنا|لنشرتنا|قناتنا|لقناتنا|قنواتنا"
            r"|صحيفتنا|النشرة (?:البريدية|الإخبارية))",
            rf"(?:تابعونا|تابعنا){_ON}|(?:تابع|تابعوا) (?:قناتنا|صفحتنا|حسابنا|حساباتنا|أخبارنا|آخر أخبارنا)\b",
            r"(?:حمّل|حمل|حمّلوا|حملوا|نزّل)\b[^.؟!]{0,20}تطبيقنا",
            r"(?:لمواصلة القراءة|لمتابعة القراءة|لقراءة (?:المقال|الخبر) كامل\S*)[^.؟]{0,40}(?:اشترك|سجل|سجّل|تسجيل|الاشتراك)",
            r"(?:ادعم|ادعموا|إدعم)\b[^.؟!]{0,15}(?:صحافتنا|الصحافة المستقلة)|ادعمونا\W*$",
            r"هذا (?:المقال|المحتوى) (?:متاح|مخصص|حصري) (?:فقط )?(?:للمشتركين|لمشتركينا)",
            r"(?:احصل|احصلوا|تلقّ|تلق|لتصلك|تصلك|يصلك)\b[^.؟!]*(?:أخبار|الأخبار|نشرتنا)[^.؟!]*(?:بريدك|بريدكم)",
        ),
        label=(
            r"تسجيل الدخول|تسجيل|اشترك(?: الآن)?|إنشاء حساب|حسابي|النشرة (?:البريدية|الإخبارية)|البريد الإلكتروني"
            r"|حمل التطبيق|للمشتركين فقط",
        ),
        reader=r"\S*(?:كم|نا)|أنت|لك|بريدك|لديك|هل",
        report=r"قال|قالت|قالوا|وقال|وقالت|وأضاف|أضاف|وأضافت|أعلن|أعلنت|وأعلن|بحسب|وفق|وفقا|كان|كانت|وكان|أمس|ذكر|ذكرت|أكد"
        r"|أكدت|دعا|دعت",
    ),
}

#: Codes of languages that are worded as another one here.
SAME: Mapping[str, str] = {"nb": "no", "nn": "no", "ms": "id", "in": "id", "yue": "zh", "cmn": "zh"}

#: Letters (a regular expression's set) that tell a page's languages where it does not, or names another.
SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "а-яёіїєґ": ("ru", "uk"),
    "\u3040-\u30ff": ("ja",),
    "\u4e00-\u9fff": ("zh",),
    "\uac00-\ud7a3": ("ko",),
    "\u0900-\u097f": ("hi",),
    "\u0600-\u06ff": ("ar",),
}
