"""What a worker states of telling somebody, read strictly: that they were told, are not told yet, or are to be told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args
from uuid import UUID

from contracts.events.hub import Actor
from contracts.events.telling import ChildView, How
from contracts.vocabulary import PersonRole, Telling
from hub.domain.told import NowTold
from hub.web.forms import Wrong, day_in_boxes

WHAT: Mapping[str, str] = {
    "told": "They were told",
    "not_told": "They are not told yet, because telling would do harm",
    "due": "They are to be told by a day",
}
WHEN: Mapping[Telling, str] = {
    Telling.TOLD_BEFORE: "Before it was shared",
    Telling.TOLD_AT: "When it was shared",
    Telling.TOLD_AFTER: "After it was shared",
}
HOW: Mapping[How, str] = {
    "in_person": "In person",
    "by_telephone": "By telephone",
    "by_video": "By video",
    "in_writing": "In writing",
}
HARM: Mapping[Telling, str] = {
    Telling.NOT_TOLD_SAFETY: "Somebody would be put at risk",
    Telling.NOT_TOLD_PREJUDICE: "An enquiry or a prosecution would fail",
}
AGREES: Mapping[ChildView, str] = {
    "agrees": "The child agrees",
    "does_not_agree": "The child does not agree",
    "not_asked": "The child was not asked",
    "cannot_say": "The child is too young, or cannot say",
}
MOST_REASON, MOST_NAME, MOST_WORDS = 400, 200, 2000
_LABEL = re.compile(r"[a-z][a-z0-9_]{0,19}", re.ASCII)


@dataclass(frozen=True, slots=True)
class OfWhom:
    """One person of one report, by the report's own label; the role is for the page's words alone."""

    report_id: UUID
    label: str
    role: PersonRole | None = None


def read_whom(fields: Mapping[str, str]) -> OfWhom | None:
    """Whom it is about; None where the form does not say it as the pages write it."""
    label = fields.get("label", "")
    try:
        report_id = UUID(fields.get("of-report", ""))
    except ValueError:
        return None
    role = next((one for one in PersonRole if one.value == fields.get("person-role")), None)
    return OfWhom(report_id, label, role) if _LABEL.fullmatch(label) else None


def read_telling(fields: Mapping[str, str], whom: OfWhom, actor: Actor, today: date) -> NowTold | Wrong:
    """What the form states, or what is wrong with it, by field."""
    wrong: Wrong = {}
    agrees = next((one for one in get_args(ChildView) if one == fields.get("child-agrees")), None)
    words = _words(fields, "child-words", MOST_WORDS, wrong)
    made: NowTold | None = None
    match fields.get("what"):
        case "told":
            made = _told(fields, whom, actor, today, wrong)
        case "not_told":
            made = _not_told(fields, whom, actor, today, wrong)
        case "due":
            by = _day(fields, "by", "Enter the day by which they are to be told", wrong)
            made = NowTold(actor, whom.report_id, whom.label, Telling.DUE, review_on=by)
        case _:
            wrong["what"] = "Say whether they were told"
    if wrong or made is None:
        return wrong
    return NowTold(
        made.actor, made.report_id, made.label, made.state, made.on, made.how, made.told_by, made.reason,
        made.approved_by, made.review_on, agrees, words,
    )  # fmt: skip


def _told(fields: Mapping[str, str], whom: OfWhom, actor: Actor, today: date, wrong: Wrong) -> NowTold:
    state = next((one for one in WHEN if one.value == fields.get("when")), Telling.TOLD_AFTER)
    if fields.get("when") not in {one.value for one in WHEN}:
        wrong["when"] = "Say whether it was before, when or after it was shared"
    how = next((one for one in get_args(How) if one == fields.get("how")), None)
    if how is None:
        wrong["how"] = "Say how they were told"
    on = _day(fields, "on", "Enter the day on which they were told", wrong)
    if on is not None and on > today:
        wrong["on"] = "The day they were told must be today or in the past"
    told_by = _said(fields, "told-by", "Say who told them: name and role", wrong)
    return NowTold(actor, whom.report_id, whom.label, state, on, how, told_by)


def _not_told(fields: Mapping[str, str], whom: OfWhom, actor: Actor, today: date, wrong: Wrong) -> NowTold:
    state = next((one for one in HARM if one.value == fields.get("harm")), Telling.NOT_TOLD_SAFETY)
    if fields.get("harm") not in {one.value for one in HARM}:
        wrong["harm"] = "Say what telling would harm"
    reason = _said(fields, "because", "Say who would be put at risk, or what would fail", wrong, MOST_REASON)
    approved = _said(fields, "approved-by", "Say who agrees: never the one who decides", wrong)
    review = _day(fields, "review", "Enter the day on which it is decided again, within 28 days", wrong)
    if review is not None and review < today:
        wrong["review"] = "The day on which it is decided again must not be past"
    return NowTold(
        actor, whom.report_id, whom.label, state, reason=reason, approved_by=approved, review_on=review
    )  # fmt: skip


def _day(fields: Mapping[str, str], name: str, missing: str, wrong: Wrong) -> date | None:
    found = day_in_boxes(fields, name)
    if found is None or isinstance(found, str):
        wrong[name] = found or missing
        return None
    return found


def _said(fields: Mapping[str, str], name: str, missing: str, wrong: Wrong, most: int = MOST_NAME) -> str | None:
    found = _words(fields, name, most, wrong)
    if not found and name not in wrong:
        wrong[name] = missing
    return found or None


def _words(fields: Mapping[str, str], name: str, most: int, wrong: Wrong) -> str:
    found = fields.get(name, "").strip()
    if len(found) > most:
        wrong[name] = f"This must be {most} characters or fewer"
    return found
