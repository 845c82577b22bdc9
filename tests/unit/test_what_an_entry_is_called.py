"""Does "Concern raised" stand over what its agency calls a concern, and over nothing else?"""

from dataclasses import replace
from datetime import date

import pytest

from contracts.events.health import EmergencyAttendance
from contracts.vocabulary import FieldClass, NeedLevel
from hub.domain.chronology import entry_of
from tests.support.long_life import Said, report
from tests.support.read_life import entries_of, linked

WELL = ("category", "Strength or progress")
TOLD = Said("school", date(2026, 7, 1), "Sports day.", view="A good day.", need=NeedLevel.EARLY_HELP)


@pytest.mark.parametrize(("told", "title"), [
    (TOLD, "Concern raised"),
    (replace(TOLD, need=None), "Concern raised"),
    (replace(TOLD, extra=(("category", "Something seen"),)), "Concern raised"),
    (replace(TOLD, extra=(WELL,)), "What is going well"),
    (replace(TOLD, extra=(WELL,), need=None), "What is going well"),
    (replace(TOLD, need=NeedLevel.UNIVERSAL), "Contact noted"),
    (replace(TOLD, need=NeedLevel.SIGNIFICANT_HARM), "Concern raised"),
    (replace(TOLD, need=NeedLevel.UNIVERSAL, kind=EmergencyAttendance), "A&E attendance"),
])  # fmt: skip
def test_an_entry_is_called_what_its_agency_says_it_is(told: Said, title: str) -> None:
    assert [one.title for one in entries_of((told,))] == [title]


def test_whoever_may_not_read_what_is_said_is_not_told_by_the_title_that_all_is_well() -> None:
    stated = report(1, replace(TOLD, extra=(WELL,), need=NeedLevel.UNIVERSAL))
    bare = entry_of(stated, linked(1, stated, TOLD), frozenset({FieldClass.ADMINISTRATIVE}), ())
    assert (bare.title, bare.facts, bare.need) == ("Concern raised", (), None)
