"""`hub subject-report`: who has looked at my record, put together, reviewed, and only then a letter.

The hub sends it to nobody: a person makes sure who asks, reads the letter, and sends it.
"""

import argparse
import sys
from pathlib import Path
from typing import get_args
from uuid import UUID

from contracts.events.subject_report import HeldBack, LookHeld, SubjectReportProposed
from contracts.events.telling import AskerKind, Proof
from hub.adapters.private_file import write_through
from hub.application.report_to_subject import ReportingToSubjects, propose_report, review_report
from hub.application.sign_in import act_as
from hub.commands import typed
from hub.commands.one_line import lines_alone
from hub.commands.then_follow import then_follow
from hub.domain import words
from hub.domain.errors import NotOnRecord
from hub.domain.family_answer import Asker
from hub.domain.subject_report import BY_REVIEW, Review, ReviewRefused
from hub.settings import Settings
from hub.wiring import Hub, titles

NAMES = frozenset({"subject-report"})
_REFUSED = {
    "reviewed_already": "somebody has reviewed it already: put a new report together",
    "reviewer_proposed": "you put this report together: somebody else reviews it",
    "reviewer_looked": "you are one of those who looked: somebody else reviews it",
    "no_such_look": "a look that you hold back is not in the report",
    "reason_not_for_review": "that reason is not one that a review gives",
    "reason_needed": "say why: --reason",
    "day_needed": "say until which day, still to come: --until",
}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hub subject-report` and what stands under it."""
    report = commands.add_parser("subject-report", help="who has looked at my record: a letter, after a review")
    steps = report.add_subparsers(dest="step", required=True, metavar="STEP")
    propose = steps.add_parser("propose", help="put it together; nothing goes to anybody")
    propose.add_argument("--person", required=True, metavar="LABEL", help="the label under which reports name who asks")
    propose.add_argument("--asker", required=True, choices=get_args(AskerKind), help="what they are to the child")
    propose.add_argument("--proof", required=True, choices=get_args(Proof), help="how you made sure who asks")
    review = steps.add_parser("review", help="hold more back, or suppress or delay it; else the letter is written")
    review.add_argument("report", type=typed.reference, metavar="REPORT", help="the report's id")
    review.add_argument("--hold", nargs=2, action="append", default=[], metavar=("LOOK", "REASON"))
    how = review.add_mutually_exclusive_group()
    how.add_argument("--suppress", action="store_true", help="the letter lists nothing, as where there is nothing")
    how.add_argument("--until", type=typed.day, metavar="DATE", help="no letter before that day")
    reasons = sorted(one.value for one in BY_REVIEW)
    review.add_argument("--reason", choices=reasons, help="why it is suppressed or delayed")
    review.add_argument("--text", type=Path, metavar="FILE", help="write the letter as it leaves, at its one length")
    review.add_argument("--html", type=Path, metavar="FILE", help="write the letter as one web page")
    for one in (propose, review):
        one.add_argument("child", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, la:…, local:… or hub:…")
        typed.staff(one)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when it is done, 1 when the review may not be made so.

    Raises AccessRefused, NotEnrolled, Conflict, StoreUnavailable, Unreadable.
    """
    hub = Hub(settings)
    with then_follow(hub):
        try:
            return _propose(hub, arguments) if arguments.step == "propose" else _review(hub, arguments)
        except (ReviewRefused, NotOnRecord) as refused:
            print(f"hub: {_REFUSED.get(str(refused), 'there is no such report')}.", file=sys.stderr)
            return 1


def reporting(hub: Hub) -> ReportingToSubjects:
    """What reporting needs. No letter names staff: no policy of a partnership lets it yet."""
    return ReportingToSubjects(hub.store, hub.index, hub.clock, hub.law, titles(), hub.deciding())


def lines(proposed: SubjectReportProposed) -> list[str]:
    """The report for its reviewer, on a terminal."""
    told = [f"Report {proposed.report_id}: {len(proposed.looks)} looks. Nothing has gone to anybody."]
    for one in proposed.looks:
        stands = "listed" if one.held is None else f"held back: {one.held.meaning}"
        told.append(f"  {words.moment(one.at)}, {one.reader.role.meaning}, look {one.decision_id}: {stands}")
    return told + [f"  Mind: {one.meaning}." for one in proposed.warnings]


def _propose(hub: Hub, arguments: argparse.Namespace) -> int:
    asker = Asker(arguments.person, arguments.asker, arguments.proof)
    proposed = propose_report(reporting(hub), act_as(hub.store, arguments.staff), arguments.child, asker)
    print(lines_alone("\n".join(lines(proposed))))
    return 0


def _review(hub: Hub, arguments: argparse.Namespace) -> int:
    held = tuple(LookHeld(decision_id=_look(look), reason=_reason(reason)) for look, reason in arguments.hold)
    reason = _reason(arguments.reason) if arguments.reason is not None else None
    review = Review(held, "released", reason)
    if arguments.suppress or arguments.until is not None:
        review = Review(held, "suppressed" if arguments.suppress else "delayed", reason, arguments.until)
    actor = act_as(hub.store, arguments.staff)
    letter = review_report(reporting(hub), actor, arguments.child, arguments.report, review)
    if arguments.text is not None and letter.outgoing:
        write_through(arguments.text, letter.outgoing)
    if arguments.html is not None and letter.page:
        write_through(arguments.html, letter.page.encode())
    print(lines_alone(letter.text) or "Delayed: no letter is written now.", end="" if letter.text else "\n")
    return 0


def _look(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ReviewRefused("no_such_look") from None


def _reason(text: str) -> HeldBack:
    found = next((one for one in HeldBack if one.value == text), None)
    if found is None:
        raise ReviewRefused("reason_not_for_review")
    return found
