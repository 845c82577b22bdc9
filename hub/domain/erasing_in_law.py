"""Whether the law lets a record be destroyed, all of it or none: UK GDPR Art 5(1)(e), Art 17; Inquiries Act 2005."""

from dataclasses import replace
from datetime import date, timedelta

from consent.decide import LawSettings, decide
from consent.request import Act, FactsInLaw, Request
from contracts.events.erasure import ErasureGround
from contracts.events.hub import Actor, ReportLinked
from contracts.vocabulary import Purpose
from hub.domain.erasures import ErasureRefused
from hub.domain.in_law import item
from hub.domain.moment import day_in_london
from hub.domain.retention import Kept, RetentionClass, class_of, over_on


def check_law(
    links: tuple[ReportLinked, ...], asked: tuple[Actor, ErasureGround], on: date, settings: LawSettings, *, held: bool
) -> None:
    """Nothing, where the law lets every report be destroyed on that day.

    Where the ground is that a period is over, it has to be. A request that was upheld, an order, or that it should not
    have been kept, ends the period. Raises ErasureRefused (held, too_early).
    """
    actor, ground = asked
    is_over = ground is ErasureGround.RETENTION_OVER
    kept = known_of(links)
    until = over_on(kept) - timedelta(days=1) if is_over and kept is not None else on - timedelta(days=1)
    items = tuple(replace(item(link), on_hold=held, keep_until=until) for link in links)
    request = Request(Act.ERASE, on, Purpose.AUDIT, actor.agency, actor.agency_kind, actor.role, None, urgent=False)
    if items and not decide(request, FactsInLaw(items=items), settings=settings).permitted:
        raise ErasureRefused("held" if held else "too_early")


def class_of_record(links: tuple[ReportLinked, ...]) -> RetentionClass | None:
    """The class to which a record belongs; None where it holds no report."""
    kept = known_of(links)
    return class_of(kept) if kept is not None else None


def known_of(links: tuple[ReportLinked, ...]) -> Kept | None:
    """What of a record bears on how long it is kept; None where it holds no report."""
    days = sorted(day_in_london(link.received) for link in links)
    if not days:
        return None
    return Kept(links[0].person_id, frozenset(link.report_type for link in links), days[0], days[-1])
