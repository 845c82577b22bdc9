"""The front page of the record of access: what waits for somebody to look, and how far the record is proved."""

from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from contracts.events.need import AlarmKind
from hub.application.count_alarms import Alarming, Watched
from hub.application.read_audit_home import AuditViews, Waiting, read_audit_home
from hub.domain import feed_words, words
from hub.domain.emergency import how_late
from hub.domain.feed import FeedKind
from hub.domain.reason_codes import explained
from hub.domain.witnessed import WitnessState
from hub.views.enquiries import Escalated
from hub.web.page import Page, Visit
from hub.web.pages.about import WITNESS_SAYS, WITNESSED
from hub.web.pages.audit_parts import listing, of_this_role
from hub.web.rendering import number

TOLD = {
    AlarmKind.POLICIES.value: ("try", "tries", "refused because the policies could not be judged, last 7 days"),
    AlarmKind.BUDGET_OF_PERSON.value: ("time", "times", "somebody looked for too many children, last 7 days"),
    AlarmKind.BUDGET_OF_AGENCY.value: ("time", "times", "an agency looked for too many children, last 7 days"),
}
COUNTED = ("telling", "refusals", "quarantine", "subject_reports", "enquiries", "moves", "openings")
EMERGENCIES = "/audit/emergencies"
EACH = 5  # more than these are counted
WHERE = {
    "told": "/audit/refused",
    "address": "/audit/entry/",
    "set_aside": "/quarantine",
    "feeds": "/feeds",
    "witnesses": "#as-it-was",
    "witness_back": "#as-it-was",
}


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """One alarm: how many of what (the words of the link), where to look, and what it means."""

    counted: str
    address: str
    means: str


def alarm_line(of: Alarming) -> AlarmLine:
    """The words for one alarm."""
    match of.place:
        case "witnesses":
            return AlarmLine("Waiting for witnesses", WHERE[of.place], WITNESSED[WitnessState(of.code)].rstrip("."))
        case "address":
            return _not_protected(of)
        case "told":
            one, many, means = TOLD[of.code]
        case "set_aside":
            one, many, means = "message set aside", "messages set aside", explained(of.code).means
        case "feeds":
            one, many, means = "agency", "agencies", feed_words.IN_SHORT[FeedKind(of.code)]
        case "witness_back":
            one, many, means = "witness", "witnesses", "forgot what it confirmed, and does not count"
    return AlarmLine(f"{of.count} {one if of.count == 1 else many}", WHERE[of.place], means)


def _not_protected(of: Alarming) -> AlarmLine:
    """By ids alone: which address it is, nobody here could read."""
    means = f"an address that {of.code} protects is not known here, so nothing holds it apart: ask for it"
    which = f"child hub:{of.person_id}, report {of.report_id}, last 7 days"
    return AlarmLine(f"Entry no. {of.position}", f"{WHERE[of.place]}{of.position}", f"{means} ({which})")


def escalated_lines(found: tuple[Escalated, ...], now: datetime) -> tuple[AlarmLine, ...]:
    """The words for emergencies that nobody reviewed in time: those that were due first each by its number."""
    lines = tuple(_escalated_line(one, now) for one in found[:EACH])
    if len(found) <= EACH:
        return lines
    return (*lines, AlarmLine(f"{len(found) - EACH} more", EMERGENCIES, "emergencies that nobody reviewed in time"))


def _escalated_line(one: Escalated, now: datetime) -> AlarmLine:
    due = f"was due {words.by_end(one.review_by)}, {how_late(one.review_by, now)}"
    return AlarmLine(f"Emergency {number(one.decision_id)}", EMERGENCIES, f"nobody has reviewed it; it {due}")


def waiting(visit: Visit) -> Waiting:
    """The counts. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    rows = visit.parts.rows_of
    views = AuditViews(*(rows(name) for name in COUNTED))
    reading = visit.parts.reading()
    watched = Watched(reading.partners, reading.witnesses)
    return of_this_role(lambda: read_audit_home(listing(visit), views, watched, visit.member.actor))


def show(visit: Visit) -> Response:
    """The page. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    found, parts = waiting(visit), visit.parts
    escalated = escalated_lines(found.escalated, parts.clock.now())
    witnesses = parts.reading().witnesses
    return visit.show(
        "audit_home.html",
        found=found,
        alarms=(*escalated, *(alarm_line(one) for one in found.alarming)),
        sealed=parts.sealed_up_to(),
        witnessed=WITNESSED[witnesses.state(parts.clock.now())],
        witnesses=witnesses.standings(parts.clock.now()),
        witness_says=WITNESS_SAYS,
    )


# No role stands here: who may look is decided by the use case, so that a refused try is on record too.
PAGES = (Page("GET", "/audit", show),)
