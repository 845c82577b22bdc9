"""Is a child's record erased only when three people agree and nothing holds it, and is it gone then?"""

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from contracts.events.erasure import ErasureGround, HoldReason
from contracts.events.need import AlarmKind, AlarmRaised, ConflictKind
from contracts.vocabulary import Purpose
from hub.application.carry_out_erasure import erase
from hub.application.enrol import enrol_staff
from hub.application.erase_record import (
    approve_erasure,
    ask_erasure,
    lift_hold,
    list_erasures,
    place_hold,
    read_erasure,
)
from hub.application.keep_apart import declare_conflict
from hub.application.lead_enquiry import close_enquiry, open_enquiry
from hub.application.ports import Stream
from hub.application.sign_in import act_as
from hub.application.stand_to import Deciding
from hub.commands.audit_log import check
from hub.commands.erasure import SAYS
from hub.domain.erasure_certificate import certificate
from hub.domain.erasures import ErasureRefused
from hub.domain.errors import AccessRefused, Conflict, NotOnRecord, WaitsForWitnesses
from hub.domain.identity import evidence
from tests.support.given import POLICE, ROBIN, WREN, a_child, a_concern, an_actor
from tests.support.house import say
from tests.support.officers import CHILD, WORDS, Officers, officers
from tests.support.unjudged import Unjudged
from tests.support.unwitnessed import left_alone

WHY, REVIEW = ErasureGround.REQUEST_UPHELD, date(2027, 1, 1)


@pytest.fixture
def office(tmp_path: Path) -> Officers:
    return officers(tmp_path)


def test_a_record_is_gone_when_three_people_agreed_and_a_siblings_stays(office: Officers) -> None:
    before = office.looks(), office.looks(WREN)
    office.erase(office.approved())
    assert before == (1, 1)
    assert office.looks() == -1
    assert office.looks(WREN) == 1
    assert check(office.hub).ok, check(office.hub)


def test_two_approvals_are_of_two_people_and_neither_asked(office: Officers) -> None:
    asked = ask_erasure(office.erasing, office.ivy, CHILD, WHY).erasure_id
    with pytest.raises(ErasureRefused, match="same_person"):
        approve_erasure(office.erasing, office.ivy, asked)
    approve_erasure(office.erasing, office.ann, asked)
    with pytest.raises(ErasureRefused, match="same_person"):
        approve_erasure(office.erasing, office.ann, asked)
    with pytest.raises(ErasureRefused, match="waiting"):
        office.erase(asked)
    assert office.looks() == 1


def test_nobody_asks_agrees_lifts_or_erases_who_has_not_proved_who_they_are(office: Officers) -> None:
    """Whoever may run commands could be all three."""
    hold = place_hold(office.erasing, office.priya, CHILD, HoldReason.COURT, REVIEW)  # to keep is open to any of them
    unproved = act_as(office.hub.store, "ivy")
    with pytest.raises(ErasureRefused, match="not_proved"):
        lift_hold(office.erasing, unproved, hold.hold_id)
    lift_hold(office.erasing, office.ivy, hold.hold_id)
    with pytest.raises(ErasureRefused, match="not_proved"):
        ask_erasure(office.erasing, unproved, CHILD, WHY)
    erasure_id = office.approved()
    for act in (approve_erasure, erase):
        with pytest.raises(ErasureRefused, match="not_proved"):
            act(office.erasing, unproved, erasure_id)


def test_one_sign_in_name_under_two_issuers_does_not_agree_twice(office: Officers) -> None:
    asked = ask_erasure(office.erasing, office.ivy, CHILD, WHY).erasure_id
    approve_erasure(office.erasing, office.ann, asked)
    for one in (office.ann, office.ivy):
        elsewhere = one.model_copy(update={"issuer": "https://id.other.example"})
        enrol_staff(office.hub.store, office.hub.clock, elsewhere, "Invented", "hash")
        with pytest.raises(ErasureRefused, match="same_person"):
            approve_erasure(office.erasing, elsewhere, asked)


def test_of_the_two_who_agree_one_checks(office: Officers) -> None:
    bea = an_actor("bea")
    enrol_staff(office.hub.store, office.hub.clock, bea, "Bea Invented", "hash")
    asked = ask_erasure(office.erasing, office.ivy, CHILD, WHY).erasure_id
    approve_erasure(office.erasing, office.priya, asked)
    with pytest.raises(ErasureRefused, match="one_checks"):
        approve_erasure(office.erasing, bea, asked)


def test_a_hold_wins_at_each_step_until_it_is_carried_out(office: Officers) -> None:
    hold = place_hold(office.erasing, office.priya, CHILD, HoldReason.INQUIRY, REVIEW)
    with pytest.raises(ErasureRefused, match="held"):
        ask_erasure(office.erasing, office.ivy, CHILD, WHY)
    lift_hold(office.erasing, office.ivy, hold.hold_id)
    asked = ask_erasure(office.erasing, office.ivy, CHILD, WHY).erasure_id
    approve_erasure(office.erasing, office.ann, asked)
    hold = place_hold(office.erasing, office.priya, CHILD, HoldReason.COURT, REVIEW)
    with pytest.raises(ErasureRefused, match="held"):
        approve_erasure(office.erasing, office.priya, asked)
    lift_hold(office.erasing, office.ivy, hold.hold_id)
    with pytest.raises(ErasureRefused, match="waiting"):
        office.erase(asked)  # what was agreed before the hold counts no more
    approve_erasure(office.erasing, office.ann, asked)
    approve_erasure(office.erasing, office.priya, asked)
    everybody = place_hold(office.erasing, office.priya, None, HoldReason.INQUIRY, REVIEW)
    with pytest.raises(ErasureRefused, match="held"):
        office.erase(asked)
    assert office.looks() == 1
    lift_hold(office.erasing, office.ivy, everybody.hold_id)
    with pytest.raises(ErasureRefused, match="waiting"):
        office.erase(asked)


def test_what_has_come_since_it_was_asked_has_been_looked_at_by_nobody(office: Officers) -> None:
    erasure_id = office.approved()
    say(office.hub, "police", a_concern("C-9"))
    with pytest.raises(ErasureRefused, match="moved_on"):
        office.erase(erasure_id)
    assert office.looks() == 2
    assert ask_erasure(office.erasing, office.ivy, CHILD, WHY).erasure_id != erasure_id
    with pytest.raises(ErasureRefused, match="asked_already"):
        ask_erasure(office.erasing, office.ann, CHILD, WHY)


def test_a_report_that_comes_while_it_is_carried_out_is_not_lost(office: Officers) -> None:
    erasing, person = office.erasing, office.person()
    erasure_id = office.approved()
    stale = office.hub.store.history_version(person)
    office.erase(erasure_id)
    say(office.hub, "police", a_concern("C-9", words="Seen again at the gate"))
    assert office.person() != person
    assert office.looks() == 1
    with pytest.raises(Conflict):  # whoever decided before on the record that is gone
        erasing.store.keep(
            (), erasing.index.questioned_terms(evidence(a_child(), POLICE), person), ((Stream.history(person), stale),)
        )


@pytest.mark.in_a_file("a copy of a folder copies no server: tests/faults/test_restored.py puts one back")
def test_nothing_is_destroyed_while_witnesses_are_silent_but_a_copy_put_back_is_erased_again(
    office: Officers, tmp_path: Path
) -> None:
    """A log that nobody outside has seen may be rewritten: then it would not show who destroyed what."""
    office = office.opened_again(replace(office.hub.settings, erasure_journal=tmp_path / "erased.journal"))
    silent = replace(office.hub.settings, log_policy=left_alone(office.hub))
    alone, erasure_id = office.opened_again(silent), office.approved()
    with pytest.raises(WaitsForWitnesses):
        alone.erase(erasure_id)
    assert office.looks() == 1
    subprocess.run(["cp", "-r", str(silent.home), str(tmp_path / "copy")], check=True, timeout=300)
    office.erase(erasure_id)
    back = office.opened_again(replace(silent, home=tmp_path / "copy"))
    assert back.hub.index.people_with("nhs", ROBIN) == ()


def test_an_enquiry_that_is_open_stops_the_asking_and_the_erasing_until_it_is_closed(office: Officers) -> None:
    enquiring = (office.hub.reading(), office.priya, CHILD, Purpose.SECTION_47)
    open_enquiry(*enquiring)
    with pytest.raises(ErasureRefused, match="enquiry_open") as refused:
        ask_erasure(office.erasing, office.ivy, CHILD, WHY)
    assert "hub enquiry close" in SAYS[str(refused.value)]
    close_enquiry(*enquiring)
    erasure_id = office.approved()
    open_enquiry(*enquiring)
    with pytest.raises(ErasureRefused, match="enquiry_open"):
        office.erase(erasure_id)
    assert office.looks() == 1
    close_enquiry(*enquiring)
    office.erase(erasure_id)
    assert office.looks() == -1


def test_a_repeat_of_what_was_erased_is_a_duplicate_and_brings_nothing_back(office: Officers) -> None:
    concern = a_concern("C-1", words=WORDS)
    office.erase(office.approved())
    say(office.hub, "police", concern)
    assert office.looks() == -1


def test_who_is_kept_from_the_child_erases_and_holds_nothing_of_it(office: Officers) -> None:
    declare_conflict(office.hub.store, office.hub.clock, office.ivy, CHILD, of="ivy", kind=ConflictKind.FRIEND)
    with pytest.raises(AccessRefused):
        ask_erasure(office.erasing, office.ivy, CHILD, WHY)
    with pytest.raises(AccessRefused):
        place_hold(office.erasing, office.ivy, CHILD, HoldReason.COURT, REVIEW)
    asked = ask_erasure(office.erasing, office.priya, CHILD, WHY)
    with pytest.raises(AccessRefused):
        approve_erasure(office.erasing, office.ivy, asked.erasure_id)
    bea = an_actor("bea")
    enrol_staff(office.hub.store, office.hub.clock, bea, "Bea Invented", "hash")
    for other in (office.ann, bea):
        approve_erasure(office.erasing, other, asked.erasure_id)
    with pytest.raises(AccessRefused):
        office.erase(asked.erasure_id)
    hold = place_hold(office.erasing, office.ann, CHILD, HoldReason.COURT, REVIEW)
    with pytest.raises(AccessRefused):
        lift_hold(office.erasing, office.ivy, hold.hold_id)


def test_policies_that_cannot_be_judged_erase_nothing_and_those_who_check_are_told(office: Officers) -> None:
    with pytest.raises(AccessRefused):
        ask_erasure(replace(office.erasing, deciding=Deciding(Unjudged(), ())), office.ivy, CHILD, WHY)
    kept = (office.hub.store.open_row(row) for row in office.hub.store.rows_after(0, 500))
    assert [one.kind for one in kept if isinstance(one, AlarmRaised)] == [AlarmKind.POLICIES]


def test_others_ask_hold_approve_and_read_nothing(office: Officers) -> None:
    with pytest.raises(AccessRefused):
        ask_erasure(office.erasing, office.sam, CHILD, WHY)
    with pytest.raises(AccessRefused):
        place_hold(office.erasing, office.sam, None, HoldReason.COURT, REVIEW)
    erasure_id = office.approved()
    for other in (office.sam, office.priya):
        with pytest.raises(AccessRefused):
            read_erasure(office.erasing, other, erasure_id)
        with pytest.raises(AccessRefused):
            list_erasures(office.erasing, other)


def test_nobody_is_known_by_it_any_more_but_the_record_of_the_erasure_is_there_for_those_who_check(
    office: Officers,
) -> None:
    erasure_id = office.approved()
    office.erase(erasure_id)
    with pytest.raises(NotOnRecord):
        ask_erasure(office.erasing, office.ivy, CHILD, WHY)
    (listed,), holds = list_erasures(office.erasing, office.ivy)
    done = listed.erasure.done
    assert (listed.state, holds, len(done)) == ("done", (), 1)
    assert (done[0].keys, done[0].rows >= 2, done[0].pointers > 5) == (1, True, True)
    assert (done[0].backups_until - done[0].at.date()).days in (35, 36)


def test_a_key_that_went_without_an_erasure_on_record_is_found(office: Officers) -> None:
    office.hub.keyring.destroy(f"person/{office.person(WREN).hex}")
    found = check(office.hub).store_findings
    assert any("erased" in one for one in found)


def test_the_certificate_says_who_and_what_and_until_when_and_names_nobody(office: Officers) -> None:
    erasure_id = office.approved()
    with pytest.raises(ErasureRefused, match="not_done"):
        certificate(read_erasure(office.erasing, office.ivy, erasure_id))
    office.erase(erasure_id)
    text = certificate(read_erasure(office.erasing, office.ivy, erasure_id))
    for told in (
        str(erasure_id),
        "Asked by      ivy (ig_officer",
        "Agreed by     ann",
        "Agreed by     priya",
        "1 key,",
    ):
        assert told in text
    assert "Beyond use until" in text
    assert ROBIN not in text
