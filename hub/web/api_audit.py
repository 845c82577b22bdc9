"""The pages of the record of access as JSON: the same use cases, the same session, each look on record first.

`GET /api/audit` gives the form key that the others take by POST, so that no address holds anybody's name or number.
A list that is longer than a page says what it `ends` with: sent back as `ends`, that asks for the next page.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum

from starlette.responses import JSONResponse, Response

from contracts.event import Shape
from contracts.strict_json import Json
from hub.domain.access_line import AccessLine
from hub.domain.access_runs import Page as Lines
from hub.domain.errors import NotEnrolled
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages import audit_entry, audit_home, audit_lists, audit_looks, audit_review, who_looked
from hub.web.pages.audit_parts import position, proofs_of, read_sought

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_HOME = (
    "today",
    "refused",
    "reviews",
    "late_reviews",
    "telling_late",
    "refusals_to_review",
    "set_aside",
    "alarms",
    "alarming",
    "escalated",
    "subject_reports",
    "late_subject_reports",
    "to_agree",
    "to_open",
)


def home(visit: Visit) -> Response:
    """What waits, counted. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    found = audit_home.waiting(visit)
    counts = {name: getattr(found, name) for name in _HOME}
    key = visit.desk.sessions.form_key(visit.token)
    return _answer({**counts, "on_record": found.on_record.position, "form_key": key})


def looks(visit: Visit) -> Response:
    """The looks sought. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    sought = read_sought(visit)
    if isinstance(sought, dict):
        return _answer({"wrong": sought}, 422)
    found = audit_looks.found_for(visit, sought)
    return _answer({**_page(visit, found.page), "on_record": found.on_record.position})


def staff(visit: Visit) -> Response:
    """What one member of staff did. Raises NotForThisRole (the try is on record), StoreUnavailable, Unreadable."""
    sought = read_sought(visit)
    if isinstance(sought, dict):
        return _answer({"wrong": sought}, 422)
    try:
        found = audit_looks.staff_record(visit, visit.field("subject"), sought)
    except NotEnrolled:
        raise NoSuchPage from None
    return _answer({**_page(visit, found.page), "by_hour": found.by_hour, "on_record": found.on_record.position})


def child(visit: Visit) -> Response:
    """Who looked at a child, with how far each entry of the newest page is proved.

    Raises AccessRefused (on record), StoreUnavailable, Unreadable.
    """
    found = who_looked.record_for(visit)
    if isinstance(found, dict):
        return _answer({"wrong": found}, 422)
    said = {"person": found.person_id, "decisions": found.decisions, "numbers": found.positions}
    proofs = proofs_of(visit, (row.line for row in who_looked.page_at(found, None).items))
    rest = {"others": found.others, "left_out": found.left_out, "proofs": proofs}
    return _answer({**said, **rest, "on_record": found.position})


def entry(visit: Visit) -> Response:
    """One entry and its proof.

    Raises NotForThisRole, NoSuchPage (the try is on record), StoreUnavailable, Unreadable.
    """
    if not _NUMBER.fullmatch(visit.rest):
        raise NoSuchPage
    found = audit_entry.proved(visit, int(visit.rest))
    proved = found.proved
    names = ("state", "why", "origin", "size", "root", "commitment", "hashes", "witnesses")
    proof = {name: getattr(proved, name) for name in names}
    index = proved.material.index if proved.material is not None else None
    proof |= {"index": index, "tlog_proof": proved.proof.decode()}
    return _answer({"line": found.line, "proof": proof, "on_record": found.on_record.position})


def emergencies(visit: Visit) -> Response:
    """What was opened in an emergency. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    found = audit_lists.emergencies(visit)
    return _answer(
        {"to_review": found.waiting, "others": found.others, "more": found.more, "on_record": found.on_record.position}
    )


def telling(visit: Visit) -> Response:
    """What was left too long. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    return _answer({"telling": audit_lists.telling_late(visit)})


def sharing(visit: Visit) -> Response:
    """Sharing that was refused. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    found = audit_lists.sharing(visit)
    said = {
        "by_people": found.by_people,
        "more": found.by_law.more,
        "by_law": found.by_law.items,
        "ends": position(found.by_law.last),
    }
    return _answer({**said, "on_record": found.on_record.position})


def unexplained(visit: Visit) -> Response:
    """The looks to ask about. Raises NotForThisRole (the try is on record), StoreUnavailable, Unreadable."""
    found = audit_review.unexplained(visit)
    said = ((one.look, tuple(rule.code for rule in one.reasons)) for one in found.looks)
    looks = [{"decision": look.decision_id, "at": look.at, "why": why} for look, why in said]
    return _answer({"unexplained": looks, "more": found.more, "ends": audit_review.end_of(found)})


def _page(visit: Visit, page: Lines[AccessLine]) -> Mapping[str, object]:
    """The lines of a page, how far each is proved, whether there are more, and the `ends` that asks for the next."""
    proofs = proofs_of(visit, page.items)
    return {"looks": page.items, "proofs": proofs, "more": page.more, "ends": position(page.last)}


def _answer(said: Mapping[str, object], status: int = 200) -> Response:
    return JSONResponse(_json(said), status)


def _json(value: object) -> Json:
    """The value as JSON: codes, ids, days and moments as text."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): _json(one) for key, one in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [_json(one) for one in value]
    if isinstance(value, Shape):
        return _json(value.model_dump(mode="json"))
    if is_dataclass(value):
        return {field.name: _json(getattr(value, field.name)) for field in fields(value)}
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value.value) if isinstance(value, Enum) else str(value)


PAGES = (
    Page("GET", "/api/audit", home),
    Page("POST", "/api/audit/looks", looks),
    Page("POST", "/api/audit/staff", staff),
    Page("POST", "/api/audit/child", child),
    Page("GET", "/api/audit/entry/{rest:path}", entry),
    Page("GET", "/api/audit/emergencies", emergencies),
    Page("POST", "/api/audit/emergencies", emergencies),
    Page("GET", "/api/audit/telling", telling),
    Page("GET", "/api/audit/sharing", sharing),
    Page("POST", "/api/audit/sharing", sharing),
    Page("GET", "/api/audit/unexplained", unexplained),
    Page("POST", "/api/audit/unexplained", unexplained),
)
