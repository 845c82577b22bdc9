"""Is somebody told who looked at their record only after a review, and alike when there is nothing to tell?"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from consent.packs import LawSettings
from contracts.events.hub import AccessDecided, Actor
from contracts.events.subject_report import (
    HeldBack,
    LookHeld,
    SubjectReportProposed,
    SubjectReportReviewed,
    Warned,
)
from contracts.events.telling import FamilyAsked
from contracts.identifiers import Identifier
from contracts.vocabulary import Purpose, StaffRole, Telling
from hub.application.enrol import enrol_staff
from hub.application.ports import Stream
from hub.application.read_chronology import read_chronology
from hub.application.report_to_subject import ReportingToSubjects, ReportLetter, propose_report, review_report
from hub.domain.errors import AccessRefused, NotOnRecord
from hub.domain.family_answer import FamilyDecision
from hub.domain.subject_report import DELAY, Review, ReviewRefused, answer_by, listed_after, warnings
from tests.support.families import ABSENT, CALLED, CHECKS, FATHER, THERE, about_father
from tests.support.given import an_actor, an_id
from tests.support.html import Markup
from tests.support.small_hub import SmallHub

READER = an_actor("priya")
ANN = an_actor("ann", role=StaffRole.IG_OFFICER)
HOUR = timedelta(hours=1)


@dataclass
class Desk:
    """A small hub at which somebody asks who looked."""

    hub: SmallHub

    def look(self, purpose: Purpose, reader: Actor = READER) -> None:
        """Somebody reads the chronology, and time goes on."""
        read_chronology(self.hub.reading(), reader, THERE, purpose)
        self.hub.clock.forward(HOUR)

    def reporting(self, *, names_staff: bool = False) -> ReportingToSubjects:
        """What reporting needs."""
        hub = self.hub
        return ReportingToSubjects(hub.store, hub.index, hub.clock, LawSettings(), CALLED, hub.deciding(), names_staff)

    def propose(self, actor: Actor = CHECKS, child: Identifier = THERE) -> SubjectReportProposed:
        """The report, proposed."""
        return propose_report(self.reporting(), actor, child, FATHER)

    def review(self, review: Review, by: Actor = ANN, child: Identifier = THERE) -> ReportLetter:
        """The report, proposed and reviewed."""
        return review_report(self.reporting(), by, child, self.propose(child=child).report_id, review)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two looks that the father may be told of and one at an enquiry, all long enough ago."""
    made = Desk(SmallHub(tmp_path))
    made.hub.receive(about_father("C-1", Telling.TOLD_AT))
    made.look(Purpose.SECTION_17)
    made.look(Purpose.SECTION_47)
    made.look(Purpose.EARLY_HELP)
    made.hub.clock.forward(DELAY)
    return made


def test_nothing_goes_to_anybody_before_a_review(desk: Desk) -> None:
    proposed = desk.propose()
    assert [one.held for one in proposed.looks] == [None, HeldBack.ENQUIRY, None]
    facts = desk.hub.store.read_stream(Stream.access(proposed.person_id))
    assert proposed in facts
    assert not [fact for fact in facts if isinstance(fact, SubjectReportReviewed)]


def test_the_letter_lists_agency_day_and_purpose_and_never_who(desk: Desk) -> None:
    letter = desk.review(Review())
    assert letter.text.count("somebody at Children's Services, ") == 2
    assert "6 October 2026: somebody at Children's Services, to see what help is needed" in letter.text
    assert not [word for word in ("priya", "ivy", "s47", "Enquire") if word in letter.text]
    assert (letter.reviewed.outcome, len(letter.reviewed.listed)) == ("released", 2)


def test_what_is_too_short_a_time_ago_waits(desk: Desk) -> None:
    desk.look(Purpose.SECTION_17)
    assert desk.propose().looks[-1].held is HeldBack.TOO_RECENT
    desk.hub.clock.forward(DELAY)
    assert desk.propose().looks[-1].held is None


def test_the_reviewer_is_warned_of_what_may_be_inferred(desk: Desk) -> None:
    proposed = desk.propose()
    assert proposed.warnings == (Warned.ONE_AGENCY, Warned.SAME_DAY)
    earlier = desk.review(Review()).reviewed
    assert Warned.SHORTER not in warnings(proposed.looks, (earlier,))
    assert Warned.SHORTER in warnings(proposed.looks[1:], (earlier,))


def test_a_look_at_night_is_warned_of(desk: Desk) -> None:
    desk.hub.clock.forward(timedelta(hours=8))
    desk.look(Purpose.SECTION_17)
    desk.hub.clock.forward(DELAY)
    assert Warned.OUT_OF_HOURS in desk.propose().warnings


def test_a_review_holds_back_more_and_says_why_on_record_alone(desk: Desk) -> None:
    proposed = desk.propose()
    held = LookHeld(decision_id=proposed.looks[0].decision_id, reason=HeldBack.SAFETY)
    letter = review_report(desk.reporting(), ANN, THERE, proposed.report_id, Review(held=(held,)))
    assert letter.text.count("somebody at") == 1
    assert letter.reviewed.held == (held,)
    assert "harm" not in letter.text


def test_suppressed_absent_and_nothing_are_one_letter(desk: Desk, tmp_path: Path) -> None:
    suppressed = desk.review(Review(outcome="suppressed", reason=HeldBack.SAFETY))
    absent = desk.review(Review(), child=ABSENT)
    bare = Desk(SmallHub(tmp_path / "bare", desk.hub.clock))
    bare.hub.receive(about_father("C-1", Telling.TOLD_AT))
    nothing = bare.review(Review())
    assert suppressed.outgoing == absent.outgoing == nothing.outgoing
    assert suppressed.page == absent.page == nothing.page
    assert suppressed.reviewed.reason is HeldBack.SAFETY
    assert "Nothing is listed." in suppressed.text


def test_a_delay_writes_no_letter_and_keeps_why(desk: Desk) -> None:
    until = desk.hub.clock.now().date() + timedelta(days=30)
    letter = desk.review(Review(outcome="delayed", reason=HeldBack.CRIME, until=until))
    assert (letter.text, letter.outgoing, letter.page) == ("", b"", "")
    assert (letter.reviewed.until, letter.reviewed.reason) == (until, HeldBack.CRIME)


def test_what_changed_since_it_was_proposed_only_takes_looks_away(desk: Desk) -> None:
    proposed = desk.propose()
    facts = desk.hub.store.read_stream(Stream.access(proposed.person_id))
    looks = tuple(fact for fact in facts if isinstance(fact, AccessDecided) and fact.what == "chronology")
    asked = next(fact for fact in facts if isinstance(fact, FamilyAsked))
    today = FamilyDecision(looks[0], asked, (), looks[:2], ())  # the third is tellable no more
    assert listed_after(proposed, Review(), today) == looks[:1]


@pytest.mark.parametrize(
    ("review", "code"),
    [
        (Review(held=(LookHeld(decision_id=an_id("none"), reason=HeldBack.SAFETY),)), "no_such_look"),
        (Review(outcome="suppressed"), "reason_needed"),
        (Review(outcome="delayed", reason=HeldBack.SAFETY), "day_needed"),
        (Review(outcome="suppressed", reason=HeldBack.TOO_RECENT), "reason_not_for_review"),
    ],
)
def test_a_review_that_is_not_whole_is_refused(desk: Desk, review: Review, code: str) -> None:
    with pytest.raises(ReviewRefused, match=code):
        desk.review(review)


def test_nobody_reviews_a_report_on_their_own_look(desk: Desk) -> None:
    proposed = desk.propose()
    reader = an_actor("ivy", role=StaffRole.IG_OFFICER).model_copy(update={"subject": READER.subject})
    for by in (reader, reader.model_copy(update={"issuer": "urn:childhub:elsewhere"})):
        with pytest.raises(ReviewRefused, match="reviewer_looked"):
            review_report(desk.reporting(), by, THERE, proposed.report_id, Review())


def test_what_was_suppressed_or_released_is_not_reviewed_again(desk: Desk) -> None:
    suppressed, released = Review(outcome="suppressed", reason=HeldBack.SAFETY), Review()
    another = an_actor("bo", role=StaffRole.IG_OFFICER)
    for first, then, by in ((suppressed, released, ANN), (released, suppressed, ANN), (released, released, another)):
        report_id = desk.propose().report_id
        letter = review_report(desk.reporting(), ANN, THERE, report_id, first)
        with pytest.raises(ReviewRefused, match="reviewed_already"):
            review_report(desk.reporting(), by, THERE, report_id, then)
        assert review_report(desk.reporting(), ANN, THERE, report_id, first).text == letter.text


def test_what_was_put_off_is_reviewed_again(desk: Desk) -> None:
    report_id, later = desk.propose().report_id, date(2099, 1, 1)
    delayed = Review(outcome="delayed", reason=HeldBack.CRIME, until=later)
    assert review_report(desk.reporting(), ANN, THERE, report_id, delayed).text == ""
    assert review_report(desk.reporting(), ANN, THERE, report_id, Review()).text


def test_nobody_reviews_what_they_put_together_under_another_issuer_either(desk: Desk) -> None:
    for by in (CHECKS, CHECKS.model_copy(update={"issuer": "urn:childhub:elsewhere"})):
        with pytest.raises(ReviewRefused, match="reviewer_proposed"):
            desk.review(Review(), by)


@pytest.mark.parametrize(
    ("asked_on", "by"),
    [(date(2026, 11, 22), date(2026, 12, 22)), (date(2026, 12, 5), date(2027, 1, 5)),
     (date(2027, 1, 31), date(2027, 2, 28))],
)  # fmt: skip
def test_an_answer_is_due_within_a_month(asked_on: date, by: date) -> None:
    assert answer_by(asked_on) == by


def test_another_role_gets_nothing_and_the_try_is_on_record(desk: Desk) -> None:
    with pytest.raises(AccessRefused):
        desk.propose(READER)
    person = desk.propose().person_id
    refused = [
        fact
        for fact in desk.hub.store.read_stream(Stream.access(person))
        if isinstance(fact, AccessDecided) and fact.effect == "refused"
    ]
    assert [fact.what for fact in refused] == ["family_answer"]


def test_a_report_that_was_never_proposed_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotOnRecord):
        review_report(desk.reporting(), ANN, THERE, an_id("none"), Review())


def test_staff_are_named_only_where_the_policy_lets_them_be(desk: Desk) -> None:
    enrol_staff(desk.hub.store, desk.hub.clock, READER, "Priya Anand", "")
    report_id = desk.propose().report_id
    letter = review_report(desk.reporting(names_staff=True), ANN, THERE, report_id, Review())
    assert letter.reviewed.names_staff
    assert letter.text.count("Priya Anand, at Children's Services") == 2
    assert "Priya Anand" not in review_report(desk.reporting(), ANN, THERE, report_id, Review()).text


def test_the_page_is_whole_and_escapes_what_it_is_given(desk: Desk) -> None:
    page = desk.review(Review()).page
    read = Markup()
    read.feed(page)
    assert not read.wrong + read.open
    assert "Children&#x27;s Services" in page
    assert [one.name for one in read.elements].count("h1") == 1
