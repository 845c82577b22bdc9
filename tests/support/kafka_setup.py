"""Topics, rights and users on a test's broker, each there in deed before a test begins: agreed is not yet applied."""

import time
from collections.abc import Callable, Mapping
from functools import partial

from confluent_kafka import KafkaException
from confluent_kafka.admin import (
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    AdminClient,
    NewTopic,
    ResourcePatternType,
    ResourceType,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialAlteration,
    UserScramCredentialUpsertion,
)

from hub.adapters.kafka_plan import Plan, Right
from tests.support.kafka_broker import ADMIN, client_settings, pass_phrase


def administrator(reached: Mapping[str, str]) -> AdminClient:
    """The cluster's administrator."""
    return AdminClient(client_settings(reached, ADMIN))


def apply(reached: Mapping[str, str], wanted: Plan) -> None:
    """Make the plan's topics, rights and users."""
    admin = administrator(reached)
    new = [
        NewTopic(one.name, num_partitions=one.partitions, replication_factor=one.copies, config=dict(one.settings))
        for one in wanted.topics
    ]
    bindings = [AclBinding(*_named(right)) for right in wanted.rights]
    for future in admin.create_topics(new).values():
        future.result(60)
    if not bindings:
        return
    for future in admin.create_acls(bindings).values():
        future.result(60)
    _add(admin, reached["secret"], *sorted({right.principal for right in wanted.rights}))
    for right in wanted.rights:
        _until(partial(_is_given, admin, right))


def add_users(reached: Mapping[str, str], *users: str) -> None:
    """Let these users prove who they are; they may do nothing yet."""
    _add(administrator(reached), reached["secret"], *users)


def _add(admin: AdminClient, secret: str, *users: str) -> None:
    how = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096)
    changes: list[UserScramCredentialAlteration] = [
        UserScramCredentialUpsertion(user, how, pass_phrase(secret, user).encode()) for user in users
    ]
    for future in admin.alter_user_scram_credentials(changes).values():
        future.result(60)
    for user in users:
        _until(partial(_is_known, admin, user))


def _is_known(admin: AdminClient, user: str) -> bool:
    asked = admin.describe_user_scram_credentials([user])
    assert isinstance(asked, dict)
    try:
        asked[user].result(60)
    except KafkaException:
        return False
    return True


def _is_given(admin: AdminClient, right: Right) -> bool:
    return bool(admin.describe_acls(AclBindingFilter(*_named(right))).result(60))


def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until, "the broker never applied what it agreed to"
        time.sleep(0.05)


def _named(
    right: Right,
) -> tuple[ResourceType, str, ResourcePatternType, str, str, AclOperation, AclPermissionType]:
    kind, operation = ResourceType[right.kind], AclOperation[right.operation]
    user = f"User:{right.principal}"
    return kind, right.name, ResourcePatternType.LITERAL, user, "*", operation, AclPermissionType.ALLOW
