"""Is a report on who looked put together by one officer and reviewed by another, with nothing shown unrecorded?"""

import re
from pathlib import Path
from typing import TypeVar

import pytest
from fastapi.testclient import TestClient

from contracts.events.access import ReadDecided
from contracts.events.subject_report import SubjectReportProposed, SubjectReportReviewed
from contracts.vocabulary import AgencyKind, StaffRole
from hub.application.enrol import enrol_staff
from hub.commands import staff
from hub.commands.staff import Member
from hub.wiring import Hub
from tests.support.given import ROBIN, an_actor
from tests.support.house import house
from tests.support.html import faults
from tests.support.pages import ASKING, send, signed_in
from tests.support.story import SECRETS, tell_story
from tests.support.watched_store import WatchedStore

F = TypeVar("F", SubjectReportProposed, SubjectReportReviewed)
ANN = Member("ann", "Ann Dale", "social_care", StaffRole.IG_OFFICER)
ASKED = {"child": ROBIN, "label": "mother", "asker": "parent", "proof": "document_seen"}
LIST, ONE, REVIEW = "/audit/subject-reports", "/audit/subject-report", "/audit/subject-report/review"


@pytest.fixture
def own(tmp_path: Path) -> Hub:
    """A hub with its story, two officers, and one look at Robin's record."""
    made = house(tmp_path)
    tell_story(made)
    as_ann = an_actor("ann", "social-care", AgencyKind.LOCAL_AUTHORITY, StaffRole.IG_OFFICER)
    as_ann = as_ann.model_copy(update={"issuer": staff.ISSUER})
    enrol_staff(made.store, made.clock, as_ann, ANN.name, made.phrases.hashed(staff.phrase(made, ANN)))
    send(signed_in(made, staff.DECISION_MAKER), "/chronology", ASKING)
    return made


def proposed(hub: Hub, browser: TestClient) -> str:
    """The id of a report that was just put together."""
    answer = send(browser, LIST, ASKED)
    assert answer.status_code == 200
    hub.follow()
    return str(newest(hub, SubjectReportProposed).report_id)


def newest(hub: Hub, kind: type[F]) -> F:
    """The newest fact of its kind."""
    facts = (hub.store.open_row(row) for row in reversed(hub.store.rows_after(0, 100_000)))
    return next(fact for fact in facts if isinstance(fact, kind))


def test_it_is_put_together_reviewed_by_somebody_else_and_then_a_letter(own: Hub) -> None:
    ivy = signed_in(own, staff.IG_OFFICER)
    answer = send(ivy, LIST, ASKED)
    assert "You put this report together. Somebody else reviews it." in answer.text
    assert "Priya Anand" in answer.text
    assert "Held back: It was for a purpose that would tell of an enquiry" in answer.text
    assert not faults(answer.text)
    own.follow()
    report = str(newest(own, SubjectReportProposed).report_id)
    assert "<strong>1</strong>" in ivy.get("/audit").text
    refused = send(ivy, REVIEW, {"report": report, "outcome": "released"})
    assert (refused.status_code, "you put this report together" in refused.text.lower()) == (422, True)
    ann = signed_in(own, ANN)
    opened = send(ann, ONE, {"report": report})
    assert "What becomes of it?" in opened.text
    letter = send(ann, REVIEW, {"report": report, "outcome": "released"})
    assert letter.status_code == 200
    assert "Nothing is listed." in letter.text
    assert "Priya" not in letter.text
    kept = newest(own, SubjectReportReviewed)
    assert (kept.by.subject, kept.outcome, len(kept.sha256)) == ("ann", "released", 64)
    own.follow()
    listed = ann.get(LIST)
    assert "Reviewed: it went as it stood" in listed.text
    assert "It is reviewed." in send(ann, ONE, {"report": report}).text
    for page in (opened, letter, listed):
        assert not faults(page.text)
        assert not [secret for secret in SECRETS if secret in page.text]
    reads = [own.store.open_row(row) for row in own.store.rows_after(0, 100_000)]
    whats = [(one.actor.subject, one.what) for one in reads if isinstance(one, ReadDecided)]
    assert ("ann", "subject_report") in whats
    assert ("ann", "subject_reports") in whats


def test_a_delay_comes_back_on_its_day_and_holds_back_by_number(own: Hub) -> None:
    report = proposed(own, signed_in(own, staff.IG_OFFICER))
    ann = signed_in(own, ANN)
    until = {"until-day": "1", "until-month": "3", "until-year": "2099"}
    review = {"report": report, "outcome": "delayed", "because": "crime", "hold-safety": "1", **until}
    assert "No letter is written before 1 March 2099" in send(ann, REVIEW, review).text
    kept = newest(own, SubjectReportReviewed)
    assert [one.reason.value for one in kept.held] == ["safety"]
    own.follow()
    listed = ann.get(LIST).text
    assert "Reviewed: not yet" in listed
    assert re.search(r"Review due[^<]*\">1 March 2099<", listed)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"outcome": ""}, "Select what becomes of it"),
        ({"outcome": "suppressed"}, "Select why nothing is listed"),
        ({"outcome": "delayed", "because": "crime"}, "Enter until which day"),
        ({"outcome": "released", "hold-crime": "99"}, "Enter numbers of looks"),
        ({"outcome": "released", "hold-crime": "one"}, "Enter numbers of looks"),
        ({"outcome": "released", "until-day": "x"}, "must include a day"),
    ],
)
def test_a_review_that_is_not_whole_is_asked_for_again(own: Hub, changed: dict[str, str], says: str) -> None:
    report = proposed(own, signed_in(own, staff.IG_OFFICER))
    answer = send(signed_in(own, ANN), REVIEW, {"report": report, **changed})
    assert (answer.status_code, says in answer.text) == (422, True)
    assert not faults(answer.text)


@pytest.mark.parametrize("missing", sorted(ASKED))
def test_a_form_that_is_not_whole_is_asked_for_again(hub: Hub, missing: str) -> None:
    answer = send(signed_in(hub, staff.IG_OFFICER), LIST, {**ASKED, missing: ""})
    assert (answer.status_code, "There is a problem" in answer.text) == (422, True)
    assert not faults(answer.text)


def test_another_role_sees_nothing_and_a_report_that_is_not_there_is_not_found(hub: Hub) -> None:
    sam, ivy = signed_in(hub, staff.UNRELATED), signed_in(hub, staff.IG_OFFICER)
    assert sam.get(LIST).status_code == 403
    for path, fields in ((LIST, ASKED), (ONE, {"report": "x"}), (REVIEW, {"report": "x", "outcome": "released"})):
        assert send(sam, path, fields).status_code == 403
        if path != LIST:
            assert send(ivy, path, fields).status_code == 404


def test_nothing_is_read_for_whoever_has_no_business_there_and_the_try_is_on_record(own: Hub) -> None:
    report = proposed(own, signed_in(own, staff.IG_OFFICER))
    store = WatchedStore(own.store)
    sam = signed_in(own, staff.UNRELATED, store)
    before = own.store.rows_after(0, 100_000)[-1].position
    for path, fields in ((LIST, ASKED), (ONE, {"report": report}), (REVIEW, {"report": report, "outcome": "released"})):
        assert send(sam, path, fields).status_code == 403
    assert sam.get(LIST).status_code == 403
    assert not {"read_history", "read_access", "read_stream"} & set(store.calls)
    kept = [own.store.open_row(row) for row in own.store.rows_after(before, 1_000)]
    tries = [(one.effect, one.what, one.items) for one in kept if isinstance(one, ReadDecided)]
    assert tries == [("refused", what, 0) for what in ("subject_reports", *("subject_report",) * 2, "subject_reports")]
