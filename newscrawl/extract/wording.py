"""What the parts of a listing are called, in many languages: words only, for those who add a language."""

import re

#: Words of class and id of what stands around the cards.
CHROME = frozenset(
    """
    nav navbar navigation menu megamenu submenu footer breadcrumb breadcrumbs sidebar pagination pager paginator cookie consent
    newsletter social share sharing comments sponsored sponsor advert advertisement ad ads anzeige werbung publicidad
    trending popular mostread mostviewed tagcloud ticker byline author authors offcanvas modal popup
    """.split()
)
#: Headings of lists that show what others read, not what the section has.
ELSEWHERE = re.compile(
    r"(?:the )?(?:most|top|popular|trending)\b.{0,20}(?:read|viewed|shared|popular|commented|watched|clicked)?|trending.*"
    r"|editor.?s.? picks?|recommended.*|you may also like|in other news|sponsored.*|from our partners"
    r"|(?:am )?meist ?(?:gelesen|geklickt|gesehen|kommentiert).*|beliebt.*|top-?themen|empfehlungen.*|anzeigen?"
    r"|les? plus (?:lus?|vus?|populaires?|partagés?).*|à ne pas manquer|lo más (?:leído|visto|popular|comentado).*|más leíd[ao]s.*"
    r"|(?:as )?mais (?:lid[ao]s|vist[ao]s|populares).*|(?:i )?più (?:letti|lette|visti|popolari).*|meest (?:gelezen|bekeken).*"
    r"|mest (?:lest|lästa|læste|sett|populær).*|luetuimmat|najczęściej czytane|nejčtenější|çok okunanlar|самое читаемое|популярное"
    r"|(?:アクセス)?ランキング.*|人気(?:記事)?.*|よく読まれている.*|热门.*|熱門.*|많이 본.*|सबसे ज्यादा पढ़.*|الأكثر قراءة",
    re.IGNORECASE,
)


def _words(lines: str) -> frozenset[str]:
    return frozenset(word.strip() for line in lines.splitlines() for word in line.split(";") if word.strip())


#: What loads more of a list into the page is called. Arrows and colons around it are taken off first.
MORE = _words(
    """
    load more; load more stories; load more articles; load more news; load more posts; load more results; load older; load next
    show more; show more stories; show more articles; show more news; show more posts; view more; view more stories; see more
    see more stories; more; more stories; more news; more articles; more posts; more results; load more headlines
    mehr laden; mehr anzeigen; mehr artikel laden; mehr artikel; mehr meldungen; weitere artikel; weitere artikel laden
    weitere laden; weitere meldungen; weitere meldungen laden; weitere beiträge; weitere beiträge laden; weitere anzeigen; mehr
    plus d'articles; voir plus; charger plus; charger plus d'articles; afficher plus; afficher plus d'articles; voir plus d'articles
    más noticias; ver más; ver más noticias; cargar más; cargar más noticias; mostrar más; más artículos
    ver mais; carregar mais; carregar mais notícias; mais notícias; mostrar mais; ver mais notícias
    carica altri; carica altri articoli; mostra altri; altre notizie; carica altro; carica di più; mostra di più
    meer laden; laad meer; meer berichten; toon meer; meer nieuws; meer artikelen; meer tonen
    visa fler; ladda fler; visa mer; ladda mer; vis flere; last flere; last inn flere; hent flere; vis mere; indlæs flere; vis mer
    näytä lisää; lataa lisää; pokaż więcej; załaduj więcej; wczytaj więcej; więcej; načíst další; zobrazit další; načítať ďalšie
    több; továbbiak; még több; mai multe; încarcă mai multe; daha fazla; daha fazla göster; daha fazla yükle; περισσότερα
    ещё; еще; показать ещё; показать еще; загрузить ещё; загрузить еще; показати ще; більше новин; завантажити ще; още; učitaj još
    もっと見る; もっとみる; 続きを見る; さらに表示; さらに読み込む; 加载更多; 查看更多; 更多; 載入更多; 更多新聞; 更多新闻; 더보기; 더 보기
    और देखें; और खबरें; আরও; আরও খবর; المزيد; عرض المزيد; تحميل المزيد; עוד; טען עוד; بیشتر; مزید; ดูเพิ่มเติม; โหลดเพิ่มเติม
    továbbiak betöltése; több betöltése; আরও দেখুন; আরও পড়ুন; نمایش بیشتر; بارگذاری بیشتر; مشاهده بیشتر; عرض المزيد من الأخبار
    xem thêm; tải thêm; muat lainnya; lihat lainnya; muat lebih banyak; lagi
    """
)

#: What the link to the following, older page is called.
NEXT = MORE | _words(
    """
    next; next page; next posts; older; older posts; older entries; older articles; older stories; older news; previous posts
    earlier stories; earlier; previous day; previous month; previous week; day before; earlier day; earlier month; yesterday
    weiter; nächste; nächste seite; nächste artikel; zur nächsten seite; ältere beiträge; ältere artikel; ältere meldungen; ältere
    vorheriger tag; voriger tag; ein tag zurück; vorheriger monat; voriger monat; gestern
    suivant; suivante; page suivante; suivants; articles plus anciens; articles précédents; plus anciens; jour précédent; la veille
    mois précédent; hier
    siguiente; siguientes; página siguiente; siguiente página; entradas anteriores; entradas más antiguas; más antiguas
    noticias anteriores; día anterior; mes anterior; ayer
    próxima; próximo; próxima página; seguinte; página seguinte; mais antigas; posts mais antigos; notícias anteriores
    dia anterior; mês anterior; ontem
    successiva; successivo; pagina successiva; prossima; avanti; articoli precedenti; articoli meno recenti; meno recenti
    giorno precedente; mese precedente; ieri
    volgende; volgende pagina; ouder; oudere berichten; vorige dag; vorige maand; gisteren
    nästa; nästa sida; äldre; äldre inlägg; föregående dag; neste; neste side; eldre; eldre innlegg; forrige dag; forrige måned
    næste; næste side; ældre; ældre indlæg; seuraava; seuraava sivu; vanhemmat; edellinen päivä
    następna; następne; następna strona; dalej; starsze; starsze wpisy; poprzedni dzień; poprzedni miesiąc; další; další strana
    starší; starší články; předchozí den; ďalšie; ďalej; predchádzajúci deň; následující; következő; régebbi; előző nap
    următoarea; următor; mai vechi; ziua precedentă; sonraki; sonraki sayfa; daha eski; eski yazılar; önceki gün; dün
    επόμενη; επόμενο; παλαιότερα; προηγούμενη ημέρα; следующая; следующая страница; далее; вперёд; вперед; старые записи
    предыдущий день; предыдущий месяц; вчера; наступна; далі; попередній день; следваща; напред; предишен ден; следећа
    sljedeća; naslednja; starije; starejši; prethodni dan; 次へ; 次; 次のページ; 次ページ; 次のページへ; 過去の記事; 以前の記事; 前日; 前の日; 前月
    下一页; 下一頁; 下页; 下頁; 前一天; 上一天; 上个月; 다음; 다음 페이지; 전날; 이전 날; 지난달
    अगला; अगला पृष्ठ; अगला पेज; अगली; आगे; पुराने; पिछला दिन; পরবর্তী; আগের দিন; அடுத்து; తదుపరి; ಮುಂದೆ
    التالي; الصفحة التالية; أقدم; اليوم السابق; הבא; הבאה; לעמוד הבא; היום הקודם; بعدی; صفحه بعد; روز قبل; اگلا
    ถัดไป; หน้าถัดไป; วันก่อนหน้า; trang sau; tiếp; tiếp theo; trang tiếp; ngày trước; selanjutnya; berikutnya; lebih lama
    halaman berikutnya; seterusnya; hari sebelumnya
    """
)
