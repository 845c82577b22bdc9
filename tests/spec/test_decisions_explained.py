"""Does the note on a kept decision say what was held back and why, whatever kind of decision it is?"""

from dataclasses import replace
from pathlib import Path
from typing import get_args
from uuid import UUID

import pytest

from consent.packs import LawSettings
from consent.refusals import Reason
from contracts.events.hub import AccessDecided
from contracts.identifiers import parse_identifier
from contracts.vocabulary import AgencyKind, Purpose, SensitivityTag, StaffRole, Telling
from hub.application.explain_decision import Explaining, explain_decision
from hub.application.list_shares import list_shares
from hub.application.read_chronology import read_chronology
from hub.application.refuse_to_share import RefusingToShare, refuse_to_share
from hub.domain.access import Before
from hub.domain.decision_note import NOT_FOR_THIS_AGENCY, note_of
from hub.domain.errors import AccessRefused
from hub.domain.refusal import Asker, NotShared
from tests.support.families import THERE, about_father, asked
from tests.support.given import a_concern, an_actor, an_id
from tests.support.sharers import MASH, SharingHub
from tests.support.small_hub import SmallHub
from tests.support.whole_concern import full

CHECKS = an_actor("ivy", role=StaffRole.IG_OFFICER)


def explained(hub: SmallHub, decision_id: UUID) -> str:
    """The note as one line of words."""
    note = explain_decision(
        Explaining(hub.store, hub.store, hub.clock, LawSettings(), hub.index, hub.deciding()), CHECKS, decision_id
    )
    return " ".join(note.split())


def test_the_parts_of_a_report_that_were_held_back_are_named_with_the_reason(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(full(protected=True))
    shown = read_chronology(hub.reading(), an_actor(), THERE, Purpose.SECTION_47)
    said = explained(hub, shown.decision_id)
    assert "What was held back, and why" in said
    assert "The address is protected: nobody sees it in an ordinary view: location, in 1 report (" in said
    assert str(shown.entries[0].report_id) in said


def test_a_report_not_shown_at_all_is_named_with_the_reason(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(a_concern())
    hidden = a_concern("C-2")
    own = hidden.handling.model_copy(update={"not_to_be_seen_by": ("urn:childhub:agency:social-care",)})
    hub.receive(hidden.model_copy(update={"handling": own}))
    shown = read_chronology(hub.reading(), an_actor(), THERE, Purpose.SECTION_47)
    assert f"{NOT_FOR_THIS_AGENCY}: all of 1 report" in explained(hub, shown.decision_id)
    hub.receive(a_concern("H-1"), hub.health)
    officer = an_actor("pc", "police", AgencyKind.POLICE, StaffRole.PRACTITIONER)
    own_only = read_chronology(hub.reading(), officer, THERE, Purpose.SECTION_47)
    said = explained(hub, own_only.decision_id)
    assert "Held by another agency: you may see only what your own agency supplied: all of 1 report" in said


def test_where_nothing_was_held_back_the_note_does_not_say_so(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(a_concern())
    shown = read_chronology(hub.reading(), an_actor(), THERE, Purpose.SECTION_47)
    said = explained(hub, shown.decision_id)
    assert "What was held back" not in said
    assert "1 item was shown" in said


def test_an_answer_to_a_family_is_explained_to_those_who_check(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(about_father("C-1", Telling.NOT_TOLD_SAFETY))
    hub.receive(about_father("C-2", Telling.NOT_TOLD_SAFETY))
    answer = asked(hub)
    said = explained(hub, answer.decision_id)
    assert "asked to prepare an answer to the family, purpose sar" in said
    assert "It is not on record that this person was told: administrative, in 2 reports (" in said
    assert "0 items were shown" in said


def test_a_share_is_explained_with_its_bases_and_what_stayed_back(tmp_path: Path) -> None:
    hub = SharingHub(tmp_path)
    concern = full(protected=True)
    hub.receive(concern)
    fact = hub.share(replace(hub.asked(concern, to=hub.school), urgent=True))
    said = explained(hub, fact.disclosure_id)
    assert fact.effect == "permitted"
    assert "with urn:childhub:agency:school. The purpose: enquire whether" in said
    assert "It was urgent. It was permitted, and 1 report went, under agreement 1" in said
    assert "What went, and on what basis" in said
    assert "lawful basis: A task of the controller" in said
    assert "Confidence: not engaged" in said
    assert "The address is protected" in said
    assert all(one.says in said for one in fact.grounds)


def test_a_share_that_was_refused_says_what_would_have_to_be_put_right(tmp_path: Path) -> None:
    hub = SharingHub(tmp_path)
    basis = a_concern().bases[0].model_copy(update={"article6": "6a"})
    concern = a_concern(basis=basis)
    hub.receive(concern)
    police = an_actor("tom", "police", AgencyKind.POLICE, StaffRole.MASH_RESEARCHER)
    fact = hub.share(hub.asked(concern, actor=police, purpose=Purpose.SECTION_17))
    said = explained(hub, fact.disclosure_id)
    assert fact.effect == "refused"
    assert "0 reports went" in said
    assert "What went" not in said
    assert "What was held back, and why" in said


@pytest.mark.parametrize(("reason", "words"), [(Reason.NO_CONSENT, "one of the myths"), (Reason.MORE_DETRIMENTAL, "")])
def test_a_decision_not_to_share_is_explained(tmp_path: Path, reason: Reason, words: str) -> None:
    hub = SharingHub(tmp_path)
    hub.receive(a_concern())
    made = NotShared(
        MASH, Asker(hub.health.source, AgencyKind.NHS), "the note", Purpose.SECTION_17, reason, "reprisal feared"
    )
    refusing = RefusingToShare(hub.store, hub.index, hub.clock, LawSettings(), hub.deciding())
    fact = refuse_to_share(refusing, made, THERE)
    said = explained(hub, fact.refusal_id)
    assert "decided not to share with urn:childhub:agency:health" in said
    assert words in said
    assert all(one.rule in said for one in fact.answer)
    assert "the note" not in said


def test_who_was_sent_what_is_a_look_that_is_explained_too(tmp_path: Path) -> None:
    hub = SharingHub(tmp_path)
    hub.receive(a_concern())
    list_shares(hub.sharing(), MASH, parse_identifier("nhs:9990001006"))
    last = hub.store.read_access(hub.robin())[-1]
    assert "asked to see who was sent what" in explained(hub, last.decision_id)


def test_every_kind_of_look_has_words(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(a_concern())
    read_chronology(hub.reading(), an_actor(), THERE, Purpose.SECTION_47)
    (kept,) = hub.store.read_access(hub.index.people_with("nhs", "9990001006")[0])
    kinds = get_args(AccessDecided.model_fields["what"].annotation)
    assert len(kinds) > 5
    for what in kinds:
        note = note_of(kept.model_copy(update={"what": what}), Before(an_id("x"), 0, ()), LawSettings())
        assert "asked " in note


def test_nobody_else_hears_why(tmp_path: Path) -> None:
    hub = SharingHub(tmp_path)
    concern = a_concern(tags=(SensitivityTag.OFFICIAL_SENSITIVE,))
    hub.receive(concern)
    fact = hub.share(hub.asked(concern))
    with pytest.raises(AccessRefused):
        explain_decision(
            Explaining(hub.store, hub.store, hub.clock, LawSettings(), hub.index, hub.deciding()),
            MASH,
            fact.disclosure_id,
        )
