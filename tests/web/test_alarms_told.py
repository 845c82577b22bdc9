"""Does the front page of the record of access count each alarm, with a way to it, and say when there is none?"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from contracts.events.access import ReadDecided
from contracts.strict_json import Json
from hub.application.gather_cosignatures import WENT_BACK, Standing
from hub.commands import staff
from hub.domain.feed import Beat, Feed, Partner
from hub.domain.witnessed import WitnessState
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.house import house
from tests.support.pages import browsing, parts_of, sign_in

Row = dict[str, Json]
_LINE = re.compile(r'<li><a href="([^"]*)">([^<]*)</a>: ([^<]*)\.</li>')


class Witnessed:
    """Witnesses who stand so."""

    def __init__(self, state: WitnessState, *standings: Standing) -> None:
        self._state, self._standings = state, standings

    def state(self, now: datetime) -> WitnessState:
        """See read_chronology.Witnesses."""
        return self._state

    def standings(self, now: datetime) -> tuple[Standing, ...]:
        """See read_chronology.Witnesses."""
        return self._standings


WELL = Witnessed(WitnessState.FRESH, Standing("police"))


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    made = house(tmp_path_factory.mktemp("alarms"))
    made.follow()
    yield made
    made.close()


def told(
    hub: Hub,
    rows: dict[str, tuple[Row, ...]] | None = None,
    partners: tuple[Partner, ...] = (),
    witnesses: Witnessed = WELL,
) -> tuple[list[tuple[str, str, str]], str]:
    """The alarms on the page (address, count, meaning), and the whole of it, where the views hold these rows."""
    parts, given = parts_of(hub), rows or {}
    reading = replace(hub.reading(), partners=partners, witnesses=witnesses)
    browser = browsing(
        create_app(
            replace(
                parts,
                rows_of=lambda name: given[name] if name in given else parts.rows_of(name),
                reading=lambda: reading,
            )
        )
    )
    sign_in(browser, hub, staff.IG_OFFICER)
    answer = browser.get("/audit")
    assert answer.status_code == 200
    assert browser.get("/api/audit").json()["alarming"] is not None
    return _LINE.findall(answer.text), answer.text


def raised(at: datetime, kind: str, number: int) -> Row:
    """The row of an alarm."""
    said: Row = {"kind": "alarm", "alarm": f"00000000-0000-4000-8000-{number:012}", "at": at.isoformat(), "of": kind}
    return {**said, "subject": "lena", "agency": "urn:childhub:agency:nursery", "count": 0, "position": number}


def aside(code: str, number: int, *, alarm: bool = True, state: str = "open") -> Row:
    """The row of a message that was set aside."""
    what: Row = {"position": number, "topic": "in.police.v1", "code": code, "where": "", "alarm": alarm}
    more: Row = {"proved": True, "source": None, "event_id": None, "size_bytes": 9, "tries": 0, "same": 1}
    return {**what, **more, "received": "2026-01-02T03:04:05+00:00", "state": state}


def silent(hub: Hub, source: str, minutes: int) -> Partner:
    """An agency whose edge says each minute that it is there, and said so last that long ago."""
    at = hub.clock.now() - timedelta(minutes=minutes)
    beat = Beat(at, at, "0a0b0c0d", 1, 0, 1, (), (), None, every_seconds=60)
    return Partner(source, True, Feed(at, number=1, beat=beat))


def late(number: int, days: int, now: datetime) -> Row:
    """The row of an emergency that nobody reviewed, due so many days ago."""
    due = (now - timedelta(days=days)).isoformat()
    said: Row = {"kind": "escalated", "decision": f"0000000{number}-0000-4000-8000-000000000000", "at": due}
    who: Row = {"issuer": "urn:childhub:hub", "subject": "lena", "agency": "urn:childhub:agency:nursery"}
    return {**said, **who, "review_by": due, "owners": "urn:childhub:agency:social_care", "of_whom": f"{number:032x}"}


def test_an_emergency_that_nobody_reviewed_is_named_with_how_late_it_is(hub: Hub) -> None:
    now = hub.clock.now()
    rows = (late(1, 0, now), late(2, 14, now))
    (first, second), _ = told(hub, {"enquiries": rows})
    assert [one[:2] for one in (first, second)] == [
        ("/audit/emergencies", "Emergency 0000 0002"),
        ("/audit/emergencies", "Emergency 0000 0001"),
    ]
    assert (first[2].endswith(" working days late"), second[2].endswith("less than a working day late")) == (True, True)
    reviewed: Row = {"kind": "reviewed", "decision": rows[0]["decision"]}
    assert len(told(hub, {"enquiries": (*rows, reviewed)})[0]) == 1


def test_of_many_such_emergencies_five_are_named_and_the_rest_counted(hub: Hub) -> None:
    alarms, _ = told(hub, {"enquiries": tuple(late(number, number, hub.clock.now()) for number in range(8))})
    assert [one[1] for one in alarms[4:]] == ["Emergency 0000 0003", "3 more"]


def test_where_nothing_alarms_it_says_so_and_what_it_cannot_know(hub: Hub) -> None:
    alarms, page = told(hub, partners=(silent(hub, "urn:childhub:agency:police", 0),))
    assert alarms == []
    assert "Nothing alarms</h2>" in page
    assert "hub audit verify" in page


def test_policies_that_could_not_be_judged_are_counted_for_seven_days(hub: Hub) -> None:
    now = hub.clock.now()
    ages = (timedelta(0), timedelta(days=6), timedelta(days=8))
    rows = tuple(raised(now - age, "policies", number) for number, age in enumerate(ages))
    alarms, page = told(hub, {"enquiries": (*rows, raised(now, "budget_of_person", 9))})
    assert alarms == [
        ("/audit/refused", "1 time", "somebody looked for too many children, last 7 days"),
        ("/audit/refused", "2 tries", "refused because the policies could not be judged, last 7 days"),
    ]
    assert "Nothing alarms" not in page


def test_a_protected_address_that_is_not_known_is_named_by_its_entry_child_and_report(hub: Hub) -> None:
    child, report, now = "4f15ded7-e737-5315-897a-76bdfd62f9af", "d3c23e41-4585-5c9c-a395-198408ed60a9", hub.clock.now()
    of: Row = {"subject": "", "agency": "urn:childhub:agency:police", "person_id": child, "report_id": report}
    new, same = ({**raised(now, "address", number), **of} for number in (57, 58))
    old: Row = {**raised(now - timedelta(days=8), "address", 3), **of, "person_id": report}
    ((address, counted, means),), _ = told(hub, {"enquiries": (old, new, same)})
    assert (address, counted) == ("/audit/entry/58", "Entry no. 58")
    assert "that Hexley Police protects" in means
    assert f"child hub:{child}, report {report}" in means
    kept = [hub.store.open_row(row) for row in hub.store.rows_after(0, 10_000)]
    assert [str(one) for one in [fact for fact in kept if isinstance(fact, ReadDecided)][-1].subjects] == [child]


def test_what_was_set_aside_with_an_alarm_is_counted_by_what_it_means_until_it_is_settled(hub: Hub) -> None:
    open_ones = (aside("altered_repeat", 1), aside("altered_repeat", 2), aside("not_its_own_report", 3))
    others = (aside("schema", 4, alarm=False), aside("sig_bad", 5, state="replayed"))
    alarms, _ = told(hub, {"quarantine": (*open_ones, *others)})
    assert alarms == [
        ("/quarantine", "2 messages set aside", "The same id came before over other bytes; what came first stands"),
        ("/quarantine", "1 message set aside", "It changes what another agency stated"),
    ]


def test_a_silent_agency_is_an_alarm(hub: Hub) -> None:
    heard, gone = (silent(hub, f"urn:childhub:agency:{name}", age) for name, age in (("police", 0), ("school", 60)))
    alarms, _ = told(hub, partners=(heard, gone))
    assert alarms == [("/feeds", "1 agency", "silent")]


@pytest.mark.parametrize("state", [WitnessState.AMBER, WitnessState.REFUSE])
def test_waiting_for_witnesses_is_an_alarm(hub: Hub, state: WitnessState) -> None:
    ((address, counted, means),), page = told(hub, witnesses=Witnessed(state, Standing("police", code="no_answer")))
    assert (address, counted) == ("#as-it-was", "Waiting for witnesses")
    assert "confirmed the log for" in means
    assert 'id="as-it-was"' in page


def test_a_witness_that_went_back_is_an_alarm(hub: Hub) -> None:
    back = Standing("police", 9, hub.clock.now(), WENT_BACK, "an/origin", "0a0b0c0d", hub.clock.now())
    alarms, _ = told(hub, witnesses=Witnessed(WitnessState.FRESH, back, Standing("health")))
    assert alarms == [("#as-it-was", "1 witness", "forgot what it confirmed, and does not count")]


def test_a_hub_that_has_no_alarm_on_file_says_so(tmp_path: Path) -> None:
    made = house(tmp_path)
    made.follow()
    browser = browsing(create_app(parts_of(made)))
    sign_in(browser, made, staff.IG_OFFICER)
    assert "Nothing alarms</h2>" in browser.get("/audit").text
    made.close()
