"""`hub policies`: what they say, why they answer as they do, and which cases change between two sets of them."""

import argparse
from collections.abc import Iterator
from datetime import date
from itertools import chain, combinations, product
from pathlib import Path

from contracts.strict_json import Json
from contracts.vocabulary import Purpose, StaffRole
from hub.adapters.cedar_policies import CedarPolicies, asked_of, entities_of, own_policies, read_policies
from hub.adapters.clock import SystemClock
from hub.commands import typed
from hub.commands.one_line import in_json
from hub.domain import words
from hub.domain.moment import day_in_london
from hub.domain.need_to_know import Action, Policy, Relation, Ruling, Situation
from hub.settings import Settings

NAMES = frozenset({"policies"})
_PURPOSES = (None, *Purpose)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hub policies`."""
    policies = commands.add_parser("policies", help="the policies on who may act, in words")
    acts = policies.add_subparsers(dest="act", required=True)
    typed.json(acts.add_parser("list", help="each with what it says, by what law, and who answers for it"))
    explain = acts.add_parser("explain", help="what they answer to somebody who stands so to a child")
    explain.add_argument("--role", required=True, type=typed.role, metavar="ROLE", help=", ".join(StaffRole))
    explain.add_argument("--does", required=True, choices=[one.value for one in Action])
    explain.add_argument("--purpose", type=typed.purpose, metavar="CODE", help="default: none is given")
    stands = [one.value for one in Relation]
    explain.add_argument("--stands", nargs="+", default=[], choices=stands, metavar="HOW", help=", ".join(stands))
    explain.add_argument("--machine", action="store_true", help="it is no person who asks")
    typed.json(explain)
    compare = acts.add_parser("compare", help="the cases that change from one folder of policies to another")
    compare.add_argument("before", type=Path, metavar="FOLDER")
    compare.add_argument("after", type=Path, metavar="FOLDER")
    typed.json(compare)


def run(_settings: Settings, arguments: argparse.Namespace) -> int:
    """0; for `compare`, 1 where any case changes. Raises PoliciesUnfit."""
    match arguments.act:
        case "list":
            _print(arguments, *listed(own_policies(), day_in_london(SystemClock().now())))
            return 0
        case "explain":
            _print(arguments, *explained(own_policies(), _situation(arguments)))
            return 0
        case _:
            changes = tuple(changed(read_policies(arguments.before), read_policies(arguments.after)))
            _print(arguments, *_changes(changes))
            return 1 if changes else 0


def listed(policies: CedarPolicies, today: date) -> tuple[dict[str, Json], list[str]]:
    """Every policy, as an object and in lines."""
    whole: list[Json] = [_object(one) for one in policies.read]
    told: list[str] = []
    for one in policies.read:
        late = " OVERDUE" if one.review < today else ""
        told += [f"{one.effect.upper()} {one.title} [{one.id}]", f"    {one.says}", f"    {one.law}"]
        told.append(f"    {one.owner}; to be looked at again by {words.day(one.review)}{late}; {one.file}")
    return {"sha256": policies.sha256, "policies": whole}, [*told, f"SHA-256 of all: {policies.sha256}"]


def explained(policies: CedarPolicies, case: Situation) -> tuple[dict[str, Json], list[str]]:
    """What they answer to one case, and which of them decided, as an object and in lines."""
    ruling = policies.judge(case)
    titles = {one.id: one for one in policies.read}
    told = ["Permitted." if ruling.permitted else "Refused."]
    told += [f"    {titles[one].title}: {titles[one].says} [{one}]" for one in ruling.policies]
    if not ruling.permitted and not ruling.policies:
        told.append(f"    {ruling.bars[0].says}")
    return {"permitted": ruling.permitted, "policies": list(ruling.policies)}, told


def changed(before: CedarPolicies, after: CedarPolicies) -> Iterator[tuple[Situation, Ruling, Ruling]]:
    """The cases, with at most two relations at once, that the two answer otherwise."""
    standings = (frozenset(one) for one in chain.from_iterable(combinations(Relation, size) for size in range(3)))
    for relations, role, machine in product(tuple(standings), StaffRole, (False, True)):
        cases = tuple(Situation(role, does, why, relations, machine) for does, why in product(Action, _PURPOSES))
        requests, entities = tuple(asked_of(case).request for case in cases), entities_of(cases[0])
        pairs = zip(cases, before.answers(requests, entities), after.answers(requests, entities), strict=True)
        yield from ((case, old, new) for case, old, new in pairs if old.permitted is not new.permitted)


def _changes(changes: tuple[tuple[Situation, Ruling, Ruling], ...]) -> tuple[dict[str, Json], list[str]]:
    opened = [case for case, _, new in changes if new.permitted]
    shut = [case for case, _, new in changes if not new.permitted]
    told = [f"{len(opened)} cases become permitted, {len(shut)} are refused from then on."]
    told += [f"    now permitted: {_said(case)}" for case in opened]
    told += [f"    now refused: {_said(case)}" for case in shut]
    return {"permitted": [_said(case) for case in opened], "refused": [_said(case) for case in shut]}, told


def _object(one: Policy) -> dict[str, Json]:
    said = {"title": one.title, "says": one.says, "law": one.law, "owner": one.owner, "file": one.file}
    return {"id": one.id, "effect": one.effect, **said, "review": one.review.isoformat()}


def _said(case: Situation) -> str:
    stands = ", ".join(sorted(one.value for one in case.relations)) or "nothing"
    who = f"a machine as {case.role.value}" if case.machine else case.role.value
    return f"{who}, {case.action.value}, purpose {case.purpose_code}, known of the two: {stands}"


def _situation(arguments: argparse.Namespace) -> Situation:
    relations = frozenset(one for one in Relation if one.value in arguments.stands)
    action = next(one for one in Action if one.value == arguments.does)
    return Situation(arguments.role, action, arguments.purpose, relations, arguments.machine)


def _print(arguments: argparse.Namespace, whole: dict[str, Json], told: list[str]) -> None:
    print(in_json(whole) if arguments.json else "\n".join(told))
