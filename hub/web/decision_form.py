"""What the four questions of a sharing decision were answered with, read strictly; nothing is taken for granted."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from consent.refusals import Reason
from contracts.agreement import Agreement
from contracts.events.sharing import NOTE_CHARACTERS, Family
from contracts.vocabulary import Purpose
from hub.web.forms import Wrong, day_in_boxes

WHY: Mapping[Purpose, tuple[str, str]] = {
    Purpose.SECTION_47: ("A child may be suffering significant harm", "Safeguarding duty. You do not need consent"),
    Purpose.EMERGENCY: ("A child’s life or safety must be protected now", "Vital interests and safeguarding"),
    Purpose.SECTION_17: ("To assess and meet what a child in need needs", "Public task under Children Act 1989 s17"),
    Purpose.EARLY_HELP: ("To help the family early, as agreed with them", "Their agreement to a service is no consent"),
    Purpose.CRIME: ("To prevent or investigate crime", "DPA 2018, law enforcement"),
}
FAMILY: Mapping[Family, tuple[str, str]] = {
    "told": ("Yes, they have been told", ""),
    "to_be_told": ("Yes, but not yet", "Who is not told stays on To be told"),
    "not_safe": (
        "No, telling them would put someone at risk",
        "State it for each person, under To be told",
    ),
}
WHAT: Mapping[str, str] = {
    "all": "Share every entry that I may see",
    "some": "Share some entries",
    "none": "Do not share",
}
MOST_TICKED = 40
TO_ASKED = "Everyone asked about this child"


@dataclass(frozen=True, slots=True)
class Answered:
    """A decision: which reports (empty: it is not to share), with whom, what for, and what is said of the family."""

    reports: tuple[UUID, ...]
    recipients: tuple[Agreement, ...]
    purpose: Purpose
    urgent: bool
    family: Family | None
    seen: frozenset[str]
    reason: Reason | None = None
    words: str = ""
    approved_by: str | None = None
    review_on: date | None = None
    note: str = ""


def read_decision(
    fields: Mapping[str, str], offered: tuple[UUID, ...], agencies: tuple[Agreement, ...]
) -> Answered | Wrong:
    """The decision that the form states, or what is wrong with it, by question."""
    wrong: Wrong = {}
    what = fields.get("what", "")
    if what not in WHAT:
        wrong["what"] = "Say what you are deciding"
    ticked = tuple(one for one in offered if fields.get(field_of(one)))
    if what == "some" and not ticked:
        wrong["entries"] = f"Tick the entries to share, at most {MOST_TICKED}"
    elif what == "some" and len(ticked) > MOST_TICKED:
        wrong["entries"] = f"You ticked {len(ticked)}. Tick at most {MOST_TICKED}; the rest takes a decision of its own"
    chosen = _chosen(fields, agencies, wrong)
    purpose = next((one for one in WHY if one.value == fields.get("why")), None)
    if purpose is None:
        wrong["why"] = "Say why sharing is, or would be, necessary"
    family = next((one for one in FAMILY if one == fields.get("family")), None)
    if family is None and what != "none":
        wrong["family"] = "Say whether the family can be told"
    reason, review = _reason(fields, what, wrong)
    note = _note(fields, wrong)
    if wrong or purpose is None:
        return wrong
    reports = {"all": offered, "some": ticked}.get(what, ())
    return Answered(
        reports=reports,
        recipients=chosen,
        purpose=purpose,
        urgent=bool(fields.get("urgent")),
        family=family,
        seen=frozenset(fields.get("seen", "").split()),
        reason=reason,
        words=fields.get("words", "").strip(),
        approved_by=fields.get("approved-by", "").strip() or None,
        review_on=review,
        note=note,
    )


def again(fields: Mapping[str, str], weighed: Iterable[str], gone: Set[str]) -> dict[str, str]:
    """The answers of a form to be given again, less the agencies (by name) in `gone`: it went to them, or waits to."""
    left = {name: value for name, value in fields.items() if name != "form_key" and value}
    left = {name: value for name, value in left.items() if name.removeprefix("to-") not in gone}
    if "asked" in left:
        left["asked"] = " ".join(one for one in left["asked"].split() if one not in gone)
    return {**left, "seen": " ".join((*fields.get("seen", "").split(), *weighed))}


def field_of(report_id: UUID) -> str:
    """The name of an entry's box."""
    return f"r-{report_id.hex}"


def _chosen(fields: Mapping[str, str], agencies: tuple[Agreement, ...], wrong: Wrong) -> tuple[Agreement, ...]:
    """Who was chosen: one by one, and those whom the choice of everyone asked named."""
    together = fields.get("asked", "").split() if fields.get("to-asked") else []
    chosen = tuple(one for one in agencies if fields.get(f"to-{one.agency}") or one.agency in together)
    if not chosen:
        wrong["to"] = "Choose who it is about sharing with"
    return chosen


def _note(fields: Mapping[str, str], wrong: Wrong) -> str:
    note = " ".join(fields.get("note", "").split())
    if len(note) > NOTE_CHARACTERS:
        wrong["note"] = f"Say it in {NOTE_CHARACTERS} characters or fewer"
    return note


def _reason(fields: Mapping[str, str], what: str, wrong: Wrong) -> tuple[Reason | None, date | None]:
    """Why nothing is shared, where that is what is decided, and when it is looked at again."""
    if what != "none":
        return None, None
    reason = next((one for one in Reason if one.value == fields.get("reason")), None)
    if reason is None:
        wrong["reason"] = "Select why it is not shared"
    if not fields.get("words", "").strip():
        wrong["words"] = "Say in your own words why it is not shared"
    review = day_in_boxes(fields, "review")
    if isinstance(review, str):
        wrong["review"] = review
        return reason, None
    return reason, review
