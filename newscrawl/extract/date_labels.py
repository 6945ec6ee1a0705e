"""What the words around a date say of it: first published, changed, or no date of the story at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newscrawl.dates.written import Day

PUBLISHED, CHANGED, ANOTHER = "date_published", "date_modified", "another"
LABEL_REACH = 45  # characters before a date in which its label stands
BEHIND_REACH = 16  # and behind it, where a language puts it there
TIME_REACH = 60  # characters behind a date in which its time stands
#: Words before the time of a change, as newspapers of some languages have them.
CHANGE = re.compile(
    r"\b(?:(?:last |re-?)?(?:updated?|modified|edited|revised|reviewed|changed)|last change|aktualisier(?:t|ung)|geändert"
    r"|letzte änderung|bearbeitet|überarbeitet|stand(?=[\s:]{1,3}\d)|mise? à jour|màj|maj|modifiée?|actualisée?|actualizad[oa]"
    r"|última actualización|modificad[oa]|aggiornat[oa]|aggiornamento|modificat[oa]|modifica|atualizad[oa]|atualização"
    r"|bijgewerkt|gewijzigd|aangepast|update|uppdaterad|ändrad|oppdatert|endret|opdateret|ændret|päivitetty|muokattu"
    r"|zaktualizowano|aktualizacja|zmodyfikowano|aktualizováno|aktualizace|aktualizované|aktualizácia|ažurirano|izmijenjeno"
    r"|posodobljeno|frissítve|frissült|módosítva|actualizat[ăa]?|actualitzat|обновлен[оа]?|обновлён|изменен[оа]?|оновлено"
    r"|актуализиран[оа]|обновена|ενημερώθηκε|ενημέρωση|τροποποιήθηκε|güncellenme|güncelleme|güncellendi|son güncelleme"
    r"|diperbarui|diubah|dikemas kini|cập nhật|אודכן|עודכן|עדכון|تحديث|آخر تحديث|به ?روز ?رسانی|به‌روزرسانی|ویرایش"
    r"|अपडेटेड|अपडेट|อัปเดต|อัพเดท|แก้ไข)"
    r"|更新|最終更新|修改|修订|수정|업데이트",
    re.IGNORECASE,
)
#: Words before the time of publication.
PUBLICATION = re.compile(
    r"\b(?:(?:first |originally |re)?(?:published|posted|released|uploaded)|publish(?: date)?|publication date|post(?:ed)? (?:date|time)|release date"
    r"|date (?:published|posted)|created|erstellt|veröffentlich(?:t|ung)|erschienen|publiziert|online seit|publiée?|mise? en ligne|paru"
    r"|publicado|publicada|fecha de publicación|creado|pubblicat[oa]|data di pubblicazione|gepubliceerd|geplaatst|publicerad|publicerat"
    r"|publisert|udgivet|offentliggjort|julkaistu|opublikowano|data publikacji|dodano|publikováno|vydáno|vytvořeno|publikované|objavljeno"
    r"|közzétéve|megjelent|publicat|publicada|опубликован[оа]?|дата публикации|размещено|добавлено|опубліковано|публикуван[оа]|δημοσιεύ(?:θηκε|τηκε)"
    r"|δημοσίευση|yayınlanma|yayın tarihi|yayınlandı|oluşturulma|dipublikasikan|diterbitkan|diterbitkan pada|ditayangkan|đăng lúc|đăng ngày|xuất bản"
    r"|(?<!\w\s)(?:date|datum|fecha|data|дата|dato|päivä|tarih)(?=\s?:)"
    r"|פורסם|نشر|تاريخ النشر|تاریخ انتشار|منتشر شده|प्रकाशित|पब्लिश|เผยแพร่)"
    r"|发布|發布|发表|發表|刊登|(?<!更新)(?<!修改)(?<!修订)(?:日期|时间|時間|日時)|公開|公开|投稿|掲載|配信|公表|입력|등록|작성|게재",
    re.IGNORECASE,
)
#: Their beginnings, by which they are looked for in a page.
PUBLICATION_WORDS = (
    "publi", "posted", "post time", "post date", "created", "erstellt", "veröffentlich", "erschienen", "mise en ligne", "mis en ligne",
    "pubblicat", "geplaatst", "udgivet", "julkaistu", "objavljeno", "közzétéve", "опубл", "публик", "размещено", "δημοσ", "yayın",
    "diterbitkan", "đăng lúc", "发布", "發布", "发表", "公開日", "投稿日", "掲載日", "入力", "입력", "등록", "نشر", "انتشار", "प्रकाशित",
    "date:", "datum:", "fecha:", "дата:", "日期",
)  # fmt: skip
#: Words before a day of something else: of an event, a right, a person, a comment, of the site.
OTHER = re.compile(
    r"[©®]|\b(?:copyright|born|died|dob|joined|member since|last (?:log-?in|visit|seen|active)|since|deadline|expires?|expiry|valid|until"
    r"|event|starts?|begins?|ends?|opens?|when|where|tickets?|doors|next|meeting|accessed|retrieved|captured|archived|checked|effective|issue|edition"
    r"|today(?: is|['’]s date)|vol(?:ume)?|geboren|gestorben|mitglied seit|seit|gültig|bis|termin|beginn|ende|veranstaltung|ausgabe|depuis"
    r"|jusqu['’]au|né|née|valable|nacido|nacida|desde|hasta|nascid[oa]|até|nato|nata|dal|fino al|scadenza|sinds|tot|geboren op|(?<!\d\s)comments?|replied|reply"
    r"|photo(?:graph)?(?:ed)?|foto|picture|bild)\b",
    re.IGNORECASE,
)
#: A label behind its date and its time.
_BEHIND = re.compile(
    r"[\s:,0-9APMUhr]{0,16}[\s,(（【\[]{0,3}(?:最終)?(?:(更新|修改|修订|수정|업데이트)|公開|公开|发布|發布|配信|掲載|投稿|입력|등록)"
    r"|[\s:,0-9APMUhr]{0,16}[(\[](?:last )?(updated|aktualisiert|güncellendi)\b"
    r"|[\s:,0-9APMUhr]{0,16}(tarihinde güncellendi|güncellendi)\b",
    re.IGNORECASE,
)
#: Of who took a picture: the day in such a line is the picture's.
PICTURE = re.compile(
    r"©|\b(?:photo(?:graph)?s?|pictures?|image|credits?|file|foto|bild|archiv(?:bild|foto)?|crédits?|getty|shutterstock|unsplash|reuters|afp|dpa|epa)\b",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"(?:[|·•●/;]|\s[-–—]\s|\(|（|【|\[)(?!\s?\d{1,2}:\d\d)")


@lru_cache(1000)  # most stand before dates of other pages, too
def label_of(before: str) -> str:
    """What the last label in the words before a date says of it: the field, ``another``, or ``""`` without a label."""
    last = {
        kind: match.end()
        for kind, pattern in ((PUBLISHED, PUBLICATION), (CHANGED, CHANGE), (ANOTHER, OTHER))
        for match in pattern.finditer(before)
    }
    return max(last, key=last.__getitem__, default="")


def parts(line: str, days: list[Day]) -> Iterator[tuple[str, str]]:
    """The days of a plain line, each with its label and the part of the line that holds it and its time."""
    stops = [day.start for day in days[1:]] + [len(line)] * bool(days)
    is_behind = bool(days) and not label_of(line[: days[0].start]) and _BEHIND.match(line, days[-1].end) is not None
    start = 0
    for day, stop in zip(days, stops, strict=True):
        if is_behind:
            label = _label_behind(line[day.end : stop])
        else:
            label = label_of(line[max(start, day.start - LABEL_REACH) : day.start])
        yield label, _with_time(line, day, start, stop)
        start = day.end


def _label_behind(text: str) -> str:
    match = _BEHIND.match(text)
    return CHANGED if match and any(match.groups()) else ""


def _with_time(line: str, day: Day, start: int, stop: int) -> str:
    """A day with what may be its time: up to the label or the sign before the next day."""
    behind = line[day.end : min(stop, day.end + TIME_REACH)]
    if stop < len(line):
        cuts = [match.start() for pattern in (CHANGE, PUBLICATION) for match in pattern.finditer(behind)]
        cuts = cuts or [match.start() for match in _SEPARATORS.finditer(behind)][-1:]
        behind = behind[: min(cuts, default=len(behind))]
    elif label := CHANGE.search(behind):
        behind = behind[: label.start()]
    before = line[max(start, day.start - BEHIND_REACH) : day.start] if start == 0 else ""
    return f"{before}{line[day.start : day.end]}{behind}".strip(" |,-–()")
