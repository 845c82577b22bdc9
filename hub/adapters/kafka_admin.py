"""The plan, made on a cluster: topics, settings and rules, each in force before it is reported.

The one place for `confluent_kafka`: the library of the bus cannot ask a broker for access rules.
"""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from confluent_kafka import KafkaException
from confluent_kafka.admin import (
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    NewTopic,
    ResourcePatternType,
    ResourceType,
    TopicMetadata,
)

from hub.adapters.kafka_changes import Changes, Difference, Found, Held, changes
from hub.adapters.kafka_plan import Plan, Topic
from hub.domain.errors import StoreUnavailable

_ANSWER_SECONDS = 30
_IN_FORCE_SECONDS = 60
_quiet = logging.getLogger("safeguarding_hub.adapters.kafka_admin")
_quiet.setLevel(logging.CRITICAL)  # the library's own lines carry addresses; what failed is raised here as a code
_T = TypeVar("_T")
# The library's types do not say that a filter takes None for "any name", "any user" and "any host"; it does.
_FILTER: Callable[..., AclBindingFilter] = AclBindingFilter


@dataclass(frozen=True, slots=True)
class AdminAccess:
    """Where the brokers are and as whom to ask: a user with a pass phrase, or a certificate with its key, or both."""

    brokers: str
    user: str = ""
    pass_phrase: str = field(default="", repr=False)
    ca_file: Path | None = None
    cert_file: Path | None = None
    key_file: Path | None = None


def administrator(access: AdminAccess) -> AdminClient:
    """A client that asks as that user; it connects when first asked."""
    secured = "SSL" if access.ca_file else "PLAINTEXT"
    settings: dict[str, str | int | float | bool] = {
        "bootstrap.servers": access.brokers,
        "security.protocol": f"SASL_{secured}" if access.pass_phrase else secured,
        "socket.timeout.ms": _ANSWER_SECONDS * 1000,
    }
    if access.pass_phrase:
        settings |= {"sasl.mechanism": "SCRAM-SHA-512"}
        settings |= {"sasl.username": access.user, "sasl.password": access.pass_phrase}
    files = (
        ("ssl.ca.location", access.ca_file),
        ("ssl.certificate.location", access.cert_file),
        ("ssl.key.location", access.key_file),
    )
    settings |= {name: str(file) for name, file in files if file is not None}
    return AdminClient(settings, logger=_quiet)


def find(admin: AdminClient, wanted: Plan, answer_seconds: float = _ANSWER_SECONDS) -> Found:
    """What the cluster has now. Raises StoreUnavailable, at once or after that many seconds without an answer."""
    described = _asked(lambda: admin.list_topics(timeout=answer_seconds))
    ready = [_as_topic(one) for one in described.topics.values() if _is_ready(one)]
    settings = _settings(admin, {topic.name for topic in wanted.topics} & {topic.name for topic in ready})
    every = _FILTER(
        ResourceType.ANY, None, ResourcePatternType.ANY, None, None, AclOperation.ANY, AclPermissionType.ANY
    )
    rules: list[AclBinding] = _asked(lambda: admin.describe_acls(every).result(_ANSWER_SECONDS))
    return Found(
        tuple(replace(topic, settings=settings.get(topic.name, ())) for topic in ready),
        tuple(_as_held(one) for one in rules),
    )


def apply(admin: AdminClient, wanted: Plan, *, prune: bool = False) -> Changes:
    """What was changed (and what was left as it is), all of it in force now. Applied again, nothing is changed.

    With `prune`, rules besides the plan go and settings are lowered to the plan's; topics are never deleted, and
    partitions and copies never made fewer. Raises StoreUnavailable.
    """
    done = changes(wanted, find(admin, wanted), prune=prune)
    _make_topics(admin, done.topics)
    _mend(admin, done.drifted)
    if done.rights:
        _all(admin.create_acls([AclBinding(*_words(one)) for one in done.rights]))
    if prune and done.besides:
        _all(admin.delete_acls([AclBindingFilter(*_words(one)) for one in done.besides]))
    until = time.monotonic() + _IN_FORCE_SECONDS
    while not _is_in_force(changes(wanted, find(admin, wanted), prune=prune), prune=prune):
        if time.monotonic() > until:
            raise StoreUnavailable("kafka_agreed_and_did_not_apply")
        time.sleep(0.05)
    return done


def _is_in_force(left: Changes, *, prune: bool) -> bool:
    return not left.wanting and not (prune and left.besides)


def _make_topics(admin: AdminClient, topics: Iterable[Topic]) -> None:
    new = [
        NewTopic(one.name, num_partitions=one.partitions, replication_factor=one.copies, config=dict(one.settings))
        for one in topics
    ]
    if new:
        _all(admin.create_topics(new), but="TOPIC_ALREADY_EXISTS")  # made by somebody else meanwhile, or not yet ready


def _mend(admin: AdminClient, drifted: Iterable[Difference]) -> None:
    more = [NewPartitions(one.topic, int(one.planned)) for one in drifted if one.name == "partitions"]
    if more:
        _all(admin.create_partitions(more))
    by_topic: dict[str, list[ConfigEntry]] = {}
    for one in drifted:
        if one.name != "partitions":
            entry = ConfigEntry(one.name, one.planned, incremental_operation=AlterConfigOpType.SET)
            by_topic.setdefault(one.topic, []).append(entry)
    if by_topic:
        resources = [
            ConfigResource(ResourceType.TOPIC, name, incremental_configs=entries) for name, entries in by_topic.items()
        ]
        _all(admin.incremental_alter_configs(resources))


def _settings(admin: AdminClient, names: Iterable[str]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    resources = [ConfigResource(ResourceType.TOPIC, name) for name in sorted(names)]
    if not resources:
        return {}
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for resource, future in _asked(lambda: admin.describe_configs(resources)).items():
        entries: dict[str, ConfigEntry] = _result(future)
        found[resource.name] = tuple((entry.name, entry.value or "") for entry in entries.values())
    return found


def _is_ready(topic: TopicMetadata) -> bool:
    parts = topic.partitions.values()
    return topic.error is None and bool(parts) and all(part.leader >= 0 for part in parts)


def _as_topic(topic: TopicMetadata) -> Topic:
    copies = min(len(part.replicas) for part in topic.partitions.values())
    return Topic(topic.topic or "", len(topic.partitions), copies, ())


def _as_held(rule: AclBinding) -> Held:
    kind, name, pattern, principal, host, operation, permission = rule._to_tuple()
    return Held(principal, operation.name, kind.name, name, pattern.name, host, permission.name)


def _words(
    held: Held,
) -> tuple[ResourceType, str, ResourcePatternType, str, str, AclOperation, AclPermissionType]:
    kind = "BROKER" if held.kind == "CLUSTER" else held.kind
    return (
        ResourceType[kind],
        held.name,
        ResourcePatternType[held.pattern],
        held.principal,
        held.host,
        AclOperation[held.operation],
        AclPermissionType[held.permission],
    )


def _all(futures: Mapping[_T, "Future[object]"], but: str = "") -> None:
    """Nothing, once every one of them has been done, or has failed in the way that is expected."""
    for future in futures.values():
        try:
            future.result(_ANSWER_SECONDS)
        except KafkaException as refused:
            if _code(refused) != but:
                raise StoreUnavailable(_code(refused)) from None


def _result(future: "Future[_T]") -> _T:
    return _asked(lambda: future.result(_ANSWER_SECONDS))


def _asked(question: Callable[[], _T]) -> _T:
    try:
        return question()
    except KafkaException as refused:
        raise StoreUnavailable(_code(refused)) from None


def _code(refused: KafkaException) -> str:
    return str(refused.args[0].name())
