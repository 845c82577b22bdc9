"""The product's own plan made on a test's broker, and its users: each there in deed before a test begins."""

import time
from collections.abc import Mapping

from confluent_kafka import KafkaException
from confluent_kafka.admin import (
    AdminClient,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialAlteration,
    UserScramCredentialUpsertion,
)

from hub.adapters import kafka_admin
from hub.adapters.kafka_admin import AdminAccess
from hub.adapters.kafka_changes import Changes
from hub.adapters.kafka_plan import Plan
from tests.support.kafka_broker import ADMIN, pass_phrase


def administrator(reached: Mapping[str, str]) -> AdminClient:
    """The cluster's administrator."""
    return kafka_admin.administrator(AdminAccess(reached["brokers"], ADMIN, pass_phrase(reached["secret"], ADMIN)))


def apply(reached: Mapping[str, str], wanted: Plan, *, prune: bool = False) -> Changes:
    """Make the plan's topics and rights as the product makes them, and its users; what was changed."""
    admin = administrator(reached)
    made = kafka_admin.apply(admin, wanted, prune=prune)
    _add(admin, reached["secret"], *sorted({right.principal for right in wanted.rights}))
    return made


def add_users(reached: Mapping[str, str], *users: str) -> None:
    """Let these users prove who they are; they may do nothing yet."""
    _add(administrator(reached), reached["secret"], *users)


def _add(admin: AdminClient, secret: str, *users: str) -> None:
    if not users:
        return
    how = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096)
    changes: list[UserScramCredentialAlteration] = [
        UserScramCredentialUpsertion(user, how, pass_phrase(secret, user).encode()) for user in users
    ]
    for future in admin.alter_user_scram_credentials(changes).values():
        future.result(60)
    until = time.monotonic() + 60
    while not all(_is_known(admin, user) for user in users):
        assert time.monotonic() < until, "the broker never applied what it agreed to"
        time.sleep(0.05)


def _is_known(admin: AdminClient, user: str) -> bool:
    asked = admin.describe_user_scram_credentials([user])
    assert isinstance(asked, dict)
    try:
        asked[user].result(60)
    except KafkaException:
        return False
    return True
