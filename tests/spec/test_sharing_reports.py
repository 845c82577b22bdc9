"""May these reports go to that agency, and how much of each?"""

from dataclasses import replace
from pathlib import Path

import pytest

from contracts.event_id import event_id
from contracts.events.police import DomesticAbuseNotified
from contracts.events.sharing import ReportShared
from contracts.report import Statement, Told
from contracts.vocabulary import (
    AgencyKind,
    Article6,
    FieldClass,
    Purpose,
    RestrictedKind,
    SensitivityTag,
    StaffRole,
    StatementKind,
    Telling,
)
from hub.domain.disclosing import Wish
from hub.domain.disclosure import THEIR_OWN
from hub.domain.minimised import ASK_FOR_THE_NOTE
from hub.domain.relied_basis import Relied
from tests.support.given import a_child, a_concern, an_actor
from tests.support.sharers import SharingHub
from tests.support.whole_concern import NEIGHBOUR, POSTCODE, STREET, full

STRANGER = an_actor("sam", "school", AgencyKind.MAINTAINED_SCHOOL, StaffRole.PRACTITIONER)
IG = an_actor("ivy", role=StaffRole.IG_OFFICER)


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    return SharingHub(tmp_path)


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


def test_nor_does_it_go_in_a_note_on_handling(hub: SharingHub) -> None:
    note = Statement(field="handling_note", kind=StatementKind.FACT_RECORDED, value=f"Never write to {STREET}")
    noted = DomesticAbuseNotified.model_validate({**full().model_dump(), "statements": (*full().statements[:1], note)})
    hub.receive(noted)
    hub.share(hub.asked(noted))
    hub.receive(a_concern("H-1", tags=(SensitivityTag.ADDRESS_PROTECTED,)), hub.health)
    hub.share(hub.asked(noted, to=hub.school))
    open_one, shared = hub.caught.sent
    assert STREET in open_one.handling
    assert STREET not in text(shared)
    assert ASK_FOR_THE_NOTE in shared.handling


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


def test_an_address_protected_by_a_report_still_in_question_does_not_go_either(hub: SharingHub) -> None:
    hub.receive(full(words=f"Seen at {STREET}"))
    doubtful = a_child(family="Elsewhere", given="Nobody", born="2011-01-01")
    hub.receive(a_concern("H-1", doubtful, tags=(SensitivityTag.ADDRESS_PROTECTED,)), hub.health)
    assert hub.store.read_history(hub.robin()).in_question()
    hub.share(hub.asked(full(words=f"Seen at {STREET}")))
    (shared,) = hub.caught.sent
    assert FieldClass.LOCATION not in shared.classes
    assert STREET not in text(shared)


def test_what_its_recipient_sent_itself_does_not_go_back_and_judges_nothing(hub: SharingHub) -> None:
    own, other = a_concern("own", telling=(Told(person="child", state=Telling.NOT_KNOWN),)), a_concern("other")
    hub.receive(own, hub.health)
    hub.receive(other)
    asked = hub.asked(other)
    wish = Wish(event_id(hub.health.source, own), hub.clock.new_id())
    fact = hub.share(replace(asked, wishes=(*asked.wishes, wish)))
    assert [item.report_id for item in fact.items] == [event_id(hub.police.source, other)]
    assert {one.reason for one in fact.withheld if one.report_id == wish.report_id} == {THEIR_OWN}
    assert "telling-not-known" not in {one.rule for one in fact.warnings}
    alone = hub.share(replace(asked, wishes=(wish,)))
    assert (alone.effect, alone.items, {one.reason for one in alone.withheld}) == ("refused", (), {THEIR_OWN})
    assert [one.recipient for one in hub.caught.sent] == [hub.health.source]
