"""What placeholders of blocked embeds say, in many languages: words only, for boxes that are named as placeholders."""

import re

SPEAKS_OF_CONSENT = re.compile(
    # English, French, Spanish, Italian, Portuguese, Romanian
    r"cookie|consent|privacy|javascript|third[- ]part|external (?:content|service)|(?:your|the) (?:settings"
    r"|preferences|choices)"
    r"|(?:is|are|been|was) (?:blocked|disabled)|content from|accept (?:and|all|to)|personal data"
    r"|confidentialité|(?:j[’']|vous )accepte|bloqué|vos (?:choix|préférences)"
    r"|privacidad|aceptar|bloquead|consenso|impostazioni|accetta|bloccat|consentimento|privacidade|aceitar"
    r"|terceiros|terze parti|acceptați"
    # German, Dutch, Swedish, Norwegian, Danish, Finnish, Hungarian
    r"|datenschutz|einwillig|zustimm|externe[rn]? inhalt|drittanbieter|blockiert|akzeptier|einverstanden"
    r"|toestemming|geblokkeerd|accepte(?:er|ren)|instellingen"
    r"|samtyck|samtykk|inställningar|innstillinger|indstillinger|godkänn|godta|blokkert|blokeret|blockera"
    r"|eväste|suostumu|asetuk|hozzájárul|süti"
    # Slavic, Greek, Turkish, Baltic
    r"|zgod[aęyz]|ustawieni|zablokowan|ciasteczk|souhlas|nastavení|povolit|súhlas|согласи|настройк|заблокирован"
    r"|згод|налаштуван|συγκατάθεση|çerez|gizlilik|engellen|izin ver"
    # East Asia, India, Arabic, Hebrew, Vietnamese, Indonesian
    r"|同意|许可|許可|隐私|隱私|プライバシー|クッキー|동의|쿠키|개인정보"
    r"|कुकी|موافق|الخصوصية|ملفات تعريف|הסכמ|עוגיות|đồng ý|persetujuan"
)
