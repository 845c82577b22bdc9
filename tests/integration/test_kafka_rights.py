"""Does the broker itself refuse whatever the plan doesn't allow, and does it carry nothing that it could read?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, product
from typing import Literal
from uuid import uuid4

import pytest
from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from agencies import registry
from agencies.agency import stated
from agencies.edge import EdgeKeys, Outgoing, seal
from contracts.envelope import HEADER_NAMES, Sealed
from contracts.errors import NotForUs
from contracts.signature import SigningKey
from hub.adapters.kafka_changes import as_held
from hub.adapters.kafka_plan import Plan, Right, Topic, cosigned_topic_of, plan, principal_of
from hub.domain.errors import StoreUnavailable
from tests.support.buses import KafkaRoad
from tests.support.given import ROBIN, StoppedClock, a_child, a_concern
from tests.support.kafka_broker import ADMIN, client_settings
from tests.support.kafka_held import bytes_of, everything_in
from tests.support.kafka_setup import add_users, administrator, apply

pytestmark = pytest.mark.kafka

Doing = Literal["produce", "consume"]
Cell = tuple[str, Doing, str]
_REFUSED = frozenset({KafkaError.TOPIC_AUTHORIZATION_FAILED, KafkaError.CLUSTER_AUTHORIZATION_FAILED})
_KEY = b"0c9bd0f2-7b42-5a29-9d0b-0d1d5a1d7c11"


@dataclass(frozen=True, slots=True)
class Partnership:
    """Two agencies, the hub and an onlooker on one broker, and the plan that was made for them."""

    reached: Mapping[str, str]
    one: KafkaRoad
    other: KafkaRoad
    hub: str
    group: str
    onlooker: str
    checkpoints: str

    @property
    def plan(self) -> Plan:
        """Theirs alone: nobody else on the broker is named in it."""
        return plan((self.one, self.other), hub=self.hub, group=self.group, copies=1, checkpoints=self.checkpoints)


@pytest.fixture(scope="module")
def partnership(kafka: Mapping[str, str]) -> Iterator[Partnership]:
    name = uuid4().hex
    found = Partnership(
        reached=kafka,
        one=KafkaRoad(kafka),
        other=KafkaRoad(kafka),
        hub=f"hub-ingest-{name}",
        group=f"hub-receive-{name}",
        onlooker=f"onlooker-{name}",
        checkpoints=f"log.checkpoints-{name}.v1",
    )
    apply(kafka, found.plan)
    add_users(kafka, found.onlooker)
    yield found
    for road in (found.one, found.other):
        for bus in road.opened:
            bus.close()


def may_produce(settings: Mapping[str, str | int | float | bool], topic: str) -> bool:
    refusals: list[KafkaError | None] = []
    producer = Producer({**settings, "message.timeout.ms": 20_000})
    producer.produce(topic, b"sealed", key=_KEY, on_delivery=lambda error, _: refusals.append(error))
    assert producer.flush(30) == 0
    return is_allowed(refusals[0])


def may_consume(settings: Mapping[str, str | int | float | bool], topic: str) -> bool:
    """Whether the broker gives that user the messages of a topic, in no group of the plan's."""
    consumer = Consumer({**settings, "group.id": "unused", "enable.auto.commit": False, "enable.partition.eof": True})
    try:
        described = consumer.list_topics(topic, timeout=30).topics[topic].error
        if described is not None:
            return is_allowed(described)
        consumer.assign([TopicPartition(topic, 0, 0)])
        while True:
            answer = consumer.poll(30)
            assert answer is not None, "the broker said nothing"
            error = answer.error()
            if error is None or error.code() == KafkaError._PARTITION_EOF:
                return True
            if error.code() != KafkaError.GROUP_AUTHORIZATION_FAILED:  # no group is used here
                return is_allowed(error)
    finally:
        consumer.close()


def is_allowed(error: KafkaError | None) -> bool:
    assert error is None or error.code() in _REFUSED, error.name()
    return error is None


def users(partnership: Partnership) -> tuple[str, ...]:
    """Two agencies, the hub and an onlooker."""
    return (principal_of(partnership.one), principal_of(partnership.other), partnership.hub, partnership.onlooker)


def topics(partnership: Partnership) -> tuple[str, ...]:
    """Each kind of topic, of each agency; and the log's."""
    roads = (partnership.one, partnership.other)
    own = ((road.inbound_topic, road.receipts_topic, road.outbound_topic, cosigned_topic_of(road)) for road in roads)
    return (*chain.from_iterable(own), partnership.checkpoints)


def cells(partnership: Partnership, of: Iterable[str]) -> set[Cell]:
    """Who may do what with these topics, each cell asked of the broker itself."""
    allowed: set[Cell] = set()
    for user, topic in product(users(partnership), of):
        settings = client_settings(partnership.reached, user)
        if may_produce(settings, topic):
            allowed.add((user, "produce", topic))
        if may_consume(settings, topic):
            allowed.add((user, "consume", topic))
    return allowed


def permitted(partnership: Partnership) -> set[Cell]:
    """The cells that are meant, written out by hand and not from the plan."""
    found: set[Cell] = {(partnership.hub, "produce", partnership.checkpoints)}
    for road in (partnership.one, partnership.other):
        agency = f"agency-{road.name}"
        found |= {
            (agency, "produce", f"in.{road.name}.v1"),
            (partnership.hub, "consume", f"in.{road.name}.v1"),
            (partnership.hub, "produce", f"receipts.{road.name}.v1"),
            (agency, "consume", f"receipts.{road.name}.v1"),
            (partnership.hub, "produce", f"out.{road.name}.v1"),
            (agency, "consume", f"out.{road.name}.v1"),
            (agency, "produce", f"cosign.{road.name}.v1"),
            (partnership.hub, "consume", f"cosign.{road.name}.v1"),
            (agency, "consume", partnership.checkpoints),
        }
    return found


def test_each_may_do_exactly_what_is_meant(partnership: Partnership) -> None:
    asked = topics(partnership)
    assert len(users(partnership)) * len(asked) == 36
    assert cells(partnership, asked) == permitted(partnership)


@pytest.mark.parametrize("operation", ["READ", "WRITE"])
def test_a_right_too_many_is_found_by_those_cells(
    partnership: Partnership, operation: Literal["READ", "WRITE"]
) -> None:
    doing: Doing = "consume" if operation == "READ" else "produce"
    topic = partnership.one.outbound_topic
    slip = Right(principal_of(partnership.other), operation, "TOPIC", topic)
    apply(partnership.reached, replace(partnership.plan, rights=(*partnership.plan.rights, slip)))
    assert cells(partnership, (topic,)) - permitted(partnership) == {(slip.principal, doing, topic)}
    pruned = apply(partnership.reached, partnership.plan, prune=True)
    assert pruned.besides == (as_held(slip),)
    assert not cells(partnership, (topic,)) - permitted(partnership)


def test_what_no_rule_speaks_of_is_refused(partnership: Partnership) -> None:
    topic, unspoken = f"aside.{uuid4().hex}.v1", (("compression.type", "producer"),)
    apply(partnership.reached, Plan((Topic(topic, 1, 1, unspoken),), ()))
    for user in (principal_of(partnership.one), partnership.hub, partnership.onlooker):
        settings = client_settings(partnership.reached, user)
        assert not may_produce(settings, topic)
        assert not may_consume(settings, topic)


def test_each_may_read_in_its_own_groups_alone(partnership: Partnership) -> None:
    mine: dict[str, tuple[str, tuple[str, ...]]] = {}
    for road in (partnership.one, partnership.other):
        groups = (f"edge-{road.name}", f"edge-{road.name}-shared", f"witness-{road.name}")
        mine[f"agency-{road.name}"] = (road.receipts_topic, groups)
    mine[partnership.hub] = (partnership.one.inbound_topic, (partnership.group, f"{partnership.group}-cosigned"))
    every = tuple(group for _, groups in mine.values() for group in groups)
    allowed = {
        (user, group)
        for user, (topic, _) in mine.items()
        for group in every
        if joins(partnership.one, user, group, topic)
    }
    assert allowed == {(user, group) for user, (_, groups) in mine.items() for group in groups}


def joins(road: KafkaRoad, user: str, group: str, topic: str) -> bool:
    """Whether the user, who may read the topic, may read it in that group."""
    try:
        road.opening(user).poll(group, (topic,), 1)
    except StoreUnavailable as refused:
        return str(refused) != "GroupAuthorizationFailedError"
    return True


def test_nobody_makes_a_topic_by_using_it(partnership: Partnership) -> None:
    unknown = f"in.{uuid4().hex}.v1"
    producer = Producer({**client_settings(partnership.reached, ADMIN), "message.timeout.ms": 3_000})
    refusals: list[KafkaError | None] = []
    producer.produce(unknown, b"sealed", key=_KEY, on_delivery=lambda error, _: refusals.append(error))
    producer.flush(30)
    assert refusals[0] is not None
    assert unknown not in administrator(partnership.reached).list_topics(timeout=30).topics


def test_a_wrong_pass_phrase_opens_nothing(partnership: Partnership) -> None:
    settings = {**client_settings(partnership.reached, partnership.hub), "sasl.password": "wrong"}
    consumer = Consumer({**settings, "group.id": partnership.group})
    try:
        with pytest.raises(KafkaException):
            consumer.list_topics(timeout=3)
    finally:
        consumer.close()


def test_our_own_bus_says_that_it_was_refused(partnership: Partnership) -> None:
    stranger = partnership.one.opening(partnership.onlooker)
    message = Sealed((("ce_specversion", "1.0"),), b"sealed")
    with pytest.raises(StoreUnavailable, match="AuthorizationFailed"):
        stranger.send(partnership.one.inbound_topic, _KEY.decode(), message)
    with pytest.raises(StoreUnavailable, match="AuthorizationFailed"):
        stranger.poll(partnership.group, (partnership.one.inbound_topic,), 1)


@pytest.mark.parametrize("key", ["Robin Exemplar", ROBIN, "", _KEY.decode().upper(), f"{{{_KEY.decode()}}}"])
def test_a_key_that_is_no_routing_token_never_leaves(kafka_road: KafkaRoad, key: str) -> None:
    with pytest.raises(NotForUs, match="pii_in_context"):
        kafka_road.agency().send(kafka_road.inbound_topic, key, Sealed((), b"sealed"))


@pytest.mark.parametrize("name", ["nhs_number", "tracestate", "baggage", "Content-Type", ""])
def test_a_header_that_is_not_on_the_list_never_leaves(kafka_road: KafkaRoad, name: str) -> None:
    message = Sealed((("ce_specversion", "1.0"), (name, ROBIN)), b"sealed")
    with pytest.raises(NotForUs, match="pii_in_context"):
        kafka_road.agency().send(kafka_road.inbound_topic, _KEY.decode(), message)


def test_the_broker_holds_nothing_that_it_could_read(kafka_road: KafkaRoad) -> None:
    police = registry.by_name("police")
    keys = EdgeKeys(
        SigningKey("police-1", Ed25519PrivateKey.generate()), b"r" * 32, X25519PrivateKey.generate().public_key()
    )
    child = a_child(ROBIN, given="CANARYGIVEN", family="CANARYFAMILY")
    concern = a_concern("CANARY-RECORD", child, words="CANARY-WORDS")
    sealed = seal(police, stated(police.source, concern), keys, StoppedClock().now(), "0a0b0c0d.1")
    kafka_road.agency().publish(Outgoing(kafka_road.inbound_topic, sealed.key, sealed.message))
    (message,) = everything_in(kafka_road.reached, kafka_road.inbound_topic)
    assert set(dict(message.headers() or ())) <= HEADER_NAMES
    held = bytes_of(message)
    for canary in (b"CANARY", ROBIN.encode(), b"2022-05-11", b"concern", concern.TYPE.encode()):
        assert canary not in held
