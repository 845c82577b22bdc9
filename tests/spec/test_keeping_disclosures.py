"""Is a disclosure on record before anything is opened, and does nobody share what is not theirs to share?"""

from dataclasses import replace
from pathlib import Path

import pytest

from contracts.agreement import Agreement
from contracts.events.hub import Actor
from contracts.events.shared import ConcernRaised
from contracts.identifiers import parse_identifier
from contracts.vocabulary import (
    AgencyKind,
    Article6,
    FieldClass,
    Purpose,
    SensitivityTag,
    StaffRole,
)
from hub.application.permit import Act
from hub.application.ports import Entry, Stream
from hub.domain.disclosing import Disclosing
from hub.domain.disclosure import A_FEW
from hub.domain.errors import AccessRefused, NotEnrolled, NotPermitted, StoreUnavailable
from hub.domain.relied_basis import Relied
from tests.support.given import WREN, a_child, a_concern, an_actor
from tests.support.sharers import MASH, SharingHub
from tests.support.watched_store import FailingStore, WatchedStore
from tests.support.whole_concern import full

STRANGER = an_actor("sam", "school", AgencyKind.MAINTAINED_SCHOOL, StaffRole.PRACTITIONER)
IG = an_actor("ivy", role=StaffRole.IG_OFFICER)


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    return SharingHub(tmp_path)


def test_the_decision_is_kept_before_anything_is_opened(hub: SharingHub) -> None:
    hub.receive(a_concern())
    watched = WatchedStore(hub.store)
    hub.share(hub.asked(a_concern()), store=watched)
    assert watched.calls == ["read_history", "keep", "open_reports", "keep"]


def test_nothing_is_opened_when_it_is_refused(hub: SharingHub) -> None:
    hub.receive(a_concern())
    watched = WatchedStore(hub.store)
    hub.share(hub.asked(a_concern(), basis=Relied(Article6.CONTRACT), purpose=Purpose.SECTION_17), store=watched)
    assert "open_reports" not in watched.calls


def test_nothing_is_sent_when_nothing_can_be_kept(hub: SharingHub) -> None:
    hub.receive(a_concern())
    failing = FailingStore(hub.store)
    with pytest.raises(StoreUnavailable):
        hub.share(hub.asked(a_concern()), store=failing)
    assert not hub.caught.sent
    assert "open_reports" not in failing.calls


def test_a_protection_that_arrives_while_it_is_decided_is_heeded(hub: SharingHub) -> None:
    hub.receive(full())
    late = a_concern("H-1", tags=(SensitivityTag.ADDRESS_PROTECTED,))
    watched = WatchedStore(hub.store, before_first_keep=lambda: _receive(hub, late))
    hub.share(hub.asked(full()), store=watched)
    (shared,) = hub.caught.sent
    assert FieldClass.LOCATION not in shared.classes


def _receive(hub: SharingHub, report: ConcernRaised) -> None:
    hub.receive(report, hub.health)


@pytest.mark.parametrize("actor", [STRANGER, IG])
def test_nobody_shares_what_they_may_not_see(hub: SharingHub, actor: Actor) -> None:
    hub.receive(a_concern())
    purpose = Purpose.AUDIT if actor is IG else Purpose.SECTION_47
    with pytest.raises(AccessRefused):
        hub.share(hub.asked(a_concern(), actor=actor, purpose=purpose))
    (fact,) = hub.decisions()
    assert (fact.effect, fact.bars[-1].rule) == ("refused", "not-theirs-to-share")
    assert not hub.caught.sent


def test_a_child_who_is_not_known_here_is_answered_alike(hub: SharingHub) -> None:
    hub.receive(a_concern())
    before = len(hub.store.rows_after(0, 500))
    with pytest.raises(AccessRefused) as unknown:
        hub.share(hub.asked(a_concern()), parse_identifier(f"nhs:{WREN}"))
    with pytest.raises(AccessRefused) as refused:
        hub.share(hub.asked(a_concern(), actor=STRANGER))
    assert str(unknown.value) == str(refused.value)
    assert len(hub.store.rows_after(0, 500)) == before + 3


def test_a_report_of_another_child_goes_nowhere_in_this_child_s_name(hub: SharingHub) -> None:
    other = a_concern("W-1", a_child(nhs=WREN, given="Wren", born="2026-02-02"))
    hub.receive(a_concern())
    hub.receive(other)
    fact = hub.share(hub.asked(other, urgent=True))
    assert (fact.effect, fact.bars[0].rule) == ("refused", "not-in-this-history")
    assert not hub.caught.sent


def test_an_agency_s_word_that_somebody_must_not_see_it_is_kept(hub: SharingHub) -> None:
    hidden = a_concern()
    shut = hidden.handling.model_copy(update={"not_to_be_seen_by": (hub.school.source,)})
    hidden = hidden.model_copy(update={"handling": shut})
    hub.receive(hidden)
    assert hub.share(hub.asked(hidden, to=hub.school, urgent=True)).effect == "refused"
    assert hub.share(hub.asked(hidden, to=hub.health)).effect == "permitted"


def test_the_whole_file_is_not_a_choice_of_items(hub: SharingHub) -> None:
    several = [a_concern(f"C-{number}") for number in range(A_FEW + 1)]
    for one in several:
        hub.receive(one)
    assert "whole-file" in {one.rule for one in hub.share(hub.asked(*several, purpose=Purpose.SECTION_17)).fixes}
    assert hub.share(hub.asked(*several[1:], purpose=Purpose.SECTION_17)).effect == "permitted"


def test_what_the_agreement_does_not_foresee_waits_unless_it_is_urgent(hub: SharingHub) -> None:
    hub.receive(a_concern())
    asked = hub.asked(a_concern(), purpose=Purpose.SECTION_17)
    narrow = asked.agreement.receives.model_copy(update={"types": ("cp_plan.started",)})
    asked = _with_agreement(hub, asked.agreement.model_copy(update={"receives": narrow}), urgent=False)
    assert hub.share(asked).effect == "refused"
    urgent = _with_agreement(hub, asked.agreement, urgent=True)
    fact = hub.share(urgent)
    assert (fact.effect, fact.marks, fact.agreement_version) == ("permitted", ("agreement_type",), "1")


def _with_agreement(hub: SharingHub, agreement: Agreement, urgent: bool) -> Disclosing:
    return replace(hub.asked(a_concern(), purpose=Purpose.SECTION_17, urgent=urgent), agreement=agreement)


def test_a_recipient_that_cannot_be_reached_is_refused_before_anything_is_asked(hub: SharingHub) -> None:
    hub.receive(a_concern())
    hub.caught.partners = frozenset()
    before = len(hub.store.rows_after(0, 500))
    with pytest.raises(NotEnrolled):
        hub.share(hub.asked(a_concern()))
    assert len(hub.store.rows_after(0, 500)) == before


def test_what_was_decided_and_did_not_leave_is_decided_again_and_leaves(hub: SharingHub) -> None:
    hub.receive(a_concern())
    hub.caught.broken = True
    with pytest.raises(StoreUnavailable):
        hub.share(hub.asked(a_concern()))
    hub.caught.broken = False
    assert hub.follow() == 1
    assert hub.follow() == 0
    first, again = hub.decisions()
    assert (again.cause, again.follows, again.actor) == ("resumed", first.disclosure_id, MASH)
    assert [shared.share_id for shared in hub.caught.sent] == [first.items[0].share_id]


def test_the_same_permit_opens_no_other_child(hub: SharingHub) -> None:
    hub.receive(a_concern())
    hub.receive(a_concern("W-1", a_child(nhs=WREN, given="Wren", born="2026-02-02")))
    fact = hub.share(hub.asked(a_concern()))
    (wren,) = hub.index.people_with("nhs", WREN)
    seen = ((Stream.history(fact.person_id), fact.history_version),)
    kept = hub.store.keep((Entry(Stream.access(fact.person_id), hub.clock.new_id(), fact),), seen=seen)
    assert kept.permit is not None
    assert hub.store.open_reports(hub.store.read_history(fact.person_id), kept.permit, Act.SHARE)
    with pytest.raises(NotPermitted):
        hub.store.open_reports(hub.store.read_history(wren), kept.permit, Act.SHARE)
    refused = fact.model_copy(update={"effect": "refused"})
    entry = Entry(Stream.access(fact.person_id), hub.clock.new_id(), refused)
    assert hub.store.keep((entry,), seen=seen).permit is None
