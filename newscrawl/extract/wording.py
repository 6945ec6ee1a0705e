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

#: What the link to the following, older page is called. Arrows and colons around it are taken off first.
NEXT = frozenset(
    word.strip()
    for line in """
    next; next page; next posts; older; older posts; older entries; older articles; older stories; older news; previous posts
    load more; load more stories; load more articles; show more; show more stories; show more articles; view more; see more
    more stories; more news; more articles; more posts; more results; earlier stories
    weiter; nächste; nächste seite; nächste artikel; zur nächsten seite; ältere beiträge; ältere artikel; ältere meldungen; ältere
    mehr laden; mehr anzeigen; weitere artikel; weitere artikel laden; weitere meldungen; weitere beiträge; mehr artikel
    suivant; suivante; page suivante; suivants; articles plus anciens; articles précédents; plus d'articles; voir plus
    charger plus; afficher plus; voir plus d'articles; plus anciens
    siguiente; siguientes; página siguiente; siguiente página; entradas anteriores; entradas más antiguas; más antiguas
    más noticias; ver más; ver más noticias; cargar más; mostrar más; noticias anteriores
    próxima; próximo; próxima página; seguinte; página seguinte; mais antigas; posts mais antigos; ver mais; carregar mais
    mais notícias; mostrar mais; notícias anteriores
    successiva; successivo; pagina successiva; prossima; avanti; articoli precedenti; articoli meno recenti; carica altri
    mostra altri; altre notizie; carica altro; meno recenti; mostra di più
    volgende; volgende pagina; ouder; oudere berichten; meer laden; meer berichten; toon meer; meer nieuws; meer artikelen
    nästa; nästa sida; äldre; äldre inlägg; visa fler; ladda fler; neste; neste side; eldre; eldre innlegg; vis flere; last flere
    næste; næste side; ældre; ældre indlæg; vis mere; indlæs flere; seuraava; seuraava sivu; vanhemmat; näytä lisää; lataa lisää
    następna; następne; następna strona; dalej; starsze; starsze wpisy; pokaż więcej; więcej; další; další strana; starší
    starší články; načíst další; ďalšie; ďalej; következő; régebbi; több; továbbiak; următoarea; următor; mai vechi; mai multe
    sonraki; sonraki sayfa; daha eski; daha fazla; daha fazla göster; eski yazılar; επόμενη; επόμενο; παλαιότερα; περισσότερα
    следующая; следующая страница; далее; вперёд; вперед; ещё; еще; показать ещё; показать еще; загрузить ещё; старые записи
    наступна; далі; показати ще; більше новин; следваща; напред; още; следећа; sljedeća; naslednja; starije; starejši
    次へ; 次; 次のページ; 次ページ; 次のページへ; もっと見る; もっとみる; 続きを見る; さらに表示; 過去の記事; 以前の記事
    下一页; 下一頁; 下页; 下頁; 加载更多; 查看更多; 更多; 載入更多; 更多新聞; 更多新闻; 다음; 다음 페이지; 더보기; 더 보기
    अगला; अगला पृष्ठ; अगला पेज; अगली; आगे; और देखें; और खबरें; पुराने; পরবর্তী; আরও; আরও খবর; அடுத்து; తదుపరి; ಮುಂದೆ
    التالي; الصفحة التالية; المزيد; عرض المزيد; أقدم; تحميل المزيد; הבא; הבאה; עוד; לעמוד הבא; بعدی; صفحه بعد; بیشتر; اگلا; مزید
    ถัดไป; หน้าถัดไป; ดูเพิ่มเติม; trang sau; tiếp; tiếp theo; xem thêm; trang tiếp; selanjutnya; berikutnya; lebih lama; muat lainnya
    lihat lainnya; halaman berikutnya; seterusnya; lagi
    """.splitlines()
    for word in line.split(";")
    if word.strip()
)
