"""What a cluster lacks of the plan, and what it has besides: a comparison, made without a broker."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hub.adapters.kafka_plan import Plan, Right, Topic

_OURS = re.compile(r"(?:in|out|receipts|cosign)\.[a-z0-9_-]+\.v\d+|log\.checkpoints\.v\d+")
# Taking any of these down can lose messages that nobody has read yet.
_NEVER_LOWERED = frozenset({"retention.ms", "retention.bytes", "max.message.bytes", "min.insync.replicas"})


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """One access rule as the broker holds it, in the broker's own words (`principal` is `User:name`)."""

    principal: str
    operation: str
    kind: str
    name: str
    pattern: str = "LITERAL"
    host: str = "*"
    permission: str = "ALLOW"


@dataclass(frozen=True, slots=True)
class Found:
    """What a cluster has: every topic that is ready for use (settings: of those in the plan alone), every rule."""

    topics: tuple[Topic, ...]
    rights: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One property of one topic that isn't as planned; `value` is what it is."""

    topic: str
    name: str
    value: str
    planned: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What would have to be done. `drifted` is mended; `held_back` would take something away and is left as it is.

    `besides` are rules that the plan doesn't name and that touch its topics, groups or users; `left_over` are topics
    of our form that are not in the plan.
    """

    topics: tuple[Topic, ...] = ()
    rights: tuple[Held, ...] = ()
    drifted: tuple[Difference, ...] = ()
    held_back: tuple[Difference, ...] = ()
    besides: tuple[Held, ...] = ()
    left_over: tuple[str, ...] = ()

    @property
    def wanting(self) -> bool:
        """Whether anything is missing that can be made."""
        return bool(self.topics or self.rights or self.drifted)

    @property
    def falls_short(self) -> bool:
        """Whether less is there than planned that is not made here: copies. More than planned hurts nobody."""
        return any(one.name == "copies" and int(one.value) < int(one.planned) for one in self.held_back)


def as_held(right: Right) -> Held:
    """A right of the plan as the broker holds it."""
    return Held(f"User:{right.principal}", right.operation, right.kind, right.name)


def changes(wanted: Plan, found: Found, *, prune: bool = False) -> Changes:
    """What leads from what was found to the plan; with `prune`, settings are lowered where the plan is lower."""
    here = {topic.name: topic for topic in found.topics}
    planned = {topic.name for topic in wanted.topics}
    rules = {as_held(right) for right in wanted.rights}
    differing = [one for topic in wanted.topics if topic.name in here for one in _differing(topic, here[topic.name])]
    held_back = [one for one in differing if _is_held_back(one, prune=prune)]
    return Changes(
        topics=tuple(topic for topic in wanted.topics if topic.name not in here),
        rights=tuple(sorted(rules - set(found.rights))),
        drifted=tuple(one for one in differing if one not in held_back),
        held_back=tuple(held_back),
        besides=tuple(sorted(one for one in set(found.rights) - rules if _touches(one, wanted))),
        left_over=tuple(sorted(name for name in here if name not in planned and _OURS.fullmatch(name))),
    )


def _differing(wanted: Topic, found: Topic) -> Iterable[Difference]:
    shape = (("partitions", found.partitions, wanted.partitions), ("copies", found.copies, wanted.copies))
    for name, value, planned in shape:
        if value != planned:
            yield Difference(wanted.name, name, str(value), str(planned))
    now = dict(found.settings)
    for setting, planned_text in wanted.settings:
        if now.get(setting) != planned_text:
            yield Difference(wanted.name, setting, now.get(setting, ""), planned_text)


def _is_held_back(one: Difference, *, prune: bool) -> bool:
    match one.name:
        case "partitions":
            return int(one.value) > int(one.planned)
        case "copies":
            return True  # copies are moved by the broker's own reassignment, which takes long and is watched
        case name if name in _NEVER_LOWERED:
            return not prune and _is_lowered(one.value, one.planned)
        case _:
            return False


def _is_lowered(value: str, planned: str) -> bool:
    """Whether the plan is lower than what is; -1 is without end, and an unset value is nothing to lower."""
    without_end = 2**63
    now, then = (without_end if text == "-1" else int(text or "0") for text in (value, planned))
    return then < now


def _touches(held: Held, wanted: Plan) -> bool:
    names = {
        *(("TOPIC", topic.name) for topic in wanted.topics),
        *((right.kind, right.name) for right in wanted.rights),
    }
    users = {f"User:{right.principal}" for right in wanted.rights}
    return held.principal in users or any(_covers(held, kind, name) for kind, name in names)


def _covers(held: Held, kind: str, name: str) -> bool:
    if held.kind != kind:
        return False
    if held.pattern == "PREFIXED":
        return name.startswith(held.name)
    return held.name in {name, "*"}
