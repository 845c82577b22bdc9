"""Who looked at a child's record, and why: for information-governance officers, and itself a look that is on record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from starlette.responses import Response

from contracts.events.hub import AccessDecided
from hub.application.list_unexplained import ToReview, to_review_about
from hub.application.read_access_record import AccessRecord, Narrowed, read_access_record
from hub.domain import words
from hub.domain.access_line import AccessLine, line_of
from hub.domain.access_runs import Page as Lines
from hub.domain.access_runs import alike, page_of
from hub.domain.moment import LONDON
from hub.domain.what_was_seen import WasSeen, was_seen
from hub.web.forms import Wrong, read_child
from hub.web.looks_picture import LooksPicture, Seen, picture_of
from hub.web.page import Page, Visit
from hub.web.pages.audit_parts import PERIODS, choices, chosen_agency, chosen_purpose, names, proofs_of, today
from hub.web.pages.audit_review import FINDINGS, asking
from hub.web.pages.audit_turning import place_of, turning

EVER = "ever"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry about a child, with the decision where it is one to show something of the child or not."""

    line: AccessLine
    decision: AccessDecided | None = None


def page_at(record: AccessRecord, before: int | None) -> Lines[Row]:
    """One page of everything on a child's record of access: what stands before an entry, the newest first."""
    decided = zip(record.decisions, record.positions, strict=True)
    rows = [Row(line, fact) for fact, number in decided if (line := line_of(fact, number)) is not None]
    every = sorted((*rows, *(Row(line) for line in record.others)), key=lambda row: -row.line.position)
    return page_of((row for row in every if before is None or row.line.position < before), _line, _kind)


def _line(row: Row) -> AccessLine:
    return row.line


def _kind(row: Row) -> object:
    one = row.decision
    return (alike(row.line), one is None, (one.as_known_on, len(one.withheld)) if one is not None else None)


def ask(visit: Visit) -> Response:
    """The form."""
    return _form(visit, {})


def show(visit: Visit) -> Response:
    """The record of access. Raises AccessRefused (on record), StoreUnavailable, Unreadable: nothing is shown."""
    found = record_for(visit)
    if isinstance(found, dict):
        return _form(visit, found, 422)
    review = to_review_about(asking(visit), found.person_id)
    narrowed, place = wanted(visit) != Narrowed(), place_of(visit)
    page = page_at(found, place.before)
    last = page.last.line.position if page.last is not None else None
    fields = {name: visit.field(name) for name in ("agency", "purpose", "period")}
    return visit.show(
        "who_looked.html",
        200,
        wrong={},
        record=found,
        looks=tuple(run for run in page.runs if run[0].decision is not None),
        others=tuple(tuple(one.line for one in run) for run in page.runs if run[0].decision is None),
        pages=turning("/who-looked", place, last, {"child": f"hub:{found.person_id}", **fields}),
        narrowed=narrowed,
        review=review,
        was_seen={} if narrowed else _was_seen(found, review),
        by=_by(found),
        picture=_picture(visit, found, review),
        proofs=proofs_of(visit, (row.line for row in page.items)),
        findings=FINDINGS,
        **_offered(visit),
    )


def _was_seen(record: AccessRecord, review: ToReview) -> Mapping[UUID, WasSeen]:
    """What each look that waits for a review came to, from the whole record."""
    found = {one: was_seen(one, record.decisions, record.others, review.links) for one in review.decisions}
    return {decision_id: seen for decision_id, seen in found.items() if seen is not None}


def _by(record: AccessRecord) -> tuple[int, int]:
    """How many people, of how many agencies, the looks and tries are by."""
    actors = [one.actor for one in record.decisions]
    return len({(one.issuer, one.subject) for one in actors}), len({one.agency for one in actors})


def _picture(visit: Visit, record: AccessRecord, review: ToReview) -> LooksPicture:
    """When people looked: whatever was shown of the child, with what waits for a review marked."""
    called, titles = names(visit), visit.parts.titles
    shown = (one for one in record.decisions if one.effect == "permitted" and one.what != "access_record")
    seen = (
        Seen(
            one.at,
            f"{called.get(one.actor.subject, one.actor.subject)}, {titles.get(one.actor.agency, one.actor.agency)}, "
            f"{words.moment(one.at)}",
            one.decision_id in review.decisions,
        )
        for one in shown
    )
    return picture_of(seen, today(visit))


def record_for(visit: Visit) -> AccessRecord | Wrong:
    """The record of access, or what is wrong with the form. Raises AccessRefused (on record), StoreUnavailable."""
    actor, parts = visit.member.actor, visit.parts
    child = read_child(visit.field("child"))
    if isinstance(child, str):
        return {"child": child}
    return read_access_record(parts.reading(), actor, child, wanted=wanted(visit))


def wanted(visit: Visit) -> Narrowed:
    """Which looks the form asks for."""
    days = PERIODS.get(visit.field("period"))
    since = None
    if days is not None:
        since = datetime.combine(today(visit) - timedelta(days=days[0] - 1), time(), LONDON)
    return Narrowed(chosen_agency(visit), chosen_purpose(visit), since)


def _form(visit: Visit, wrong: Wrong, status: int = 200) -> Response:
    return visit.show("who_looked.html", status, wrong=wrong, record=None, names={})


def _offered(visit: Visit) -> dict[str, object]:
    offered = dict(choices(visit))
    chosen = {name: visit.field(name) for name in ("agency", "purpose")}
    period = visit.field("period") if visit.field("period") in PERIODS else EVER
    return {
        **offered,
        "chosen": {**chosen, "period": period},
        "names": names(visit),
        "sealed": visit.parts.sealed_up_to(),
    }


PAGES = (Page("GET", "/who-looked", ask), Page("POST", "/who-looked", show))
