"""Held against the plan, is what a cluster lacks found, what it has too much, and what must not be taken away?"""

from dataclasses import dataclass, replace

import pytest

from agencies import registry
from contracts.agreement import Agreement
from hub.adapters.kafka_changes import Changes, Found, Held, as_held, changes
from hub.adapters.kafka_plan import Plan, Topic, plan
from hub.wiring import all_agreements


@dataclass(frozen=True)
class Someone:
    """An agency, as far as its topics go."""

    name: str = "police"
    inbound_topic: str = "in.police.v1"
    receipts_topic: str = "receipts.police.v1"
    outbound_topic: str = "out.police.v1"


PLAN = plan((Someone(),))
HERE = Found(PLAN.topics, tuple(as_held(right) for right in PLAN.rights))


def altered(*, partitions: int = 12, copies: int = 3) -> Found:
    """What would be found, were the inbound topic otherwise."""
    return replace(
        HERE,
        topics=tuple(
            replace(one, partitions=partitions, copies=copies) if one.name == "in.police.v1" else one
            for one in PLAN.topics
        ),
    )


def with_setting(setting: str, value: str) -> Found:
    """What would be found, had the inbound topic that setting."""
    (topic,) = (one for one in PLAN.topics if one.name == "in.police.v1")
    settings = tuple((name, value if name == setting else planned) for name, planned in topic.settings)
    return replace(
        HERE, topics=tuple(replace(topic, settings=settings) if one is topic else one for one in PLAN.topics)
    )


def test_a_cluster_as_planned_wants_nothing() -> None:
    assert changes(PLAN, HERE) == Changes()


def test_an_empty_cluster_wants_everything() -> None:
    found = changes(PLAN, Found((), ()))
    assert found.topics == PLAN.topics
    assert set(found.rights) == {as_held(right) for right in PLAN.rights}


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("min.insync.replicas", "1"),
        ("unclean.leader.election.enable", "true"),
        ("cleanup.policy", "compact"),
        ("retention.ms", "60000"),
        ("retention.bytes", "1024"),
        ("message.timestamp.type", "CreateTime"),
        ("max.message.bytes", "1000"),
        ("compression.type", "gzip"),
    ],
)
def test_a_setting_that_drifted_is_mended(setting: str, value: str) -> None:
    (drifted,) = changes(PLAN, with_setting(setting, value)).drifted
    assert (drifted.topic, drifted.name, drifted.value) == ("in.police.v1", setting, value)


@pytest.mark.parametrize(
    ("setting", "value"),
    [("retention.ms", "9999999999999"), ("retention.ms", "-1"), ("min.insync.replicas", "3")],
)
def test_what_would_throw_messages_away_is_held_back_until_it_is_asked_for(setting: str, value: str) -> None:
    found = changes(PLAN, with_setting(setting, value))
    assert [one.name for one in found.held_back] == [setting]
    assert not found.wanting
    assert [one.name for one in changes(PLAN, with_setting(setting, value), prune=True).drifted] == [setting]


def test_partitions_are_added_and_never_taken_away() -> None:
    assert [one.value for one in changes(PLAN, altered(partitions=4)).drifted] == ["4"]
    shrinking = changes(PLAN, altered(partitions=40), prune=True)
    assert [one.value for one in shrinking.held_back] == ["40"]
    assert not shrinking.wanting


@pytest.mark.parametrize("copies", [1, 5])
def test_copies_are_named_and_left_to_the_brokers_own_reassignment(copies: int) -> None:
    found = changes(PLAN, altered(copies=copies), prune=True)
    assert [(one.name, one.value) for one in found.held_back] == [("copies", str(copies))]
    assert found.falls_short == (copies < PLAN.topics[0].copies)


def test_what_is_more_than_planned_falls_short_of_nothing() -> None:
    """What the operations page has an operator do before a long outage must not keep the hub from starting after it."""
    assert not changes(PLAN, with_setting("retention.ms", "9999999999999")).falls_short
    assert not changes(PLAN, altered(partitions=40)).falls_short


@pytest.mark.parametrize(
    "extra",
    [
        Held("User:agency-health", "READ", "TOPIC", "in.police.v1"),
        Held("User:stranger", "ALL", "TOPIC", "*"),
        Held("User:stranger", "READ", "TOPIC", "in.", pattern="PREFIXED"),
        Held("User:stranger", "READ", "GROUP", "hub-receive"),
        Held("User:agency-police", "CREATE", "CLUSTER", "kafka-cluster"),
        Held("User:agency-police", "WRITE", "TOPIC", "in.police.v1", permission="DENY"),
        Held("User:agency-police", "WRITE", "TOPIC", "in.police.v1", host="192.0.2.7"),
    ],
)
def test_a_right_besides_the_plan_is_found(extra: Held) -> None:
    assert changes(PLAN, replace(HERE, rights=(*HERE.rights, extra))).besides == (extra,)


@pytest.mark.parametrize(
    "elsewhere",
    [Held("User:stranger", "READ", "TOPIC", "billing"), Held("User:stranger", "READ", "TOPIC", "inb", "PREFIXED")],
)
def test_what_others_do_with_their_own_topics_is_left_alone(elsewhere: Held) -> None:
    assert changes(PLAN, replace(HERE, rights=(*HERE.rights, elsewhere))) == Changes()


def test_topics_of_an_agency_that_left_are_named() -> None:
    old = (Topic("in.gone.v1", 12, 3, ()), Topic("__consumer_offsets", 50, 3, ()), Topic("billing", 1, 1, ()))
    assert changes(PLAN, replace(HERE, topics=(*PLAN.topics, *old))).left_over == ("in.gone.v1",)


def agreements() -> dict[str, Agreement]:
    """Every agency's agreement."""
    return {one.agency: one for one in all_agreements()}


def test_every_agency_of_the_registry_has_its_topics() -> None:
    names = {topic.name for topic in whole_plan(agreements()).topics}
    for agency in registry.AGENCIES:
        assert {agency.inbound_topic, agency.receipts_topic, agency.outbound_topic} <= names


def test_an_agency_that_may_receive_nothing_has_no_topic_for_shares() -> None:
    signed = agreements()
    nothing = signed["housing"].receives.model_copy(update={"types": ()})
    made = whole_plan({**signed, "housing": signed["housing"].model_copy(update={"receives": nothing})})
    assert {topic.name for topic in whole_plan(signed).topics} - {one.name for one in made.topics} == {"out.housing.v1"}
    assert not {"out.housing.v1", "edge-housing-shared"} & {right.name for right in made.rights}


def whole_plan(signed: dict[str, Agreement]) -> Plan:
    """The plan of the whole partnership under these agreements."""
    return plan(registry.AGENCIES, agreements=signed)


def test_nobody_may_do_more_than_read_or_write_what_is_named_in_full() -> None:
    for right in whole_plan(agreements()).rights:
        assert right.operation in {"READ", "WRITE"}
        assert "*" not in right.name


def test_no_message_is_lost_with_one_broker_of_three() -> None:
    for topic in PLAN.topics:
        assert (topic.copies, dict(topic.settings)["min.insync.replicas"]) == (3, "2")
