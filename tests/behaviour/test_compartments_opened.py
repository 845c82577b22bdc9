"""Is what is held apart opened only by its own process, for a fresh and kept decision of the right person, and once?"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts import signature
from contracts.catalogue import wire_type
from contracts.compartment import Compartment
from contracts.events.compartment import CompartmentAsked
from contracts.events.erasure import SaidBy
from contracts.events.hub import Actor
from contracts.identifiers import parse_identifier
from contracts.report import Place
from contracts.signature import Attributes, Signed, SigningKey
from contracts.vocabulary import Purpose, SensitivityTag, StaffRole
from hub.adapters import compartment_opener
from hub.adapters.compartment_door import SocketDoor, serve
from hub.adapters.compartment_opener import request_of
from hub.adapters.own_hand import HUB_SOURCE, HUB_TOPIC
from hub.application.in_parts import SealedPart
from hub.application.open_apart import Door, OpeningApart, open_apart
from hub.application.permit import Act
from hub.application.ports import Entry, Stream
from hub.domain.compartment_access import Wanted
from hub.domain.compartments import HeldApart
from hub.domain.errors import AccessRefused, NotPermitted, StoreUnavailable, WaitsForWitnesses
from hub.domain.witnessed import WitnessState
from hub.views.openings import project, seen_by
from tests.support.at_the_door import AtTheDoor, opened, service_of
from tests.support.given import ROBIN, a_child, a_concern, an_actor, an_id
from tests.support.processes import until
from tests.support.second_person import DOT, agree, proposed
from tests.support.small_hub import SmallHub
from tests.support.unwitnessed import waiting

CHILD = parse_identifier(f"nhs:{ROBIN}")
SAFE = Place(text="12 Canary Refuge Road, Leeds", postcode="LS1 4AP")


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    made = SmallHub(tmp_path)
    tags = (SensitivityTag.ADDRESS_PROTECTED, SensitivityTag.INFORMANT)
    made.receive(a_concern(tags=tags, child=a_child().model_copy(update={"address": SAFE})))
    return made


def report_of(hub: SmallHub) -> UUID:
    return hub.store.read_history(person(hub)).linked()[0].report_id


def person(hub: SmallHub) -> UUID:
    (found,) = hub.index.people_with("nhs", ROBIN)
    return found


def wanted(hub: SmallHub, actor: Actor | None = None, purpose: Purpose = Purpose.SECTION_47) -> Wanted:
    return Wanted(actor or an_actor(), purpose, report_of(hub), Compartment.REFUGE, hub.clock.now())


def ask(hub: SmallHub, door: Door, what: Wanted, *, agreed: bool = False) -> HeldApart:
    """What is opened, once a second person has agreed (`agreed`: one did before)."""
    opening = OpeningApart(hub.reading(), hub.store, door)
    if not agreed:
        agree(hub, person(hub), proposed(opening, CHILD, what))
    return open_apart(opening, CHILD, what)[0]


def decisions(hub: SmallHub) -> list[CompartmentAsked]:
    """What was decided, but for what only waited for a second person."""
    facts = hub.store.read_stream(Stream.access(person(hub)))
    return [fact for fact in facts if isinstance(fact, CompartmentAsked) and fact.reason != "second_person"]


def test_it_is_opened_on_record_and_its_owner_is_told(hub: SmallHub) -> None:
    door = AtTheDoor(hub)
    held = ask(hub, door, wanted(hub))
    assert [one.place for one in held.addresses] == [SAFE]
    (decided,) = decisions(hub)
    assert (decided.effect, decided.owner) == ("permitted", hub.police.source)
    assert decided.compartment is Compartment.REFUGE
    rows = [row.values for row in project(decided, 7)]
    officer = an_actor("ivy", agency="police", role=StaffRole.MASH_RESEARCHER)
    assert [one.permitted for one in seen_by(officer, rows)] == [True]
    assert seen_by(an_actor(agency="health"), rows) == ()
    (line,) = hub.private.keyring.openings.lines()
    assert (line.opening.decision_id, line.compartment) == (decided.decision_id, "refuge")


def test_it_waits_for_witnesses_and_the_door_is_not_asked(hub: SmallHub) -> None:
    door, store = AtTheDoor(hub), waiting(hub, lambda: WitnessState.REFUSE)
    with pytest.raises(WaitsForWitnesses):
        open_apart(OpeningApart(hub.reading(store), store, door), CHILD, wanted(hub))
    assert door.asked == []
    assert [fact.effect for fact in decisions(hub)] == ["refused"]


@pytest.mark.parametrize(
    "how", ["role", "purpose", "no step up", "old step up", "step up to come", "not held", "report"]
)
def test_whoever_may_not_is_refused_on_record_and_the_door_is_not_asked(hub: SmallHub, how: str) -> None:
    door, asked = AtTheDoor(hub), wanted(hub)
    match how:
        case "role":
            asked = wanted(hub, an_actor(role=StaffRole.MASH_RESEARCHER))
        case "purpose":
            asked = wanted(hub, purpose=Purpose.SECTION_17)
        case "no step up":
            asked = replace(asked, stepped_up_at=None)
        case "old step up":
            asked = replace(asked, stepped_up_at=hub.clock.now() - timedelta(minutes=5, seconds=1))
        case "step up to come":
            asked = replace(asked, stepped_up_at=hub.clock.now() + timedelta(seconds=1))
        case "not held":
            asked = replace(asked, compartment=Compartment.SOURCE)
        case _:
            asked = replace(asked, report_id=an_id("another"))
    with pytest.raises(AccessRefused):
        ask(hub, door, asked)
    assert door.asked == []
    assert [one.effect for one in decisions(hub)] == ["refused"]


def test_a_child_who_is_not_there_is_answered_alike(hub: SmallHub) -> None:
    opening = OpeningApart(hub.reading(), hub.store, AtTheDoor(hub))
    with pytest.raises(AccessRefused) as stranger:
        open_apart(opening, parse_identifier("nhs:9990001022"), wanted(hub))
    with pytest.raises(AccessRefused) as nothing:
        open_apart(opening, CHILD, replace(wanted(hub), report_id=an_id("another")))
    assert (str(stranger.value), stranger.value.on_record) == (str(nothing.value), nothing.value.on_record)


def asked_once(hub: SmallHub) -> tuple[AtTheDoor, SealedPart]:
    door = AtTheDoor(hub)
    ask(hub, door, wanted(hub))
    return door, door.asked[0]


def test_one_decision_opens_once_also_after_the_process_began_again(hub: SmallHub) -> None:
    door, part = asked_once(hub)
    for service in (door.service, service_of(hub)):
        with pytest.raises(NotPermitted, match="opened_before"):
            opened(service.answer(request_of(part.decision, part.sealed)))


def signed(hub: SmallHub, fact: CompartmentAsked, key: Ed25519PrivateKey | None = None) -> Signed:
    own = Ed25519PrivateKey.from_private_bytes(hub.keyring.secret("signing"))
    attributes = Attributes(an_id("rogue"), HUB_SOURCE, wire_type(CompartmentAsked), HUB_TOPIC, hub.clock.now())
    return signature.sign(fact.to_bytes(), attributes, SigningKey("hub-1", key or own))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"effect": "refused", "reason": "law"}, "not_permitted"),
        ({"compartment": Compartment.STANDARD}, "not_permitted"),
        ({"stepped_up_at": None}, "step_up"),
        ({"report_id": an_id("another report")}, "compartment_part"),
        ({"compartment": Compartment.SOURCE}, "compartment_key"),
        ({"at": "old"}, "not_fresh"),
        ({"agreed": None}, "second_person"),
        ({"agreed": "oneself"}, "second_person"),
        ({"agreed": "long ago"}, "second_person"),
    ],
    ids=str,
)
def test_the_door_does_not_open_by_another_decision(hub: SmallHub, change: dict[str, object], code: str) -> None:
    door, part = asked_once(hub)
    if change == {"at": "old"}:
        old: datetime = hub.clock.now() - timedelta(seconds=61)
        change = {"at": old}
    if change == {"agreed": "oneself"}:
        change = {"agreed": SaidBy(by=an_actor(), at=hub.clock.now())}
    if change == {"agreed": "long ago"}:
        change = {"agreed": SaidBy(by=DOT, at=hub.clock.now() - timedelta(minutes=21))}
    fact = decisions(hub)[0].model_copy(update={"decision_id": an_id("new"), **change})
    with pytest.raises(NotPermitted, match=code):
        opened(door.service.answer(request_of(signed(hub, fact), part.sealed)))


def test_the_door_does_not_open_by_a_signature_that_is_not_the_hubs(hub: SmallHub) -> None:
    door, part = asked_once(hub)
    fact = decisions(hub)[0].model_copy(update={"decision_id": an_id("new")})
    with pytest.raises(NotPermitted, match="sig_"):
        opened(door.service.answer(request_of(signed(hub, fact, Ed25519PrivateKey.generate()), part.sealed)))
    for nonsense in (b"", b"{}", b"[]", b'{"jws": 1}'):
        assert "refused" in json.loads(door.service.answer(nonsense))


def test_whoever_holds_the_hubs_own_keys_opens_no_more_than_so_many_and_is_on_the_ledger(hub: SmallHub) -> None:
    door, part = asked_once(hub)
    fact = decisions(hub)[0]
    outcomes = []
    for number in range(compartment_opener.MOST_IN_AN_HOUR + 3):
        rogue = fact.model_copy(update={"decision_id": an_id(f"rogue {number}")})
        outcomes.append(json.loads(door.service.answer(request_of(signed(hub, rogue), part.sealed))))
    assert [one.get("refused") for one in outcomes[-4:]] == ["too_many"] * 4
    known = {one.decision_id for one in decisions(hub)}
    lines = list(hub.private.keyring.openings.lines())
    rogues = [line for line in lines if line.opening.decision_id not in known]
    assert len(rogues) == compartment_opener.MOST_IN_AN_HOUR - 1


def test_a_look_at_the_chronology_opens_no_part_and_the_other_way_round(hub: SmallHub) -> None:
    history = hub.store.read_history(person(hub))
    decided = decisions_after_asking(hub)
    fact = decided.model_copy(update={"decision_id": an_id("again"), "history_version": history.version})
    entry = Entry(Stream.access(history.person_id), fact.decision_id, fact)
    kept = hub.store.keep((entry,), seen=((Stream.history(history.person_id), history.version),))
    assert kept.permit is not None
    assert hub.store.sealed_part(history, kept.permit, report_of(hub)).sealed
    with pytest.raises(NotPermitted):
        hub.store.open_reports(history, kept.permit, Act.SHOW)
    with pytest.raises(NotPermitted):
        hub.store.sealed_part(history, replace(kept.permit, apart="source"), report_of(hub))


def decisions_after_asking(hub: SmallHub) -> CompartmentAsked:
    asked_once(hub)
    return decisions(hub)[0]


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder with a short name: a socket's may have 107 bytes."""
    with TemporaryDirectory(prefix="door-") as folder:
        yield Path(folder)


def test_over_a_socket_by_a_thread_of_its_own(hub: SmallHub, short: Path) -> None:
    path, stopping = short / "s", Event()
    answering = Thread(target=serve, args=(service_of(hub), path, stopping), daemon=True)
    with pytest.raises(StoreUnavailable):
        ask(hub, SocketDoor(path), wanted(hub))
    assert not SocketDoor(path).answers()
    answering.start()
    try:
        until(lambda: SocketDoor(path).answers() or None, "a socket that answers")
        assert ask(hub, SocketDoor(path), wanted(hub), agreed=True).addresses[0].place == SAFE
        assert path.stat().st_mode & 0o007 == 0
        with pytest.raises(StoreUnavailable):
            serve(service_of(hub), path, Event())
    finally:
        stopping.set()
        answering.join()
    assert not path.exists()
