"""`hub break-glass`, `hub reviews` and `hub review`: opening in an emergency, and somebody else looking at it after."""

import argparse

from contracts.events.access import EmergencyReason, Finding
from contracts.strict_json import Json
from hub.application.break_glass import Opened, break_glass
from hub.application.review_access import Reviewing, list_reviews, review_access
from hub.application.sign_in import act_as
from hub.commands import chronology, typed
from hub.commands.one_line import in_json, lines_alone
from hub.commands.then_follow import then_follow
from hub.domain import words
from hub.domain.emergency import Opening
from hub.domain.explained_rules import CODES
from hub.domain.moment import day_in_london
from hub.settings import Settings
from hub.views.looks import LOOKS, Emergency
from hub.wiring import Hub

NAMES = frozenset({"break-glass", "reviews", "review"})


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add these commands to `hub`."""
    reasons = "\n".join(f"  {one.value:15} {one.meaning}" for one in EmergencyReason)
    opening = commands.add_parser(
        "break-glass",
        help="read a child's chronology in an emergency; for an hour, and somebody else looks at it after",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"The reasons:\n{reasons}",
    )
    opening.add_argument("child", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, la:…, local:… or hub:…")
    typed.staff(opening)
    opening.add_argument("--reason", required=True, choices=[one.value for one in EmergencyReason], metavar="CODE")
    typed.json(opening)
    reviews = commands.add_parser("reviews", help="what was opened in an emergency, and what is still to be reviewed")
    typed.staff(reviews)
    typed.json(reviews)
    review = commands.add_parser("review", help="say what a look at a child comes to; never one's own")
    review.add_argument("decision", type=typed.reference, metavar="DECISION")
    typed.staff(review)
    findings = [one.value for one in Finding]
    review.add_argument("--finding", required=True, choices=findings, help=", ".join(findings))
    signs = sorted(CODES)
    review.add_argument("--sign", nargs="+", default=[], choices=signs, metavar="CODE", help="why it was asked about")
    typed.json(review)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when it is done. Raises AccessRefused, NotEnrolled, Conflict, StoreUnavailable, Unreadable."""
    hub = Hub(settings)
    hub.follow()
    with then_follow(hub):
        if arguments.command == "break-glass":
            opened = open_for(hub, arguments.staff, arguments)
            _print(arguments, as_object(opened), lines(opened))
        elif arguments.command == "reviews":
            found = listed(hub, arguments.staff)
            _print(arguments, {"reviews": [_object(one) for one in found]}, _list_lines(hub, found))
        else:
            _review(hub, arguments)
    return 0


def open_for(hub: Hub, staff: str, arguments: argparse.Namespace) -> Opened:
    """What may be seen. Raises AccessRefused, NotEnrolled, StoreUnavailable, Unreadable."""
    reason = EmergencyReason[arguments.reason.upper()]
    return break_glass(hub.reading(), Opening(act_as(hub.store, staff), reason, hub.clock.now()), arguments.child)


def listed(hub: Hub, staff: str) -> tuple[Emergency, ...]:
    """The openings that they answer for. Raises AccessRefused, NotEnrolled, StoreUnavailable, Unreadable."""
    return list_reviews(reviewing(hub), hub.view_rows.read(LOOKS), act_as(hub.store, staff))


def reviewing(hub: Hub) -> Reviewing:
    """What reviewing needs."""
    return Reviewing(hub.store, hub.index, hub.clock, hub.deciding(), lambda keys: hub.view_rows.rows_of(LOOKS, keys))


def lines(opened: Opened) -> list[str]:
    """The opening for a terminal, before what it opens."""
    one = opened.opening
    until = words.moment(one.until) if one.until is not None else "now"
    by = words.moment(one.review_by) if one.review_by is not None else "now"
    told = f"OPENED IN AN EMERGENCY ({one.reason.meaning}). You may read until {until}; somebody looks at it by {by}."
    return [told, *chronology.lines(opened.chronology, day_in_london(one.at))]


def as_object(opened: Opened) -> dict[str, Json]:
    """The opening as a JSON object, with what it opens."""
    one = opened.opening
    return {
        "opening": one.model_dump(mode="json", exclude_none=True, exclude={"actor"}),
        "chronology": chronology.as_object(opened.chronology),
    }


def _review(hub: Hub, arguments: argparse.Namespace) -> None:
    finding, actor = Finding[arguments.finding.upper()], act_as(hub.store, arguments.staff)
    fact = review_access(reviewing(hub), actor, arguments.decision, finding, tuple(sorted(set(arguments.sign))))
    said = f"On record: {fact.finding.meaning.lower()}, about the look {fact.decision_id}."
    _print(arguments, {"decision": str(fact.decision_id), "finding": fact.finding.value}, [said])


def _list_lines(hub: Hub, found: tuple[Emergency, ...]) -> list[str]:
    now = hub.clock.now()
    told = []
    for one in found:
        if one.finding is not None:
            stands = f"reviewed: {one.finding.value}"
        elif one.review_by is None:
            stands = "refused, and nothing was shown"
        else:
            stands = f"{'OVERDUE since' if one.review_by < now else 'to be reviewed by'} {words.moment(one.review_by)}"
        told.append(f"{words.moment(one.at)}: {one.subject} ({one.agency}), {one.reason.meaning}; {stands}")
        told.append(f"    decision {one.decision_id}, child hub:{one.person_id}")
    return told or ["Nothing was opened in an emergency."]


def _object(one: Emergency) -> dict[str, Json]:
    return {
        "decision": str(one.decision_id),
        "person": str(one.person_id),
        "at": one.at.isoformat(),
        "reader": one.subject,
        "agency": one.agency,
        "reason": one.reason.value,
        "permitted": one.permitted,
        "review_by": one.review_by.isoformat() if one.review_by is not None else None,
        "finding": one.finding.value if one.finding is not None else None,
    }


def _print(arguments: argparse.Namespace, whole: dict[str, Json], told: list[str]) -> None:
    print(in_json(whole) if arguments.json else lines_alone("\n".join(told)))
