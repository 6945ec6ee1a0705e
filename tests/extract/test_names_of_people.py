"""What a name is of, and where it ends."""

import pytest

from newscrawl.extract.names_of_people import Kind, bare, is_bare_name, is_name, is_office, kind_of, name_at_start


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lee", True),
        ("Ann de la Cruz", True),
        ("J.-P. O’Neil", True),
        ("Инна Орлова", True),
        ("ليلى حداد", True),
        ("अनिल शर्मा", True),
        ("李文静", True),
        ("김하나", True),
        ("Ann", False),
        ("Ann Lee Bo Berg Cy Dahl Eve", False),  # more words than a name has
        ("Ann lee", False),
        ("Ann L.", False),
        ("Senior Editor", False),
        ("Follow Ann", False),
        ("Top 10", False),
        ("馬路日報", False),  # a newspaper
    ],
)
def test_what_looks_like_a_name(text: str, name: bool) -> None:
    assert is_name(text) is name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lee", True),
        ("Ann Lee Bo Berg Cy", False),
        ("Key Features", False),
        ("Maro’s Harbour", False),
        ("de la Cruz", False),
        ("李文静", False),
        ("Maro Press", False),
    ],
)
def test_what_looks_like_one_without_a_label(text: str, name: bool) -> None:
    assert is_bare_name(text) is name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ann Lee", Kind.PERSON),
        ("山田花子", Kind.PERSON),
        ("Ann", Kind.SINGLE),
        ("alee", Kind.LOGIN),
        ("ann.lee", Kind.LOGIN),
        ("AnnLee", Kind.LOGIN),
        ("alee23", Kind.LOGIN),
        ("Maro Press Group", Kind.ORGANISATION),
        ("Quay GmbH", Kind.ORGANISATION),
        ("Reuters", Kind.ORGANISATION),
        ("Staff Writer", Kind.ORGANISATION),
        ("Quay & Sons", Kind.ORGANISATION),
        ("馬路新聞", Kind.ORGANISATION),
    ],
)
def test_what_a_name_is_of(name: str, kind: Kind) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("Ann Lee", "Ann Lee", ""),
        ("Ann Lee in Maro", "Ann Lee", "in Maro"),
        ("Ann Lee Special to the Ledger", "Ann Lee", "Special to the Ledger"),
        ("ANN LEE Maro", "ANN LEE", "Maro"),
        ("Ann Lee View All", "Ann Lee", "View All"),
        ("Ann Lee September 3", "Ann Lee", "September 3"),
        ("Ann Lee PhD", "Ann Lee", "PhD"),
        ("Ann Lee den 3.", "Ann Lee", "den 3."),
        ("李文静 报道", "李文静", "报道"),
        ("Ann is here", "", "Ann is here"),
        ("", "", ""),
    ],
)
def test_where_a_name_ends(text: str, name: str, rest: str) -> None:
    assert name_at_start(text) == (name, rest)


def test_the_full_stop_of_an_initial_stays() -> None:
    assert (bare("“Ann Lee.”"), bare("Ann L."), bare("(Bo Berg Jr.)")) == ("Ann Lee", "Ann L.", "Bo Berg Jr.")


def test_what_a_person_is() -> None:
    assert is_office("Senior Editor")
    assert is_office("M.D.")
    assert is_office("who writes of ships")
    assert not is_office("Bo Berg")
