"""A protected address that is not known, since the record does not open: is the report kept, and is somebody told?"""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from contracts.event import Fact
from contracts.events.access import ReadDecided
from contracts.events.compartment import AddressNotProtected
from contracts.events.hub import ReportLinked
from contracts.events.need import AlarmKind
from contracts.report import Place, Report
from contracts.strict_json import Json
from contracts.vocabulary import SensitivityTag, StaffRole
from hub.adapters.fact_codes import CODES
from hub.adapters.view_rows import ViewRows
from hub.application.bus_port import Arrived
from hub.application.keep_views import keep_views
from hub.application.list_enquiries import ListingEnquiries, list_alarms
from hub.application.ports import Stream
from hub.application.receive_together import receive_together
from hub.domain.errors import Unreadable
from hub.views.enquiries import ENQUIRIES
from tests.support.databases import EngineOf
from tests.support.given import POLICE, ROBIN, WREN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub

IVY = an_actor("ivy", role=StaffRole.IG_OFFICER)
HIDDEN = (SensitivityTag.ADDRESS_PROTECTED,)
HOME = Place(text="7 Canary Terrace, Leeds", postcode="LS1 4AP")
PROTECTED = a_concern("C-1", tags=HIDDEN)


@pytest.fixture
def hub(tmp_path: Path, kept_in: EngineOf) -> SmallHub:
    """Robin's address was given; then a row of Robin's record was altered, so that it does not open any more."""
    made = SmallHub(tmp_path)
    made.receive(a_concern("C-0", a_child().model_copy(update={"address": HOME})))
    follow(made, tmp_path)
    engine = kept_in(tmp_path)
    ((position, state),) = engine.rows(made.store.stream_id(Stream.history(robin(made))), CODES[ReportLinked])
    engine.overwrite(position, state[:-1] + bytes([state[-1] ^ 1]))
    with pytest.raises(Unreadable):
        made.store.read_history(robin(made))
    return made


def robin(hub: SmallHub) -> UUID:
    person: UUID
    (person,) = hub.index.people_with("nhs", ROBIN)
    return person


def follow(hub: SmallHub, folder: Path) -> tuple[dict[str, Json], ...]:
    """The rows of the view of alarms, once it has followed."""
    views = ViewRows(folder / "views.db", (ENQUIRIES,))
    assert keep_views(hub.store, views) == ()
    rows = views.read(ENQUIRIES)
    views.close()
    return rows


def together(hub: SmallHub, *reports: Report) -> set[str]:
    receiving = hub.receiving()
    arrived = (Arrived(hub.police.topic, number, hub.sealed(one)) for number, one in enumerate(reports, start=1))
    letters = tuple(receiving.unsealer.letters(tuple(arrived)))
    return {one.receipt.outcome for one in receive_together(receiving, letters)}


def told(hub: SmallHub) -> list[AddressNotProtected]:
    return [fact for fact in kept(hub) if isinstance(fact, AddressNotProtected)]


def kept(hub: SmallHub) -> Iterator[Fact]:
    """What the hub kept since Robin's record was altered."""
    for row in hub.store.rows_after(3, 1_000):
        if (fact := hub.store.open_row(row)) is not None:
            yield fact


def test_the_report_is_taken_in_and_those_who_check_are_told_by_ids_alone(hub: SmallHub) -> None:
    assert hub.receive(PROTECTED).outcome == "accepted"
    (alarm,) = told(hub)
    (linked,) = (fact for fact in kept(hub) if isinstance(fact, ReportLinked))
    assert (alarm.person_id, alarm.report_id, alarm.source) == (robin(hub), linked.report_id, POLICE)
    assert "Canary" not in repr(alarm)


def test_so_it_is_where_several_come_at_once(hub: SmallHub) -> None:
    assert together(hub, PROTECTED, a_concern("W-1", a_child(WREN, given="Wren"))) == {"accepted"}
    assert [one.person_id for one in told(hub)] == [robin(hub)]


@pytest.mark.parametrize(
    "report",
    [
        a_concern("C-1"),
        a_concern("C-1", a_child().model_copy(update={"address": HOME}), tags=HIDDEN),
        a_concern("W-1", a_child(WREN, given="Wren"), tags=HIDDEN),
    ],
    ids=["nothing protects it", "it is given", "another child's record opens"],
)
def test_nobody_is_told_where_nothing_is_left_unprotected(hub: SmallHub, report: Report) -> None:
    assert hub.receive(report).outcome == "accepted"
    assert told(hub) == []


def test_it_stands_on_the_list_of_alarms_and_the_look_says_whose_it_is(hub: SmallHub, tmp_path: Path) -> None:
    hub.receive(PROTECTED)
    _, (alarm,) = list_alarms(ListingEnquiries(hub.store, hub.clock, follow(hub, tmp_path)), IVY)
    (fact,) = told(hub)
    assert (alarm.kind, alarm.person_id, alarm.report_id) == (AlarmKind.ADDRESS, fact.person_id, fact.report_id)
    (look,) = (one for one in kept(hub) if isinstance(one, ReadDecided))
    assert look.subjects == (robin(hub),)
