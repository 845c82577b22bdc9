"""Are plans and school places read from their own reports, and are the kinds of empty never taken for one another?"""

from dataclasses import replace
from datetime import UTC, date, datetime

from contracts.events.school import SchoolEnrolled, SchoolLeft
from contracts.events.social_care import ChildInNeedPlanEnded, ChildInNeedPlanStarted
from contracts.vocabulary import NeedLevel
from hub.domain.coverage import CoverKind, covers
from hub.domain.feed import Connected, FeedKind, Finding, Standing
from hub.domain.requests import Waiting
from hub.domain.significance import Significance, significance, stated_by
from hub.domain.silence import Silence, SilenceKind
from hub.domain.snapshot import age, snapshot
from hub.domain.spans import spans
from tests.support.long_life import TODAY, Said, life
from tests.support.read_life import chronology_of, entries_of

SCHOOL, CARE = "urn:childhub:agency:school", "urn:childhub:agency:care"
JAN, MAR, JUN = date(2026, 1, 5), date(2026, 3, 5), date(2026, 6, 5)


def test_a_plan_lasts_from_its_start_to_its_end_and_one_without_an_end_is_open() -> None:
    (plan,) = spans(entries_of((Said("care", JAN, kind=ChildInNeedPlanStarted),)))
    assert (plan.name, plan.start, plan.end) == ("Child in need plan", JAN, None)
    ended = Said("care", MAR, kind=ChildInNeedPlanEnded)
    (plan,) = spans(entries_of((Said("care", JAN, kind=ChildInNeedPlanStarted), ended)))
    assert plan.end == MAR


def test_another_agencys_end_ends_nothing() -> None:
    other = Said("help", MAR, kind=ChildInNeedPlanEnded)
    (plan,) = spans(entries_of((Said("care", JAN, kind=ChildInNeedPlanStarted), other)))
    assert plan.end is None


def test_leaving_a_school_without_another_is_drawn_and_ends_with_the_next() -> None:
    first = Said("school", JAN, kind=SchoolEnrolled, extra=(("school", "Larkfield"),))
    left = Said("school", MAR, kind=SchoolLeft)
    again = Said("school", JUN, kind=SchoolEnrolled, extra=(("school", "Westlea"),))
    place, none = spans(entries_of((first, left)))
    assert (place.name, place.end, none.absent, none.end) == ("Larkfield", MAR, True, None)
    assert none.short == "No school place"
    assert [one.end for one in spans(entries_of((first, left, again))) if one.absent] == [JUN]


def test_how_serious_is_its_agencys_own_word_and_never_of_what_an_agency_did() -> None:
    stated, unstated, plan = entries_of(
        (
            Said("school", JAN, "Bruise.", need=NeedLevel.SIGNIFICANT_HARM),
            Said("school", MAR, "Tired."),
            Said("care", JUN, kind=ChildInNeedPlanStarted, need=NeedLevel.SIGNIFICANT_HARM),
        )
    )
    assert (significance(stated), stated_by(stated)) == (Significance.HARM, SCHOOL)
    assert (significance(unstated), stated_by(unstated)) == (Significance.CONCERN, None)
    assert (significance(plan), stated_by(plan)) == (Significance.BACKGROUND, None)


def test_each_silence_has_a_cover_of_its_own() -> None:
    silences = tuple(Silence(f"urn:childhub:agency:{kind.value}", kind) for kind in SilenceKind)
    shown = chronology_of((), silences)
    found = {lane[0].source.rsplit(":", 1)[1]: lane[0].kind for lane in covers(shown, silences)}
    assert found == {
        "nothing_received": CoverKind.NOTHING,
        "never_heard": CoverKind.NEVER_HEARD,
        "set_aside": CoverKind.SET_ASIDE,
        "never_came": CoverKind.NEVER_CAME,
        "not_connected": CoverKind.NOT_CONNECTED,
        "in_question": CoverKind.IN_QUESTION,
        "withheld": CoverKind.WITHHELD,
        "after_this_day": CoverKind.NOTHING,
        "not_connected_then": CoverKind.NOT_CONNECTED_THEN,
    }


def test_who_was_asked_and_is_silent_has_not_replied_whatever_it_sent_before() -> None:
    asked = Waiting(SCHOOL, TODAY, None)
    shown = chronology_of((Said("school", JAN, "Tired."),))
    ((heard, waiting),) = covers(shown, (), (asked,))
    assert (heard.kind, waiting.kind, waiting.is_known) == (CoverKind.HEARD, CoverKind.NOT_REPLIED, False)


def test_a_silent_road_is_not_known_from_that_day_on() -> None:
    since = datetime(2026, 11, 2, 9, tzinfo=UTC)
    silent = Standing(SCHOOL, (Finding(FeedKind.SILENT, since=since),))
    shown = chronology_of((Said("school", JAN, "Tired."),))
    ((heard, quiet),) = covers(replace(shown, feeds=(silent,)), ())
    assert (heard.kind, quiet.kind, quiet.since) == (CoverKind.HEARD, CoverKind.NOT_CONNECTED, date(2026, 11, 2))


def test_what_lies_set_aside_is_not_known_and_never_nothing() -> None:
    since = datetime(2026, 11, 2, 9, tzinfo=UTC)
    aside = tuple(Standing(source, (Finding(FeedKind.SET_ASIDE, since=since, count=1),)) for source in (SCHOOL, CARE))
    silences = (Silence(CARE, SilenceKind.NOTHING_RECEIVED),)
    shown = replace(chronology_of((Said("school", JAN, "Tired."),), silences), feeds=aside)
    (heard, more), (instead,) = covers(shown, silences)
    assert (heard.kind, more.kind, more.since) == (CoverKind.HEARD, CoverKind.SET_ASIDE, date(2026, 11, 2))
    assert (instead.kind, instead.is_known) == (CoverKind.SET_ASIDE, False)
    assert snapshot(shown, TODAY.date()).not_known == (SCHOOL, CARE)


def test_who_was_not_connected_on_a_past_day_is_not_known_then() -> None:
    silences = (Silence(CARE, SilenceKind.NOT_CONNECTED_THEN), Silence(SCHOOL, SilenceKind.AFTER_THIS_DAY))
    past = snapshot(chronology_of((), silences, date(2026, 1, 1)), TODAY.date())
    assert past.not_known == (CARE,)


def test_before_it_was_connected_an_agency_is_not_known_and_from_then_on_it_is() -> None:
    silences = (Silence(CARE, SilenceKind.NOTHING_RECEIVED, MAR), Silence("urn:gp", SilenceKind.NOT_CONNECTED))
    since = (Connected(SCHOOL, JUN), Connected(CARE, MAR))
    shown = replace(chronology_of((Said("school", JAN, "Tired."),), silences), connected=since)
    (heard, till), (nothing, before), (away,) = covers(shown, silences)
    assert (heard.kind, till.kind, till.until) == (CoverKind.HEARD, CoverKind.BEFORE, JUN)
    assert (nothing.kind, before.kind, before.until) == (CoverKind.NOTHING, CoverKind.BEFORE, MAR)
    assert (away.kind, away.is_known, before.is_known) == (CoverKind.NOT_CONNECTED, False, True)
    assert snapshot(shown, TODAY.date()).joined == since


def test_of_an_agency_that_is_not_known_throughout_no_day_is_told() -> None:
    silences = (Silence(CARE, SilenceKind.NOTHING_RECEIVED), Silence(SCHOOL, SilenceKind.IN_QUESTION))
    never = (Standing(CARE, (Finding(FeedKind.NEVER_HEARD),)),)
    since = (Connected(SCHOOL, JUN), Connected(CARE, MAR))
    shown = replace(chronology_of((), silences), feeds=never, connected=since)
    assert [[one.kind for one in lane] for lane in covers(shown, silences)] == [
        [CoverKind.NEVER_HEARD],
        [CoverKind.IN_QUESTION],
    ]


def test_the_snapshot_of_a_life() -> None:
    snap = snapshot(chronology_of(life()), TODAY.date())
    assert (snap.called, age(snap.born, snap.day), len(snap.spoken), len(snap.late)) == ("Robin", 7, 9, 4)
    assert [one.reach for one in snap.contacts] == ["01632 960 114"]


def test_ages_turn_on_the_birthday() -> None:
    born = date(2020, 2, 29)
    assert [age(born, day) for day in (date(2021, 2, 28), date(2021, 3, 1), date(2019, 1, 1), None)] == [
        0,
        1,
        None,
        None,
    ]
