"""What the record of access says for its codes: what somebody did, and how it came out."""

from collections.abc import Mapping
from typing import Final

from consent.refusals import GROUNDS
from contracts.events.access import EmergencyReason, Finding
from contracts.vocabulary import Purpose
from hub.domain.access_line import RECALLED_LATE, REFUSED, AccessLine

_WHAT: Final[Mapping[str, str]] = {
    "chronology": "Chronology",
    "access_record": "Who looked at a child",
    "identity_question": "Identity questions",
    "moves": "Reports to be moved to another child",
    "moved_reports": "What one was shown with the wrong child",
    "telling": "Who is still to be told",
    "shares": "What was shared",
    "share": "What was shared, before anybody said to have opened it",
    "worklist": "Worklist",
    "requests_to_us": "What the agency was asked",
    "ask_agencies": "Agencies asked what they know",
    "who_is_meant": "Which child the agency was asked about",
    "answer_request": "Answer to what the agency was asked",
    "take_down_answer": "Writing down what an agency answered by telephone",
    "family_answer": "Answer to a family",
    "enquiries": "Open enquiries",
    "attach_reply": "Writing down a reply to an entry",
    "reply": "Reply to an entry",
    "enquiry": "Enquiry (opening, assigning, rating or closing one)",
    "accesses": "Looks, by day",
    "accesses_of_staff": "What a member of staff did",
    "accesses_refused": "Refused tries",
    "own_activity": "One's own activity",
    "audit_home": "Front page of the record of access",
    "emergencies": "Emergency access",
    "policies": "Policies in force",
    "entry_proof": "One entry and its proof",
    "entry_proof_file": "One entry and its proof, as a file",
    "sharing_refused": "Sharing that was refused",
    "subject_report": "Report on who looked, for the person it is about",
    "subject_reports": "Reports on who looked",
    "witness_readmitted": "A witness of the log, counted again",
    "witness_book": "The book of the log's witnesses, begun again",
    "meeting_pack": "Chronology, for a meeting",
    "court_chronology": "Chronology, for a court",
    "export_fhir": "Record of access as FHIR audit events",
    "export_csv": "Record of access as a table",
    "export_bodies": "What the entries of the log stand for, as a file",
    "export_s62": "Statutory log (DPA 2018 s62)",
    "quarantine_list": "What was set aside",
    "quarantine_show": "A message that was set aside",
    "quarantine_replay": "Messages set aside, tried again",
    "unexplained": "Looks to ask about",
    **{reason.value: reason.meaning for reason in EmergencyReason},
    **{
        f"{of}_{finding.value}": f"{look}: {finding.meaning}"
        for of, look in (("break_glass", "Emergency access"), ("unexplained", "A look to ask about"))
        for finding in Finding
    },
}
_KINDS: Final[Mapping[str, str]] = {
    "collection": "Taken in",
    "alteration": "Changed",
    "consultation": "Looked at",
    "disclosure": "Shared",
    "combination": "Moved to another record",
    "erasure": "Erased",
    "search": "Searched by exact number",
    "sign_in": "Signed in",
    "list": "Listed",
    "count": "Counted",
    "export": "Taken out as a file",
    "print": "Printed",
    "page": "Opened a page",
    "audit_read": "Checked the record of access",
    "break_glass": "Opened in an emergency",
    "review": "Reviewed a look",
    "not_shared": "Decided not to share",
    "taken_back": "Took back",
}
_CAUSES: Final[Mapping[str, str]] = {
    "asked": "somebody decided it",
    "duty": "a duty to notify",
    "correction": "what was shared before was corrected, or replied to",
    "resumed": "decided earlier, and it had not left",
}
_RECALLS: Final[Mapping[str, str]] = {  # what goes by these says that something is not to be kept, and holds no report
    "moved": "what was shared before was about another child",
    "taken_back": "whoever decided to share it took it back",
    RECALLED_LATE: "decided earlier, and it had not left",
}
_NOT_SHARED: Final[Mapping[str, str]] = {one.reason.value: one.title for one in GROUNDS}
_OF_KIND: Final[Mapping[str, Mapping[str, str]]] = {
    "disclosure": _CAUSES,
    "not_shared": _NOT_SHARED,
}
_OWN_WORK: Final[Mapping[str, str]] = {  # what of several children's is looked at for no purpose that somebody chose
    "telling": "that whoever must be told is told",
    "shares": "that what was sent is read",
    "identity_question": "that a report stands with the child whose it is",
}
KINDS_OFFERED: Final = (
    "consultation",
    "search",
    "disclosure",
    "not_shared",
    "break_glass",
    "print",
    "export",
    "audit_read",
    "sign_in",
)


def kind(code: str) -> str:
    """What was done, in words; a code that is not known, as words."""
    return _KINDS.get(code, _plain(code))


def what(code: str) -> str:
    """What somebody looked at or did, in words; a code that is not known, as words."""
    return _WHAT.get(code, _plain(code))


def done(line: AccessLine) -> str:
    """What somebody did or tried, on one line: `Looked at: Chronology`."""
    if line.kind in ("sign_in", "search"):
        return kind(line.kind)
    if line.kind == "disclosure" and line.what in _RECALLS:
        return f"Recalled: {_RECALLS[line.what]}"
    said = _OF_KIND.get(line.kind, _WHAT)
    return f"{kind(line.kind)}: {said.get(line.what, _plain(line.what))}"


def is_chosen(of: Purpose | None, what: str) -> bool:
    """Whether the purpose on record is one that somebody chose, or that belongs to their role."""
    return of is not Purpose.SECTION_17 or what not in _OWN_WORK


def purpose(of: Purpose | None, what: str) -> str:
    """For what somebody did it; where no purpose is asked for, what the work is and by which law it is open."""
    if of is None:
        return "None given"
    if is_chosen(of, what):
        return of.meaning
    return f"Its own work: {_OWN_WORK[what]}. No purpose is chosen for that; it is open under: {of.meaning}"


def outcome(line: AccessLine) -> str:
    """How it came out."""
    if line.kind == "not_shared":
        return "Not shared"
    return "Refused" if line.effect == REFUSED else "Permitted"


def _plain(code: str) -> str:
    return code.replace("_", " ").replace("-", " ").capitalize()
