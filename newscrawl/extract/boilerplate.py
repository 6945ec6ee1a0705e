"""What stands beside or inside a story on pages of all kinds: words of classes, and wordings. Data only.

A word is here because pages of several publishers have it. Words of classes are matched in lower
case, between anything but letters and digits (``articleBody`` counts as ``article-body``, ``box2`` as ``box``).
"""

from newscrawl.offers.marks import CLASS_WORDS, INVITATIONS

#: Elements so called hold prose that is never the story: readers' and lawyers'.
OTHERS_PROSE = (
    r"comments?|comment-?(?:list|area|section|thread)s?|disqus|cookies?|onetrust|consent|gdpr|outbrain|taboola"
    r"|jp-relatedposts"
)
#: Elements so called are never the story.
NEVER = (
    rf"{OTHERS_PROSE}|footer|breadcrumbs?|sharedaddy|advert\w*|skip-?link|sr-only|screen-reader\w*|visually-?hidden"
    r"|nav|navbar|navigation|menu"
)
#: Placeholders for what others show; tickers of other news; boxes of messengers and apps.
FROM_OTHERS = (
    r"two-?click|external-?content|ticker|newsticker|marquee|breaking-?news|news-?flash"
    r"|whats-?app|telegram|messenger|app-?(?:promo|banner|teaser)|push-?notifications?"
)
#: Elements so called are not the story, unless next to nothing is left without them.
RARELY = (
    # ways onward
    r"shar(?:e|ing)\w*|social\w*|sns|follow\w*|related\w*|recommend\w*|read-?(?:more|next|also)|more-?(?:from|on|stories)|also|promo\w*"
    r"|sidebars?|aside|popular|trending|most-?read|latest|carousel|pagination|pager"
    rf"|{CLASS_WORDS}"
    # advertising
    r"|ads?|adv|sponsor\w*|dfp|banner|modal|popup|overlay|lightbox"
    # about the story
    r"|bylines?|bio|biography|tags?|taglist|keywords?|timestamp|copyright|disclaimer|respond|replies|rating"
    rf"|{FROM_OTHERS}"
    # pictures
    r"|captions?|credits?"
)
#: Elements so called are not the story, unless they hold much of the page's prose: the words tell of layout, too.
SELDOM = (
    r"(?:toc|authors?|topics?|meta|metadata|datetime|date|published|tools?|toolbar|print|widgets?|infobox\w*|gallery|slideshow|video|player|hidden)"
    r"(?!-+(?:text|content|copy|paragraph|story|body|lead|intro)(?![a-z]))"  # the text that goes with it
)
#: Elements so called in a story's own box are boxes beside it, unless they hold much of its text.
BOXES = (
    r"shar(?:e|ing)\w*|social\w*|sns|follow-?(?:us)?|related\w*|recommend\w*|read-?(?:more|next|also)|more-?(?:from|on|stories)"
    r"|also-?(?:read|like)|(?:self-?)?promo\w*|popular|trending|most-?(?:read|viewed)|carousel|newsletter\w*|subscri(?:be|ption)\w*"
    r"|sign-?up|regwall|login|donat\w+|paywall-?(?:prompt|cta|notice|message|box|banner|overlay|offer)|piano|ads?|adv|sponsor\w*|dfp"
    r"|banner|modal|popup|overlay|lightbox|author-?(?:bio|box|info)|captions?|rating|toolbar"
    rf"|{FROM_OTHERS}"
)
#: A class that begins so says what an element has around it, not what it is.
ABOUT_ANOTHER = r"(?:has|with|no|without|is|not)[-_]"
#: Words that say what a part of an element, or what overflows it, is like; and what a class with any of them has.
_STATES = (
    r"(?:open(?:ed)?|closed?|on|off|enabled|disabled|accepted|allowed|collapsed|expanded|fixed|sticky|none|free)"
    r"(?![a-z])"
)
MAY_BE_ABOUT_A_PART = rf"hidden|print|-{_STATES}"
ABOUT_A_PART = (
    r"(?:label|title|overflow(?:-[xy])?|backface|date|caption|image|author|header|footer|sidebar|nav|menu)-{1,2}hidden"
    r"|(?:hide-?on|hidden|hide|dn|no|d)-?print(?![a-z])|print-(?:none|hid(?:e|den))(?![a-z])"
    r"|hidden-(?:xs|sm|md|lg|xl|mobile|phone|tablet|desktop|print)(?![a-z])|(?:xs|sm|md|lg|xl|mobile|phone|tablet|desktop)-hidden(?![a-z])"
    rf"|(?:comments?|cookies?|consent|nav|menu|sidebar|ads?|adverts?|modal|popup|overlay)-{_STATES}"
)

#: A paragraph that reads so (whole, in any case) is no part of a story.
WORDING = (
    # copyright, and who took a picture
    r"(?:©|\(c\)|copyright\b).{0,120}",
    r"(?:photo|image|picture|foto|bild|photographie|fotografía|фото|图片|圖|写真|사진)"
    r"(?: (?:credit|by|von|par|de))?\s?[:：/].{2,80}",
    r"(?:image|photo|bild|foto|slide) \d+ (?:of|von|de|di|/) \d+",
    # who else worked on it
    r"\W?(?:additional )?(?:reporting|writing|editing)(?: and \w+)* by\b.*",
    *INVITATIONS,
    # on the page itself
    r"(?:advertisement|advertising|anzeige|werbung|publicité|publicidade?|pubblicità|реклама|reklama?|annons|annonse"
    r"|広告|광고|广告)s?\W*",
    r"listen to (?:this|the) (?:article|story)\W*|(?:diesen )?(?:artikel|beitrag) anhören\W*"
    r"|écouter (?:l[’']|cet )article\W*|escuchar? (?:el |este )?artículo\W*|ascolta (?:l[’']|questo )?articolo\W*",
    r"empfohlener (?:redaktioneller|externer) inhalt|an dieser stelle (?:finden|findest) .*",
)
#: The same for wording that may stand further on: what it says, in lower case, and the whole paragraph then.
WORDING_BY_WORD = {
    "rights reserved": r".{0,80}\ball rights reserved\b.{0,150}",
    "contributed": r".{3,250}\bcontributed (?:to (?:this|the) (?:report|story|article)|reporting)\b.{0,60}",
    "commission": r".{0,150}\b(?:earn|receive) (?:an? )?(?:\w+ )?commissions?\b.*",
    "cookies": r".{0,60}\b(?:uses?|verwendet|utilise|utiliza|utilizza) cookies\b.*",
    "angezeigt": r".{0,120}\bexterner? inhalte? angezeigt\b.*",
}
