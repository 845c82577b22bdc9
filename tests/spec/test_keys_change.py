"""Does an agency's key change only when two people agree, and what then becomes of what comes under it?"""

import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from agencies import registry as partners
from contracts.events.hub import Actor, AgencyEnrolled, ReceiptIssued, ReportQuarantined
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.adapters.edge_side import PartnerKeys
from hub.application.change_keys import (
    ChangingKeys,
    KeyChangeRefused,
    Revocation,
    approve_change,
    check_role,
    doubtful_reports,
    keys_on_registry,
    propose_revocation,
    propose_rotation,
)
from hub.application.enrol import enrol_agency
from hub.application.read_chronology import read_chronology
from hub.application.sign_in import act_as
from hub.commands import staff
from hub.domain.errors import AccessRefused, EnrolledOtherwise
from hub.domain.pinned_keys import IN_DOUBT, OVERLAP, PROPOSED_FOR, pinned
from hub.wiring import Hub, edge_folder
from tests.support.given import NOW, ROBIN, StoppedClock, a_concern
from tests.support.house import house, proved, say
from tests.support.terminal import hub_says

AGENCY = "police"
SOURCE = partners.by_name(AGENCY).source
MINUTE = timedelta(minutes=1)
ROBIN_ID = f"nhs:{ROBIN}"


class House:
    """A hub whose clock stands until it is moved, and the two people who change keys."""

    def __init__(self, folder: Path) -> None:
        self.hub: Hub = house(folder)
        self.changing = ChangingKeys(self.hub.store, self.hub.clock)
        self.priya: Actor = proved(self.hub, staff.DECISION_MAKER)
        self.ivy: Actor = proved(self.hub, staff.IG_OFFICER)

    def partner(self) -> PartnerKeys:
        """The police's own keys, as its edge holds them."""
        return PartnerKeys(partners.by_name(AGENCY), edge_folder(self.hub.settings, AGENCY))

    def next_key(self) -> AgencyEnrolled:
        """What the hub must know of the key that follows."""
        return self.partner().enrolment_of_next(self.hub.clock)[0]

    def use_next(self) -> None:
        """The edge signs by it from now on."""
        self.partner().use_next()
        self.hub.__dict__["_edges"].clear()

    def rotate(self) -> None:
        """Both agree to the key that follows."""
        change = propose_rotation(self.changing, self.priya, self.next_key())
        approve_change(self.changing, self.ivy, change.change_id)

    def revoke(self, key_id: str, *, doubtful_for: timedelta | None = None, ago: timedelta = timedelta()) -> UUID:
        """Somebody proposes that it be taken back."""
        since = self.hub.clock.now() - ago
        asked = Revocation(SOURCE, key_id, since, since - doubtful_for if doubtful_for is not None else None)
        return propose_revocation(self.changing, self.priya, asked).change_id

    def says(self, record: str) -> str:
        """What became of a concern of the police: `accepted`, or the code with which it was set aside."""
        before = self.hub.store.rows_after(0, 1_000_000)[-1].position
        say(self.hub, AGENCY, a_concern(record))
        facts = [self.hub.store.open_row(row) for row in self.hub.store.rows_after(before, 1_000)]
        (aside,) = [fact.code for fact in facts if isinstance(fact, ReportQuarantined)] or [""]
        return aside or "/".join(fact.outcome for fact in facts if isinstance(fact, ReceiptIssued))


@pytest.fixture
def at(tmp_path: Path) -> House:
    return House(tmp_path)


def test_nothing_changes_until_a_second_person_agrees(at: House) -> None:
    change = propose_rotation(at.changing, at.priya, at.next_key())
    at.use_next()
    with pytest.raises(EnrolledOtherwise):
        at.says("C-1")
    with pytest.raises(KeyChangeRefused, match="same_person"):
        approve_change(at.changing, at.priya, change.change_id)
    approve_change(at.changing, at.ivy, change.change_id)
    assert at.says("C-2") == "accepted"
    with pytest.raises(KeyChangeRefused, match="no_such_change"):
        approve_change(at.changing, at.ivy, change.change_id)


def test_whoever_only_said_who_they_are_is_neither_of_the_two(at: House) -> None:
    priya, ivy = (act_as(at.hub.store, one.subject) for one in (staff.DECISION_MAKER, staff.IG_OFFICER))
    stated, asked = at.next_key(), Revocation(SOURCE, "police-1", at.hub.clock.now())
    with pytest.raises(KeyChangeRefused, match="not_proved"):
        propose_rotation(at.changing, priya, stated)
    with pytest.raises(KeyChangeRefused, match="not_proved"):
        propose_revocation(at.changing, priya, asked)
    change = propose_revocation(at.changing, at.priya, asked)
    with pytest.raises(KeyChangeRefused, match="not_proved"):
        approve_change(at.changing, ivy, change.change_id)
    assert at.says("C-1") == "accepted"


def test_a_proposal_lapses_and_is_made_afresh(at: House) -> None:
    change = propose_revocation(at.changing, at.priya, Revocation(SOURCE, "police-1", at.hub.clock.now()))
    later = ChangingKeys(at.hub.store, StoppedClock(change.at + PROPOSED_FOR, "later"))
    with pytest.raises(KeyChangeRefused, match="expired"):
        approve_change(later, at.ivy, change.change_id)
    assert at.says("C-1") == "accepted"
    in_time = ChangingKeys(at.hub.store, StoppedClock(change.at + PROPOSED_FOR - MINUTE, "in time"))
    approve_change(in_time, at.ivy, change.change_id)
    assert at.says("C-2") == "sig_revoked"


@pytest.mark.in_a_file("commands on a server: tests/integration/test_processes.py")
def test_at_the_terminal_each_of_the_two_gives_their_own_pass_phrase(at: House) -> None:
    def says(phrase: str, *words: str) -> subprocess.CompletedProcess[str]:
        return hub_says(at.hub.settings.home, "agency-keys", *words, typed=f"{phrase}\n")

    priya, ivy = (staff.phrase(at.hub, one) for one in (staff.DECISION_MAKER, staff.IG_OFFICER))
    done = says(priya, "revoke", "police", "--key", "police-1", "--as", "priya")
    assert done.returncode == 0, done.stderr
    assert "until somebody else agrees, before " in done.stdout
    (change,) = keys_on_registry(at.changing)[1]
    for phrase in (priya, ""):
        refused = says(phrase, "approve", str(change.change_id), "--as", "ivy")
        assert (refused.returncode, "pass phrase was not accepted" in refused.stderr) == (1, True), refused.stderr
    assert keys_on_registry(at.changing)[1] == (change,)
    agreed = says(ivy, "approve", str(change.change_id), "--as", "ivy")
    assert agreed.returncode == 0, agreed.stderr
    assert keys_on_registry(at.changing)[1] == ()


def test_the_key_before_stands_for_thirty_days_beside_the_one_that_follows(at: House) -> None:
    at.rotate()
    assert at.says("C-1") == "accepted"
    at.use_next()
    assert at.says("C-2") == "accepted"
    first, second = (one for one in keys_on_registry(at.changing)[0] if one.source == SOURCE)
    assert (first.key_id, second.key_id) == ("police-1", "police-2")
    assert first.until is not None
    assert second.until is None
    assert first.stands(first.until - MINUTE)
    assert not first.stands(first.until)


def test_the_overlap_is_of_thirty_days() -> None:
    one = AgencyEnrolled(
        at=NOW,
        agency=AGENCY,
        source=SOURCE,
        agency_kind=partners.by_name(AGENCY).kind,
        key_id="police-1",
        public_key="a",
        seal_key="s",
    )
    two = one.model_copy(update={"at": NOW + OVERLAP, "key_id": "police-2", "public_key": "b"})
    assert [key.until for key in pinned((one, two))] == [NOW + OVERLAP + timedelta(days=30), None]


def test_what_comes_under_a_key_that_was_taken_back_is_set_aside_with_its_reason(at: House) -> None:
    at.rotate()
    change = at.revoke("police-1")
    assert at.says("C-1") == "accepted"
    approve_change(at.changing, at.ivy, change)
    assert at.says("C-2") == "sig_revoked"
    at.use_next()
    assert at.says("C-3") == "accepted"


def test_a_key_is_taken_back_from_the_time_that_was_agreed(at: House) -> None:
    approve_change(at.changing, at.ivy, at.revoke("police-1", ago=-timedelta(days=1)))
    assert at.says("C-1") == "accepted"


def test_a_key_that_was_pinned_before_never_comes_again(at: House) -> None:
    first = at.partner().enrolment(at.hub.clock)
    at.rotate()
    approve_change(at.changing, at.ivy, at.revoke("police-1"))
    with pytest.raises(KeyChangeRefused, match="same_key"):
        propose_rotation(at.changing, at.priya, first)
    assert not enrol_agency(at.hub.store, at.hub.clock, first)
    assert at.says("C-1") == "sig_revoked"


def test_a_rotation_brings_a_signing_key_and_nothing_else(at: House) -> None:
    stated = at.next_key()
    other = partners.by_name("health")
    for wrong, code in (
        (stated.model_copy(update={"seal_key": "AAAA"}), "seal_key"),
        (stated.model_copy(update={"agency": "health"}), "not_enrolled"),
        (stated.model_copy(update={"source": "urn:childhub:agency:nobody"}), "not_enrolled"),
        (stated.model_copy(update={"source": other.source}), "not_enrolled"),
        (stated.model_copy(update={"key_id": "police-1"}), "key_id"),
    ):
        with pytest.raises(KeyChangeRefused, match=code):
            propose_rotation(at.changing, at.priya, wrong)
    for key_id, ago, code in (("police-9", timedelta(), "no_such_key"), ("police-1", timedelta(days=2), "days")):
        asked = Revocation(SOURCE, key_id, at.hub.clock.now() - ago, at.hub.clock.now())
        with pytest.raises(KeyChangeRefused, match=code):
            propose_revocation(at.changing, at.priya, asked)


def test_only_those_whose_work_it_is_change_keys_and_each_asking_is_on_record(at: House) -> None:
    tom = act_as(at.hub.store, staff.RESEARCHER.subject)
    before = at.hub.store.rows_after(0, 1_000_000)[-1].position
    with pytest.raises(AccessRefused):
        check_role(at.changing, tom)
    check_role(at.changing, at.ivy)
    assert len(at.hub.store.rows_after(before, 10)) == 2


def marks(at: House) -> set[str]:
    """The marks on everything in Robin's chronology."""
    child = parse_identifier(f"nhs:{ROBIN}")
    found = read_chronology(at.hub.reading(), at.priya, child, Purpose.SECTION_47)
    return {mark.code for entry in found.entries for mark in entry.marks}


def test_what_came_in_a_doubtful_time_is_marked_and_listed_and_nothing_is_deleted(at: House) -> None:
    assert at.says("C-1") == "accepted"
    say(at.hub, "health", a_concern("H-1"))
    assert IN_DOUBT.code not in marks(at)
    approve_change(at.changing, at.ivy, at.revoke("police-1", doubtful_for=timedelta(hours=1)))
    assert IN_DOUBT.code in marks(at)
    (listed,) = doubtful_reports(at.changing, at.hub.store, at.ivy, SOURCE)
    assert listed.source == SOURCE
    assert doubtful_reports(at.changing, at.hub.store, at.ivy, partners.by_name("health").source) == ()


def test_what_came_between_the_time_agreed_and_the_agreement_is_doubtful_too(at: House) -> None:
    change = at.revoke("police-1", ago=timedelta(hours=1))
    assert at.says("C-1") == "accepted"
    approve_change(at.changing, at.ivy, change)
    assert len(doubtful_reports(at.changing, at.hub.store, at.ivy, SOURCE)) == 1


def test_before_it_was_known_a_past_day_shows_no_doubt(at: House) -> None:
    say(at.hub, AGENCY, a_concern("C-1"))
    approve_change(at.changing, at.ivy, at.revoke("police-1", doubtful_for=timedelta(hours=1)))
    reading = at.hub.reading()
    later = tuple(replace(one, known=one.known + timedelta(days=2)) for one in reading.doubts)
    child = parse_identifier(f"nhs:{ROBIN}")
    today = at.hub.clock.now().date()
    then = read_chronology(replace(reading, doubts=later), at.priya, child, Purpose.SECTION_47, today)
    assert not [mark for entry in then.entries for mark in entry.marks if mark.code == IN_DOUBT.code]
