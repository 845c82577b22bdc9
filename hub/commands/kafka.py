"""`hub kafka plan|check|apply`: the topics and rights of the partnership, from the agreements its agencies signed."""

import argparse
import sys

from agencies import registry as partners
from contracts.strict_json import Json
from hub.adapters.kafka_admin import AdminAccess, administrator, apply, find
from hub.adapters.kafka_changes import Changes, Difference, Held, changes
from hub.adapters.kafka_plan import Plan, Topic, plan
from hub.commands import typed
from hub.commands.one_line import in_json
from hub.domain.errors import StoreUnavailable
from hub.engines import kafka_access
from hub.settings import BadSetting, Settings
from hub.wiring import all_agreements

NAMES = frozenset({"kafka"})
DONE, REFUSED = 0, 1
_NOT_ADMINISTRATOR = "HUB_KAFKA_USER or the certificate must be of one that administers the brokers"
_THEN = {
    "INVALID_REPLICATION_FACTOR": "there are fewer brokers than copies; say --copies 1 for a single broker",
    "TOPIC_AUTHORIZATION_FAILED": _NOT_ADMINISTRATOR,
    "CLUSTER_AUTHORIZATION_FAILED": _NOT_ADMINISTRATOR,
}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub`."""
    kafka = commands.add_parser("kafka", help="the topics and rights that a broker must have")
    parsers = kafka.add_subparsers(dest="what", required=True)
    parsers.add_parser("plan", help="print topics and rights; asks no broker")
    parsers.add_parser("check", help="hold the brokers against the plan and change nothing; exit 1: they differ")
    make = parsers.add_parser("apply", help="make what is missing and mend what has drifted; takes nothing away")
    make.add_argument(
        "--prune", action="store_true", help="also take away rights that are not planned, and lower settings"
    )
    for one in parsers.choices.values():
        one.add_argument(
            "--copies", type=int, choices=(1, 2, 3, 4, 5), default=3, help="copies of each message (default: 3)"
        )
        typed.json(one)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """The exit code: 1 where the brokers are not as planned and that was not, or may not be, mended."""
    wanted = plan(partners.AGENCIES, agreements={one.agency: one for one in all_agreements()}, copies=arguments.copies)
    if arguments.what == "plan":
        _print(plan_object(wanted), plan_lines(wanted), as_json=arguments.json)
        return DONE
    try:
        return _asked(_access(settings), wanted, arguments)
    except StoreUnavailable as refused:
        print(f"hub: the brokers did not do or say what they were asked: {what_then(str(refused))}.", file=sys.stderr)
        return REFUSED


def what_then(code: str) -> str:
    """The brokers' code, and what whoever reads it can do."""
    return f"{code}; {_THEN.get(code, 'run it again')}"


def _asked(access: AdminAccess, wanted: Plan, arguments: argparse.Namespace) -> int:
    admin = administrator(access)
    if arguments.what == "check":
        found = changes(wanted, find(admin, wanted))
        _print(changes_object(found), change_lines(found, made=False), as_json=arguments.json)
        return REFUSED if found != Changes() else DONE
    made = apply(admin, wanted, prune=arguments.prune)
    _print(changes_object(made), change_lines(made, made=True, pruned=arguments.prune), as_json=arguments.json)
    return REFUSED if made.falls_short else DONE


def _access(settings: Settings) -> AdminAccess:
    kafka = settings.kafka
    if kafka is None:
        raise BadSetting("HUB_KAFKA is not set: it names the brokers to ask")
    proved = kafka_access(kafka)  # the same files, read and refused by the same rules as every other process does
    return AdminAccess(
        brokers=kafka.brokers,
        user=proved.user,
        pass_phrase=proved.pass_phrase,
        ca_file=kafka.ca_file,
        cert_file=kafka.cert_file,
        key_file=kafka.key_file,
    )


def _print(whole: Json, lines: list[str], *, as_json: bool) -> None:
    print(in_json(whole) if as_json else "\n".join(lines))


def plan_lines(wanted: Plan) -> list[str]:
    """The plan for a terminal: each topic with who writes and who reads it, then the groups, then the settings."""
    lines = [f"{len(wanted.topics)} topics; whatever is not written here the brokers refuse.", ""]
    for topic in wanted.topics:
        writers, readers = (_who(wanted, topic.name, operation) for operation in ("WRITE", "READ"))
        lines.append(f"{topic.name}  ({topic.partitions} partitions, {topic.copies} copies)")
        lines += [f"    writes: {writers}", f"    reads:  {readers}"]
    lines += ["", "Consumer groups, each used by one user alone:"]
    lines += [f"    {right.name}: {right.principal}" for right in wanted.rights if right.kind == "GROUP"]
    lines += ["", "Settings of every topic:"]
    lines += [f"    {name}={value}" for name, value in (wanted.topics[0].settings if wanted.topics else ())]
    return lines


def _who(wanted: Plan, topic: str, operation: str) -> str:
    named = (
        one.principal for one in wanted.rights if (one.kind, one.name, one.operation) == ("TOPIC", topic, operation)
    )
    return ", ".join(named)


def plan_object(wanted: Plan) -> Json:
    """The plan as one JSON object, in the broker's words and bound to no tool."""
    rights: list[Json] = [
        {"principal": f"User:{one.principal}", "operation": one.operation, "kind": one.kind, "name": one.name}
        for one in wanted.rights
    ]
    return {"topics": [_topic_object(one) for one in wanted.topics], "rights": rights}


def change_lines(found: Changes, *, made: bool, pruned: bool = False) -> list[str]:
    """What was changed, or would be, for a terminal."""
    did, gone = ("made", "taken away") if made else ("MISSING", "not planned")
    lines = [f"{did}: topic {one.name}" for one in found.topics]
    lines += [f"{did}: {_right(one)}" for one in found.rights]
    mended = "mended" if made else "DRIFTED"
    lines += [f"{mended}: {_difference(one)}" for one in found.drifted]
    lines += [f"HELD BACK, left as it is: {_difference(one)}" for one in found.held_back]
    lines += [f"{gone if pruned else 'not planned, left as it is'}: {_right(one)}" for one in found.besides]
    lines += [f"not planned, left as it is: topic {one}" for one in found.left_over]
    return lines or ["The brokers are as planned; nothing was changed."]


def _right(one: Held) -> str:
    where = one.name if one.pattern == "LITERAL" else f"{one.name}* ({one.pattern.lower()})"
    return f"{one.principal} {one.permission.lower()} {one.operation} {one.kind.lower()} {where} from {one.host}"


def _difference(one: Difference) -> str:
    return f"topic {one.topic} {one.name} is {one.value or 'not set'}, planned {one.planned}"


def changes_object(found: Changes) -> Json:
    """The same as one JSON object."""
    return {
        "topics": [_topic_object(one) for one in found.topics],
        "rights": [_held_object(one) for one in found.rights],
        "drifted": [_difference_object(one) for one in found.drifted],
        "held_back": [_difference_object(one) for one in found.held_back],
        "besides": [_held_object(one) for one in found.besides],
        "left_over": list(found.left_over),
    }


def _topic_object(one: Topic) -> dict[str, Json]:
    settings: dict[str, Json] = dict(one.settings)
    return {"name": one.name, "partitions": one.partitions, "copies": one.copies, "settings": settings}


def _held_object(one: Held) -> dict[str, Json]:
    return {
        "principal": one.principal,
        "operation": one.operation,
        "kind": one.kind,
        "name": one.name,
        "pattern": one.pattern,
        "host": one.host,
        "permission": one.permission,
    }


def _difference_object(one: Difference) -> dict[str, Json]:
    return {"topic": one.topic, "name": one.name, "value": one.value, "planned": one.planned}
