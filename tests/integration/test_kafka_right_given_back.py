"""A right that is taken away, as in a flood, and given back: does the same process send again, and nothing is lost?"""

import pytest
from confluent_kafka.admin import AclBindingFilter, AclOperation, AclPermissionType, ResourcePatternType, ResourceType

from contracts.envelope import Sealed
from hub.adapters.kafka_plan import principal_of
from hub.domain.errors import StoreUnavailable
from tests.support.buses import KafkaRoad, OpenBus
from tests.support.kafka_held import everything_in
from tests.support.kafka_setup import administrator, apply
from tests.support.processes import until

pytestmark = pytest.mark.kafka

KEY = "0c9bd0f2-7b42-5a29-9d0b-0d1d5a1d7c11"
MESSAGE = Sealed((("ce_specversion", "1.0"),), b"sealed")


def take_away_writing(road: KafkaRoad) -> None:
    """Nobody may write to the agency's own topic any more."""
    admin = administrator(road.reached)
    may_write = AclBindingFilter(
        ResourceType.TOPIC,
        road.inbound_topic,
        ResourcePatternType.LITERAL,
        f"User:{principal_of(road)}",
        "*",
        AclOperation.WRITE,
        AclPermissionType.ALLOW,
    )
    for future in admin.delete_acls([may_write]).values():
        assert future.result(60)


def why_refused(agency: OpenBus, topic: str) -> str | None:
    """Why it could not be sent; None where it was."""
    try:
        agency.send(topic, KEY, MESSAGE)
    except StoreUnavailable as refused:
        return str(refused)
    return None


def test_what_was_refused_is_sent_once_the_right_is_given_back(kafka_road: KafkaRoad) -> None:
    agency, topic = kafka_road.agency(), kafka_road.inbound_topic
    agency.send(topic, KEY, MESSAGE)
    take_away_writing(kafka_road)
    assert "AuthorizationFailed" in until(lambda: why_refused(agency, topic), "a refusal")
    apply(kafka_road.reached, kafka_road.plan())
    assert [why_refused(agency, topic) for _ in range(3)] == [None, None, None]
    assert len(everything_in(kafka_road.reached, topic)) >= 4
