"""Does the view of the record find each line by day, agency and person, and is it the same when it is built again?"""

from collections import ChainMap
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.event import Fact
from contracts.events.access import BreakGlassAsked, EmergencyReason
from contracts.events.hub import AccessDecided, SessionOpened
from contracts.vocabulary import AgencyKind, StaffRole
from hub.application.list_accesses import RowsUnder, Sought, lines_of, page_sought
from hub.domain.access_line import AccessLine, line_of
from hub.domain.access_runs import MOST
from hub.views.accesses import EMERGENCIES, EVERYBODY, PAGE, chains, ever, gather, of_agency, of_staff
from hub.views.view import Values
from tests.support.given import a_decision, an_actor, an_id

START = datetime(2026, 3, 27, 22, 30, tzinfo=UTC)  # the clocks in England go forward two nights later
WHO = (("priya", "social_care"), ("sam", "school"), ("lena", "nursery"))


def a_look(minute: int, who: int, effect: str) -> AccessDecided:
    """Somebody looks at a child, some minutes after the start."""
    subject, agency = WHO[who]
    actor = an_actor(subject, agency, AgencyKind.NHS, StaffRole.PRACTITIONER)
    decided = a_decision(an_id(f"child {minute % 7}"), 1, effect)
    return decided.model_copy(update={"actor": actor, "at": START + timedelta(minutes=minute)})


LOOKS = st.lists(
    st.builds(a_look, st.integers(0, 60 * 24 * 3), st.integers(0, 2), st.sampled_from(["permitted", "refused"])),
    max_size=60,
)


def followed(facts: list[Fact], batch: int) -> dict[str, Values]:
    """The rows, as a follower that takes so many facts at a time leaves them."""
    rows: dict[str, Values] = {}
    for start in range(0, len(facts), batch):
        written: dict[str, Values] = {}
        seen = ChainMap(written, rows)
        for number, fact in enumerate(facts[start : start + batch], start=start + 1):
            written.update((row.key, row.values) for row in gather(fact, number, seen.get))
        rows.update(written)
    return rows


def every_page(rows_under: RowsUnder, of: str, sought: Sought) -> list[AccessLine]:
    """The lines on all pages, from the newest."""
    page = page_sought(rows_under, of, sought)
    found = list(page.items)
    while page.last is not None:
        page = page_sought(rows_under, of, replace(sought, before=page.last.position))
        found += page.items
    return found


@given(LOOKS, st.integers(1, 20))
def test_followed_and_built_again_are_the_same(looks: list[Fact], batch: int) -> None:
    assert followed(looks, batch) == followed(looks, 500)


@given(LOOKS, st.integers(0, 2), st.sampled_from([None, "permitted", "refused"]))
def test_each_line_is_found_once_where_it_belongs_and_nowhere_else(
    looks: list[AccessDecided], who: int, effect: str | None
) -> None:
    rows = followed(list(looks), 7)
    lines = [line for number, fact in enumerate(looks, start=1) if (line := line_of(fact, number)) is not None]

    def under(keys: tuple[str, ...]) -> dict[str, Values]:
        return {key: rows[key] for key in keys if key in rows}

    subject, agency = WHO[who]
    source = f"urn:childhub:agency:{agency.replace('_', '-')}"
    sought = Sought(START.date(), START.date() + timedelta(days=4), effect=effect)
    theirs = {line for line in lines if line.actor is not None and line.actor.subject == subject and sought.fits(line)}
    for of in (of_staff("urn:childhub:test", subject), of_agency(source)):
        found = every_page(under, of, sought)
        assert len(found) == len(set(found))
        assert set(found) == theirs
    everything = every_page(under, EVERYBODY, sought)
    assert len(everything) == len(set(everything))
    assert set(everything) == {line for line in lines if sought.fits(line)}


def test_a_busy_day_goes_over_pages_and_no_more_is_read_than_is_shown() -> None:
    rows = followed([a_look(number % 600 + 120, 0, "permitted") for number in range(3 * PAGE + 5)], 500)
    asked: list[str] = []

    def under(keys: tuple[str, ...]) -> dict[str, Values]:
        asked.extend(keys)
        return {key: rows[key] for key in keys if key in rows}

    day = START.date() + timedelta(days=1)
    page = page_sought(under, EVERYBODY, Sought(day, day))
    assert (len(page.items), page.more) == (MOST, True)
    assert [line.position for line in page.items] == list(range(3 * PAGE + 5, 3 * PAGE + 5 - MOST, -1))
    assert len(asked) < 2 * PAGE + 10
    assert len(list(lines_of(under, chains(EVERYBODY, day, day)))) == 3 * PAGE + 5


def test_emergencies_are_found_whatever_the_day_and_a_stranger_at_the_door_is_nobodys() -> None:
    actor = an_actor()
    opened = BreakGlassAsked(
        decision_id=an_id("d"),
        at=START,
        person_id=an_id("child"),
        actor=actor,
        reason=EmergencyReason.MISSING,
        effect="permitted",
        review_by=START + timedelta(days=1),
    )
    rows = followed([opened, SessionOpened(at=START, actor=None, effect="refused")], 2)

    def under(keys: tuple[str, ...]) -> dict[str, Values]:
        return {key: rows[key] for key in keys if key in rows}

    (emergency,) = lines_of(under, (ever(EMERGENCIES),))
    assert (emergency, emergency.as_of) == (line_of(opened, 1), opened.review_by)
    assert not [key for key in rows if key.startswith(("agency None", "agency  ", "staff  "))]
    everything = page_sought(under, EVERYBODY, Sought(START.date(), START.date()))
    assert [line.kind for line in everything.items] == ["sign_in", "break_glass"]
