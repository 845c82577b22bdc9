"""May these reports go to that agency, how much of each, and is it on record before one of them is opened?"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from contracts.agreement import Agreement
from contracts.event_id import event_id
from contracts.events.hub import Actor
from contracts.events.shared import ConcernRaised
from contracts.events.sharing import ReportShared
from contracts.identifiers import parse_identifier
from contracts.report import Name, Person, Place, Statement, Told
from contracts.vocabulary import (
    AgencyKind,
    Article6,
    FieldClass,
    PersonRole,
    Purpose,
    RestrictedKind,
    SensitivityTag,
    StaffRole,
    StatementKind,
    Telling,
)
from contracts.when import on_day
from hub.application.ports import Entry, Stream
from hub.domain.disclosure import A_FEW, Disclosing
from hub.domain.errors import AccessRefused, NotEnrolled, NotPermitted, StoreUnavailable
from hub.domain.relied_basis import Relied
from tests.support.given import NOW, WREN, a_child, a_concern, a_sound_basis, an_actor
from tests.support.sharers import MASH, SharingHub
from tests.support.watched_store import FailingStore, WatchedStore

STRANGER = an_actor("sam", "school", AgencyKind.MAINTAINED_SCHOOL, StaffRole.PRACTITIONER)
IG = an_actor("ivy", role=StaffRole.IG_OFFICER)
STREET = "14 Fen Row"
POSTCODE = "NB4 7RX"
NEIGHBOUR = "Mrs Ash next door"


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    return SharingHub(tmp_path)


def full(record: str = "C-9", words: str = "Shouting for an hour", protected: bool = False) -> ConcernRaised:
    """A concern with a place, a source, a witness, a mother and health in it."""
    mother = Person(ref="mother", role=PersonRole.PARENT_OR_CARER, names=(Name(family="Exemplar", given="Erin"),))
    neighbour = Person(ref="caller", role=PersonRole.WITNESS, names=(Name(text=NEIGHBOUR),))
    child = a_child().model_copy(update={"address": Place(text=f"{STREET}, Northborough", postcode=POSTCODE)})
    tags = (SensitivityTag.OFFICIAL_SENSITIVE, SensitivityTag.HEALTH, SensitivityTag.INFORMANT)
    base = a_concern(record, words=words, tags=(*tags, SensitivityTag.ADDRESS_PROTECTED) if protected else tags)
    people = (child, mother, neighbour)
    said = (
        *base.statements,
        Statement(field="reported_by", kind=StatementKind.THIRD_PARTY, value=NEIGHBOUR),
        Statement(field="health_detail", kind=StatementKind.OBSERVATION, value="A cough", about="child"),
        Statement(field="action_taken", kind=StatementKind.FACT_RECORDED, value="Door knocked", said_by=NEIGHBOUR),
    )
    told = Told(
        person="mother",
        state=Telling.NOT_TOLD_SAFETY,
        reason="risk_to_child",
        decided_by="pc",
        approved_by="sgt",
        review_on=on_day((NOW + timedelta(days=5)).date()),
    )
    return base.model_copy(
        update={
            "people": people,
            "statements": said,
            "place": Place(text=f"{STREET}, Northborough", postcode=POSTCODE),
            "bases": tuple(a_sound_basis().model_copy(update={"person": one.ref}) for one in people),
            "telling": (*base.telling, told),
        }
    )


def text(shared: ReportShared) -> str:
    return shared.to_bytes().decode()


def test_every_disclosure_says_on_what_ground_and_on_whose_basis_it_rests(hub: SharingHub) -> None:
    hub.receive(full())
    fact = hub.share(hub.asked(full()))
    (item,) = fact.items
    assert fact.grounds
    assert all(one.citation for one in fact.grounds)
    assert {one.person for one in item.bases} == {"child", "mother", "caller"}
    assert {(one.article6, one.gateway) for one in item.bases} == {("6e", "ca89_s47")}
    assert hub.caught.sent[0].bases == item.bases


def test_the_basis_is_judged_afresh_and_not_carried_over_from_the_agency_that_sent_it(hub: SharingHub) -> None:
    hub.receive(a_concern())
    wrong = Relied(Article6.LEGITIMATE_INTERESTS)
    fact = hub.share(hub.asked(a_concern(), to=hub.school, purpose=Purpose.SECTION_17, basis=wrong))
    assert fact.effect == "refused"
    assert "legitimate-interests-closed" in {one.rule for one in fact.fixes}
    assert not hub.caught.sent


def test_a_wrong_label_never_delays_what_is_urgent(hub: SharingHub) -> None:
    hub.receive(a_concern())
    wrong = Relied(Article6.LEGITIMATE_INTERESTS)
    fact = hub.share(hub.asked(a_concern(), purpose=Purpose.SECTION_17, urgent=True, basis=wrong))
    assert fact.effect == "permitted"
    assert fact.fixes
    assert len(hub.caught.sent) == 1


def test_a_refusal_is_kept_with_its_reason_for_every_class(hub: SharingHub) -> None:
    barred = a_concern()
    barred = barred.model_copy(
        update={"handling": barred.handling.model_copy(update={"restricted": (RestrictedKind.FAMILY_COURT,)})}
    )
    hub.receive(barred)
    fact = hub.share(hub.asked(barred, urgent=True))
    assert fact.effect == "refused"
    assert fact.bars
    assert {one.content for one in fact.withheld} >= {FieldClass.NARRATIVE, FieldClass.IDENTITY}
    assert all(one.reason for one in fact.withheld)
    assert hub.decisions() == (fact,)
    assert not hub.caught.sent


def test_restricted_content_stays_behind_and_the_rest_goes(hub: SharingHub) -> None:
    free, barred = a_concern("C-1"), a_concern("C-2")
    barred = barred.model_copy(
        update={"handling": barred.handling.model_copy(update={"restricted": (RestrictedKind.ADOPTION_RECORD,)})}
    )
    hub.receive(free)
    hub.receive(barred)
    fact = hub.share(hub.asked(free, barred))
    assert [item.report_id for item in fact.items] == [event_id(hub.police.source, free)]


@pytest.mark.parametrize("urgent", [False, True])
def test_an_address_protected_anywhere_in_the_history_never_goes(hub: SharingHub, urgent: bool) -> None:
    in_words = full(words=f"They moved to {STREET.lower()}, nb47rx, on Monday")
    hub.receive(in_words)
    hub.receive(a_concern("H-1", tags=(SensitivityTag.ADDRESS_PROTECTED,)), hub.health)
    fact = hub.share(hub.asked(in_words, to=hub.school, urgent=urgent))
    (shared,) = hub.caught.sent
    assert FieldClass.LOCATION not in shared.classes
    assert FieldClass.LOCATION in {one.content for one in fact.withheld}
    for piece in (STREET, POSTCODE, "nb47rx", "fen row"):
        assert piece.casefold() not in text(shared).casefold()
    assert shared.partial


def test_an_address_goes_where_nothing_protects_it_and_it_is_needed(hub: SharingHub) -> None:
    hub.receive(full())
    hub.share(hub.asked(full()))
    assert POSTCODE in text(hub.caught.sent[0])


@pytest.mark.parametrize("urgent", [False, True])
def test_who_told_the_agency_never_goes(hub: SharingHub, urgent: bool) -> None:
    hub.receive(full())
    for to in (hub.health, hub.school, hub.nursery, hub.care):
        hub.share(hub.asked(full(), to=to, urgent=urgent))
    assert len(hub.caught.sent) == 4
    assert not any(NEIGHBOUR in text(shared) for shared in hub.caught.sent)


def test_only_the_fields_that_the_grounds_let_through_go(hub: SharingHub) -> None:
    hub.receive(full())
    fact = hub.share(hub.asked(full(), to=hub.school, purpose=Purpose.SECTION_17))
    (shared,) = hub.caught.sent
    assert FieldClass.HEALTH in {one.content for one in fact.withheld}
    assert shared.content is not None
    assert {said.field for said in shared.content.statements} == {"what_happened", "action_taken"}
    assert "A cough" not in text(shared)


def test_nobody_else_s_numbers_go_and_no_reason_for_silence(hub: SharingHub) -> None:
    hub.receive(full())
    hub.share(hub.asked(full()))
    (shared,) = hub.caught.sent
    assert shared.content is not None
    assert {one.ref for one in shared.content.people if one.identifiers} == {"child"}
    assert "risk_to_child" not in text(shared)
    assert [(one.person, one.state) for one in shared.telling] == [
        ("child", Telling.TOLD_AT),
        ("mother", Telling.NOT_TOLD_SAFETY),
    ]
    assert "parent or carer" in shared.handling


def test_what_goes_says_where_it_comes_from(hub: SharingHub) -> None:
    hub.receive(a_concern())
    fact = hub.share(hub.asked(a_concern()))
    (shared,) = hub.caught.sent
    (link,) = hub.store.read_history(hub.robin()).linked()
    assert (shared.origin.source, shared.origin.report_type) == (link.source, link.report_type)
    assert (shared.origin.report_id, shared.origin.received) == (link.report_id, link.received)
    assert (shared.disclosure_id, shared.reply_to) == (fact.disclosure_id, "in.health.v1")


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
    kept = hub.store.keep((Entry(Stream.access(fact.person_id), hub.clock.new_id(), fact),))
    with pytest.raises(NotPermitted):
        hub.store.open_reports(hub.store.read_history(wren), kept.permit)
    refused = fact.model_copy(update={"effect": "refused"})
    assert hub.store.keep((Entry(Stream.access(fact.person_id), hub.clock.new_id(), refused),)).permit is None
