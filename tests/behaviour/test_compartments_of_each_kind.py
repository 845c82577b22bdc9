"""Does each compartment open for its own work and no other, never against other law; does an older hub get new keys?"""

import json
from pathlib import Path

import pytest

from contracts.compartment import Compartment
from contracts.events.compartment import CompartmentAsked
from contracts.identifiers import parse_identifier
from contracts.report import Code, Report, Statement
from contracts.vocabulary import Purpose, RestrictedKind, SensitivityTag, StatementKind
from hub.adapters.compartment_keys import CompartmentKeys, public_compartments
from hub.application.open_apart import OpeningApart, open_apart
from hub.application.ports import Stream
from hub.domain.compartment_access import Wanted
from hub.domain.compartments import CLOSED, HeldApart
from hub.domain.errors import AccessRefused, StoreUnavailable
from tests.support.at_the_door import AtTheDoor
from tests.support.given import ROBIN, a_concern, an_actor, an_id
from tests.support.small_hub import SmallHub

CHILD = parse_identifier(f"nhs:{ROBIN}")
WORDS = "Seen crying at the gate"


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def of_a_conference() -> Report:
    code = Code(system="hexley:marac", code="referred", display="referred")
    said = Statement(field="category", kind=StatementKind.PROFESSIONAL_OPINION, code=code)
    stated = a_concern()
    return stated.model_copy(update={"statements": (*stated.statements, said)})


def under(kind: RestrictedKind) -> Report:
    stated = a_concern()
    return stated.model_copy(update={"handling": stated.handling.model_copy(update={"restricted": (kind,)})})


REPORTS = {
    Compartment.MARAC: of_a_conference(),
    Compartment.ADOPTION: a_concern(tags=(SensitivityTag.ADOPTION,)),
    Compartment.STAFF_SUBJECT: a_concern(tags=(SensitivityTag.RESTRICTED_PERSON,)),
}


def ask(hub: SmallHub, report: Report, name: Compartment, purpose: Purpose) -> tuple[HeldApart, CompartmentAsked]:
    hub.receive(report)
    (person,) = hub.index.people_with("nhs", ROBIN)
    report_id = hub.store.read_history(person).linked()[-1].report_id
    wanted = Wanted(an_actor(), purpose, report_id, name, hub.clock.now())
    return open_apart(OpeningApart(hub.reading(), hub.store, AtTheDoor(hub)), CHILD, wanted)


def refusal(hub: SmallHub) -> str:
    (person,) = hub.index.people_with("nhs", ROBIN)
    (fact,) = (one for one in hub.store.read_stream(Stream.access(person)) if isinstance(one, CompartmentAsked))
    return fact.reason


@pytest.mark.parametrize("name", REPORTS)
def test_each_opens_to_who_decides_for_an_enquiry_and_its_owner_is_named(hub: SmallHub, name: Compartment) -> None:
    held, decided = ask(hub, REPORTS[name], name, Purpose.SECTION_47)
    assert len(held.statements) == 1
    assert (decided.effect, decided.owner, decided.compartment) == ("permitted", hub.police.source, name)


@pytest.mark.parametrize(
    ("name", "opens"), [(Compartment.MARAC, True), (Compartment.STAFF_SUBJECT, True), (Compartment.ADOPTION, False)]
)
def test_a_child_in_need_is_reason_enough_for_some(hub: SmallHub, name: Compartment, opens: bool) -> None:
    if opens:
        assert ask(hub, REPORTS[name], name, Purpose.SECTION_17)[1].effect == "permitted"
        return
    with pytest.raises(AccessRefused):
        ask(hub, REPORTS[name], name, Purpose.SECTION_17)
    assert refusal(hub) == "purpose"


@pytest.mark.parametrize("kind", RestrictedKind)
def test_what_other_law_holds_back_does_not_open_here(hub: SmallHub, kind: RestrictedKind) -> None:
    name = Compartment.ADOPTION if kind is RestrictedKind.ADOPTION_RECORD else Compartment.RESTRICTED
    with pytest.raises(AccessRefused):
        ask(hub, under(kind), name, Purpose.SECTION_47)
    assert refusal(hub) == "law"


def of_an_older_release(home: Path) -> Path:
    """The file of public keys as it was when there were two compartments."""
    public_compartments(home)
    path = home / "compartments.json"
    held = json.loads(path.read_text())
    path.write_text(json.dumps({name: held[name] for name in ("form", "refuge", "source")}))
    return path


def test_a_hub_on_one_machine_gets_the_keys_that_an_older_release_did_not_have(tmp_path: Path) -> None:
    path = of_an_older_release(tmp_path)
    older = json.loads(path.read_text())
    public, own = public_compartments(tmp_path), CompartmentKeys(tmp_path / "compartments")
    assert {name.value for name in CLOSED} | {"form"} == set(json.loads(path.read_text()))
    assert older.items() <= json.loads(path.read_text()).items()
    for name in CLOSED:
        sealed = public.seal((name,), name.value, an_id("report"), WORDS.encode())
        assert own.open((name,), name.value, an_id("report"), sealed) == WORDS.encode()


def test_where_another_machine_opens_them_the_hub_waits_for_its_new_keys(tmp_path: Path) -> None:
    here, there = tmp_path / "hub", tmp_path / "process"
    here.mkdir()
    of_an_older_release(there).rename(here / "compartments.json")
    before = (here / "compartments.json").read_text()
    with pytest.raises(StoreUnavailable, match="compartment_keys_older"):
        public_compartments(here)
    CompartmentKeys(here / "compartments")  # a stray folder of other keys changes nothing
    with pytest.raises(StoreUnavailable, match="compartment_keys_older"):
        public_compartments(here)
    assert (here / "compartments.json").read_text() == before
    (here / "compartments.json").write_bytes(CompartmentKeys(there / "compartments").public.written())
    assert public_compartments(here).agrees_with({})
