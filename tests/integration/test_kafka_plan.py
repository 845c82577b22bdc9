"""Is the plan made on a real broker as it says, once, and is nothing taken away that may still be wanted?"""

import time
from collections.abc import Mapping
from dataclasses import replace

import pytest
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    ResourceType,
)

from hub.adapters import kafka_admin
from hub.adapters.kafka_admin import AdminAccess
from hub.adapters.kafka_changes import Changes, changes
from hub.adapters.kafka_plan import Plan, plan
from hub.domain.errors import StoreUnavailable
from tests.support.buses import KafkaRoad
from tests.support.kafka_broker import free_ports
from tests.support.kafka_setup import administrator

pytestmark = pytest.mark.kafka


@pytest.fixture
def wanted(kafka: Mapping[str, str]) -> Plan:
    """The plan of a partnership of one, by names that nobody else uses."""
    return theirs(KafkaRoad(kafka))


def theirs(first: KafkaRoad, *others: KafkaRoad) -> Plan:
    """The plan of these agencies and a hub named after the first of them."""
    return plan(
        (first, *others),
        hub=first.hub_user,
        group=f"hub-receive-{first.name}",
        copies=1,
        checkpoints=f"log.checkpoints-{first.name}.v1",
    )


@pytest.fixture
def admin(kafka: Mapping[str, str]) -> AdminClient:
    """Who may make topics and rights."""
    return administrator(kafka)


def found(admin: AdminClient, wanted: Plan) -> Changes:
    """What still differs; what other tests' roads left on this broker is not of this plan."""
    return replace(changes(wanted, kafka_admin.find(admin, wanted)), left_over=())


def set_on(admin: AdminClient, topic: str, name: str, value: str) -> None:
    """Let a setting drift, and wait until it has."""
    entry = ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET)
    resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[entry])
    for future in admin.incremental_alter_configs([resource]).values():
        future.result(60)


def until_it_differs(admin: AdminClient, wanted: Plan) -> None:
    """Wait until the broker, having agreed, says so too."""
    until = time.monotonic() + 60
    while found(admin, wanted) == Changes():
        assert time.monotonic() < until, "the broker never applied what it agreed to"
        time.sleep(0.05)


def test_all_of_it_is_in_force_when_apply_returns(admin: AdminClient, wanted: Plan) -> None:
    made = kafka_admin.apply(admin, wanted)
    assert made.topics == wanted.topics
    assert len(made.rights) == len(wanted.rights)
    assert found(admin, wanted) == Changes()


def test_applied_again_it_changes_nothing(admin: AdminClient, wanted: Plan) -> None:
    kafka_admin.apply(admin, wanted)
    assert replace(kafka_admin.apply(admin, wanted), left_over=()) == Changes()


@pytest.mark.parametrize(
    ("name", "value"),
    [("retention.ms", "60000"), ("cleanup.policy", "compact"), ("unclean.leader.election.enable", "true")],
)
def test_what_drifted_is_named_and_mended(admin: AdminClient, wanted: Plan, name: str, value: str) -> None:
    kafka_admin.apply(admin, wanted)
    set_on(admin, wanted.topics[1].name, name, value)
    until_it_differs(admin, wanted)
    (mended,) = kafka_admin.apply(admin, wanted).drifted
    assert (mended.topic, mended.name, mended.value) == (wanted.topics[1].name, name, value)
    assert found(admin, wanted) == Changes()


def test_messages_kept_longer_than_planned_are_kept_until_pruning_is_asked_for(
    admin: AdminClient, wanted: Plan
) -> None:
    kafka_admin.apply(admin, wanted)
    set_on(admin, wanted.topics[1].name, "retention.ms", "-1")
    until_it_differs(admin, wanted)
    (held_back,) = kafka_admin.apply(admin, wanted).held_back
    assert (held_back.name, held_back.value) == ("retention.ms", "-1")
    assert [one.name for one in found(admin, wanted).held_back] == ["retention.ms"]
    kafka_admin.apply(admin, wanted, prune=True)
    assert found(admin, wanted) == Changes()


def test_partitions_grow_to_the_plan_and_never_shrink(admin: AdminClient, wanted: Plan) -> None:
    log, inbound = wanted.topics[0], wanted.topics[1]
    smaller = replace(wanted, topics=(log, replace(inbound, partitions=2), *wanted.topics[2:]))
    kafka_admin.apply(admin, smaller)
    assert [one.value for one in kafka_admin.apply(admin, wanted).drifted] == ["2"]
    for future in admin.create_partitions([NewPartitions(log.name, 4)]).values():
        future.result(60)
    until_it_differs(admin, wanted)
    (held_back,) = kafka_admin.apply(admin, wanted, prune=True).held_back
    assert (held_back.topic, held_back.name, held_back.value) == (log.name, "partitions", "4")


def test_the_rights_of_an_agency_that_left_go_with_pruning_and_its_messages_stay(
    kafka: Mapping[str, str], admin: AdminClient
) -> None:
    staying, leaving = KafkaRoad(kafka), KafkaRoad(kafka)
    kafka_admin.apply(admin, theirs(staying, leaving))
    left = theirs(staying)
    gone = kafka_admin.apply(admin, left, prune=True)
    assert {one.name for one in gone.besides} >= {leaving.inbound_topic, leaving.outbound_topic}
    after = kafka_admin.find(admin, left)
    assert leaving.inbound_topic in {topic.name for topic in after.topics}
    assert not changes(left, after).besides


def test_a_broker_that_is_away_is_said_by_a_code() -> None:
    (port,) = free_ports(1)
    away = kafka_admin.administrator(AdminAccess(f"127.0.0.1:{port}", "somebody", "no pass phrase"))
    with pytest.raises(StoreUnavailable, match=r"^_TRANSPORT$"):
        kafka_admin.find(away, Plan((), ()), answer_seconds=2)
