"""More wording, by what it is about: paid access, a messenger's channel, blocked embeds, rules for comments.

Data, by language, as :mod:`newscrawl.offers.wording` has it. A publisher's name may stand where ``_NAME`` does, so that
a prompt of any publisher fits. Each pattern begins with words of its own: most paragraphs fail at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Words of a publisher's name, or of what it calls its subscription.
_NAME = r"(?:[^\s.!?]+ ){0,5}"
#: A price, and for how long.
_PRICE = (
    r"(?:(?:just|only|nur|seulement|solo|sólo|apenas|slechts|bara|kun|tylko) )?(?:(?:[$€£₹¥₩]|usd|eur|rs\.?|r\$|chf|kr\.?) ?\d"
    r"|\d[\d.,]* ?(?:[$€£₹]|euros?|eur\b|franken|francs|kr\b|kroner|kronor|krone|krona|zł|złot\w*|руб\w*|pounds?|dollars?|cents?|p\b|grosz\w*))"
)
_MESSENGER = r"(?:whats ?app|telegram|viber|signal|messenger|discord|line|threads)"
_IN = r"[^.!?…]"
_END = r"(?=\W*$|\s*[.!?:…])"


@dataclass(frozen=True)
class More:
    """Wording in addition to a language's own: ``offer`` and ``label`` as in :class:`~newscrawl.offers.wording.Wording`.

    ``by_word``: offers that may begin with any word, by a word, in lower case, without which there is none. ``reader``:
    words of more sentences that stand beside an offer.
    """

    offer: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    by_word: Mapping[str, str] = field(default_factory=dict)
    reader: str = ""


# English -------------------------------------------------------------------------

_READ_EN = (
    r"(?:continue(?=\W*$)|(?:continue|keep|start|finish) reading|read (?:on|more\b|(?:the )?(?:full|rest|whole|complete|entire)\b|this (?:article|story)"
    r"|(?:all|every|unlimited|more|our) (?:articles?|stor(?:y|ies)))|unlock (?:this|the full|all|every|our|unlimited)|see the full (?:article|story)"
    r"|(?:get |have |enjoy )?(?:unlimited|full|complete|instant|exclusive) (?:digital |online )?access\b"
    r"|access (?:this|all|every|our|the full|unlimited|premium) ?(?:articles?|stor(?:y|ies)|content)|view (?:this|the full) (?:article|story))"
)
_ACT_EN = (
    r"(?:please )?(?:subscribe|register|join|log[ -]?in|sign[ -]?in|sign[ -]?up|become a (?:\S+ )?(?:member|subscriber|supporter)"
    r"|create (?:a|an|your) (?:free )?(?:\S+ )?account|enter your e-?mail(?: address)?|start (?:a|your) (?:free )?(?:trial|subscription)|choose a plan)\b"
)
_ENGLISH_ACCESS = (
    r"get the full story(?=\W)",
    rf"read (?:this (?:story|article)|everything|all)\b{_IN}{{0,60}}\b(?:for|from) {_PRICE}",
    rf"(?:to|want to) {_READ_EN}{_IN}{{0,40}}?,? (?:please )?(?:subscribe|register|join|log|sign|become|create|start|choose|enter)\b",
    rf"{_ACT_EN}{_IN}{{0,90}}?\b(?:to|for|and) {_READ_EN}",
    rf"(?:keep|continue) reading {_NAME}?(?:for|from|at|with) (?:{_PRICE}|free\b|(?:a|an|your) (?:free )?{_NAME}?(?:trial|subscription|account|membership)\b)",
    rf"read (?:on|more|this (?:story|article)|all (?:stories|articles)) (?:for|from|with) (?:{_PRICE}|free{_END}|(?:a|an|your) {_NAME}?(?:trial|subscription|account)\b)",
    r"you(?:[’']ve| have) (?:now )?(?:reached|used|read|hit|exceeded|viewed|run out of)\b"
    rf"{_IN}{{0,40}}\b(?:free|complimentary)(?: \S+){{0,2}} (?:articles?|stor(?:y|ies)|pages?|views?|reads?)\b",
    r"you(?:[’']ve| have) (?:reached|hit) your (?:article|monthly|free|reading) (?:article |story )?limit\b",
    r"you (?:still )?have (?:\d+|one|two|three|four|five|no|only \S+) (?:more )?(?:free|complimentary) (?:articles?|stor(?:y|ies)|reads?)\b",
    r"this is your (?:last|first|second|third|final|\d\w*) (?:free|complimentary) (?:article|story)",
    r"you(?:[’']re| are) reading (?:a|your|this|one of) (?:\S+ ){0,4}(?:free|complimentary|premium|subscriber)",
    rf"(?:get|enjoy|have|unlock) (?:unlimited|full|complete|instant) (?:digital |online )?access\b{_IN}{{0,60}}?\b(?:from|for|at|less than)\b(?: \S+){{0,3}}? ?{_PRICE}",
    rf"(?:for|from) (?:(?:less than|as little as) )?{_PRICE}{_IN}{{0,40}},? (?:get|enjoy|read|have|subscribe)\b{_IN}{{0,40}}"
    r"\b(?:access|articles?|stor(?:y|ies)|journalism)\b",
    r"unlimited (?:digital |online )?access to (?:all |every |our )*(?:articles?|stor(?:y|ies)|content|journalism)"
    rf"{_IN}{{0,40}}\b(?:from|for|at) {_PRICE}",
    rf"(?:unlock|access|finish) (?:this|the (?:full|rest of (?:this|the))) (?:article|story)\b{_IN}{{0,60}}\b(?:trial|subscription|subscribe|free|account|now)\b",
    rf"(?:start|try|begin) {_NAME}(?:free )?(?:trial\b|free for|for free\b|subscription\b){_IN}{{0,40}}\b(?:days?|weeks?|months?|today|now|read|unlock)\b",
    r"(?:already subscribe|already subscribed|already a subscriber|already registered|already have an account|are you a subscriber|not a subscriber"
    rf"|not yet a subscriber|new here|don[’']t have an account)\b{_IN}{{0,40}}\? (?:please )?(?:log|sign|join|subscribe|register|start|click|create|find out)\b",
    r"(?:this|our) (?:article|story|content|report|analysis) is (?:(?:only|exclusively|exclusive|reserved|available|just) )*(?:for|to) "
    rf"{_NAME}?(?:subscribers|members)\b(?: of {_NAME}?\S+)?(?: only)?{_END}",
    rf"only (?:{_NAME})?(?:subscribers|members) (?:can|may) (?:read|see|access|view) (?:the |this |our )",
    r"you (?:must|need to|have to) (?:be (?:a|an) (?:\S+ )?(?:subscriber|member)|subscribe|be logged in|log in|sign in|register|have a \S* ?subscription)"
    r" to (?:read|view|see|access|continue|unlock)\b",
    rf"(?:log|sign)[ -]?in (?:with|to) your {_NAME}account to (?:continue|read|keep|unlock|access)\b",
    rf"become a (?:\S+ ){{0,3}}?(?:member|subscriber|supporter)(?: (?:of {_NAME}\S+ )?(?:today|now)|\W*$| and (?:help|support|get|enjoy|read)"
    r"| to (?:get|read|access|support|unlock|enjoy|continue)\b)",
    rf"subscribe (?:now |today |here )?(?:from|for) {_PRICE}|subscribe (?:now|today)(?: and (?:save|get)\b|{_END})",
    r"offer (?:ends|expires)\b|limited[- ]time offer\b|special (?:introductory )?offer:",
    rf"support (?:the )?{_NAME}(?:journalism|newsroom|reporting)(?: today| now)?(?: (?:from|for)\b{_IN}{{0,20}} ?{_PRICE}|{_END})",
    r"your (?:subscription|support|membership|contribution|gift) (?:helps|lets|allows|enables|keeps|makes|funds)\b",
    r"thank(?:s| you) for (?:supporting|subscribing)\b",
    r"(?:choose|pick|select) (?:a|your) (?:subscription |digital )?plan(?:\W*$|:)",
    rf"try (?:{_NAME}for )?(?:a|one|your first|\d+|two|three) (?:days?|weeks?|months?) (?:for (?:just |only )?(?:free|nothing|{_PRICE})|free|of {_NAME}\S+ (?:for|free))",
    r"become a (?:\S+ ){0,3}?(?:member|subscriber|supporter) for (?:unlimited|full|free|just|only|less|as)\b",
    rf"support (?:the )?{_NAME}journalism of {_NAME}\S+{_END}",
    r"if you (?:value|like|enjoy|appreciate|believe in|care about) (?:our|what we|this|independent|local)\b[^.!?]{0,60}?,? (?:please )?(?:consider|support|become|join|donate|subscribe|help)\b",
    r"(?:please )?donate (?:to us )?(?:today|now|here)(?:\W*$| (?:to|and|so) )",
)
_ENGLISH_LETTERS = (
    r"join our (?:channel|group|community)\b",
    r"our (?:free |new |award-winning )*(?:daily|weekly|morning|evening|weekend|monthly|free|must-read|flagship)(?: \S+){0,2} (?:newsletter|e-?mail|briefing|letter|digest)\b",
    rf"(?:please )?(?:sign up|subscribe|register)(?: here| now| today)? (?:to|for) (?:the |our |your |\S+[’']s |\S+ \S+[’']s ){_NAME}newsletter\b(?={_IN}*\b(?:you|your|our|us|we|miss|morning|inbox|free)\b)",
    rf"(?:please )?sign up (?:to|for) {_IN}{{2,40}}(?:[,:–—.-]+ ?|: )our (?:\S+ ){{0,3}}(?:newsletter|e-?mail|briefing|letter)\b",
    r"(?:want|like) (?:to (?:read|get|see) )?(?:more|stories|news)\b[^.!?]{0,40}\? (?:sign up|subscribe|get|join)\b",
    rf"(?:don[’']t|never) miss (?:a|an|any|another|out on) (?:\S+ )?(?:story|stories|update|news|beat|headline|moment)\b{_IN}*"
    r"(?:[.!:] ?)(?:sign up|subscribe|get|join|follow)\b",
    rf"get {_NAME}(?:best |top |biggest |latest )*(?:stories|news|headlines|journalism)\b{_IN}{{0,40}}\b(?:in|to) your (?:e-?mail )?inbox\b",
    r"get our (?:\S+ ){0,3}(?:newsletter|digest|briefing|e-?mails?)\b",
    r"sign up for our (?:\S+ ){0,3}(?:letter|digest|briefing|e-?mails?|alerts)\b",
    rf"(?:click (?:here|on the link) to |please |you can (?:also )?)?(?:join|follow|subscribe to|add|check out) {_NAME}{_MESSENGER}(?:[’']s)? (?:channel|group|community|broadcast)\b",
    rf"(?:click (?:here|on the link) to |please |you can (?:also )?)?(?:join|follow|subscribe to) {_NAME}(?:channel|group|community) on {_MESSENGER}\b",
    rf"get {_IN}{{0,50}}\bon {_MESSENGER}: (?:join|follow|subscribe|sign)\b",
    r"by (?:signing up|subscribing|registering|submitting|joining|clicking|giving us)\b[^.!?]{0,60},? you (?:agree|accept|confirm|consent|acknowledge|allow)\b",
    rf"you can (?:now |also )*(?:find|follow|reach|read|join) us (?:on|at|in) {_MESSENGER}\b",
    rf"the (?:best|latest|biggest|top|most important|week[’']s)\b{_IN}{{0,60}}\b(?:in|to) your (?:e-?mail )?inbox\b",
    r"(?:every|each) (?:single )?(?:morning|evening|day|week|weekday|weekend|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday) we (?:send|bring|e-?mail|deliver) you\b"
    r"|we (?:send|bring|e-?mail|deliver) you\b[^.!?]{0,60}\b(?:every|each) (?:morning|evening|day|week|weekday|weekend|month|monday|friday|saturday|sunday)\b",
    r"to (?:receive|get|have) (?:it|this|them|our|the next)\b[^.!?]{0,60}?,? (?:please )?(?:sign up|subscribe|register)\b",
    r"(?:listen to|subscribe to|follow|hear|download) (?:our|this|the latest episode of our)\b[^.!?]{0,60}\bpodcasts?\b|(?:listen|subscribe|follow)\b[^.!?]{0,60}\bwherever you (?:get|listen to|find) (?:your )?podcasts\b",
    rf"(?:add|make|choose|set|select|mark) {_NAME}(?:as )?(?:a|your) preferred (?:news )?source\b",
    r"(?:turn|switch) on (?:our |push |browser |news )*(?:notifications|alerts) (?:to|and|so|for)\b",
)

_MEDIA_EN = (
    r"(?:(?:social media |embedded |external |interactive |third-party )*(?:content|maps?|videos?|posts?|tweets?|embeds?|graphics?|charts?|player|podcast|audio"
    r"|element|item|feature|survey|form|gallery|clip|feed|widget|stream|timeline|animation))"
)
_SET_EN = r"(?:(?:cookies?|privacy|consent|tracking|marketing|data protection|browser) ?(?:settings|preferences|choices|options)?|(?:settings|preferences|choices))"
_SEE_EN = r"(?:view|see|watch|load|display|show|access|play|listen to|open|use)"
_ENGLISH_CONSENT = (
    rf"(?:in order )?to {_SEE_EN} (?:this|the|it|our) ?(?:{_MEDIA_EN})?{_IN}{{0,40}}?,? (?:please |you (?:need|have|must|will need) (?:to )?|we need )?"
    r"(?:accept|enable|allow|consent|agree|activate|click|change|update|adjust|switch on|turn on|give|your (?:consent|permission))\b",
    rf"(?:please |you (?:must|need to|have to|can) )?(?:accept|enable|allow|activate|agree to|consent to|switch on|turn on) {_IN}{{0,40}}"
    rf"\b(?:cookies?|javascript|scripts|tracking|consent|third[- ]part(?:y|ies)|external content){_IN}{{0,30}}\b(?:to|and|if you want to) (?:{_SEE_EN})\b",
    r"(?:we (?:need|require|ask for) your (?:consent|permission)|your (?:consent|permission|approval) is (?:needed|required))\b",
    rf"by (?:clicking|showing|loading|viewing|playing|activating|displaying|watching|pressing|opening)\b{_IN}{{0,50}}\byou (?:accept|agree|consent|allow)\b",
    rf"(?:open|change|update|adjust|manage|review|check|edit|go to) (?:the|your|our) {_SET_EN}{_IN}{{0,20}}\b(?:if you|to (?:{_SEE_EN}|allow|unblock|enable))\b",
    rf"(?:this|the) {_MEDIA_EN}{_IN}{{0,30}}\b(?:blocked|shown|displayed|loaded|hidden|available|hosted|provided|disabled|visible|here|embedded|comes?)\b"
    rf"{_IN}{{0,50}}\b(?:your (?:current )?{_SET_EN}|cookies?|consent\w*|until you|unless you|without your|(?:a |another )(?:third[ -]party|external) (?:service|provider|site|platform)|a third party)\b",
    rf"this (?:article|page|story|post) contains (?:{_MEDIA_EN}|cookies)\b{_IN}{{0,20}}\b(?:provided|hosted|from|by|served)\b",
    r"(?:your |some )?personal (?:data|information) (?:may|can|will|could) (?:then |also )?be (?:transferred|transmitted|sent|passed|shared|processed)\b",
    r"(?:your browser|this browser) (?:does not|doesn[’']t|cannot|can[’']t) (?:support|play|display|show)\b",
    r"(?:please )?(?:enable|switch on|turn on|activate) (?:javascript|cookies|scripts)\b",
    rf"you (?:have|[’']ve) (?:not (?:yet )?)?(?:agreed to|accepted|given (?:your )?consent|consented|blocked|rejected|refused|declined|disabled|opted out)\b{_IN}*"
    r"\b(?:cookies?|content|embeds?|tracking|third part(?:y|ies))\b",
    rf"(?:{_MEDIA_EN}) from (?:other|external|third-party) (?:services|sites|platforms|providers|parties)\b{_IN}{{0,40}}\b(?:your|until you|consent|blocked)\b",
    rf"(?:we|this (?:page|site)) uses? (?:a|the) services? of (?:a|an|another|other) [^.!?]{{0,40}}\bto {_SEE_EN} (?:this|the|you)\b",
    r"(?:it|they|this service|the provider) may (?:then )?(?:collect|store|process|receive) (?:personal )?data\b",
)
_ENGLISH_CONSENT_LABELS = (
    rf"(?:this |the )?{_MEDIA_EN} (?:is |has been |was |cannot be |can[’']t be |could not be |not )*(?:blocked|unavailable|not available|disabled|hidden|not shown|shown|displayed"
    r"|loaded)(?: here)?|(?:external|embedded|blocked|third-party) (?:content|media)",
    rf"{_MEDIA_EN} from [\w .]{{2,25}}|(?:always )?(?:load|show|display|view|activate|allow|unblock|enable|open|play)(?: (?:the|this|all|blocked|me|external|embedded|now|anyway))*"
    rf"(?: {_MEDIA_EN}| cookies)?(?: once| always| anyway)?",
    r"(?:i )?(?:accept|agree|reject|decline|consent)(?: (?:and|all|to|cookies|continue|show|content|the|terms|only|necessary|close))*"
    r"|(?:manage|change|open|review|my|cookie|privacy|consent)(?: (?:my|your|the|cookie|privacy|consent))* (?:choices|preferences|settings|options|cookies)"
    r"|(?:learn|find out|read) more(?: about \w+)?|more (?:information|info|details)|loading ?\W*|privacy|cookies|continue",
)
_ENGLISH_COMMENTS = (
    r"to (?:comment|post a comment|leave a comment|join the (?:discussion|conversation)),? (?:please |you (?:must|need to) )?(?:be )?(?:log|sign|register|subscribe)",
    r"(?:please )?(?:read|see|follow|respect|review|observe|note|check|remember|abide by|adhere to) (?:our|the|these|all) (?:\S+ ){0,2}?"
    r"(?:comment(?:ing|s)?|community|discussion|house|moderation|posting)(?: \S+)? ?(?:policy|policies|guidelines|rules|standards|terms)\b",
    r"(?:all |reader |user )?comments (?:are|may be|will be|must be|have been)(?: \S+){0,2} (?:moderated|reviewed|monitored|subject to|closed|disabled|turned off|switched off|checked)\b",
    r"comments (?:on|for|to) this (?:article|story|post|page|piece) (?:are|have been)\b|comment(?:s|ing) (?:is|has|are) (?:now )?(?:closed|disabled|open)\b",
    rf"(?:the )?(?:views|opinions|comments)(?: and \w+)? (?:(?:expressed |posted |published |given )?(?:below|in (?:the |these )?comments?|in this (?:section|forum))|of commenters|expressed by (?:readers|users|commenters))"
    rf"{_IN}*\b(?:not|those|own|authors|readers|solely|only|responsib\w+)\b",
    r"we (?:welcome|encourage|invite|value|love|want|look forward to)(?: \w+)? your (?:comments|views|thoughts|opinions|feedback)\b",
    r"(?:be the first to (?:comment|leave|reply)|have your say|join the (?:conversation|discussion|debate)|share your (?:views?|thoughts?|opinions?|experiences?)|leave (?:a|your) (?:comment|reply))"
    rf"\b{_IN}{{0,40}}\b(?:comments?|below)\b|be the first to (?:comment|leave a comment|reply){_END}|have your say{_END}",
    r"what do you (?:think|make of (?:this|it))\? (?:tell|let|share|leave|have|join|comment|write|post)\b",
    r"(?:our )?comment(?:ing|s)? (?:rules|policy|guidelines)(?=\W*$|:)",
    r"we (?:reserve the right|may|will) (?:to )?(?:remove|delete|edit|moderate|close|block)\b[^.!?]{0,40}\b(?:comments?|posts|contributions|commenters|users)\b",
    r"you (?:must|need to|have to) be (?:\d+|logged in|registered|signed in|a (?:subscriber|member))\b[^.!?]{0,30}\b(?:comment|post|join the)\b",
)

_ENGLISH_CHANNEL = (
    rf"(?={_IN}*\bour (?:\S+ )?{_MESSENGER} (?:channel|group|community)|{_IN}*\bour (?:channel|group|community) on {_MESSENGER})"
    rf"(?={_IN}*\b(?:you|your|free|join|follow|us|latest|subscribe)\b){_IN}+"
    rf"|{_NAME}is (?:now |also )+on {_MESSENGER}\b{_IN}{{0,30}}[.:!] ?(?:join|follow|subscribe|click|get)\b"
)
_ENGLISH_BY_WORD = {
    "delivered": rf"(?:an? |the |our |all |your )?{_IN}{{0,60}}\b(?:news|stories|headlines|round-?up|digest|coverage)\b{_IN}*"
    r"\bdelivered (?:straight |directly |right )?(?:to (?:you|your inbox)\b"
    rf"|(?:daily|weekly|weekday mornings|every (?:day|morning|week|weekday)){_END})",
    "whats": _ENGLISH_CHANNEL,
    "telegram": _ENGLISH_CHANNEL,
    "viber": _ENGLISH_CHANNEL,
    "please": rf"[^.!?]{{0,80}}\bplease (?:read|see|follow|respect|observe|keep to) (?:our|the) (?:rules|guidelines|policy|standards)\b(?={_IN}*\b(?:comments?|page|site|post|discussion|forum)|\W*$)",
    "your ": rf"(?:{_IN}{{0,40}}\b(?:because|as|since|due to|owing to)(?: of)? )?(?:due to|because of|owing to|based on|in line with) your (?:current )?{_SET_EN}",
    "welcome": rf"[\w’' ]{{2,40}} welcomes? (?:\S+ ){{0,4}}(?:discussions?|debates?|comments|conversations?|contributions)\b{_IN}{{0,40}}[.!] "
    r"[^.!?]{0,120}\b(?:comments?|please|rules|moderat\w+|civil|respectful|abus\w+|on topic)\b",
}

# German --------------------------------------------------------------------------

_GERMAN_ACCESS = (
    rf"(?:(?:jetzt|hier|bitte) )*(?:abonnieren sie|abonniere|registrieren sie sich|registriere dich|melden sie sich|melde dich|loggen sie sich|logge dich"
    rf"|erstellen sie|erstelle|legen sie|schließen sie|testen sie|werden sie)\b{_IN}{{0,70}}(?:,? um|und) {_IN}{{0,60}}?(?:lesen|weiterlesen|weiterzulesen)\b",
    rf"(?:jetzt |gleich |sofort )?weiterlesen (?:für|ab|mit) (?:{_PRICE}|{_NAME}?(?:abo|plus|probeabo|konto|zugang)\b)",
    rf"(?:jetzt )?{_NAME}(?:[\w-]*abo|abonnement|konto|plus)\b {_IN}{{0,30}}\b(?:abschließen|sichern|testen|bestellen|holen|anlegen|freischalten) und (?:\S+ )?(?:weiterlesen|lesen)\b",
    rf"mit (?:dem |einem |unserem |ihrem )?{_NAME}(?:[\w-]*abo|abonnement|plus)\b {_IN}{{0,20}}\b(?:alle|unbegrenzt|jeden|sämtliche) {_IN}{{0,30}}\blesen\b",
    r"sie haben (?:ihr |das |die )?(?:monatliche |maximale )?(?:limit|anzahl|kontingent|alle|bereits|schon|noch)\b[^.!?]{0,50}\b(?:artikel\w*|beiträge?n?|gratis\w*|kostenlos\w*|frei\w*)\b[^.!?]{0,40}(?:erreicht|gelesen|aufgebraucht|verbraucht|übrig|frei)?",
    rf"(?:jetzt )?(?:\d+|drei|vier|einen?|sechs) (?:monate?|wochen?|tage?) (?:für|ab|lang) (?:\S+ )?{_PRICE}{_IN}{{0,40}}\b(?:lesen|testen|weiterlesen|sichern)\b",
    rf"(?:um )?(?:diesen|den|das ganze) (?:\S+ )?(?:artikel|beitrag|text)\b{_IN}{{0,40}}\bzu lesen,? (?:benötigen|brauchen|müssen|melden|abonnieren|registrieren)\b",
    r"dieser? (?:artikel|inhalt|beitrag|text) ist (?:teil von|bestandteil von|exklusiv|nur|ein)\b[^.!?]{0,50}\b(?:plus|abo\w*|abonnent\w*|premium|mitglieder\w*|leser\w*)\b(?=[^.!?]{0,30}(?:\W*$|[.!?] (?:jetzt|hier|melden|testen|abonnieren|lesen)))",
    rf"lesen sie (?:alle|sämtliche|unbegrenzt) (?:\S+ )?(?:artikel|inhalte|beiträge)\b{_IN}{{0,40}}\bmit\b",
    rf"testen sie {_NAME}(?:\d+ (?:tage|wochen|monate)|kostenlos|gratis|jetzt|einen monat)\b",
    r"(?:unbegrenzter|voller|unbeschränkter) (?:zugang|zugriff) (?:zu|auf) (?:allen?|alle|unsere\w*) (?:artikel\w*|inhalte\w*|beiträge\w*)",
    rf"(?:loggen|melden|registrieren) sie sich\b{_IN}{{0,40}}\b(?:ein|an|kostenlos)?,? um (?:\S+ ){{0,4}}(?:weiterzulesen|zu lesen)\b",
)
_GERMAN_LETTERS = (
    r"(?:jetzt |hier )?(?:den|unseren) (?:\S+ ){0,3}newsletter (?:abonnieren|bestellen) und\b",
    rf"unser(?:e|en)? (?:\S+ ){{0,2}}(?:newsletter|morgenbrief|briefing)\b{_IN}*\b(?:ihnen|sie|dir|dich|hier|jetzt)\b",
    rf"melden sie sich (?:\S+ ){{0,4}}(?:für|zu) {_IN}{{2,40}}\bunser\w* (?:\S+ ){{0,2}}[\w-]*(?:newsletter|briefing)\b",
    rf"{_IN}{{0,90}}: ?(?:abonnieren|folgen) sie (?:unser\w*|den) (?:\S+ )?(?:{_MESSENGER}[- ]?)?(?:kanal|newsletter|gruppe)\b",
    rf"(?:abonnieren sie|folgen sie|abonniere|folge) (?:jetzt |hier )?(?:den|dem|unser\w*|der|die) (?:{_MESSENGER}-(?:kanal|channel|gruppe)\b|{_NAME}(?:auf|bei) {_MESSENGER}\b)",
    rf"{_NAME}(?:ist|gibt es|sind) (?:\S+ ){{0,3}}(?:jetzt |nun |auch )+(?:auf|bei) {_MESSENGER}\b",
    rf"(?:bleiben sie|bleib|bleibt) (?:immer |stets )?(?:auf dem laufenden|informiert|gut informiert|dran|up to date)\b{_IN}{{0,60}}(?:newsletter|kanal|push\S*|app|{_MESSENGER})\b",
    rf"{_IN}{{3,90}} [–—-] (?:jetzt|hier|gleich) (?:\S+ ){{0,4}}(?:[\w-]*newsletter|[\w-]*app|e-?paper|abo|kanal)(?: kostenlos| gratis)? (?:abonnieren|anmelden|bestellen|herunterladen|testen|abschließen)\W*$",
    r"(?:mit|durch) (?:der|ihrer|deiner) (?:anmeldung|registrierung|bestellung|eintragung)\b[^.!?]{0,40}\b(?:stimmen sie|stimmst du|akzeptieren sie|willigen sie|erklären sie|bestätigen sie)\b",
    r"(?:hören sie|hör|hört) (?:auch |jetzt |hier )?(?:in )?(?:unseren?|den|unser\w*)\b[^.!?]{0,30}\b[\w-]*podcasts?\b",
)
_MEDIA_DE = r"(?:(?:externe\w* |eingebettete\w* )?(?:inhalte?n?s?|karte|video|beitrag|post|tweet|grafik|podcast|element|medien|embed|formular|umfrage))"
_GERMAN_CONSENT = (
    rf"(?:an dieser stelle|hier) (?:finden sie|findest du|steht|würde|sollte|wird|befindet sich)\b{_IN}{{0,40}}\b(?:extern\w*|drittanbieter\w*|inhalt\w*|plattform\w*)\b",
    r"ich bin (?:damit )?einverstanden, dass (?:mir )?(?:\S+ )?(?:inhalte?|daten)\b",
    rf"mit (?:dem|einem) (?:laden|klick|abspielen|anzeigen|aufruf)\b{_IN}{{0,40}}\b(?:akzeptieren|stimmen|erklären|willigen|werden|lassen)\b",
    rf"um (?:dies\w*|den|die|das) {_MEDIA_DE}{_IN}{{0,30}}(?:anzusehen|anzuzeigen|zu sehen|abzuspielen|zu laden|sehen zu können|anzuschauen),? (?:müssen|benötigen|brauchen|aktivieren|stimmen|akzeptieren|ist|klicken|ändern)\b",
    rf"(?:wir (?:benötigen|brauchen) (?:hierfür |dafür |dazu )?(?:ihre|deine|eure) (?:zustimmung|einwilligung|erlaubnis)|(?:für|zum) {_IN}{{0,40}}\b(?:ihre|deine) (?:zustimmung|einwilligung))\b",
    rf"(?:dies\w*|die|der|das) {_MEDIA_DE} (?:wurde|wird|ist|kann|kommt|stammt)\b{_IN}{{0,50}}\b(?:blockiert|nicht angezeigt|nicht geladen|deaktiviert|ausgeblendet|extern\w*|drittanbieter\w*)\b(?={_IN}*(?:\W*$|[.!?] (?:sie|bitte|um|ihre|mit|klicken|wenn)))(?=.*\b(?:sie|ihre\w*|bitte|cookies?|zustimm\w*|einstellungen)\b)",
    r"(?:bitte )?(?:aktivieren sie|aktiviere|erlauben sie|akzeptieren sie) (?:\S+ ){0,2}(?:javascript|cookies)\b",
    r"(?:damit|dabei|hierbei) (?:können|werden) (?:\S+ )?(?:personenbezogene )?daten\b",
    r"(?:aufgrund|wegen) ihrer (?:\S+[- ])?(?:einstellungen|cookie|datenschutz\w*)\b",
    r"sie (?:haben|können|müssen)\b[^.!?]{0,50}\b(?:cookies?|externe\w* inhalte?\w*|datenschutzeinstellungen|cookie-einstellungen)\b[^.!?]{0,40}(?:zustimm\w*|zugestimmt|akzeptier\w*|abgelehnt|ändern|anpassen|deaktiviert|widersprochen|aktivieren|anzeigen)",
)
_GERMAN_CONSENT_LABELS = (
    rf"(?:empfohlener? )?(?:extern\w*|eingebettet\w*|redaktionell\w*) inhalte?|{_MEDIA_DE} (?:laden|anzeigen|blockiert|freigeben|aktivieren|zulassen|entsperren|erlauben)|externe (?:inhalte|medien) (?:laden|anzeigen|erlauben)"
    r"|(?:alle )?(?:cookies )?akzeptieren(?: und (?:weiter|anzeigen|laden))?|ablehnen|(?:cookie-|datenschutz-?)?einstellungen(?: ändern| öffnen)?|mehr (?:erfahren|informationen|dazu)|datenschutz(?:erklärung|hinweise?)?"
    r"|einmal (?:laden|anzeigen)|immer (?:laden|anzeigen)|zustimmen(?: und \w+)?|inhalte? von [\w .]{2,25}",
)
_GERMAN_COMMENTS = (
    r"(?:bitte )?(?:beachten|lesen|befolgen|respektieren) sie (?:bitte )?(?:unsere|die|dabei) (?:\S+ ){0,2}(?:netiquette|kommentarregeln|forenregeln|diskussionsregeln|community-\w+)",
    r"(?:die |alle )?(?:leser)?kommentare (?:geben|spiegeln|werden|entsprechen|stellen|müssen)\b[^.!?]{0,40}\b(?:nicht (?:die|unbedingt)|moderiert|geprüft|freigeschaltet|freigegeben)\b",
    r"(?:die )?kommentarfunktion\b[^.!?]{0,40}\b(?:geschlossen|deaktiviert|abgeschaltet|beendet)|kommentare (?:sind|zu diesem artikel sind) (?:\S+ )?geschlossen",
    r"(?:die redaktion|wir|der verlag) (?:behält|behalten) (?:sich|uns) (?:das recht |\S+ )?vor,? [^.!?]{0,30}\b(?:kommentare|beiträge|leserbriefe|zuschriften)\b",
    r"(?:diskutieren|kommentieren|reden) sie mit\b|schreiben sie (?:uns )?(?:\S+ ){0,3}(?:in (?:den|die) kommentaren?|einen kommentar)\b|was (?:meinen|denken|halten) sie[^.!?]{0,30}\? (?:schreiben|diskutieren|sagen|teilen)\b",
    r"wir behalten uns (?:\S+ ){0,3}vor,? (?:\S+ ){0,3}(?:kommentare|beiträge)\b",
)
_GERMAN_CHANNEL = (
    rf"(?={_IN}*\bunser (?:\S+ )?(?:{_MESSENGER}[- ]?)?(?:kanal|channel)\b)"
    rf"(?={_IN}*\b(?:kostenlos|kostenfrei|gratis|jederzeit|abonnieren|folgen|hier|jetzt)\b){_IN}+"
)
_GERMAN_BY_WORD = dict.fromkeys(("whats", "telegram", "signal"), _GERMAN_CHANNEL)

# French --------------------------------------------------------------------------

_FRENCH = More(
    offer=(
        rf"(?:abonnez-vous|abonne-toi|inscrivez-vous|connectez-vous|créez un compte|rejoignez)\b{_IN}{{0,60}}\bpour (?:lire (?:la suite|cet article|l[’']article|l[’']intégralité|tous)|continuer (?:votre |la |à )?lect?\w*|poursuivre (?:votre|la) lecture|accéder (?:à|aux) (?:tous|l[’']intégralité|cet article|nos))",
        rf"(?:continuez|poursuivez) (?:votre|la) lecture (?:pour|dès|à partir de|avec) (?:{_PRICE}|{_NAME}?(?:abonnement|offre)\b)|lisez la suite (?:pour|dès|à partir de) {_PRICE}",
        r"vous avez (?:atteint|épuisé|utilisé|lu)\b[^.!?]{0,40}\b(?:articles? gratuits?|limite|quota)\b[^.!?]{0,30}",
        rf"(?:accès illimité|accédez (?:en illimité )?)\b{_IN}{{0,50}}\b(?:articles|contenus|journal|site)\b{_IN}{{0,30}}\b(?:dès|pour|à partir de) (?:seulement )?{_PRICE}",
        rf"profitez\b{_IN}{{0,30}}\baccès (?:illimité|complet|intégral)\b",
        rf"inscrivez-vous à (?:la|notre|nos) (?:newsletters?|lettre|infolettre)\b{_IN}{{0,40}}\bpour (?:ne rien|recevoir|suivre|rester)\b",
        rf"(?:rejoignez|suivez|abonnez-vous à) (?:la |notre |le )?(?:chaîne|canal|groupe) {_MESSENGER}\b|suivez {_NAME}sur {_MESSENGER}{_END}|suivez {_NAME}sur (?:notre |nos |la )(?:chaîne|canal)",
        # blocked embeds
        rf"pour (?:afficher|voir|visualiser|lire|regarder|consulter) (?:ce|cette|cet|le|la) (?:contenu|carte|vidéo|publication|post|tweet|graphique){_IN}{{0,20}},? (?:vous devez|veuillez|merci|il faut|acceptez|cliquez|nous avons)",
        rf"(?:ce|cette|cet) (?:contenu|carte|vidéo|publication|post|tweet|graphique) (?:est|a été|n[’']est pas|ne peut)\b{_IN}{{0,40}}\b(?:car vous|parce que vous|vos (?:choix|préférences|paramètres)|cookies?|consentement)\b",
        r"en cliquant sur\b[^.!?]{0,40}\b(?:cookies|vous (?:acceptez|consentez|pourrez))\b",
        r"(?:nous avons besoin de votre|votre) (?:consentement|accord|autorisation)\b[^.!?]{0,30}\b(?:pour|est)\b",
        # comments
        r"(?:merci de|veuillez|pensez à) (?:respecter|lire|consulter) (?:notre|la|nos|les) (?:\S+ ){0,3}(?:charte|modération|règles)\b",
        r"les commentaires (?:sont|n[’']engagent|ne reflètent|seront|publiés)\b[^.!?]{0,40}\b(?:modérés|fermés|auteurs|pas|rédaction)\b",
        r"(?:réagissez|donnez votre avis|partagez votre avis|laissez un commentaire)\b[^.!?]{0,30}\b(?:commentaires?|ci-dessous)\b",
    ),
    label=(
        r"contenu (?:bloqué|externe|indisponible)|(?:afficher|charger|voir|débloquer) (?:le|la|ce|cette) (?:contenu|vidéo|carte|publication)|(?:j[’'])?accepte[rz]?(?: (?:et|les|tout|cookies|continuer|afficher))*"
        r"|gérer (?:mes|vos|les) (?:choix|cookies|préférences)|(?:tout )?refuser|en savoir plus|paramétrer",
    ),
)

# Spanish, Italian, Portuguese ----------------------------------------------------------

_SPANISH = More(
    offer=(
        rf"(?:suscríbete|suscríbase|suscribite|regístrate|regístrese|crea una cuenta|hazte (?:suscriptora?|soci[oa])|inicia sesión|únete)\b{_IN}{{0,60}}\b(?:para|y) (?:seguir leyendo|sigue leyendo|continuar leyendo|leer (?:este|el|la|todo|sin)|acceder a (?:tod|este))",
        rf"(?:sigue|siga|continúa|continúe) leyendo (?:por|desde|con) (?:{_PRICE}|{_NAME}?suscripción\b)",
        r"(?:has|ha) (?:alcanzado|superado|agotado|llegado|leído|consumido)\b[^.!?]{0,40}\b(?:artículos|noticias|contenidos) gratuit[oa]s\b|(?:has|ha) (?:alcanzado|superado) (?:el|tu|su) límite\b[^.!?]{0,40}\b(?:artículos|noticias|lecturas)\b",
        rf"acceso (?:ilimitado|completo|total) (?:a|de) (?:todos?|todas?|nuestr\w+|los|las)\b{_IN}{{0,40}}\b(?:por|desde) {_PRICE}",
        rf"suscríbete (?:al|a la|a los|a nuestr\w+) (?:\S+ )?(?:boletín|boletines|newsletters?)\b{_IN}*\b(?:recib|nuestr|tu correo|cada (?:mañana|día)|gratis)\w*",
        rf"(?:únete|únase|sumate|suscríbete|sigue) (?:al?|nuestro|el) (?:nuevo )?(?:canal|grupo)\b{_IN}{{0,20}}\b{_MESSENGER}\b|sigue a {_NAME}en {_MESSENGER}{_END}",
        rf"para (?:ver|visualizar|mostrar|cargar) (?:este|esta|el|la) (?:contenido|mapa|vídeo|video|publicación|tuit|gráfico){_IN}{{0,20}},? (?:debes?|tienes?|necesitas?|hay que|acepta|haz clic|es necesario)",
        rf"(?:este|esta|el|la) (?:contenido|mapa|vídeo|video|publicación|tuit|gráfico) (?:está|no se|ha sido|no está)\b{_IN}{{0,40}}\b(?:tus? (?:preferencias|configuración|ajustes)|sus? (?:preferencias|configuración|ajustes)|cookies|privacidad|consentimiento)\b",
        r"los comentarios (?:no reflejan|son (?:responsabilidad|moderados)|están cerrados|serán)\b",
        r"(?:por favor, )?(?:respeta|respete|lee|lea|consulta) (?:las|nuestras) (?:normas|reglas)\b[^.!?]{0,40}(?:comunidad|comentar\w*|participación|comentarios)\b",
    ),
    label=(
        r"contenido (?:bloqueado|externo)|(?:mostrar|cargar|ver) (?:el )?contenido|(?:aceptar|rechazar)(?: (?:todo|cookies|todas|y continuar|las))*|(?:gestionar|configurar) (?:mis )?(?:cookies|preferencias)|más información",
    ),
)
_ITALIAN = More(
    offer=(
        rf"(?:abbonati|registrati|iscriviti|accedi|crea un account|diventa (?:abbonato|socio))\b{_IN}{{0,60}}\b(?:per|e) (?:continu\w+ (?:a leggere|la lettura)|leggere (?:tutt|quest|l[’']|il|i nostri)|accedere a tutti)",
        rf"continua (?:a leggere|la lettura) (?:per|a|da|con) (?:solo )?(?:{_PRICE}|{_NAME}?abbonamento\b)",
        r"(?:hai|ha) (?:raggiunto|superato|esaurito|letto)\b[^.!?]{0,40}\b(?:articoli|contenuti|notizie) gratuit[ie]\b",
        rf"accesso (?:illimitato|completo) a (?:tutt\w+|\w+)\b{_IN}{{0,40}}\b(?:da|a|per) (?:soli )?{_PRICE}",
        rf"(?:iscriviti|unisciti|segui) (?:al|il|la|alla|nostro)\b {_IN}{{0,15}}\b(?:canale|gruppo)\b{_IN}{{0,20}}\b{_MESSENGER}\b|(?:iscriviti|unisciti) (?:al|alla) (?:canale|gruppo) {_MESSENGER}\b",
        rf"iscriviti alla (?:\S+ )?newsletter\b{_IN}*\bper (?:non perdere|ricevere|restare)\b",
        r"contenuto (?:\S+ )?riservato agli abbonati\b|articolo riservato agli abbonati\b",
        rf"per (?:vedere|visualizzare|guardare|mostrare) (?:questo|questa|il|la) (?:contenuto|mappa|video|post|tweet|grafico){_IN}{{0,20}},? (?:devi|è necessario|accetta|clicca|bisogna)",
        rf"(?:questo|questa|il|la) (?:contenuto|mappa|video|post|tweet|grafico) (?:è|non è|non può)\b{_IN}{{0,40}}\b(?:tue (?:impostazioni|preferenze)|sue (?:impostazioni|preferenze)|cookie|privacy|consenso)\b",
        r"i commenti (?:sono (?:moderati|chiusi)|non riflettono|saranno)\b",
    ),
    label=(
        r"contenuto (?:bloccato|esterno)|(?:mostra|carica|vedi) (?:il )?contenuto|(?:accetta|rifiuta)(?: (?:tutto|tutti|i|cookie|e|continua))*|gestisci (?:i )?cookie|scopri di più",
    ),
)
_PORTUGUESE = More(
    offer=(
        rf"(?:assine|inscreva-se|cadastre-se|crie uma conta|faça (?:login|seu cadastro)|registe-se|registre-se|torne-se assinante)\b{_IN}{{0,60}}\b(?:para|e) (?:continu\w+ (?:lendo|a ler|a leitura)|ler (?:esta|este|a|o|tod)|ter acesso)",
        rf"continue (?:lendo|a ler|a leitura) (?:por|a partir de|com) (?:apenas )?(?:{_PRICE}|{_NAME}?assinatura\b)",
        r"você (?:atingiu|alcançou|esgotou|já leu|leu)\b[^.!?]{0,40}\b(?:artigos|matérias|notícias|conteúdos|textos) gratuit[oa]s\b|atingiu o limite de artigos gratuitos\b",
        rf"acesso (?:ilimitado|completo) a (?:tod\w+|\w+)\b{_IN}{{0,40}}\b(?:por|a partir de) (?:apenas )?{_PRICE}",
        rf"(?:entre|participe|siga|junte-se|inscreva-se) (?:n?o|do|ao|no nosso|em nosso|nosso) (?:canal|grupo)\b{_IN}{{0,30}}\b{_MESSENGER}\b",
        rf"(?:assine|receba) (?:a|nossa) (?:\S+ )?newsletter\b{_IN}*\b(?:receba|seu e-?mail|todos os dias|gratuita)\b",
        rf"para (?:ver|visualizar|assistir|exibir) (?:este|esta|o|a) (?:conteúdo|mapa|vídeo|publicação|post|gráfico){_IN}{{0,20}},? (?:você precisa|é necessário|aceite|clique|precisa|deve)",
        rf"(?:este|esta) (?:conteúdo|mapa|vídeo|publicação|post|gráfico) (?:está|foi|não pode)\b{_IN}{{0,40}}\b(?:suas (?:preferências|configurações)|cookies|privacidade)\b",
        r"os comentários (?:não representam|são (?:moderados|de responsabilidade)|estão (?:fechados|encerrados))\b",
    ),
    label=(
        r"conteúdo (?:bloqueado|externo)|(?:mostrar|carregar|ver) (?:o )?conteúdo|(?:aceitar|rejeitar)(?: (?:tudo|todos|os|cookies|e continuar))*|gerenciar (?:cookies|preferências)|saiba mais",
    ),
)

# Dutch, Swedish, Norwegian, Danish --------------------------------------------------------

_DUTCH = More(
    offer=(
        rf"(?:abonneer (?:je|u)|registreer (?:je|u)|log in|meld (?:je|u) aan|maak (?:een|je|uw)(?: gratis)? account(?: aan)?|neem een abonnement|word (?:abonnee|lid))\b{_IN}{{0,60}}\b(?:om|en) {_IN}{{0,30}}(?:verder te lezen|lees verder|te lezen|lees alles)\b",
        rf"lees (?:verder|dit artikel|alle artikelen) (?:voor|vanaf|met) (?:slechts |maar )?(?:{_PRICE}|{_NAME}?abonnement\b)",
        r"(?:je|u) (?:hebt|heeft) (?:je|uw|het|de)\b[^.!?]{0,40}\bgratis artikelen\b",
        rf"onbeperkt(?:e)? (?:toegang|lezen)\b{_IN}{{0,50}}\b(?:vanaf|voor) {_PRICE}",
        rf"(?:volg|sluit je aan bij|abonneer je op) {_NAME}(?:op {_MESSENGER}{_END}|{_MESSENGER}-?kanaal\b)",
        rf"schrijf (?:je|u) in voor de (?:\S+ )?nieuwsbrief(?:{_END}| van de (?:krant|redactie|koerier)\b)",
        rf"om (?:deze|dit) (?:inhoud|video|kaart|bericht|post|tweet|grafiek)\b{_IN}{{0,20}}\b(?:te (?:zien|bekijken|tonen|laden)),? (?:moet|dien|accepteer|klik|hebben)\b",
        rf"(?:deze|dit) (?:inhoud|video|kaart|bericht|post|tweet|grafiek) (?:is|wordt|kan)\b{_IN}{{0,40}}\b(?:(?:je|uw) (?:cookie-?)?(?:instellingen|voorkeuren)|cookies?|toestemming)\b",
        r"(?:de )?reacties (?:worden gemodereerd|zijn gesloten|geven niet)\b|lees (?:onze|de) (?:huis|reactie)regels\b",
    ),
    label=(
        r"(?:externe|geblokkeerde) inhoud|(?:inhoud|video|kaart) (?:tonen|laden)|(?:alle )?cookies (?:accepteren|weigeren|instellen)|accepteren|(?:cookie-)?instellingen(?: wijzigen)?|meer informatie",
    ),
)
_SWEDISH = More(
    offer=(
        rf"(?:prenumerera|registrera dig|logga in|skapa (?:ett )?(?:gratis ?)?konto|bli (?:prenumerant|medlem))\b{_IN}{{0,60}}\b(?:för att|och) {_IN}{{0,20}}(?:läs\w* (?:vidare|hela|artikeln|alla)|fortsätt\w* läsa|få (?:full )?tillgång)",
        rf"läs (?:vidare|hela artikeln|allt) (?:för|från|med) (?:{_PRICE}|{_NAME}?prenumeration\b)",
        r"du har (?:nått|läst|använt)\b[^.!?]{0,40}\bgratis ?artiklar\b",
        rf"(?:obegränsad|full|fri) tillgång till (?:alla|allt|våra)\b{_IN}{{0,40}}\b(?:från|för) {_PRICE}",
        rf"för att (?:se|visa|läsa|titta på) (?:det här )?(?:innehållet|kartan|videon|inlägget|klippet){_IN}{{0,20}} (?:måste|behöver) du\b",
        r"kommentarer(?:na)? (?:modereras|är stängda|granskas)\b|läs våra (?:kommentars|debatt)regler\b",
    ),
)
_NORWEGIAN = More(
    offer=(
        rf"(?:abonner|registrer deg|logg inn|opprett (?:en )?(?:gratis ?)?konto|bli (?:abonnent|medlem))\b{_IN}{{0,60}}\b(?:for å|og) {_IN}{{0,20}}(?:les\w* (?:videre|hele|saken|alle)|få (?:full )?tilgang|fortsette å lese)",
        rf"les (?:videre|hele saken|alt) (?:for|fra|med) (?:{_PRICE}|{_NAME}?abonnement\b)",
        r"du har (?:nådd|lest|brukt)\b[^.!?]{0,40}\bgratis ?(?:artikler|saker)\b",
        rf"(?:ubegrenset|full) tilgang til (?:alle|alt|våre)\b{_IN}{{0,40}}\b(?:fra|for) {_PRICE}",
        rf"for å (?:se|vise|lese) (?:dette )?(?:innholdet|kartet|videoen|innlegget|innhold){_IN}{{0,20}} (?:må|trenger) du\b",
    ),
)
_DANISH = More(
    offer=(
        rf"(?:tegn (?:et )?abonnement|abonner|opret (?:en )?(?:gratis ?)?(?:konto|bruger|profil)|log ind|bliv (?:abonnent|medlem))\b{_IN}{{0,60}}\b(?:for at|og) {_IN}{{0,20}}(?:læs\w* (?:videre|hele|artiklen|alle)|få (?:fuld )?adgang|fortsætte)",
        rf"læs (?:videre|hele artiklen|alt) (?:for|fra|med) (?:{_PRICE}|{_NAME}?abonnement\b)",
        r"du har (?:nået|læst|brugt)\b[^.!?]{0,40}\bgratis ?artikler\b",
        rf"(?:ubegrænset|fuld|fri) adgang til (?:alle|alt|vores)\b{_IN}{{0,40}}\b(?:fra|for) {_PRICE}",
        rf"for at (?:se|vise|læse) (?:dette )?(?:indholdet|kortet|videoen|opslaget|indhold){_IN}{{0,20}} (?:skal|må) du\b",
    ),
)

# Polish, Russian, Ukrainian, Turkish, and others ------------------------------------------------

_POLISH = More(
    offer=(
        rf"(?:wykup|kup|zaloguj się|zarejestruj się|załóż|subskrybuj|zostań)\b{_IN}{{0,60}}(?:,? aby|,? żeby| i) {_IN}{{0,20}}(?:czyta\w* (?:dalej|cał\w+|bez|wszyst\w+)|przeczytać|kontynuować)",
        rf"czytaj (?:dalej|bez limitu|wszystko) (?:za|od|z) (?:{_PRICE}|{_NAME}?subskrypcj\w+)",
        r"(?:wykorzystałeś|wykorzystałaś|osiągnięto|przekroczyłeś|wyczerpałeś)\b[^.!?]{0,40}\b(?:bezpłatnych|darmowych) (?:artykułów|tekstów)\b",
        rf"nieograniczony dostęp do\b{_IN}{{0,40}}\b(?:od|za) {_PRICE}",
        r"(?:aby|żeby) (?:zobaczyć|wyświetlić|obejrzeć) (?:tę|ten|to) (?:treść|materiał|mapę|film|wpis),? (?:musisz|zaakceptuj|należy|włącz)\b",
    ),
)
_RUSSIAN = More(
    offer=(
        rf"(?:подпишитесь|зарегистрируйтесь|войдите|создайте|оформите подписку)\b{_IN}{{0,60}},? чтобы (?:читать (?:дальше|далее|полностью|без|все)|прочитать|продолжить чтение|дочитать)",
        r"(?:вы|у вас) (?:исчерпали|прочитали|достигли|закончил\w*|использовали)\b[^.!?]{0,40}\bбесплатных (?:статей|материалов|публикаций)\b",
        rf"(?:неограниченный|полный) доступ ко? (?:всем|всему)\b{_IN}{{0,40}}\b(?:за|от) {_PRICE}",
        r"чтобы (?:увидеть|посмотреть|просмотреть) (?:этот|эту|это) (?:контент|видео|карту|пост|содержимое)\b[^.!?]{0,20},? (?:примите|разрешите|включите|необходимо|нужно)\b",
    ),
)

#: By language, as the primary subtag of BCP 47 writes it.
MORE: Mapping[str, More] = {
    "en": More(
        (*_ENGLISH_ACCESS, *_ENGLISH_LETTERS, *_ENGLISH_CONSENT, *_ENGLISH_COMMENTS),
        (*_ENGLISH_CONSENT_LABELS, r"sign up (?:to|for) [\w’' ]{2,30}|learn more|find out more|no spam|(?:keep|continue) reading|read on|see (?:all )?(?:offers|plans)|continue"),
        _ENGLISH_BY_WORD,
        r"please|reader-(?:supported|funded)|(?:cancel|unsubscribe) (?:at )?any ?time|subscribe|sign up|log in|register|external content|(?:funded|supported|paid for) by (?:its|our|the) readers"
        r"|available (?:for|on|in) (?:iphone|ipad|ios|android|the app store|google play|apple)"
        rf"|(?:not|being) (?:displayed|shown|loaded)|(?:for|from) {_PRICE}",
    ),
    "de": More(
        (*_GERMAN_ACCESS, *_GERMAN_LETTERS, *_GERMAN_CONSENT, *_GERMAN_COMMENTS),
        _GERMAN_CONSENT_LABELS,
        _GERMAN_BY_WORD,
    ),
    "fr": _FRENCH, "es": _SPANISH, "it": _ITALIAN, "pt": _PORTUGUESE, "nl": _DUTCH, "sv": _SWEDISH, "no": _NORWEGIAN,
    "da": _DANISH, "pl": _POLISH, "ru": _RUSSIAN,
}  # fmt: skip
