"""Is every report about something, by closed sets alone, and is nothing that is not shown told by what it is about?"""

from dataclasses import replace
from datetime import date

from contracts.catalogue import REPORTS
from contracts.events.health import AppointmentMissed
from contracts.events.social_care import ChildInNeedPlanStarted
from contracts.vocabulary import ChangeKind, StatementKind
from hub.domain.about import OF_REPORT, About, about, any_about
from hub.domain.lines import Line
from hub.domain.sieve import Sieve
from tests.support.long_life import Said
from tests.support.read_life import entries_of

DAY = date(2026, 1, 5)
# They say who somebody is, or change another report: no entry by themselves.
OF_OTHERS = {"person.described", "record.corrected", "record.retracted", "identity.merged"}
CONCERN, PLAN, MISSED = entries_of(
    (
        Said("school", DAY, "Tired."),
        Said("care", DAY, kind=ChildInNeedPlanStarted),
        Said("gp", DAY, kind=AppointmentMissed, extra=(("appointment", "Dental"),)),
    )
)
HEALTH_DETAIL = Line("health_detail", StatementKind.OBSERVATION, "Asthma", None, None)


def test_every_report_is_about_something_once_by_itself() -> None:
    named = [name for names in OF_REPORT.values() for name in names]
    assert {report.TYPE for report in REPORTS} - set(named) == OF_OTHERS
    assert set(named) <= {report.TYPE for report in REPORTS}
    assert (len(named), set(OF_REPORT)) == (len(set(named)), set(About))


def test_an_entry_is_about_its_report_and_about_what_its_statements_hold() -> None:
    assert [about(one) for one in (CONCERN, PLAN, MISSED)] == [{About.CONCERN}, {About.CARE}, {About.HEALTH}]
    ill = replace(CONCERN, facts=(*CONCERN.facts, HEALTH_DETAIL))
    assert about(ill) == {About.CONCERN, About.HEALTH}
    assert about(replace(CONCERN, later=(replace(ill, change=ChangeKind.CORRECTION),))) == about(ill)


def test_what_is_held_back_or_only_said_in_words_tells_nothing() -> None:
    """A word in what happened is no class of content; a statement that is not shown is not there."""
    words = replace(CONCERN, facts=(replace(CONCERN.facts[0], text="Asthma; police called; school left"),))
    assert about(words) == {About.CONCERN}
    assert about(replace(MISSED, facts=(), views=(), child_words=())) == {About.HEALTH}, "its title says so"


def test_a_filter_takes_what_is_about_any_of_what_is_wanted() -> None:
    wanted = Sieve(about=frozenset({About.CARE, About.HEALTH}))
    assert [wanted.takes(one) for one in (CONCERN, PLAN, MISSED)] == [False, True, True]
    assert (wanted.is_open, any_about((MISSED, CONCERN))) == (False, (About.CONCERN, About.HEALTH))
