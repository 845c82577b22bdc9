"""What the pages of the record of access share: what their use cases need, and what their forms say."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from contracts.vocabulary import Purpose
from hub.application.list_accesses import MOST_DAYS, ListingAccesses, Sought
from hub.application.look_at_audit import Checking
from hub.application.ports import Stream
from hub.application.prove_lines import PageProofs, ProvingLines, prove_lines
from hub.domain import access_words, registry
from hub.domain.access_line import AccessLine
from hub.domain.access_words import KINDS_OFFERED
from hub.domain.errors import AccessRefused
from hub.domain.moment import day_in_london
from hub.web.forms import Wrong, day_given, read_day
from hub.web.page import NotForThisRole, Visit
from hub.web.pages.audit_turning import place_of

Answer = TypeVar("Answer")
PERIODS: Mapping[str, tuple[int, str]] = {
    "1": (1, "One day"),
    "7": (7, "7 days"),
    "30": (30, "30 days"),
    "92": (MOST_DAYS, f"{MOST_DAYS} days"),
}
EFFECTS: Mapping[str, str] = {"permitted": "Permitted", "refused": "Refused"}
USUAL = "7"


def checking(visit: Visit) -> Checking:
    """What a look at the record needs."""
    return Checking(visit.parts.store, visit.parts.clock, visit.parts.reading().law)


def listing(visit: Visit) -> ListingAccesses:
    """What a list of looks needs."""
    return ListingAccesses(checking(visit), visit.parts.accesses_under)


def proofs_of(visit: Visit, lines: Iterable[AccessLine]) -> PageProofs:
    """How far each of the lines on a page is proved just now."""
    return prove_lines(proving(visit), lines)


def proving(visit: Visit) -> ProvingLines:
    """What proving what a page shows needs."""
    parts = visit.parts
    return ProvingLines(parts.placed, parts.kept, parts.proofs, parts.clock)


def of_this_role(ask: Callable[[], Answer]) -> Answer:
    """What the use case answers. Raises NotForThisRole for those whose work it is not: their try is on record."""
    try:
        return ask()
    except AccessRefused:
        raise NotForThisRole from None


def names(visit: Visit) -> Mapping[str, str]:
    """What staff are called, by sign-in name."""
    staff = registry.ever_staff(visit.parts.store.read_stream(Stream.registry()))
    return {subject: enrolled.name for subject, enrolled in staff.items()}


def today(visit: Visit) -> date:
    """The day in England."""
    return day_in_london(visit.parts.clock.now())


def usual(visit: Visit) -> Sought:
    """Everything of the last seven days."""
    return Sought(today(visit) - timedelta(days=PERIODS[USUAL][0] - 1), today(visit))


def read_sought(visit: Visit) -> Sought | Wrong:
    """What the form seeks, or what is wrong with it; a choice that is none of those offered narrows nothing."""
    until = read_day(visit.fields, today(visit))
    if isinstance(until, str):
        return {"day": until}
    last = until or today(visit)
    days, _ = PERIODS.get(visit.field("period"), PERIODS[USUAL])
    return Sought(
        since=last - timedelta(days=days - 1),
        until=last,
        agency=chosen_agency(visit),
        purpose=chosen_purpose(visit),
        effect=visit.field("effect") if visit.field("effect") in EFFECTS else None,
        kinds=frozenset({visit.field("kind")} & set(KINDS_OFFERED)),
        before=place_of(visit).before,
    )


def position(line: AccessLine | None) -> int | None:
    """The number of an entry, if there is one."""
    return line.position if line is not None else None


def carried(sought: Sought) -> Mapping[str, str]:
    """The fields that seek the same again, on the same days whatever day it is by then."""
    days = (sought.until - sought.first_day()).days + 1
    return {
        "agency": sought.agency or "",
        "kind": next(iter(sought.kinds), ""),
        "purpose": sought.purpose.value if sought.purpose is not None else "",
        "effect": sought.effect or "",
        "period": next((code for code, (length, _) in PERIODS.items() if length == days), USUAL),
        "day-day": str(sought.until.day),
        "day-month": str(sought.until.month),
        "day-year": str(sought.until.year),
    }


def chosen_agency(visit: Visit) -> str | None:
    """The agency chosen, by source."""
    return visit.field("agency") if visit.field("agency") in visit.parts.titles else None


def chosen_purpose(visit: Visit) -> Purpose | None:
    """The purpose chosen."""
    return next((one for one in Purpose if one.value == visit.field("purpose")), None)


def choices(visit: Visit) -> Mapping[str, object]:
    """What a form of filters offers, and what was chosen on it."""
    return {
        "agencies": tuple(visit.parts.titles.items()),
        "purposes": tuple((one.value, one.meaning) for one in Purpose),
        "effects": tuple(EFFECTS.items()),
        "kinds": tuple((code, access_words.kind(code)) for code in KINDS_OFFERED),
        "periods": tuple((code, said) for code, (_, said) in PERIODS.items()),
        "chosen": {name: visit.field(name) for name in ("agency", "purpose", "effect", "kind")}
        | {"period": visit.field("period") if visit.field("period") in PERIODS else USUAL},
        "typed": day_given(visit.fields, "day"),
        "words": access_words,
        "names": names(visit),
    }
