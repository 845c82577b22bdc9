"""Does where a protected person is open only when two people want it, newly proved, for one of them and not long?"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from contracts.compartment import Compartment
from contracts.event import Fact
from contracts.events.compartment import CompartmentAsked, OpeningAgreed, OpeningProposed, OpeningReason
from contracts.events.hub import Actor
from contracts.events.need import ConflictKind
from contracts.identifiers import parse_identifier
from contracts.report import Place
from contracts.vocabulary import Purpose, SensitivityTag, StaffRole
from hub.application.agree_opening import Second, agree_opening, list_to_agree
from hub.application.change_staff import change_role, leave_staff
from hub.application.enrol import enrol_staff
from hub.application.keep_apart import declare_conflict
from hub.application.open_apart import OpeningApart, open_apart
from hub.application.ports import Stream
from hub.domain.compartment_access import (
    AGREED_FOR,
    PROPOSED_FOR,
    TWO_PEOPLE,
    AgreementRefused,
    SecondPersonNeeded,
    Wanted,
)
from hub.domain.errors import AccessRefused, WaitsForWitnesses
from hub.domain.witnessed import WitnessState
from hub.views.openings import project
from tests.support.at_the_door import AtTheDoor
from tests.support.given import ROBIN, a_child, a_concern, an_actor, an_id
from tests.support.second_person import DOT, agree, proposed
from tests.support.small_hub import SmallHub
from tests.support.unwitnessed import waiting

CHILD = parse_identifier(f"nhs:{ROBIN}")
SAFE = Place(text="12 Canary Refuge Road, Leeds", postcode="LS1 4AP")
PRIYA = an_actor("priya")
IVY = an_actor("ivy", role=StaffRole.IG_OFFICER)
Row = dict[str, object]


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """A child whose address and whose informant are held apart."""
    made = SmallHub(tmp_path)
    tags = (SensitivityTag.ADDRESS_PROTECTED, SensitivityTag.INFORMANT)
    made.receive(a_concern(tags=tags, child=a_child().model_copy(update={"address": SAFE})))
    return made


@pytest.fixture
def door(hub: SmallHub) -> AtTheDoor:
    return AtTheDoor(hub)


def person(hub: SmallHub) -> UUID:
    (found,) = hub.index.people_with("nhs", ROBIN)
    return found


def wanted(hub: SmallHub, actor: Actor = PRIYA, name: Compartment = Compartment.REFUGE) -> Wanted:
    report = hub.store.read_history(person(hub)).linked()[0].report_id
    return Wanted(actor, Purpose.SECTION_47, report, name, hub.clock.now(), OpeningReason.SAFETY)


def opening(hub: SmallHub, door: AtTheDoor) -> OpeningApart:
    return OpeningApart(hub.reading(), hub.store, door)


def asked(hub: SmallHub, door: AtTheDoor) -> UUID:
    """The number of what somebody else is to agree to."""
    return proposed(opening(hub, door), CHILD, wanted(hub))


def looks(hub: SmallHub) -> tuple[Fact, ...]:
    return hub.store.read_stream(Stream.access(person(hub)))


def kinds(hub: SmallHub) -> list[str]:
    """What is on record of it, in order."""
    facts = (one for one in looks(hub) if isinstance(one, CompartmentAsked | OpeningProposed | OpeningAgreed))
    return [one.reason or one.effect if isinstance(one, CompartmentAsked) else one.TYPE for one in facts]


def place_of(hub: SmallHub, door: AtTheDoor, what: Wanted) -> Place:
    """Where it is, opened."""
    return open_apart(opening(hub, door), CHILD, what)[0].addresses[0].place


def test_alone_nobody_opens_it_in_an_emergency_neither_and_it_is_on_record(hub: SmallHub, door: AtTheDoor) -> None:
    for purpose in (Purpose.SECTION_47, Purpose.EMERGENCY):
        with pytest.raises(SecondPersonNeeded):
            open_apart(opening(hub, door), CHILD, replace(wanted(hub), purpose=purpose))
    assert kinds(hub) == ["second_person", "opening.proposed"] * 2
    assert door.asked == []


def test_what_is_asked_again_before_anybody_agreed_is_one_proposal(hub: SmallHub, door: AtTheDoor) -> None:
    assert asked(hub, door) == asked(hub, door)
    assert kinds(hub) == ["second_person", "opening.proposed", "second_person"]


def test_once_somebody_else_agreed_it_opens_for_who_asked_with_both_names_on_record(
    hub: SmallHub, door: AtTheDoor
) -> None:
    agreed = agree(hub, person(hub), asked(hub, door))
    assert place_of(hub, door, wanted(hub)) == SAFE
    assert kinds(hub) == ["second_person", "opening.proposed", "opening.agreed", "permitted"]
    decided = [one for one in looks(hub) if isinstance(one, CompartmentAsked)][-1]
    assert decided.agreed is not None
    assert (decided.actor, decided.agreed.by, decided.agreed.at) == (PRIYA, DOT, agreed.at)
    (row,) = (each.values for each in project(decided, 9))
    assert row["second"] == "dot"


def test_who_checks_may_be_the_second_and_sees_nothing_of_it(hub: SmallHub, door: AtTheDoor) -> None:
    agree(hub, person(hub), asked(hub, door), IVY)
    with pytest.raises(AccessRefused):
        open_apart(opening(hub, door), CHILD, wanted(hub, IVY))
    assert place_of(hub, door, wanted(hub)) == SAFE


@pytest.mark.parametrize("another", ["person", "purpose", "report", "second"])
def test_it_opens_nothing_else(hub: SmallHub, door: AtTheDoor, another: str) -> None:
    hub.receive(
        a_concern("C-2", tags=(SensitivityTag.ADDRESS_PROTECTED,), child=a_child().model_copy(update={"address": SAFE}))
    )
    agree(hub, person(hub), asked(hub, door))
    second_report = hub.store.read_history(person(hub)).linked()[1].report_id
    what = {
        "person": wanted(hub, an_actor("pia")),
        "purpose": replace(wanted(hub), purpose=Purpose.EMERGENCY),
        "report": replace(wanted(hub), report_id=second_report),
        "second": wanted(hub, DOT),
    }[another]
    with pytest.raises(SecondPersonNeeded):
        open_apart(opening(hub, door), CHILD, what)
    assert door.asked == []


def test_after_a_quarter_of_an_hour_somebody_agrees_anew(hub: SmallHub, door: AtTheDoor) -> None:
    first = asked(hub, door)
    agree(hub, person(hub), first)
    hub.clock.forward(AGREED_FOR - timedelta(seconds=1))
    assert place_of(hub, door, wanted(hub)) == SAFE
    hub.clock.forward(timedelta(seconds=1))
    assert asked(hub, door) != first


@pytest.mark.parametrize("why", ["step_up", "same_person", "lapsed", "agreed"])
def test_nobody_agrees_who_may_not(hub: SmallHub, door: AtTheDoor, why: str) -> None:
    number, actor = asked(hub, door), DOT
    match why:
        case "same_person":
            actor = an_actor("priya", role=StaffRole.IG_OFFICER)
        case "lapsed":
            hub.clock.forward(PROPOSED_FOR)
        case "agreed":
            agree(hub, person(hub), number, IVY)
        case _:
            actor = DOT
    proved = hub.clock.now() - timedelta(minutes=5, seconds=1) if why == "step_up" else hub.clock.now()
    rows = tuple(row.values for fact in looks(hub) for row in project(fact, 1))
    before = kinds(hub)
    with pytest.raises(AgreementRefused, match=why):
        agree_opening(hub.reading(), rows, Second(actor, proved), number)
    assert kinds(hub) == before


@pytest.mark.parametrize("role", [StaffRole.PRACTITIONER, StaffRole.MASH_RESEARCHER])
def test_other_roles_agree_to_nothing_and_see_no_list(hub: SmallHub, door: AtTheDoor, role: StaffRole) -> None:
    number = asked(hub, door)
    other = an_actor("una", role=role)
    with pytest.raises(AccessRefused):
        agree(hub, person(hub), number, other)
    with pytest.raises(AccessRefused):
        list_to_agree(hub.reading(), (), other)
    assert "opening.agreed" not in kinds(hub)


def test_who_is_kept_from_the_child_agrees_to_nothing_of_it_and_does_not_see_it_listed(
    hub: SmallHub, door: AtTheDoor
) -> None:
    number = asked(hub, door)
    rows = tuple(row.values for fact in looks(hub) for row in project(fact, 1))
    assert [one.proposal_id for one in list_to_agree(hub.reading(), rows, DOT)] == [number]
    assert list_to_agree(hub.reading(), rows, PRIYA) == ()
    enrol_staff(hub.store, hub.clock, DOT, "Dot Invented", "")
    declare_conflict(hub.store, hub.clock, DOT, CHILD, of="dot", kind=ConflictKind.FRIEND)
    assert list_to_agree(hub.reading(), rows, DOT) == ()
    with pytest.raises(AccessRefused):
        agree(hub, person(hub), number)
    with pytest.raises(AccessRefused):
        agree(hub, person(hub), an_id("no such proposal"))
    assert "opening.agreed" not in kinds(hub)


@pytest.mark.parametrize("since", ["conflict", "left", "role"])
def test_who_may_not_agree_any_more_has_agreed_to_nothing(hub: SmallHub, door: AtTheDoor, since: str) -> None:
    enrol_staff(hub.store, hub.clock, DOT, "Dot Invented", "")
    first = asked(hub, door)
    agree(hub, person(hub), first)
    match since:
        case "conflict":
            declare_conflict(hub.store, hub.clock, DOT, CHILD, of="dot", kind=ConflictKind.FRIEND)
        case "left":
            leave_staff(hub.store, hub.clock, "dot")
        case _:
            change_role(hub.store, hub.clock, "dot", StaffRole.PRACTITIONER)
    assert asked(hub, door) != first
    assert door.asked == []


def test_one_person_opens_what_takes_one(hub: SmallHub, door: AtTheDoor) -> None:
    assert frozenset({Compartment.REFUGE}) == TWO_PEOPLE
    hub.receive(a_concern("C-3", tags=(SensitivityTag.ADOPTION,)))
    report = hub.store.read_history(person(hub)).linked()[-1].report_id
    what = replace(wanted(hub, name=Compartment.ADOPTION), report_id=report)
    held, decided = open_apart(opening(hub, door), CHILD, what)
    assert (decided.effect, decided.agreed, len(held.statements) > 0) == ("permitted", None, True)


def test_while_witnesses_are_silent_nobody_sees_what_waits(hub: SmallHub, door: AtTheDoor) -> None:
    asked(hub, door)
    rows = tuple(row.values for fact in looks(hub) for row in project(fact, 1))
    store = waiting(hub, lambda: WitnessState.REFUSE)
    for actor in (DOT, IVY):
        with pytest.raises(WaitsForWitnesses):
            list_to_agree(hub.reading(store), rows, actor)
