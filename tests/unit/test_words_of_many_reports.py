"""Are many reports looked through for places as each is alone, and many words asked for as each is alone?"""

from pathlib import Path
from uuid import UUID

import pytest

from contracts.report import Place
from hub.application.ports import Added, Entry, Stream, StreamKind, Term
from hub.domain.protected_places import Looked, words_in, words_in_report, words_in_reports
from tests.support.given import a_child, a_concern, a_decision
from tests.support.small_hub import SmallHub

SAID = ("at 12 Tarn Court, QX1 4ZT", "call 01632 960 114", "property 100012345678", "9 5 1", "Q1", "nothing", "")


def test_several_reports_hold_what_each_holds() -> None:
    lives = a_child().model_copy(update={"address": Place(text="14 Tarn Court", postcode="QX1 4ZT")})
    reports = tuple(a_concern(f"C-{number}", lives, words=said) for number, said in enumerate((*SAID, *SAID)))
    for lines in (False, True):
        each = {word for one in reports for word in words_in_report(one, lines)}
        found = words_in_reports(reports, lines)
        assert set(found) == each
        assert len(found) == len(each)


def test_what_was_found_before_is_found_again_for_each_report_alone() -> None:
    lives = a_child().model_copy(update={"address": Place(text="14 Tarn Court", postcode="QX1 4ZT")})
    reports = tuple(a_concern(f"C-{number}", lives, words=said) for number, said in enumerate((*SAID, *SAID)))
    looked = Looked()
    words_in_reports(reports, False, looked)
    for lines in (False, True, False):
        for one in reports:
            assert words_in_report(one, lines, looked) == words_in_report(one, lines)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Q1 1QQ", ("postcode q11qq",)),
        ("Q1 QQ", ()),
        ("123456", ("uprn 123456",)),
        ("12345", ()),
        ("0163296011", ("telephone 0163296011", "uprn 0163296011")),
    ],
    ids=["two digits", "one digit", "six digits", "five digits", "ten digits"],
)
def test_the_fewest_digits_that_can_name_a_place_are_enough(text: str, found: tuple[str, ...]) -> None:
    assert words_in(text, lines=False) == found


@pytest.mark.parametrize("count", [1, 2, 99, 100, 101, 250])
def test_of_many_words_those_are_known_that_lead_to_somebody(tmp_path: Path, count: int) -> None:
    hub = SmallHub(tmp_path)
    words = tuple(f"line {number}" for number in range(count))
    led = words[:: max(1, count // 3)]
    terms = tuple(hub.index.pointer("a scheme", word, UUID(int=1)) for word in led)
    decision = a_decision(UUID(int=1), 0, effect="refused")
    hub.store.keep((Entry(Stream(StreamKind.ACCESS, UUID(int=1).hex), decision.decision_id, decision),), terms)
    assert hub.index.known("a scheme", words) == frozenset(led)
    assert hub.index.known("another scheme", words) == frozenset()


def test_a_pointer_that_is_to_be_kept_is_not_made_again_and_leads_nobody_elsewhere(tmp_path: Path) -> None:
    hub, added = SmallHub(tmp_path), Added()
    beside = hub.index.beside(added, ())
    made = tuple(hub.index.pointer("a scheme", "a word", UUID(int=person)) for person in (1, 2))
    alone = Term(made[1].token, UUID(int=2), alone=True, proof=made[1].proof)
    for there in ((), (made[0],), (made[0], alone), made):
        added.terms[made[0].token] = there
        assert tuple(beside.pointer("a scheme", "a word", UUID(int=person)) for person in (1, 2)) == made
