"""`hub family answer`: the letter to a parent or young person who asks, for an information-governance officer to read.

The hub answers nobody outside by itself: a person makes sure who asks, reads the letter, and sends it.
"""

import argparse
from pathlib import Path
from typing import get_args

from contracts.events.telling import AskerKind, Proof
from contracts.strict_json import Json
from hub.adapters.private_file import write_through
from hub.adapters.release import FixedRelease
from hub.application.answer_family import AnsweringFamilies, FamilyAnswer, answer_family
from hub.application.sign_in import act_as
from hub.commands import typed
from hub.commands.one_line import in_json, lines_alone
from hub.commands.then_follow import then_follow
from hub.domain.family_answer import Asker
from hub.settings import Settings
from hub.wiring import Hub, titles

NAMES = frozenset({"family"})


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub`."""
    family = commands.add_parser("family", help="what a parent or young person may be told, as a letter to read first")
    parsers = family.add_subparsers(dest="family", required=True, metavar="COMMAND")
    answer = parsers.add_parser("answer", help="the letter; that they asked is on record before anything is read")
    answer.add_argument("child", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, la:…, local:… or hub:…")
    answer.add_argument("--person", required=True, nargs="+", metavar="LABEL", help="who asks, as reports label them")
    answer.add_argument("--asker", required=True, choices=get_args(AskerKind), help="what they are to the child")
    answer.add_argument("--proof", required=True, choices=get_args(Proof), help="how you made sure who asks")
    answer.add_argument(
        "--truly-in",
        nargs="+",
        default=[],
        type=typed.reference,
        metavar="REPORT",
        help="reports in which you have made sure that the label is this person and nobody else",
    )
    answer.add_argument("--out", type=Path, metavar="FILE", help="write the letter as it leaves, at its one length")
    typed.staff(answer)
    typed.json(answer)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0, with the letter printed, whatever is in it. Raises AccessRefused, NotEnrolled, StoreUnavailable."""
    hub = Hub(settings)
    with then_follow(hub):
        found = answered(hub, arguments)
        if arguments.out is not None:
            write_through(arguments.out, found.outgoing)
        if arguments.json:
            print(in_json(as_object(found)))
        else:
            print(lines_alone(found.letter), end="")
            print(f"\n(For the file, not for the letter: on record as {found.decision_id}. Read it before it goes.)")
    return 0


def answered(hub: Hub, arguments: argparse.Namespace, slot_seconds: float | None = None) -> FamilyAnswer:
    """The letter. Raises AccessRefused, NotEnrolled, Conflict, StoreUnavailable, Unreadable."""
    release = FixedRelease() if slot_seconds is None else FixedRelease(slot_seconds)
    answering = AnsweringFamilies(hub.store, hub.index, hub.clock, hub.law, titles(), release, hub.deciding())
    label, *also = arguments.person
    asker = Asker(label, arguments.asker, arguments.proof, frozenset(arguments.truly_in), frozenset(also))
    return answer_family(answering, act_as(hub.store, arguments.staff), arguments.child, asker)


def as_object(found: FamilyAnswer) -> dict[str, Json]:
    """The letter at its one length, and the decision on record."""
    return {"letter": found.outgoing.decode(), "decision": str(found.decision_id)}
