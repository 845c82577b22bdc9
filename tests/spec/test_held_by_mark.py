"""Is what is marked, coded or known of staff held apart as it arrives, each in its own compartment and nothing more?"""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from contracts.compartment import Compartment
from contracts.events.access import TieKind
from contracts.events.need import ConflictKind
from contracts.events.probation import RiskRegisterAdded
from contracts.events.shared import ConcernRaised
from contracts.identifiers import Scheme, identifier, parse_identifier
from contracts.report import Code, Name, Person, Place, Statement, Told
from contracts.vocabulary import PersonRole, Purpose, RestrictedKind, SensitivityTag, StaffRole, StatementKind, Telling
from hub.adapters.fact_codes import REPORT
from hub.adapters.sealing_mapper import Place as RowPlace
from hub.adapters.sealing_mapper import Stored
from hub.application.enrol import enrol_staff
from hub.application.keep_apart import declare_conflict
from hub.application.ports import Stream
from hub.application.read_chronology import read_chronology
from hub.application.tie_staff import tie_staff
from hub.domain.chronology import Chronology
from hub.domain.compartments import CLOSED, HeldApart
from hub.domain.held_words import held, lines
from tests.support.given import ROBIN, WREN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub
from tests.support.unlisted import BY_A_TEST, unlisted

OPINION = StatementKind.PROFESSIONAL_OPINION
ADOPTED = (SensitivityTag.ADOPTION,)
CANARY = "Canary words nobody else says"


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def person(hub: SmallHub, nhs: str = ROBIN) -> UUID:
    (found,) = hub.index.people_with("nhs", nhs)
    return found


def held_apart(hub: SmallHub, nhs: str = ROBIN) -> tuple[Compartment, ...]:
    return hub.store.read_history(person(hub, nhs)).linked()[-1].held_apart


def row(hub: SmallHub, nhs: str = ROBIN) -> Stored:
    history = hub.store.read_history(person(hub, nhs))
    one, stream = history.sealed[-1], hub.store.stream_id(Stream.history(history.person_id))
    return Stored(RowPlace(stream, one.version, REPORT), one.state, one.position)


def open_to_the_hub(hub: SmallHub, nhs: str = ROBIN) -> str:
    return unlisted(hub.keyring).open_content(BY_A_TEST, (row(hub, nhs),))[0].decode(errors="replace")


def apart(hub: SmallHub, name: Compartment, nhs: str = ROBIN) -> HeldApart:
    """What is held apart in it, by the keys of that one compartment and no other."""
    report_id = hub.store.read_history(person(hub, nhs)).linked()[-1].report_id
    sealed = unlisted(hub.keyring).open_part(BY_A_TEST, row(hub, nhs), name.value)
    return HeldApart.model_validate_json(hub.private.open((name,), name.value, report_id, sealed), strict=False)


def read(hub: SmallHub, nhs: str = ROBIN) -> Chronology:
    return read_chronology(hub.reading(), an_actor(), parse_identifier(f"nhs:{nhs}"), Purpose.SECTION_47)


def coded(system: str, code: str, says: str) -> Statement:
    return Statement(field="category", kind=OPINION, code=Code(system=system, code=code, display=says))


def restricted(kind: RestrictedKind) -> ConcernRaised:
    stated = a_concern(words=CANARY)
    return stated.model_copy(update={"handling": stated.handling.model_copy(update={"restricted": (kind,)})})


def on_the_register(code: str) -> RiskRegisterAdded:
    stated = a_concern()
    said = tuple(
        Statement(field=field, kind=OPINION, code=Code(system=f"hmpps:{field}", code=each, display="Canary entry"))
        for field, each in (("register", code), ("level", "RMRH"))
    )
    shape = {name: getattr(stated, name) for name in type(stated).model_fields}
    return RiskRegisterAdded.model_validate({**shape, "statements": said})


@pytest.mark.parametrize("answer", ["referred", "not referred"])
def test_whether_a_conference_was_asked_for_goes_apart_yes_or_no_and_the_grade_of_the_risk_stays(
    hub: SmallHub, answer: str
) -> None:
    stated = a_concern(words="Shouting heard from the street")
    grades = (coded("hexley:officer-grade", "high", "high by the officer"), coded("hexley:marac", answer, answer))
    hub.receive(stated.model_copy(update={"statements": (*stated.statements, *grades)}))
    assert held_apart(hub) == (Compartment.MARAC,)
    assert answer not in open_to_the_hub(hub)
    assert [one.code for one in apart(hub, Compartment.MARAC).statements] == [grades[1].code]
    shown = repr(read(hub))
    assert "high by the officer" in shown
    assert "Shouting heard from the street" in shown


def test_an_entry_on_the_register_of_conferences_goes_apart_whole_and_another_stays(hub: SmallHub) -> None:
    hub.receive(on_the_register("IMAR"))
    assert held_apart(hub) == (Compartment.MARAC,)
    assert "Canary" not in open_to_the_hub(hub)
    assert {one.field for one in apart(hub, Compartment.MARAC).statements} == {"register", "level"}


def test_an_entry_on_another_register_is_read(hub: SmallHub) -> None:
    hub.receive(on_the_register("RCCO"))
    assert held_apart(hub) == ()
    assert "Canary entry" in repr(read(hub))


def test_of_an_adoption_only_the_child_and_the_day_are_left(hub: SmallHub) -> None:
    home = Place(text="7 Canary Drive", postcode="LS1 4AP")
    mother = Person(
        ref="mother",
        role=PersonRole.PARENT_OR_CARER,
        names=(Name(text="Canary Mother"),),
        identifiers=(identifier(Scheme.NHS_NUMBER, WREN),),
        relationship="Canary relationship",
    )
    child = a_child().model_copy(update={"address": home})
    told = (Told(person="mother", state=Telling.NOT_TOLD_SAFETY, reason="Canary reason"),)
    stated = a_concern(child=child, words=CANARY, tags=ADOPTED)
    hub.receive(stated.model_copy(update={"people": (child, mother), "place": home, "telling": told}))
    assert held_apart(hub) == (Compartment.ADOPTION,)
    left = open_to_the_hub(hub)
    assert ("Canary" not in left, WREN not in left, "LS1 4AP" not in left) == (True, True, True)
    held = apart(hub, Compartment.ADOPTION)
    assert (held.place, held.addresses[0].place, held.people[0].names[0].text) == (home, home, "Canary Mother")
    assert "Canary" not in repr(read(hub))
    assert "Robin" in repr(read(hub).names)
    assert "Canary" not in repr(hub.store.read_history(person(hub)).facts)


@pytest.mark.parametrize("kind", RestrictedKind)
def test_what_other_law_holds_back_goes_apart(hub: SmallHub, kind: RestrictedKind) -> None:
    hub.receive(restricted(kind))
    own = Compartment.ADOPTION if kind is RestrictedKind.ADOPTION_RECORD else Compartment.RESTRICTED
    assert held_apart(hub) == (own,)
    assert CANARY not in open_to_the_hub(hub)
    assert [one.value for one in apart(hub, own).statements] == [CANARY]


def test_a_report_marked_as_of_staff_goes_apart(hub: SmallHub) -> None:
    hub.receive(a_concern(words=CANARY, tags=(SensitivityTag.RESTRICTED_PERSON,)))
    assert held_apart(hub) == (Compartment.STAFF_SUBJECT,)
    assert CANARY not in open_to_the_hub(hub)
    assert [one.value for one in apart(hub, Compartment.STAFF_SUBJECT).statements] == [CANARY]


def a_tie(kind: TieKind) -> Callable[[SmallHub], None]:
    def tell(hub: SmallHub) -> None:
        tie_staff(hub.store, hub.clock, an_actor("sam"), "sam", (kind, f"nhs:{ROBIN}"))

    return tell


def a_conflict(kind: ConflictKind) -> Callable[[SmallHub], None]:
    def declare(hub: SmallHub) -> None:
        officer = an_actor("ivy", role=StaffRole.IG_OFFICER)
        declare_conflict(hub.store, hub.clock, officer, parse_identifier(f"nhs:{ROBIN}"), of="sam", kind=kind)

    return declare


@pytest.mark.parametrize(
    ("tell", "names"),
    [
        (a_tie(TieKind.CHILD), (Compartment.STAFF_SUBJECT,)),
        (a_tie(TieKind.OWN_RECORD), (Compartment.STAFF_SUBJECT,)),
        (a_conflict(ConflictKind.FAMILY), (Compartment.STAFF_SUBJECT,)),
        (a_conflict(ConflictKind.HOUSEHOLD), (Compartment.STAFF_SUBJECT,)),
        (a_conflict(ConflictKind.DISPUTE), ()),
        (lambda _hub: None, ()),
    ],
)
def test_whom_the_registry_knows_as_staff_or_theirs_goes_apart(
    hub: SmallHub, tell: Callable[[SmallHub], None], names: tuple[Compartment, ...]
) -> None:
    enrol_staff(hub.store, hub.clock, an_actor("sam"), "Sam Invented", "hash")
    tell(hub)
    hub.receive(a_concern(words=CANARY))
    assert held_apart(hub) == names
    assert (CANARY in open_to_the_hub(hub)) is (names == ())


def test_a_member_of_staff_who_is_named_in_somebody_elses_report_is_found_too(hub: SmallHub) -> None:
    enrol_staff(hub.store, hub.clock, an_actor("sam"), "Sam Invented", "hash")
    a_tie(TieKind.OWN_RECORD)(hub)
    parent = Person(ref="parent", role=PersonRole.PARENT_OR_CARER, identifiers=(identifier(Scheme.NHS_NUMBER, ROBIN),))
    child = a_child(WREN, given="Wren")
    hub.receive(a_concern(child=child, words=CANARY).model_copy(update={"people": (child, parent)}))
    assert held_apart(hub, WREN) == (Compartment.STAFF_SUBJECT,)


def test_one_report_in_several_compartments_has_each_part_in_its_own(hub: SmallHub) -> None:
    hidden = SensitivityTag.ADDRESS_PROTECTED
    child = a_child().model_copy(update={"address": Place(text="7 Canary Drive", postcode="LS1 4AP")})
    stated = a_concern(child=child, words="Seen at LS1 4AP", said=CANARY, tags=(hidden, *ADOPTED))
    hub.receive(stated)
    assert held_apart(hub) == (Compartment.REFUGE, Compartment.ADOPTION)
    assert [one.value for one in apart(hub, Compartment.REFUGE).statements] == ["Seen at LS1 4AP"]
    assert [one.value for one in apart(hub, Compartment.ADOPTION).statements] == [CANARY]


def test_every_compartment_has_a_sentence_that_says_whom_to_call(hub: SmallHub) -> None:
    said = [held(one, "Hexley Police") for one in CLOSED]
    assert len(set(said)) == len(CLOSED)
    assert all("Held by Hexley Police: call them" in one for one in said)


def test_what_was_opened_says_who_said_it_apart_from_what_was_said() -> None:
    said = Statement(field="what_happened", kind=StatementKind.ALLEGATION, value="He left.", said_by="mother")
    named = Statement(field="reported_by", kind=StatementKind.FACT_RECORDED, value="neighbour")
    assert lines(HeldApart(statements=(said, named))) == (
        "what happened: He left. (said by mother)",
        "reported by: neighbour",
    )
