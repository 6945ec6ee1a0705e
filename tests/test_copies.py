"""Copies of one text: which join, which do not, and that a group stays what it is."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.settings import Settings

from newscrawl import extract_article
from newscrawl.pipelines.copies import CopiesPipeline
from tests.conftest import PROJECT, article_html, listing_html, path_of
from tests.shared import RedisServer

pytest.importorskip("rensa", reason="no wheel for this platform")

from newscrawl.history.copies.groups import CANDIDATES, Copies
from newscrawl.history.copies.signatures import SIGNATURE_BYTES, likeness, signature_of
from newscrawl.history.copies.sqlite import SQLiteTexts

WIRE = """\
The harbour of Maro reopened on Wednesday after a fortnight in which no ship had left it, and the first vessel out was \
a coal barge whose crew had spent the time teaching each other chess.

Pilots and the port company agreed shortly before midnight on a rota that gives every pilot two nights of sleep in \
three, ending a stoppage that had left 41 ships at anchor in the bay.

“We asked for sleep and we were offered money,” said Tessa Ollin, who speaks for the pilots’ guild. “In the end \
somebody on the other side fell asleep at the table, and after that it went quickly.”

The company said it would hire nine more pilots by the spring and pay 1,200 crowns a month to those who train them. It \
put its losses at 3.4 million crowns, most of them in spoiled fruit.

Shopkeepers on the quay, who had sold little but coffee since the middle of August, hung flags from their windows. A \
brass band that had been hired for a wedding played on the pier for an hour and was not asked to stop.

Maro handles a third of the country's grain, and bakers in the capital had begun to bake smaller loaves last week. The \
ministry of trade said that bread should have its usual size again by Saturday.

The stoppage was the longest in the harbour since 1974, when the pilots' grandfathers refused to work under a lighthouse \
that the company had painted green. It was painted white again after nineteen days.
"""
REPORTER = """\
Ships are sailing from Maro again. After two weeks of silence in the country's busiest grain port, tugs drew the first \
freighter past the mole at six in the morning, watched by some two hundred people who had brought folding chairs.

Behind the deal is a simple sum, according to people who sat at the table: nine new pilots cost the port company less \
in a year than one day of anchored ships. Tessa Ollin, the guild's spokeswoman, had shown that sum to the directors in \
July, they said, and nobody had looked at the second page.

Not everyone is content. Captains waiting in the bay complain that the order of departure was drawn by lot, and that \
the lot fell first on the company's own barge. A spokesman called it chance.

For the bakers in the capital it comes just in time. One of them, in the old market, had been selling rolls by weight.
"""
BACKGROUND = WIRE.split("\n\n")[-2:]
FOLLOW_UP = """\
Grain trains left Maro for the capital on Thursday at twice their usual number, a day after pilots went back to work, and \
the railway asked travellers on the coast line to be patient with slow ones.

By the evening eighteen of the 41 ships in the bay had been led out. The port company expects the last on Sunday, if the \
wind stays in the west, and has lent the pilots its two helicopters.

The guild's members are to vote on the new rota next week. A majority is thought certain, though some of the older \
pilots have said in meetings that they would miss the long shifts and the quiet of the hut.

""" + "\n\n".join(BACKGROUND)
PARAGRAPHS = WIRE.strip().split("\n\n")
COPIES = {
    "as it was": WIRE,
    "a dateline and an agency's line": f"MARO, Sept 3 (Wire) - {WIRE}\n\n(Reporting by A. Hand; editing by B. Other)",
    "the first paragraph rewritten": "\n\n".join(
        ["Two weeks of strike in Maro are over, and coal was the first to leave.", *PARAGRAPHS[1:]]
    ),
    "the first paragraph cut": "\n\n".join(PARAGRAPHS[1:]),
    "the end cut": "\n\n".join(PARAGRAPHS[:5]),
    "a paragraph dropped": "\n\n".join(PARAGRAPHS[:3] + PARAGRAPHS[4:]),
    "subheadings": "\n\n".join([*PARAGRAPHS[:2], "Sleep or money", *PARAGRAPHS[2:4], "Flags and bread", *PARAGRAPHS[4:]]),
    "another house's style": WIRE.replace("“", '"').replace("”", '"').replace("’", "'").replace("a third", "one third")
    .replace("million", "m").replace("Wednesday", "Sept. 3").upper(),
    "paragraphs joined": WIRE.replace("\n\n", " "),
}  # fmt: skip
OTHERS = {"a reporter's own": REPORTER, "the agency's next day": FOLLOW_UP}
CHINESE = (
    "马罗港在停摆两周之后于周三重新开放，第一艘驶出港口的是一艘运煤驳船，船员们在这段时间里互相教会了下棋。"
    "引航员与港口公司在午夜前达成协议，新的轮班表保证每位引航员三个晚上中有两个晚上可以睡觉，四十一艘货轮此前一直停泊在海湾里。"
    "公司表示将在春天之前再雇用九名引航员，并估计损失为三百四十万克朗，其中大部分是腐烂的水果。"
    "码头上的店主们在窗前挂起了旗帜，一支原本为婚礼雇来的铜管乐队在栈桥上演奏了一个小时，也没有人叫他们停下来。"
)
CHINESE_OTHER = (
    "首都的面包师们上周开始烤制更小的面包，因为全国三分之一的粮食都要经过马罗。贸易部说，到周六面包应当恢复平常的大小。"
    "老市场里的一位面包师一直按重量出售小圆面包，他说顾客没有抱怨，只是带来了自己的秤。"
    "铁路公司请求沿海线路的旅客耐心等待，因为运粮列车的数量是平时的两倍，晚间的几班客车将会晚点，具体时刻要看风向和货物的数量而定。"
)
GERMAN = (
    "Der Hafen von Maro ist am Mittwoch nach zwei Wochen wieder geöffnet worden, und als erstes lief ein Kohlenkahn aus, "
    "dessen Mannschaft sich die Zeit mit Schach vertrieben hatte. Lotsen und Hafengesellschaft einigten sich kurz vor "
    "Mitternacht auf einen Dienstplan, der jedem Lotsen in drei Nächten zweimal Schlaf läßt. Die Gesellschaft will bis zum "
    "Frühjahr neun weitere Lotsen einstellen; ihren Verlust beziffert sie auf 3,4 Millionen Kronen, das meiste davon für "
    "verdorbenes Obst. Auf dem Kai hängten Händler Fahnen aus den Fenstern, und eine Kapelle spielte eine Stunde lang."
)
HINDI = (
    "मारो का बंदरगाह दो हफ़्ते बाद बुधवार को फिर खुल गया, और सबसे पहले कोयले की एक नाव निकली जिसके नाविकों ने इतने दिन एक दूसरे को शतरंज "
    "सिखाने में बिताए। पायलटों और बंदरगाह कंपनी के बीच आधी रात से कुछ पहले समझौता हुआ कि हर पायलट को तीन में से दो रातें सोने को मिलेंगी। "
    "कंपनी वसंत तक नौ और पायलट रखेगी और अपना नुकसान चौंतीस लाख क्राउन बताती है, जिसमें ज़्यादातर सड़े हुए फल हैं। घाट के दुकानदारों ने खिड़कियों से झंडे लटकाए।"
)
HINDI_OTHER = (
    "राजधानी के नानबाई पिछले हफ़्ते से छोटी रोटियाँ बना रहे थे, क्योंकि देश का एक तिहाई अनाज मारो से होकर आता है। व्यापार मंत्रालय का कहना है कि शनिवार तक "
    "रोटी अपने पुराने आकार की होगी। पुराने बाज़ार के एक नानबाई ने बताया कि ग्राहकों ने शिकायत नहीं की, वे बस अपना तराज़ू साथ लाए। रेल विभाग ने यात्रियों से धीमी "
    "गाड़ियों के लिए धैर्य रखने को कहा है, क्योंकि अनाज की गाड़ियाँ रोज़ से दुगुनी चल रही हैं और शाम की कुछ गाड़ियाँ देर से आएँगी।"
)


def sqlite_texts(path, clock=time.time):
    return SQLiteTexts(Path(path), clock)


def redis_texts(place, clock=None, **options):
    """The texts of a ``place``, URL and prefix; ``options`` are the client's."""
    import redis

    from newscrawl.history.copies.redis import RedisTexts

    url, prefix = place.split()
    kind = options.pop("kind", redis.Redis)
    return RedisTexts(kind.from_url(url, decode_responses=True, **options), "localhost:1", prefix, clock)


@pytest.fixture(scope="module")
def server():
    pytest.importorskip("redis", reason="newscrawl[redis] is not installed")
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed")
    server = RedisServer()
    yield server
    server.close()


@pytest.fixture(scope="module", params=[sqlite_texts, redis_texts])
def backing(request, tmp_path_factory):
    """``opened(place, …)`` gives the texts that are kept at a place, ``place()`` a new one."""
    if request.param is redis_texts:
        url, numbers = request.getfixturevalue("server").url, count()
        return SimpleNamespace(opened=redis_texts, place=lambda: f"{url} {next(numbers)}:copies:")
    folder, numbers = tmp_path_factory.mktemp("copies"), count()
    return SimpleNamespace(opened=sqlite_texts, place=lambda: f"{folder}/{next(numbers)}.sqlite")


@pytest.fixture
def place(backing):
    return backing.place()


@pytest.fixture
def opened(backing, place):
    """The groups that are kept at one place, as often as it is called."""
    return lambda days=30, **options: Copies(backing.opened(place, **options), days)


@pytest.fixture
def redis_place(server):
    server.client.flushall()
    return f"{server.url} copies:"


@pytest.fixture
def copies(opened):
    with opened() as kept:
        yield kept


@pytest.mark.parametrize("edit", COPIES)
def test_a_copy_joins(copies, edit):
    assert copies.group("a.example/1", WIRE) == "a.example/1"
    assert copies.group("b.example/1", COPIES[edit]) == "a.example/1"


@pytest.mark.parametrize("story", OTHERS)
def test_another_story_about_the_same_does_not(copies, story):
    copies.group("a.example/1", WIRE)
    assert copies.group("b.example/1", OTHERS[story]) == "b.example/1"


@pytest.mark.parametrize(
    ("text", "copy", "other"),
    [
        (CHINESE, f"【马罗电】{CHINESE[:-30]}", CHINESE_OTHER),
        (GERMAN, f"MARO (dpx) – {unicodedata.normalize('NFD', GERMAN).replace('ß', 'ss')}", WIRE),
        (HINDI, HINDI.replace("।", ".").replace("कोयले की एक नाव", "कोयले से भरी नाव"), HINDI_OTHER),
    ],
    ids=["without spaces", "with letters composed or not", "with vowel signs"],
)
def test_other_languages(copies, text, copy, other):
    copies.group("a.example/1", text)
    assert copies.group("b.example/1", copy) == "a.example/1"
    assert copies.group("b.example/2", other) == "b.example/2"


def test_short_texts_are_not_compared(copies):
    brief = " ".join(WIRE.split()[:45])
    copies.group("a.example/1", brief)
    assert copies.group("b.example/1", brief) == "b.example/1"


def test_signatures_are_those_of_earlier_releases():
    # They stand in databases. Where this fails, another version of rensa computes others, and every name of
    # COPIES_FILE has to change with it.
    assert signature_of(WIRE)[:16].hex() == "d6d3b44b18a3ff82f4cd1e05322e6b7c"
    assert likeness(signature_of(WIRE), signature_of(WIRE)) == 1.0
    assert likeness(signature_of(WIRE), signature_of(GERMAN)) < 0.05


TEXTS = {  # of one story, any two are alike by at least 0.6; two that are both cut and rewritten may miss each other
    **{f"wire/{number}": text for number, (edit, text) in enumerate(COPIES.items()) if "end" not in edit},
    "own/1": REPORTER,
    "own/2": REPORTER.replace("folding chairs", "chairs"),
    "next/1": FOLLOW_UP,
    "china/1": CHINESE,
    "china/2": CHINESE[40:],
}


@settings(max_examples=40, deadline=None)
@given(order=st.permutations(list(TEXTS)))
def test_which_articles_are_together_does_not_depend_on_their_order(backing, order):
    with Copies(backing.opened(backing.place()), 30) as kept:
        groups = {key: kept.group(key, TEXTS[key]) for key in order}
    for key, group in groups.items():
        story = [other for other in order if other.split("/")[0] == key.split("/")[0]]
        assert group == story[0]  # the first that was met gives its name


def test_an_article_stays_in_its_group(opened):
    with opened() as kept:
        kept.group("a.example/1", WIRE)
        kept.group("a.example/2", REPORTER)
        kept.group("b.example/1", COPIES["the end cut"])
    with opened() as kept:
        assert kept.group("b.example/1", REPORTER) == "a.example/1"
        assert kept.group("a.example/2", WIRE) == "a.example/2"
        assert kept.group("a.example/1", "gone") == "a.example/1"


def test_a_story_that_changes_is_recognised_by_all_its_texts(copies):
    for text in (WIRE[:100], REPORTER, WIRE):
        assert copies.group("a.example/1", text) == "a.example/1"
    assert copies.group("b.example/1", REPORTER) == "a.example/1"
    assert copies.group("b.example/2", WIRE) == "a.example/1"


class Clock:
    day = 20_000.0

    def __call__(self):
        return self.day * 86400


def test_copies_of_a_text_are_recognised_for_some_days_after_it_was_last_emitted(opened):
    clock = Clock()
    for day, key, text, group in (
        (0, "a.example/1", WIRE, "a.example/1"),
        (0, "a.example/2", REPORTER, "a.example/2"),
        (20, "a.example/1", WIRE, "a.example/1"),
        (29, "b.example/2", REPORTER, "a.example/2"),  # a copy does not keep the text of the first alive
        (30, "c.example/2", REPORTER, "c.example/2"),
        (49, "b.example/1", WIRE, "a.example/1"),
        (50, "c.example/1", WIRE, "c.example/1"),
        (50, "b.example/1", WIRE, "a.example/1"),
        (50, "d.example/2", REPORTER, "c.example/2"),
    ):
        clock.day = Clock.day + day
        with opened(clock=clock) as kept:
            assert kept.group(key, text) == group, (day, key)


def test_old_texts_are_forgotten_in_bounded_amounts_the_oldest_first(backing, place):
    clock = Clock()
    stories = {"a/1": WIRE, "a/2": REPORTER, "a/3": FOLLOW_UP, "a/4": GERMAN}
    with Copies(backing.opened(place, clock), 30) as kept:
        for key, text in stories.items():
            kept.group(key, text)
            clock.day += 1
    clock.day += 100
    texts = backing.opened(place, clock)
    texts.forget(30, 2)
    with Copies(texts, 1000) as kept:
        found = {kept.group(f"b/{key}", text) for key, text in stories.items()}
    assert found == {"b/a/1", "b/a/2", "a/3", "a/4"}


def test_forgotten_texts_leave_nothing_but_the_groups_of_articles(server, redis_place):
    clock = Clock()
    with Copies(redis_texts(redis_place, clock), 30) as kept:
        for number, text in enumerate((WIRE, REPORTER, COPIES["the end cut"], GERMAN)):
            kept.group(f"a.example/{number}", text)
    assert server.client.hlen("copies:texts") == 3
    clock.day += 30
    Copies(redis_texts(redis_place, clock), 30)
    assert sorted(server.client.keys()) == ["copies:articles", "copies:last"]


def test_redis_gives_the_time_itself(server, redis_place):
    with Copies(redis_texts(redis_place), 30) as kept:
        before = server.client.time()[0]
        kept.group("a.example/1", WIRE)
        assert before <= server.client.zscore("copies:seen", "1") <= server.client.time()[0]


def test_a_template_gives_a_bounded_number_of_texts_to_compare(backing, place):
    texts, numbers = backing.opened(place), random.Random(18)
    signatures = [b"like" + numbers.randbytes(SIGNATURE_BYTES - 4) for _ in range(CANDIDATES + 600)]

    def first(key, signature):
        texts.join(key, key)
        texts.remember(key, signature)
        return key

    for number, signature in enumerate(signatures):
        texts.do(f"a/{number}", signature, lambda key=f"a/{number}", signature=signature: first(key, signature))
    found = []
    texts.do("b/1", signatures[0], lambda: found.extend(texts.alike(signatures[0])) or "")
    texts.close()
    assert CANDIDATES * 0.8 < len(found) <= CANDIDATES
    assert {text for _, text in found} <= set(signatures)
    assert [number for number, _ in found] == sorted(number for number, _ in found)


# Several at a time, and those that die --------------------------------------------


def test_two_runs_at_a_time_agree(opened):
    with opened() as one, opened() as other:
        assert one.group("a.example/1", WIRE) == "a.example/1"
        assert other.group("b.example/1", WIRE) == "a.example/1"
        assert other.group("b.example/2", REPORTER) == "b.example/2"
        assert one.group("a.example/2", REPORTER) == "b.example/2"


def test_workers_that_race_with_like_texts_give_one_group(opened):
    ready, rounds = Barrier(4), 15

    def worker(number):
        with opened() as kept:
            answers = []
            for story in range(rounds):
                words = " ".join(f"{story}x{word}" for word in range(100))
                ready.wait(30)
                answers.append(kept.group(f"{number}.example/{story}", f"{words} by {number}"))
            return answers

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(worker, range(4)))
    assert all(len(set(groups)) == 1 for groups in zip(*answers, strict=True))


@pytest.mark.parametrize(
    ("key", "text", "given"),
    [
        ("b.example/1", WIRE, ["a.example/1", "b.example/1"]),  # so this article is the copy
        ("a.example/1", REPORTER, ["a.example/1", "a.example/1"]),  # another version of the same article
        ("b.example/1", REPORTER, ["a.example/1"]),  # another story
    ],
)
def test_a_worker_that_another_one_overtook_looks_again(redis_place, key, text, given):
    overtaking, asked = [lambda: Copies(redis_texts(redis_place), 30).group(key, text)], []
    texts = redis_texts(redis_place)
    do = texts.do

    def overtaken(article, signature, change):
        def late():
            answer = change()
            asked.append(answer)
            while overtaking:
                overtaking.pop()()
            return answer

        return do(article, signature, late)

    texts.do = overtaken
    assert Copies(texts, 30).group("a.example/1", WIRE) == given[-1]
    assert asked == given
    with Copies(redis_texts(redis_place), 30) as kept:
        assert kept.group("c.example/1", WIRE) == given[-1]
        assert kept.group("c.example/2", text) == key


def test_a_text_that_was_forgotten_meanwhile_is_remembered(redis_place):
    clock = Clock()
    Copies(redis_texts(redis_place, clock), 30).group("a.example/1", WIRE)
    texts, cleaner = redis_texts(redis_place, clock), redis_texts(redis_place, clock)
    clock.day += 30

    def change():
        assert texts.group("a.example/1") == "a.example/1"
        texts.remember("a.example/1", signature_of(WIRE))
        cleaner.forget(30, 10)
        return "a.example/1"

    assert texts.do("a.example/1", signature_of(WIRE), change) == "a.example/1"
    assert Copies(texts, 30).group("b.example/1", WIRE) == "a.example/1"


def test_what_is_sent_again_because_its_answer_was_lost_changes_nothing_more(server, redis_place):
    import redis

    class Twice(redis.Redis):
        def evalsha(self, *args):
            super().evalsha(*args)
            return super().evalsha(*args)

    with Copies(redis_texts(redis_place, kind=Twice), 30) as kept:
        for _ in range(2):
            assert kept.group("a.example/1", WIRE) == "a.example/1"
            assert kept.group("b.example/1", WIRE) == "a.example/1"
            assert kept.group("a.example/1", REPORTER) == "a.example/1"
    assert server.client.hgetall("copies:articles") == {"a.example/1": "", "b.example/1": "a.example/1"}
    assert server.client.hlen("copies:texts") == server.client.zcard("copies:seen") == 2


def test_a_killed_process_leaves_what_it_answered(backing, place, opened):
    code = (
        "import os, signal, sys; from newscrawl.history.copies.groups import Copies\n"
        f"from tests.test_copies import WIRE, {backing.opened.__name__} as opened\n"
        "print(Copies(opened(sys.argv[1]), 30).group('a.example/1', WIRE), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, place],
        cwd=PROJECT, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert done.stdout == "a.example/1\n"
    with opened() as kept:  # the next run meets them the other way round
        assert kept.group("b.example/1", WIRE) == "a.example/1"
        assert kept.group("a.example/1", WIRE) == "a.example/1"


# Where they are kept ---------------------------------------------------------------


def piped(url, **more):
    """The pipeline of a spider whose store is in that Redis."""
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    client = redis.Redis.from_url(url, decode_responses=True, retry=Retry(NoBackoff(), 0))
    spider = SimpleNamespace(store=SimpleNamespace(session=SimpleNamespace(client=client, place="localhost:1")))
    given = {"COPIES_DAYS": 30, "COPIES_FILE": "copies.sqlite", "COPIES_FILE_DEMO": "copies-demo.sqlite"}
    pipeline = CopiesPipeline(SimpleNamespace(spider=spider, settings=Settings(given | {"REDIS_PREFIX": "x:"} | more)))
    return lambda publisher: (
        pipeline.process_item(SimpleNamespace(publisher=publisher, id="1", body=WIRE, copy_group=None)).copy_group
    )


def test_workers_whose_store_is_in_redis_know_one_another_s_copies(server, redis_place):
    assert piped(server.url)("a.example") == "a.example/1"
    assert piped(server.url)("b.example") == "a.example/1"
    assert piped(server.url, COPIES_FILE="copies-demo.sqlite")("c.example") == "c.example/1"
    assert {key.rpartition(":")[0] for key in server.client.scan_iter("*:texts")} == {"x:copies", "x:copies-demo"}


def test_without_redis_groups_are_unknown_and_a_warning_says_so_once(server, caplog, monkeypatch):
    import redis

    pipeline = piped(server.url)
    assert pipeline("a.example")

    def away(*args, **options):
        raise redis.ConnectionError("Error 111 connecting")

    monkeypatch.setattr(redis.connection.ConnectionPool, "get_connection", away)
    assert [pipeline("b.example"), pipeline("c.example")] == [None, None]
    assert [record.message for record in caplog.records] == [
        "Copies are not recognised in the rest of this run: Redis at localhost:1 cannot be used (it did not answer)"
    ]


# Whole crawls ------------------------------------------------------------------


def page(headline, text):
    return article_html(headline, body=text.strip().replace("\n\n", "</p><p>"))


def name(number):
    return f"business-standard.com/1250903{number:05d}"


def test_over_two_nights(site, crawl):
    def night(number, stories):
        site.html("/world-news", listing_html(*map(path_of, stories)))
        for story, html in stories.items():
            site.html(path_of(story), html)
        run = crawl("-a", f"start={site.origin}/world-news", output=f"night-{number}.jsonl")
        assert run.status == 0, run.stderr
        return {article["id"][-2:]: (article["copy_group"], article["status"]) for article in run.articles}

    first = {1: page("Harbour reopens", WIRE), 2: page("Ships sail", REPORTER)}
    assert night(1, first) == {"01": (name(1), "new"), "02": (name(2), "new")}
    second = {
        1: page("Harbour is open", FOLLOW_UP),
        3: page("Maro: port opens", COPIES["a dateline and an agency's line"]),
        4: page("Ships sail again", REPORTER),
    }
    assert night(2, second) == {"01": (name(1), "changed"), "03": (name(1), "new"), "04": (name(2), "new")}


def test_without_a_history_within_the_run(site, crawl):
    site.html("/world-news", listing_html(path_of(1), path_of(2), path_of(3)))
    for number, text in enumerate((WIRE, WIRE, REPORTER), 1):
        site.html(path_of(number), page(f"Story {number}", text))
    run = crawl("-a", f"start={site.origin}/world-news", "-s", "HISTORY_ENABLED=0")
    groups = [run.by_id[f"1250903{number:05d}"]["copy_group"] for number in (1, 2, 3)]
    assert groups[0] == groups[1] in (name(1), name(2))
    assert groups[2] == name(3)
    assert not list(run.output.parent.glob("*.sqlite*"))


def test_where_the_groups_cannot_be_kept_the_articles_come_all_the_same(site, crawl, tmp_path):
    (tmp_path / "copies.sqlite").write_bytes(b"no database" * 100)
    site.html("/world-news", listing_html(path_of(1), path_of(2)))
    for number in (1, 2):
        site.html(path_of(number), page(f"Story {number}", WIRE))
    run = crawl("-a", f"start={site.origin}/world-news")
    assert run.status == 0, run.stderr
    assert [article["copy_group"] for article in run.articles] == [None, None]
    assert run.stderr.count("Copies are not recognised in the rest of this run") == 1


def test_a_single_page_has_no_group():
    html = page("Harbour reopens", WIRE)
    assert extract_article(html, "https://www.business-standard.com" + path_of(1)).copy_group is None
