"""The topics of a partnership and who may do what with them; the broker refuses everything else (default deny)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from contracts.envelope import MAX_VALUE_BYTES

HUB = "hub-ingest"
HUB_GROUP = "hub-receive"
PARTITIONS = 12
MAX_MESSAGE_BYTES = MAX_VALUE_BYTES + 64 * 1024  # the sealed value, with room for key, headers and framing
_DAY_MS = 24 * 60 * 60 * 1000


class Partner(Protocol):
    """An agency, as far as its topics go."""

    @property
    def name(self) -> str:
        """The agency's name: lower case letters, digits and underscores."""

    @property
    def inbound_topic(self) -> str:
        """Where it publishes and nobody else may."""

    @property
    def receipts_topic(self) -> str:
        """Where the hub answers it and nobody else may read."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and its settings, under the broker's own names."""

    name: str
    partitions: int
    copies: int
    settings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Right:
    """One thing that one principal may do with one resource, named in full. READ and WRITE bring DESCRIBE with them."""

    principal: str
    operation: Literal["READ", "WRITE"]
    kind: Literal["TOPIC", "GROUP"]
    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All topics and all rights of a partnership."""

    topics: tuple[Topic, ...]
    rights: tuple[Right, ...]


def principal_of(partner: Partner) -> str:
    """The name under which an agency is known to the broker."""
    return f"agency-{partner.name}"


def group_of(partner: Partner) -> str:
    """The consumer group in which an agency's edge reads its receipts."""
    return f"edge-{partner.name}"


def plan(partners: Iterable[Partner], hub: str = HUB, group: str = HUB_GROUP, copies: int = 3) -> Plan:
    """The plan for these partners: `copies` of each message on as many brokers (1 on a single broker)."""
    topics: list[Topic] = []
    rights: list[Right] = [Right(hub, "READ", "GROUP", group)]
    for partner in partners:
        names = (partner.inbound_topic, partner.receipts_topic)
        topics += (Topic(name, PARTITIONS, copies, _settings(copies)) for name in names)
        rights += _rights(partner, hub)
    return Plan(tuple(topics), tuple(rights))


def _rights(partner: Partner, hub: str) -> tuple[Right, ...]:
    agency = principal_of(partner)
    return (
        Right(agency, "WRITE", "TOPIC", partner.inbound_topic),
        Right(hub, "READ", "TOPIC", partner.inbound_topic),
        Right(hub, "WRITE", "TOPIC", partner.receipts_topic),
        Right(agency, "READ", "TOPIC", partner.receipts_topic),
        Right(agency, "READ", "GROUP", group_of(partner)),
    )


def _settings(copies: int) -> tuple[tuple[str, str], ...]:
    return (
        ("min.insync.replicas", str(max(1, copies - 1))),
        ("unclean.leader.election.enable", "false"),
        ("cleanup.policy", "delete"),
        ("retention.ms", str(7 * _DAY_MS)),
        ("message.timestamp.type", "LogAppendTime"),
        ("max.message.bytes", str(MAX_MESSAGE_BYTES)),
        ("compression.type", "producer"),
    )
