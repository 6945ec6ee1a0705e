"""Names of months in some sixty languages: data only, for those who add one.

In lower case as Unicode folds it, full and short, in all their cases; from CLDR, as dateparser has it. A name that means
different months in two languages stands in ``OF_LANGUAGES``.
"""

from __future__ import annotations

import unicodedata
from types import MappingProxyType

from newscrawl.dates.calendars import IRANIAN_MONTHS

_DOT_ABOVE = "\u0307"  # what lower case leaves of a Turkish capital I
_NAMES = (
    """
    djan djanuari ene enero gen gener gennaio ian ianuarie ion ionawr jaan jaanuar jan janar janeiro januar januari
    januarie january január januára janv janvier janvāris janúar jän jänner led leden ledna lednu oca ocak saus
    sausio sausis sij siječanj siječnja siječnjem siječnju sty styczen styczeń stycznia styczniu tammi tammik
    tammikuu tammikuussa tammikuuta urt urtarrila xan xaneiro yan yanvar ιαν ιανουάριοσ ιανουαρίου стд сту студзень
    студзеня січ січень січня янв январь января яну януари јан јануар јануари қаң қаңтар հնվ հունվար հունվարի בינואר
    ינו ינואר ינו׳ לינואר جنوری يناير ژانویه ژانویهٔ जनवरी जन॰ जाने जानेवारी জানু জানুয়ারি জানুয়ারী ਜਨ ਜਨਵਰੀ
    જાન્યુ જાન્યુઆરી ஜன ஜனவரி జన జనవరి ಜನ ಜನವರಿ ജനു ജനുവരി มกรา มกราคม มค เดือนมกราคม იან იანვარი janvārī
    جانفي
    """,
    """
    chw chwef chwefror feb febbraio feber febr febreiro febrer febrero februar februari februarie february február
    februára februāris febrúar fev fevereiro fevral fevrier fév févr février helmi helmik helmikuu helmikuussa
    helmikuuta lut lutego luty lutym ots otsaila peb pebrero pebruari shk shkurt vas vasario vasaris veebr veebruar
    velj veljača veljače veljači veljačom úno únor února únoru únr şub şubat φεβ φεβρουάριοσ φεβρουαρίου ақп ақпан
    лют лютага лютий лютого люты феб фебруар фев февр февраль февраля февруари փետրվար փետրվարի փտվ בפברואר לפברואר
    פבר פברואר פבר׳ فبراير فبروری فروری فوریه فوریهٔ फ़रवरी फ़र॰ फेब्रु फेब्रुअरी फेब्रुवारी ফেব ফেব্রুয়ারি
    ফেব্রুয়ারী ਫ਼ਰ ਫ਼ਰਵਰੀ ફેબ્રુ ફેબ્રુઆરી பிப் பிப்ரவரி ఫిబ్ర ఫిబ్రవరి ಫೆಬ್ರ ಫೆಬ್ರವರಿ ഫെബ്രു ഫെബ്രുവരി กพ กุมภา
    กุมภาพันธ์ เดือนกุมภาพันธ์ თებ თებერვალი februārī
    شباط فيفري
    """,
    """
    bře březen března březnu iii kov kovas kovo maalis maalisk maaliskuu maaliskuussa maaliskuuta maart mac machi
    maerz mar marca march marcu marec maret mars marso mart martie marts martxoa marz marzec marzo març março maw
    mawrth mrt mrz már márc március mär märts märz ožu ožujak ožujka ožujkom ožujku μάρ μάρτιοσ μαρ μαρτίου бер
    берез березень березня мар март марта нау наурыз сак сакавік сакавіка մարտ մարտի մրտ במארס במרס במרץ למארס למרס
    למרץ מארס מרס מרץ مارس مارچ मार्च মার্চ ਮਾਰਚ માર્ચ மார் மார்ச் మార్చి ಮಾರ್ಚ್ മാർ മാർച്ച് มีค มีนา มีนาคม
    เดือนมีนาคม მარ მარტი martā
    آذار
    """,
    """
    abr abril api apirila apr aprel april aprile aprili aprilie aprill apríl apríla aprīlis avr avril bal balandis
    balandžio dub duben dubna dubnu ebr ebrill huhti huhtik huhtikuu huhtikuussa huhtikuuta kwi kwie kwiecien
    kwiecień kwietnia kwietniu nis nisan pri prill tra travanj travnja travnjem travnju ápr április απρ απρίλιοσ
    απριλίου апр апрель апреля април кві квіт квітень квітня кра красавік красавіка крс сәу сәуір ապր ապրիլ ապրիլի
    אפר אפריל אפר׳ באפריל לאפריל آوریل أبريل اپریل अप्रिल अप्रैल एप्रि एप्रिल এপ্রি এপ্রিল ਅਪ੍ਰੈ ਅਪ੍ਰੈਲ એપ્રિલ ஏப்
    ஏப்ரல் ఏప్రి ఏప్రిల్ ಏಪ್ರಿ ಏಪ್ರಿಲ್ ഏപ്രി ഏപ്രിൽ เดือนเมษายน เมย เมษา เมษายน აპრ აპრილი aprīlī
    نيسان أفريل
    """,
    """
    geg gegužė gegužės kvě květen května květnu mag maggio mai maiatza maig maijs maio maj maja maju may mayo mayıs
    maí mei máj mája május svi svibanj svibnja svibnjem svibnju touko toukok toukokuu toukokuussa toukokuuta μάι
    μάιοσ μαΐ μαΐου май мам мамыр мая мај тра трав травень травня траўня մայիս մայիսի մյս במאי למאי מאי مئی مايو مه
    مهٔ می मई मे মে ਮਈ મે மே మే ಮೇ മേയ് พค พฤษภา พฤษภาคม เดือนพฤษภาคม მაი მაისი maijā
    أيار ماي
    """,
    """
    birž birželio birželis cze czerwca czerwcu czerwiec djuni eka ekaina giu giugno haz haziran hun hunyo iun iunie
    iyn iyun juin jun june junho juni junie junij junio juny juuni jún júna június júní jūn jūnijs kesä kesäk
    kesäkuu kesäkuussa kesäkuuta lipanj lipnja lipnjem lipnju meh mehefin qer qershor xuño čer červen června červnu
    čvn i̇yun ιουν ιουνίου ιούν ιούνιοσ июн июнь июня мау маусым чер черв червень червня чэр чэрвень чэрвеня юни јун
    јуни հնս հունիս հունիսի ביוני יונ יוני ליוני جون يونية يونيه يونيو ژوئن जुन जून জুন ਜੂਨ જૂન ஜூன் జూన్ ಜೂನ್ ജൂൺ
    มิถุนา มิถุนายน มิย เดือนมิถุนายน ივნ ივნისი jūnijā
    حزيران جوان
    """,
    """
    djuli gor gorff gorffennaf heinä heinäk heinäkuu heinäkuussa heinäkuuta hul hulyo iul iulie iyl iyul juil
    juillet jul julai julho juli julie julij julio juliol july juuli júl júla július júlí jūl jūlijs kor korr korrik
    liep liepa liepos lipca lipcu lipiec lug luglio srpanj srpnja srpnjem srpnju tem temmuz uzt uztaila vii xul
    xullo července červenci červenec črc črv čvc i̇yul ιουλ ιουλίου ιούλ ιούλιοσ июл июль июля лип липень липня ліп
    ліпень ліпеня шіл шілде юли јул јули հլս հուլիս հուլիսի ביולי יול יולי ליולי جولائی جولای يولية يوليه يوليو
    ژوئیه ژوئیهٔ जुलाई जुलै जुल॰ জুল জুলাই ਜੁਲਾ ਜੁਲਾਈ જુલાઈ ஜூலை జులై ಜುಲೈ ജൂലൈ กค กรกฎา กรกฎาคม เดือนกรกฏาคม ივლ
    ივლისი jūlijā
    تموز جويلية يوليوز
    """,
    """
    abu abuztua ago agost agosti agosto agt agu agustus aout aoû août aug august augusta augusti augusts augustus
    augusztus avg avgust avq avqust awst ağu ağustos elo elok elokuu elokuussa elokuuta gsh gush gusht kol kolovoz
    kolovoza kolovozom kolovozu ogo ogos rugp rugpjūtis rugpjūčio sie sierpien sierpień sierpnia sierpniu srpen
    srpna srpnu viii ágú ágúst αυγ αυγούστου αύγ αύγουστοσ авг август августа жнв жні жнівень жнівеня жніўня сер
    серп серпень серпня там тамыз օգոստոս օգոստոսի օգս אוג אוגוסט אוג׳ באוגוסט לאוגוסט آگست أغسطس اوت اگست अगस्ट
    अगस्त अग॰ ऑग ऑगस्ट আগ আগস্ট ਅਗ ਅਗਸਤ ઑગસ્ટ ஆக ஆகஸ்ட் ఆగ ఆగస్టు ಆಗ ಆಗಸ್ಟ್ ഓഗ ഓഗസ്റ്റ് สค สิงหา สิงหาคม
    เดือนสิงหาคม აგვ აგვისტო augustā
    آب أوت غشت
    """,
    """
    eyl eylül ira iraila medi rugs rugsėjis rugsėjo ruj rujan rujna rujnom rujnu sen sentabr sentyabr sep sept
    septemba septembar september septembra septembre septembrie septembris septembro septiembre set setembre
    setembro setiembre settembre setyembre sht shtator syys syysk syyskuu syyskuussa syyskuuta szept szeptember wrz
    wrzesien wrzesień wrzesnia wrzesniu września wrześniu zář září σεπ σεπτέμβριοσ σεπτεμβρίου вер верасень верасня
    верес вересень вересня врс сен сент сентябрь сентября сеп септ септембар септември септм қыр қыркүйек սեպ
    սեպտեմբեր սեպտեմբերի בספטמבר לספטמבר ספט ספטמבר ספט׳ سبتمبر ستمبر سپتامبر سپتمبر सप्टें सप्टेंबर सितंबर सितम्बर
    सित॰ सेप्टेम्बर সেপ সেপ্টেম্বর ਸਤੰ ਸਤੰਬਰ સપ્ટે સપ્ટેમ્બર செப் செப்டம்பர் సెప్టెం సెప్టెంబర్ ಸೆಪ್ಟೆಂ ಸೆಪ್ಟೆಂಬರ್
    സെപ്റ്റം സെപ്റ്റംബർ กย กันยา กันยายน เดือนกันยายน სექ სექტემბერი septembrī
    أيلول شتنبر
    """,
    """
    eki ekim hyd hydref listopadom loka lokak lokakuu lokakuussa lokakuuta oct october octobre octombrie octubre okt
    oktabr oktoba oktobar oktober oktobris oktoober oktubre oktyabr október októbra ott ottobre out outubro paz
    pazdziernik pazdziernika pazdzierniku paź październik października październiku spal spalio spalis tet tetor urr
    urria říj říjen října říjnu οκτ οκτωβρίου οκτώβριοσ жов жовт жовтень жовтня кас кастрычнік кастрычніка кст окт
    октобар октомври октябрь октября қаз қазан հոկ հոկտեմբեր հոկտեմբերի אוק אוקטובר אוק׳ באוקטובר לאוקטובר أكتوبر
    اکتبر اکتوبر अक्टूबर अक्टोबर अक्तूबर अक्तू॰ ऑक्टो ऑक्टोबर অক্টো অক্টোবর ਅਕਤੂ ਅਕਤੂਬਰ ઑક્ટો ઑક્ટોબર அக் அக்டோபர்
    అక్టో అక్టోబర్ ಅಕ್ಟೋ ಅಕ್ಟೋಬರ್ ഒക്ടോ ഒക്‌ടോബർ ตค ตุลา ตุลาคม เดือนตุลาคม ოქტ ოქტომბერი oktobrī
    """,
    """
    aza azaroa kas kasım lapkr lapkritis lapkričio listopadzie marras marrask marraskuu marraskuussa marraskuuta nob
    nobyembre noiem noiembrie nop nopember nov novemba novembar november novembra novembre novembris novembro
    noviembre noy noyabr nën nëntor nóv nóvember stu studeni studenim studenog studenoga studenom studenome
    studenomu tach tachwedd νοέ νοέμβριοσ νοε νοεμβρίου лис лист листоп листопад листопада ліс лістапад лістапада
    нов новембар ное ноем ноември ноя нояб ноябрь ноября қар қараша նոյ նոյեմբեր նոյեմբերի בנובמבר לנובמבר נוב
    נובמבר נוב׳ نوامبر نوفمبر نومبر नवंबर नवम्बर नव॰ नोभेम्बर नोव्हें नोव्हेंबर নভে নভেম্বর ਨਵੰ ਨਵੰਬਰ નવે નવેમ્બર நவ
    நவம்பர் నవం నవంబర్ ನವೆಂ ನವೆಂಬರ್ നവം നവംബർ พย พฤศจิ พฤศจิกายน เดือนพฤศจิกายน ნოე ნოემბერი novembrī
    نونبر
    """,
    """
    abe abendua ara aralık dec decembar december decembra decembre decembrie decembris decembro dek dekabr des
    desemba desember desembre dets detsember dez dezember dezembro dhj dhjetor dic dicembre diciembre dis disember
    disyembre déc décembre gru grudnia grudniu grudzien grudzień gruod gruodis gruodžio joulu jouluk joulukuu
    joulukuussa joulukuuta pro prosinac prosinca prosince prosincem prosinci prosincu prosinec rhag rhagfyr xii δεκ
    δεκέμβριοσ δεκεμβρίου гру груд грудень грудня дек декабрь декабря декември дец децембар жел желтоқсан сне
    снежань снежня снж դեկ դեկտեմբեր դեկտեմբերի בדצמבר דצמ דצמבר דצמ׳ לדצמבר دسامبر دسمبر ديسمبر डिसें डिसेंबर
    डिसेम्बर दिसंबर दिसम्बर दिस॰ ডিসে ডিসেম্বর ਦਸੰ ਦਸੰਬਰ ડિસે ડિસેમ્બર டிச டிசம்பர் డిసెం డిసెంబర్ ಡಿಸೆಂ ಡಿಸೆಂಬರ್
    ഡിസം ഡിസംബർ ธค ธันวา ธันวาคม เดือนธันวาคม დეკ დეკემბერი decembrī
    دجنبر
    """,
)
#: The languages of these names.
LANGUAGES = frozenset(
    "en de fr es it pt nl da sv nb nn no fi is et lv lt pl cs sk sl hr bs sr mk bg ru uk be ro hu el tr az sq ca gl eu cy af id ms tl sw"
    " he iw ar fa ur hi bn mr ne ta te ml kn gu pa th ka hy kk uz zh ja ko vi".split()
)


def fold(name: str) -> str:
    """A name as the tables have it."""
    folded = name.casefold()
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded).replace(_DOT_ABOVE, "")


#: The number of the month, from 1, that a name means in every language that has it.
MONTHS = MappingProxyType({fold(name): number for number, names in enumerate(_NAMES, 1) for name in names.split()})
#: The numbers of those that languages (ISO 639) differ on.
OF_LANGUAGES = MappingProxyType({
    "lip": {"hr": 6, "bs": 6, "pl": 7}, "lis": {"hr": 10, "bs": 10, "pl": 11, "cs": 11},
    "listopad": {"hr": 10, "bs": 10, "pl": 11, "cs": 11}, "listopada": {"hr": 10, "bs": 10, "pl": 11},
    "listopadu": {"hr": 10, "bs": 10, "cs": 11}, "srp": {"hr": 7, "bs": 7, "cs": 8}, "ag": {"ca": 8, "id": 8},
})  # fmt: skip
#: The number of the month, from 1, of the Iranian calendar.
OF_IRAN = MappingProxyType(
    {fold(name): number for number, names in enumerate(IRANIAN_MONTHS, 1) for name in names.split()}
)


def month_of(name: str, language: str) -> int | None:
    """The number of the month that a name, in any case, means in a language (``""`` is an unknown one).

    >>> month_of("März", "de"), month_of("listopad", "pl"), month_of("listopad", "hr"), month_of("listopad", "")
    (3, 11, 10, None)
    """
    folded = fold(name)
    return MONTHS.get(folded) or OF_LANGUAGES.get(folded, {}).get(language)
