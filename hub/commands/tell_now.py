"""`hub telling told | not-told | due | undo`: somebody states how it stands with telling a person, or takes it back."""

import argparse
from typing import get_args

from consent.prompts import CODES, for_person, occasion_of
from contracts.events.telling import ChildView, How, TellingStated, TellingUndone
from contracts.strict_json import Json
from contracts.vocabulary import Telling
from hub.application.sign_in import act_as
from hub.application.state_telling import StatingTelling, state_telling, undo_telling
from hub.commands import typed
from hub.commands.one_line import in_json, one_line
from hub.commands.then_follow import then_follow
from hub.domain.told import NowTold
from hub.settings import Settings
from hub.wiring import Hub

_WHEN = {"before": Telling.TOLD_BEFORE, "at": Telling.TOLD_AT, "after": Telling.TOLD_AFTER}
_WHY = {"safety": Telling.NOT_TOLD_SAFETY, "prejudice": Telling.NOT_TOLD_PREJUDICE}


def add(tell: argparse.ArgumentParser) -> None:
    """Add these commands to `hub telling`."""
    parsers = tell.add_subparsers(dest="tell", metavar="COMMAND")
    told = _of_a_person(parsers, "told", "a person was told")
    told.add_argument("--when", choices=tuple(_WHEN), default="after", help="before, at or after the sharing")
    told.add_argument("--day", required=True, type=typed.day_so_far, metavar="DATE", help="the day of telling")
    told.add_argument("--how", required=True, choices=get_args(How))
    told.add_argument("--by", required=True, metavar="WORDS", help="who told them: name and role")
    silent = _of_a_person(parsers, "not-told", "a person is not told yet: why, who agrees, until when")
    silent.add_argument("--why", required=True, choices=tuple(_WHY), help="what telling would harm")
    silent.add_argument("--reason", required=True, metavar="WORDS", help="who would be put at risk, or what would fail")
    silent.add_argument("--approved-by", required=True, metavar="NAME", help="never the one who decides")
    silent.add_argument("--review-on", required=True, type=typed.day, metavar="DATE", help="within 28 days")
    due = _of_a_person(parsers, "due", "a person is to be told by a day")
    due.add_argument("--by-day", required=True, type=typed.day, metavar="DATE", dest="review_on")
    undo = parsers.add_parser("undo", help="what was stated was wrong; what stood before stands again")
    _child(undo)
    undo.add_argument("--telling", required=True, type=typed.reference, metavar="ID")
    undo.add_argument("--reason", required=True, type=typed.said, metavar="WORDS", help="what was wrong about it")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when it stands, 1 when it does not yet; on record either way. Raises AccessRefused, NotEnrolled."""
    hub = Hub(settings)
    with then_follow(hub):
        fact = keep(hub, arguments)
        if arguments.json:
            print(in_json(as_object(fact)))
        else:
            for line in lines(fact):
                print(one_line(line))
    return 0 if isinstance(fact, TellingUndone) or fact.stands else 1


def keep(hub: Hub, arguments: argparse.Namespace) -> TellingStated | TellingUndone:
    """What was stated, as kept. Raises AccessRefused, NotEnrolled, Conflict, StoreUnavailable, Unreadable."""
    stating = StatingTelling(hub.store, hub.index, hub.clock, hub.law, hub.deciding())
    actor = act_as(hub.store, arguments.staff)
    if arguments.tell == "undo":
        return undo_telling(stating, arguments.child, actor, arguments.telling, arguments.reason)
    told = arguments.tell == "told"
    made = NowTold(
        actor=actor,
        report_id=arguments.report,
        label=arguments.person,
        state=_state(arguments),
        on=arguments.day if told else None,
        how=arguments.how if told else None,
        told_by=arguments.by if told else None,
        reason=getattr(arguments, "reason", None),
        approved_by=getattr(arguments, "approved_by", None),
        review_on=getattr(arguments, "review_on", None),
        child_agrees=arguments.child_agrees,
        child_words=arguments.child_says,
        considered=tuple(sorted(set(arguments.considered))),
    )
    return state_telling(stating, arguments.child, made)


def lines(fact: TellingStated | TellingUndone) -> list[str]:
    """What was kept, for a terminal, with what the law says to it and what is still to be thought of."""
    if isinstance(fact, TellingUndone):
        return [f"{fact.telling_id} stands no more; what stood before it stands again. Both stay readable."]
    heading = fact.state.meaning if fact.stands else "It is on record, and as it is it does not stand"
    told = [f"{heading}: {fact.role.meaning} ({fact.label}), report {fact.report_id}."]
    for answer in fact.answer:
        told += [f"  {answer.says}", f"    {answer.citation}"]
        told += [f"    way on: {way}" for way in answer.propose]
    left = [
        one for one in for_person(occasion_of(fact.state), fact.role) if one.code not in fact.considered
    ]  # what has been gone through is not asked again
    told += ["  To think of (nothing waits for it):"] if left else []
    told += [f"    {one.asks} [{one.code}; {one.citation}]" for one in left]
    return [*told, f"On record as {fact.telling_id}, judged by {fact.law}."]


def as_object(fact: TellingStated | TellingUndone) -> dict[str, Json]:
    """What was kept, as one JSON object."""
    if isinstance(fact, TellingUndone):
        return {"undone": str(fact.telling_id)}
    prompts = for_person(occasion_of(fact.state), fact.role)
    return {
        "telling": str(fact.telling_id),
        "report": str(fact.report_id),
        "label": fact.label,
        "state": fact.state.value,
        "stands": fact.stands,
        "law": fact.law,
        "answer": [one.model_dump(mode="json") for one in fact.answer],
        "to_think_of": [one.code for one in prompts if one.code not in fact.considered],
    }


def _of_a_person(
    parsers: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, what: str
) -> argparse.ArgumentParser:
    parser = parsers.add_parser(name, help=what)
    _child(parser)
    parser.add_argument("--report", required=True, type=typed.reference, metavar="ID", help="as `hub telling` says")
    parser.add_argument(
        "--person", required=True, metavar="LABEL", help="the report's own label, as `hub telling` says"
    )
    parser.add_argument("--child-agrees", choices=get_args(ChildView), help="whether the child agrees to it")
    parser.add_argument("--child-says", default="", metavar="WORDS", help="the child's own words on it")
    parser.add_argument("--considered", nargs="+", default=[], choices=sorted(CODES), metavar="CODE")
    return parser


def _child(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("child", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, la:…, local:… or hub:…")
    typed.staff(parser)
    typed.json(parser)


def _state(arguments: argparse.Namespace) -> Telling:
    if arguments.tell == "told":
        return _WHEN[arguments.when]
    return _WHY[arguments.why] if arguments.tell == "not-told" else Telling.DUE
