"""Reports on who looked, for whom they are about: put together by one officer, reviewed by another, then a letter.

A report is asked for by POST and by its own id: no address of a page names anybody, and no form holds whose it is.
"""

import re
from typing import get_args
from uuid import UUID

from starlette.responses import Response

from contracts.events.subject_report import HeldBack, LookHeld, SubjectReportProposed
from contracts.events.telling import AskerKind, Proof
from contracts.identifiers import parse_identifier
from hub.application.list_subject_reports import LIST, ForReview, list_subject_reports, open_for_review
from hub.application.look_at_audit import refuse_others
from hub.application.report_to_subject import ReportingToSubjects, propose_report, review_report
from hub.domain.audit_look import AuditLook
from hub.domain.errors import NotOnRecord
from hub.domain.family_answer import Asker
from hub.domain.subject_report import BY_REVIEW, Review, ReviewRefused
from hub.domain.unread import NOBODY
from hub.web.forms import Wrong, day_given, day_in_boxes, read_child
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages.audit_parts import checking, names, of_this_role, today

ASKERS: dict[AskerKind, str] = {"child": "The child", "parent": "A parent or carer", "other": "Somebody else"}
PROOFS: dict[Proof, str] = {
    "document_seen": "A document was seen",
    "known_in_person": "They are known in person",
    "not_checked": "Nobody has made sure",
}
OUTCOMES = {"released": "It goes as it stands here", "suppressed": "Nothing is listed", "delayed": "Not yet"}
REASONS = {one.value: one.meaning for one in HeldBack if one in BY_REVIEW}
_LABEL = re.compile(r"[a-z][a-z0-9_]{0,19}")
_NUMBERS = re.compile(r"[0-9]{1,6}([ ,]+[0-9]{1,6})*")
_REFUSED = {
    "reviewed_already": ("report", "Somebody has reviewed it already: put a new report together"),
    "reviewer_proposed": ("report", "You put this report together: somebody else reviews it"),
    "reviewer_looked": ("report", "You are one of those who looked: somebody else reviews it"),
    "reason_needed": ("because", "Select why nothing is listed, or why not yet"),
    "day_needed": ("until", "Enter until which day, still to come"),
}


def show(visit: Visit) -> Response:
    """The reports and the form. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    return _list(visit, {})


def propose(visit: Visit) -> Response:
    """The report, put together for a review.

    Raises NotForThisRole (the try is on record), Conflict, StoreUnavailable, Unreadable.
    """
    of_this_role(lambda: refuse_others(checking(visit), visit.member.actor, AuditLook(LIST)))
    child, label = read_child(visit.field("child")), visit.field("label")
    asker = next((one for one in get_args(AskerKind) if one == visit.field("asker")), None)
    proof = next((one for one in get_args(Proof) if one == visit.field("proof")), None)
    wrong: Wrong = {}
    if isinstance(child, str):
        wrong["child"] = child
    if not _LABEL.fullmatch(label):
        wrong["label"] = "Enter the label as reports write it, such as mother"
    if asker is None:
        wrong["asker"] = "Select who asks"
    if proof is None:
        wrong["proof"] = "Select how you made sure who asks"
    if isinstance(child, str) or asker is None or proof is None or wrong:
        return _list(visit, wrong, 422)
    who = Asker(label, asker, proof)
    proposed = of_this_role(lambda: propose_report(_reporting(visit), visit.member.actor, child, who))
    return _page(visit, proposed, {})


def open_one(visit: Visit) -> Response:
    """A report as it was put together, and its review.

    Raises NotForThisRole (the try is on record), NoSuchPage (the asking is), StoreUnavailable, Unreadable.
    """
    opened = _open(visit)
    return _page(visit, opened.proposed, {}, is_done=not opened.report.is_waiting)


def review(visit: Visit) -> Response:
    """The letter, once its review is on record; or the report again, with what is wrong with the review.

    Raises NotForThisRole (the try is on record), NoSuchPage (the asking is), Conflict, StoreUnavailable, Unreadable.
    """
    opened = _open(visit)
    read = _read_review(visit, opened.proposed)
    if isinstance(read, dict):
        return _page(visit, opened.proposed, read, status=422)
    report_id, child = opened.report.report_id, parse_identifier(f"hub:{opened.report.person_id.hex}")
    try:
        letter = of_this_role(lambda: review_report(_reporting(visit), visit.member.actor, child, report_id, read))
    except ReviewRefused as refused:
        name, says = _REFUSED[str(refused)]
        return _page(visit, opened.proposed, {name: says}, status=422)
    return visit.show("subject_letter.html", letter=letter, blocks=letter.text.strip().split("\n\n"))


def _reporting(visit: Visit) -> ReportingToSubjects:
    """What reporting needs. No letter names staff: no policy of a partnership lets it yet."""
    parts = visit.parts
    reading = parts.reading()
    return ReportingToSubjects(parts.store, parts.index, parts.clock, reading.law, parts.titles, reading.deciding)


def _list(visit: Visit, wrong: Wrong, status: int = 200) -> Response:
    rows = visit.parts.rows_of("subject_reports")
    found = of_this_role(lambda: list_subject_reports(checking(visit), rows, visit.member.actor))
    offered = {"askers": ASKERS, "proofs": PROOFS, "names": names(visit), "today": today(visit)}
    chosen = {name: visit.field(name) for name in ("asker", "proof")}
    chosen["label"] = visit.field("label") if wrong and _LABEL.fullmatch(visit.field("label")) else ""
    return visit.show("subject_reports.html", status, found=found, wrong=wrong, chosen=chosen, **offered)


def _open(visit: Visit) -> ForReview:
    rows, report_id = visit.parts.rows_of("subject_reports"), _report_id(visit)
    try:
        return of_this_role(lambda: open_for_review(checking(visit), rows, visit.member.actor, report_id))
    except NotOnRecord:
        raise NoSuchPage from None


def _page(
    visit: Visit, proposed: SubjectReportProposed, wrong: Wrong, status: int = 200, *, is_done: bool = False
) -> Response:
    own = proposed.by.subject == visit.member.actor.subject  # then there is no form on which anything were wrong
    wrong = dict([_REFUSED["reviewer_proposed"]]) if wrong and own else wrong
    return visit.show(
        "subject_report.html",
        status,
        report=proposed,
        wrong=wrong,
        is_done=is_done,
        may_review=not own,
        names=names(visit),
        askers=ASKERS,
        proofs=PROOFS,
        outcomes=OUTCOMES,
        reasons=REASONS,
        given={**visit.fields, **day_given(visit.fields, "until")},
    )


def _read_review(visit: Visit, proposed: SubjectReportProposed) -> Review | Wrong:
    """The review that the form states, or what is wrong with it, by field."""
    wrong: Wrong = {}
    held: list[LookHeld] = []
    for reason in (one for one in HeldBack if one in BY_REVIEW):
        typed = visit.field(f"hold-{reason.value}")
        numbers = [int(one) for one in re.split("[ ,]+", typed)] if _NUMBERS.fullmatch(typed) else []
        if (typed and not numbers) or not all(1 <= one <= len(proposed.looks) for one in numbers):
            wrong[f"hold-{reason.value}"] = "Enter numbers of looks in this report, such as 2, 5"
            continue
        held += [LookHeld(decision_id=proposed.looks[one - 1].decision_id, reason=reason) for one in numbers]
    until = day_in_boxes(visit.fields, "until")
    if isinstance(until, str):
        wrong["until"] = until
    because = next((one for one in BY_REVIEW if one.value == visit.field("because")), None)
    if visit.field("outcome") not in OUTCOMES:
        wrong["outcome"] = "Select what becomes of it"
    if wrong or isinstance(until, str):
        return wrong
    match visit.field("outcome"):
        case "suppressed":
            return Review(tuple(held), "suppressed", because)
        case "delayed":
            return Review(tuple(held), "delayed", because, until)
        case _:
            return Review(tuple(held))


def _report_id(visit: Visit) -> UUID:
    try:
        return UUID(visit.field("report"))
    except ValueError:
        return NOBODY


PAGES = (
    Page("GET", "/audit/subject-reports", show),
    Page("POST", "/audit/subject-reports", propose),
    Page("POST", "/audit/subject-report", open_one),
    Page("POST", "/audit/subject-report/review", review, fresh=True),
)
