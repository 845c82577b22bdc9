"""What a reader must not see is withheld and said to be withheld: a protected place, what an agency may not see."""

from pathlib import Path

import pytest

from contracts.events.hub import Actor
from contracts.events.shared import ConcernRaised
from contracts.identifiers import parse_identifier
from contracts.report import Place
from contracts.vocabulary import AgencyKind, FieldClass, Purpose, SensitivityTag, StaffRole
from hub.application.read_chronology import read_chronology
from hub.domain.chronology import Chronology
from hub.domain.kept_from import UNKNOWN
from hub.domain.kept_from import kept_from as whom_it_is_kept_from
from hub.domain.silence import SilenceKind
from tests.support.given import ROBIN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub

MASH = an_actor()
RESEARCHER = an_actor("tom", "police", AgencyKind.POLICE, StaffRole.MASH_RESEARCHER)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def read(hub: SmallHub, actor: Actor = MASH) -> Chronology:
    return read_chronology(hub.reading(), actor, parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47)


def at_a_place(*tags: SensitivityTag) -> ConcernRaised:
    child = a_child().model_copy(update={"address": Place(text="14 CANARY Lane")})
    return a_concern(child=child, tags=tags).model_copy(update={"place": Place(text="12 CANARY Road")})


def kept_from(*whom: str, words: str = "CANARY") -> ConcernRaised:
    report = a_concern("H-1", words=words)
    return report.model_copy(update={"handling": report.handling.model_copy(update={"not_to_be_seen_by": whom})})


def test_a_place_that_nothing_protects_is_shown(hub: SmallHub) -> None:
    hub.receive(at_a_place(SensitivityTag.OFFICIAL_SENSITIVE))
    (entry,) = read(hub).entries
    assert entry.place == Place(text="12 CANARY Road")
    assert [person.address for person in entry.people] == [Place(text="14 CANARY Lane")]


def test_a_protected_place_is_withheld_wherever_it_stands_and_said_to_be(hub: SmallHub) -> None:
    hub.receive(at_a_place(SensitivityTag.ADDRESS_PROTECTED))
    (entry,) = read(hub).entries
    assert entry.place is None
    assert [person.address for person in entry.people] == [None]
    assert "CANARY" not in repr(entry)
    assert FieldClass.LOCATION in {one.content for one in entry.withheld}


def test_what_an_agency_is_not_to_see_is_not_shown_to_its_staff_and_is_not_called_nothing(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", words="of the police"))
    hub.receive(kept_from(MASH.agency), hub.health)
    shown = read(hub)
    assert "CANARY" not in repr(shown)
    assert [entry.source for entry in shown.entries] == [hub.police.source]
    assert {one.source: one.kind for one in shown.silences}[hub.health.source] is SilenceKind.WITHHELD


def test_what_another_agency_is_not_to_see_is_shown(hub: SmallHub) -> None:
    hub.receive(kept_from(hub.police.source), hub.health)
    assert "CANARY" in repr(read(hub).entries)


@pytest.mark.parametrize("name", ["police", " Police ", "urn:childhub:agency:POLICE"])
def test_an_agency_named_without_its_urn_is_barred_all_the_same(hub: SmallHub, name: str) -> None:
    receipt = hub.receive(kept_from(name), hub.health)
    assert UNKNOWN.code not in {mark.code for mark in receipt.marks}
    hub.receive(a_concern("P-1", words="of the police"))  # so that its researcher may look at all
    assert "CANARY" not in repr(read(hub, RESEARCHER))
    assert "CANARY" in repr(read(hub))


@pytest.mark.parametrize("name", ["social-care", "social_care", "Social Care", "Children's Social Care"])
def test_every_usual_name_of_an_agency_means_its_source(hub: SmallHub, name: str) -> None:
    names = {"agency": "social_care", "source": MASH.agency, "title": "Children's Social Care"}
    agreement = hub.police.agreement().model_copy(update=names)
    assert whom_it_is_kept_from(kept_from(name, "child"), (agreement,)).whom == (MASH.agency, "child")


@pytest.mark.parametrize("name", ["the father's brother", "urn:childhub:agency:nobody", ""])
def test_somebody_whom_nobody_knows_is_told_to_the_sender_and_marked(hub: SmallHub, name: str) -> None:
    receipt = hub.receive(kept_from(name), hub.health)
    assert receipt.outcome == "accepted"
    assert UNKNOWN in receipt.marks
    assert name not in {mark.code for mark in receipt.marks}
    (entry,) = read(hub).entries
    assert UNKNOWN in entry.marks


@pytest.mark.parametrize("whom", [(), ("child",), ("urn:childhub:agency:police",), ("police", "child")])
def test_whoever_is_known_here_gets_no_mark(hub: SmallHub, whom: tuple[str, ...]) -> None:
    receipt = hub.receive(kept_from(*whom), hub.health)
    assert UNKNOWN.code not in {mark.code for mark in receipt.marks}
