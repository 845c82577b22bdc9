"""Are lawful basis, confidentiality, agreement to a service and being told kept apart wherever they are shown?"""

from dataclasses import replace
from pathlib import Path

import pytest

from consent.circumstances import ServiceAgreement
from contracts.report import Report
from contracts.vocabulary import (
    Confidence,
    ConsentState,
    Purpose,
    Telling,
)
from hub.application.read_chronology import read_chronology
from hub.commands import chronology, share
from hub.domain import words
from hub.domain.disclosure import CLOSED_AT_ITS_SOURCE, NOT_AGREED
from hub.domain.share_note import share_note
from hub.web import said
from tests.support.given import a_concern, a_sound_basis
from tests.support.sharers import CHILD, MASH, SharingHub

BASIS = a_sound_basis().model_copy(
    update={"confidence": Confidence.PUBLIC_INTEREST, "consent": ConsentState.UNSAFE_TO_ASK}
)


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    """A hub without anything in it."""
    return SharingHub(tmp_path)


def on_consent(record: str = "C-1") -> Report:
    """An old record, imported: first collected on consent."""
    report = a_concern(record, basis=BASIS)
    return report.model_copy(update={"handling": report.handling.model_copy(update={"collected_on_consent": True})})


def test_the_chronology_gives_each_a_line_of_its_own(hub: SharingHub) -> None:
    hub.receive(a_concern(basis=BASIS))
    shown = read_chronology(hub.reading(), MASH, CHILD, Purpose.SECTION_47)
    lines = [line.strip() for line in chronology.lines(shown, hub.clock.now().date())]
    (basis,) = [line for line in lines if line.startswith("basis ")]
    (confidence,) = [line for line in lines if line.startswith("confidence ")]
    (told,) = [line for line in lines if line.startswith("told ")]
    assert "public interest" not in basis.replace("task of the controller in the public interest", "")
    assert "Overriding public interest" in confidence
    assert "consent: Asking would put someone at risk" in confidence
    assert "Told at the time" in told
    (entry,) = shown.entries
    assert "onfidence" not in said.basis(entry.bases[0])
    assert said.confidence(entry.bases[0]).startswith("Confidence: ")
    assert words.confidence(a_sound_basis()) == Confidence.NOT_ENGAGED.meaning


def test_a_share_and_its_note_give_each_a_place_of_its_own(hub: SharingHub) -> None:
    concern = a_concern(basis=BASIS)
    hub.receive(concern)
    fact = hub.share(replace(hub.asked(concern), service_agreement=ServiceAgreement.DECLINED))
    lines = [line.strip() for line in share.lines(fact)]
    assert any(line.startswith("basis child: ") for line in lines)
    assert any(line.startswith("confidence child: Overriding public interest") for line in lines)
    assert fact.service_agreement == "declined"
    assert fact.items[0].bases[0].consent is ConsentState.UNSAFE_TO_ASK
    (sent,) = hub.caught.sent
    assert [one.state for one in sent.telling] == [Telling.TOLD_AT]
    assert "declined" not in sent.model_dump_json()
    note = " ".join(share_note(fact).split())
    assert "Confidence: overriding public interest" in note
    assert "Whether the family agreed to a service: declined." in note


def test_a_service_that_was_declined_is_no_refusal_of_consent(hub: SharingHub) -> None:
    """The family said no to early help: routine sharing waits for a person, and where harm is feared nothing waits."""
    concern = a_concern(basis=BASIS)
    hub.receive(concern)
    early = hub.asked(concern, purpose=Purpose.EARLY_HELP)
    declined = replace(early, service_agreement=ServiceAgreement.DECLINED)
    refused = hub.share(declined)
    assert "service-declined" in [one.rule for one in refused.warnings]
    assert refused.effect == "refused"
    weighed = hub.share(replace(declined, acknowledged=frozenset({"service-declined"}), at=hub.clock.now()))
    assert "service-declined" in [one.rule for one in weighed.warnings]
    grave = hub.share(replace(hub.asked(concern), service_agreement=ServiceAgreement.DECLINED))
    assert grave.effect == "permitted"
    assert "service-declined" not in [one.rule for one in grave.warnings]


def test_what_was_collected_on_consent_keeps_its_mark_and_warns_when_it_is_used_again(hub: SharingHub) -> None:
    old = on_consent()
    receipt = hub.receive(old)
    assert "collected_on_consent" in [mark.code for mark in receipt.marks]
    shown = read_chronology(hub.reading(), MASH, CHILD, Purpose.SECTION_47)
    (mark,) = [mark for mark in shown.entries[0].marks if mark.code == "collected_on_consent"]
    assert said.mark(mark).startswith("First collected on consent. ")
    fact = hub.share(hub.asked(old))
    assert "collected-on-consent" in [one.rule for one in fact.warnings]
    assert fact.effect == "permitted"
    other = a_concern("C-2", basis=BASIS)
    assert "collected_on_consent" not in [mark.code for mark in hub.receive(other).marks]
    assert "collected-on-consent" not in [one.rule for one in hub.share(hub.asked(other)).warnings]


@pytest.mark.parametrize(
    ("purpose", "urgent", "goes"),
    [(Purpose.SECTION_17, False, False), (Purpose.SECTION_17, True, True), (Purpose.SECTION_47, False, True)],
)
def test_what_came_under_an_agreement_past_its_review_moves_on_only_to_protect(
    hub: SharingHub, purpose: Purpose, urgent: bool, goes: bool
) -> None:
    concern = a_concern(basis=BASIS)
    hub.receive(concern)
    asked = hub.asked(concern, purpose=purpose, urgent=urgent)
    fact = hub.share(replace(asked, closed=frozenset({hub.police.source})))
    assert (fact.effect == "permitted") is goes
    assert fact.marks == (CLOSED_AT_ITS_SOURCE,)
    assert (NOT_AGREED in [one.reason for one in fact.withheld]) is not goes
    open_now = hub.share(replace(hub.asked(concern, purpose=purpose, urgent=urgent), closed=frozenset({"another"})))
    assert (open_now.effect, open_now.marks) == ("permitted", ())
