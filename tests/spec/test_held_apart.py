"""Where a protected person is, and who told and must not be known: sealed as it arrives, where no page can open it."""

import re
from pathlib import Path
from uuid import UUID

import pytest

from contracts import signature
from contracts.compartment import Compartment
from contracts.events.hub import ReportLinked
from contracts.identifiers import parse_identifier
from contracts.report import Code, Name, Person, Place, Report, Statement, Told
from contracts.signature import Signed
from contracts.vocabulary import PersonRole, Purpose, SensitivityTag, StatementKind, Telling
from hub.adapters.fact_codes import REPORT
from hub.adapters.sealing_mapper import Place as RowPlace
from hub.adapters.sealing_mapper import Stored
from hub.application.in_parts import WHOLE
from hub.application.ports import Stream
from hub.application.read_chronology import read_chronology
from hub.domain.chronology import Chronology
from hub.domain.compartments import HeldApart
from tests.support.given import ROBIN, WREN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub
from tests.support.unlisted import BY_A_TEST, unlisted

CANARY = "12 Canary Refuge Road"
SAFE = Place(text=f"{CANARY}, Leeds, LS1 4AP", postcode="LS1 4AP", uprn="100012345678")
HIDDEN = (SensitivityTag.ADDRESS_PROTECTED,)
FLED = a_child().model_copy(update={"address": SAFE})


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def person(hub: SmallHub, nhs: str = ROBIN) -> UUID:
    (found,) = hub.index.people_with("nhs", nhs)
    return found


def link(hub: SmallHub, nhs: str = ROBIN) -> ReportLinked:
    return hub.store.read_history(person(hub, nhs)).linked()[-1]


def rows(hub: SmallHub, nhs: str = ROBIN) -> tuple[Stored, ...]:
    stream = hub.store.stream_id(Stream.history(person(hub, nhs)))
    sealed = hub.store.read_history(person(hub, nhs)).sealed
    return tuple(Stored(RowPlace(stream, one.version, REPORT), one.state, one.position) for one in sealed)


def standard_text(hub: SmallHub, nhs: str = ROBIN) -> str:
    return b"".join(unlisted(hub.keyring).open_content(BY_A_TEST, rows(hub, nhs))).decode(errors="replace")


def opened(hub: SmallHub, name: Compartment, nhs: str = ROBIN) -> HeldApart:
    sealed = unlisted(hub.keyring).open_part(BY_A_TEST, rows(hub, nhs)[-1], name.value)
    return HeldApart.model_validate_json(
        hub.private.open((name,), name.value, link(hub, nhs).report_id, sealed), strict=False
    )


def read(hub: SmallHub, nhs: str = ROBIN) -> Chronology:
    return read_chronology(hub.reading(), an_actor(), parse_identifier(f"nhs:{nhs}"), Purpose.SECTION_47)


def test_a_protected_address_lies_in_the_refuge_compartment_and_nowhere_else(hub: SmallHub) -> None:
    hub.receive(a_concern(tags=HIDDEN, child=FLED, words=f"Seen crying at {CANARY.upper()}"))
    assert "canary" not in standard_text(hub).lower()
    assert "LS1 4AP" not in standard_text(hub)
    assert link(hub).held_apart == (Compartment.REFUGE,)
    held = opened(hub, Compartment.REFUGE)
    assert [one.place for one in held.addresses] == [SAFE]
    assert [one.value for one in held.statements] == [f"Seen crying at {CANARY.upper()}"]
    assert "Canary" not in repr(hub.store.read_history(person(hub)).facts)


def test_all_that_the_hub_holds_opens_neither_part(hub: SmallHub) -> None:
    hub.receive(a_concern(tags=HIDDEN, child=FLED))
    for name in ("refuge", WHOLE):
        sealed = unlisted(hub.keyring).open_part(BY_A_TEST, rows(hub)[-1], name)
        assert b"Canary" not in sealed
    secrets = [hub.keyring.secret(name) for name in ("compartment/refuge", "seal", "signing")]
    private = hub.private.keyring.secret("compartment/refuge")
    assert private not in secrets


def test_the_report_as_it_was_signed_is_kept_whole_and_proves_itself(hub: SmallHub) -> None:
    stated = a_concern(tags=(*HIDDEN, SensitivityTag.INFORMANT), child=FLED).model_copy(
        update={"people": (FLED, Person(ref="caller", role=PersonRole.WITNESS, names=(Name(text="A Neighbour"),)))}
    )
    hub.receive(stated)
    assert link(hub).held_apart == (Compartment.REFUGE, Compartment.SOURCE)
    sealed = unlisted(hub.keyring).open_part(BY_A_TEST, rows(hub)[-1], WHOLE)
    whole = hub.private.open(link(hub).held_apart, WHOLE, link(hub).report_id, sealed)
    jws, body = whole.split(b"\n", maxsplit=1)
    assert body == stated.to_bytes()
    keys = {hub.police.signing.key_id: hub.police.signing.private.public_key()}
    assert signature.verify(Signed(jws.decode(), body), keys).source == hub.police.source


def test_nothing_that_could_prove_a_guess_stands_in_the_open_part(hub: SmallHub) -> None:
    stated = a_concern(tags=HIDDEN, child=FLED)
    stated = stated.model_copy(update={"provenance": stated.provenance.model_copy(update={"native_sha256": "a" * 64})})
    hub.receive(stated)
    assert "a" * 64 not in standard_text(hub)
    assert standard_text(hub).count("eyJ") == 0  # no signature over the whole


def test_the_chronology_says_that_it_is_held_and_not_what(hub: SmallHub) -> None:
    hub.receive(a_concern(tags=HIDDEN, child=FLED, words="Seen crying at the gate"))
    (entry,) = read(hub).entries
    assert entry.held_apart == (Compartment.REFUGE,)
    assert [line.text for line in entry.facts] == ["Seen crying at the gate"]
    assert "Canary" not in repr(entry)


def test_an_informant_is_not_named_and_what_they_said_is_read(hub: SmallHub) -> None:
    caller = Person(ref="caller", role=PersonRole.WITNESS, names=(Name(text="Canary Neighbour"),))
    said = Statement(
        field="what_happened", kind=StatementKind.THIRD_PARTY, value="Shouting every night", said_by="Canary Neighbour"
    )
    stated = a_concern(tags=(SensitivityTag.INFORMANT,))
    hub.receive(stated.model_copy(update={"people": (*stated.people, caller), "statements": (said,)}))
    assert "Canary" not in standard_text(hub)
    assert "Canary" not in repr(read(hub))
    assert "Shouting every night" in repr(read(hub))
    held = opened(hub, Compartment.SOURCE)
    assert held.people == (caller,)
    assert held.statements == (said,)


WRITTEN = (
    "They are at LS1 4AP now",
    "now at ls14ap",
    "now at ls1\n4ap.",
    "now at L.S.1-4 A P",
    "now at ＬＳ１ ４ＡＰ",
    "property 100012345678",
)


@pytest.mark.parametrize("words", WRITTEN)
def test_another_childs_report_that_names_the_place_is_held_on_arrival(hub: SmallHub, words: str) -> None:
    hub.receive(a_concern(tags=HIDDEN, child=FLED))
    hub.receive(a_concern("H-1", a_child(WREN, given="Wren"), words=words), hub.health)
    assert link(hub, WREN).held_apart == (Compartment.REFUGE,)
    assert words not in repr(read(hub, WREN))
    assert words not in standard_text(hub, WREN)
    assert [one.value for one in opened(hub, Compartment.REFUGE, WREN).statements] == [words]


@pytest.mark.parametrize("words", [*WRITTEN, "she lives at 12 canary REFUGE road", "at 12, Canary Refuge-Road"])
def test_the_same_childs_report_that_names_the_place_is_held_on_arrival(hub: SmallHub, words: str) -> None:
    hub.receive(a_concern(tags=HIDDEN, child=FLED))
    hub.receive(a_concern("H-1", words=words), hub.health)
    assert link(hub).held_apart == (Compartment.REFUGE,)
    assert words not in repr(read(hub))


def test_a_report_of_a_protected_child_by_an_agency_that_does_not_know_is_held_too(hub: SmallHub) -> None:
    hub.receive(a_concern(tags=HIDDEN))
    moved = a_child().model_copy(update={"address": Place(text="99 Canary Lane", postcode="BD1 1AA")})
    hub.receive(a_concern("H-1", moved), hub.health)
    assert link(hub).held_apart == (Compartment.REFUGE,)
    assert "Canary" not in standard_text(hub)


def test_what_was_kept_before_the_place_was_protected_no_longer_names_it(hub: SmallHub) -> None:
    hub.receive(a_concern("C-0", words="Aunt lives at 12 Canary Refuge Road"))
    assert "Canary" in repr(read(hub))
    hub.receive(a_concern(tags=HIDDEN, child=FLED))
    assert "Canary" not in repr(read(hub))


SMALL_WREN = a_child(WREN, given="Wren")
HOUSED = SMALL_WREN.model_copy(update={"address": SAFE})
WHY = (Told(person="child", state=Telling.NOT_TOLD_SAFETY, reason="He would go to LS1 4AP"),)
NAMES_IT = re.compile("canary|ls1 ?4ap|100012345678", re.IGNORECASE)


@pytest.mark.parametrize(
    "earlier",
    [
        a_concern("W-1", SMALL_WREN, words="Now at ls14ap with an aunt"),
        a_concern("W-1", SMALL_WREN, words="Property 100012345678"),
        a_concern("W-1", SMALL_WREN, telling=WHY),
        a_concern("W-1", HOUSED, words=f"Seen at {CANARY}"),
    ],
)
def test_what_was_kept_of_another_child_before_no_longer_names_it(hub: SmallHub, earlier: Report) -> None:
    hub.receive(earlier)
    hub.receive(a_concern("W-2", SMALL_WREN, words="Seen crying at LS1 4AR"), hub.health)
    assert NAMES_IT.search(repr(read(hub, WREN)))
    hub.receive(a_concern(tags=HIDDEN, child=FLED))
    shown = repr(read(hub, WREN))
    assert not NAMES_IT.search(shown)
    assert "Seen crying at LS1 4AR" in shown


def test_other_places_stand_as_they_did(hub: SmallHub) -> None:
    hub.receive(a_concern(tags=HIDDEN, child=FLED))
    housed = a_child(WREN, given="Wren").model_copy(update={"address": Place(text="3 Hill Road", postcode="LS1 4AQ")})
    hub.receive(a_concern("H-1", housed, words="Seen at LS1 4AR"), hub.health)
    assert link(hub, WREN).held_apart == ()
    assert "3 Hill Road" in repr(read(hub, WREN))


def test_a_coded_statement_is_looked_through_too(hub: SmallHub) -> None:
    hub.receive(a_concern(tags=HIDDEN, child=FLED))
    stated = a_concern("H-1", a_child(WREN, given="Wren"))
    code = Code(system="local", code="1", display="Placed at LS1 4AP")
    said = stated.statements[0].model_copy(update={"value": None, "code": code})
    hub.receive(stated.model_copy(update={"statements": (said,)}), hub.health)
    assert "LS1 4AP" not in standard_text(hub, WREN)
