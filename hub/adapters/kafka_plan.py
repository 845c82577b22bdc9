"""The topics of a partnership and who may do what with them; the broker refuses everything else (default deny)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from contracts.agreement import Agreement
from contracts.envelope import MAX_VALUE_BYTES

HUB = "hub-ingest"
HUB_GROUP = "hub-receive"
CHECKPOINTS = "log.checkpoints.v1"
PARTITIONS = 12  # of an inbound topic: as many workers of the hub as that may share one agency's messages
ANSWER_PARTITIONS = 3  # of a topic that one agency's edge alone reads
ORDERED = 1  # of a topic whose every message follows from the one before it
MAX_MESSAGE_BYTES = MAX_VALUE_BYTES + 64 * 1024  # the sealed value, with room for key, headers and framing
RETENTION_DAYS = 30
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

    @property
    def outbound_topic(self) -> str:
        """Where the hub shares with it and nobody else may read."""


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


def share_group_of(partner: Partner) -> str:
    """The consumer group in which an agency's edge reads what is shared with it."""
    return f"edge-{partner.name}-shared"


def witness_group_of(partner: Partner) -> str:
    """The consumer group in which an agency's witness reads the log's checkpoints."""
    return f"witness-{partner.name}"


def cosigned_topic_of(partner: Partner) -> str:
    """Where an agency's witness puts its cosignatures and nobody else may."""
    return f"cosign.{partner.name}.v1"


def cosigned_group_of(hub_group: str = HUB_GROUP) -> str:
    """The consumer group in which the hub reads cosignatures."""
    return f"{hub_group}-cosigned"


def plan(
    partners: Iterable[Partner],
    *,
    agreements: Mapping[str, Agreement] | None = None,
    hub: str = HUB,
    group: str = HUB_GROUP,
    copies: int = 3,
    checkpoints: str = CHECKPOINTS,
) -> Plan:
    """The plan for these partners: `copies` of each message on as many brokers (1 on a single broker).

    Where `agreements` (by agency name) are given, an agency that may receive nothing has no topic for shares.
    """
    topics = [Topic(checkpoints, ORDERED, copies, _settings(copies))]
    rights = [
        Right(hub, "READ", "GROUP", group),
        Right(hub, "READ", "GROUP", cosigned_group_of(group)),
        Right(hub, "WRITE", "TOPIC", checkpoints),
    ]
    for partner in partners:
        receives = agreements is None or bool(agreements[partner.name].receives.types)
        topics += _topics(partner, copies, receives=receives)
        rights += _states(partner, hub)
        rights += _receives(partner, hub) if receives else ()
        rights += _witnesses(partner, hub, checkpoints)
    return Plan(tuple(topics), tuple(rights))


def _topics(partner: Partner, copies: int, *, receives: bool) -> tuple[Topic, ...]:
    shapes = [(partner.inbound_topic, PARTITIONS), (partner.receipts_topic, ANSWER_PARTITIONS)]
    shapes += [(partner.outbound_topic, ANSWER_PARTITIONS)] if receives else []
    shapes += [(cosigned_topic_of(partner), ORDERED)]
    return tuple(Topic(name, partitions, copies, _settings(copies)) for name, partitions in shapes)


def _states(partner: Partner, hub: str) -> tuple[Right, ...]:
    agency = principal_of(partner)
    return (
        Right(agency, "WRITE", "TOPIC", partner.inbound_topic),
        Right(hub, "READ", "TOPIC", partner.inbound_topic),
        Right(hub, "WRITE", "TOPIC", partner.receipts_topic),
        Right(agency, "READ", "TOPIC", partner.receipts_topic),
        Right(agency, "READ", "GROUP", group_of(partner)),
    )


def _receives(partner: Partner, hub: str) -> tuple[Right, ...]:
    agency = principal_of(partner)
    return (
        Right(hub, "WRITE", "TOPIC", partner.outbound_topic),
        Right(agency, "READ", "TOPIC", partner.outbound_topic),
        Right(agency, "READ", "GROUP", share_group_of(partner)),
    )


def _witnesses(partner: Partner, hub: str, checkpoints: str) -> tuple[Right, ...]:
    agency = principal_of(partner)
    return (
        Right(agency, "READ", "TOPIC", checkpoints),
        Right(agency, "READ", "GROUP", witness_group_of(partner)),
        Right(agency, "WRITE", "TOPIC", cosigned_topic_of(partner)),
        Right(hub, "READ", "TOPIC", cosigned_topic_of(partner)),
    )


def _settings(copies: int) -> tuple[tuple[str, str], ...]:
    return (
        ("min.insync.replicas", str(max(1, copies - 1))),
        ("unclean.leader.election.enable", "false"),
        ("cleanup.policy", "delete"),
        ("retention.ms", str(RETENTION_DAYS * _DAY_MS)),
        ("retention.bytes", "-1"),  # time alone ends a message: a flood must never push out what nobody has read
        ("message.timestamp.type", "LogAppendTime"),
        ("max.message.bytes", str(MAX_MESSAGE_BYTES)),
        ("compression.type", "producer"),
    )
