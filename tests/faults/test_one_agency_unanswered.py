"""The topic on which one agency is answered refuses: are others received and answered, and it too once it is mended?"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from confluent_kafka.admin import AclBindingFilter, AclOperation, AclPermissionType, ResourcePatternType, ResourceType

from agencies import registry as partners
from hub.adapters.clock import SystemClock
from hub.adapters.edge_side import Edge, PartnerKeys
from hub.adapters.kafka_plan import plan
from hub.application.enrol import enrol_agency
from hub.commands.edge_work import EdgeWork
from hub.wiring import edge_folder
from tests.support import kafka_broker
from tests.support.beset import POLICE, Beset, edge_of, on_servers, soon
from tests.support.engines import PostgresEngine
from tests.support.kafka_setup import administrator, apply
from tests.support.places import REPO
from tests.support.processes import HUB_USER, Party, kafka_settings

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.kafka]

GP, NURSERY = partners.by_name("gp"), partners.by_name("nursery")
SEEN = REPO / "agencies" / "gp" / "samples" / "made-up-scenario-1-mother-seen.json"


def a_right_less(reached: Mapping[str, str]) -> None:
    """The hub may not write on the topic on which the police are answered."""
    right = AclBindingFilter(
        ResourceType.TOPIC,
        POLICE.receipts_topic,
        ResourcePatternType.LITERAL,
        f"User:{HUB_USER}",
        "*",
        AclOperation.WRITE,
        AclPermissionType.ALLOW,
    )
    admin = administrator(reached)
    for future in admin.delete_acls([right]).values():
        assert future.result(60)


def a_topic_less(reached: Mapping[str, str], topic: str = POLICE.receipts_topic) -> None:
    """There is no such topic."""
    admin = administrator(reached)
    for future in admin.delete_topics([topic]).values():
        future.result(60)
    soon(lambda: topic not in admin.list_topics(timeout=30).topics, "a topic gone")


@pytest.mark.parametrize("amiss", [a_right_less, a_topic_less])
def test_others_are_answered_while_one_cannot_be_and_it_is_once_it_can(
    amiss: Callable[[Mapping[str, str]], None], tmp_path: Path, run_folder: Path, postgres_engine: PostgresEngine
) -> None:
    with on_servers(tmp_path, run_folder, postgres_engine) as beset:
        reached = kafka_broker.reach(run_folder / "faults")
        working, sending = beset.hub.start("work"), beset.police.start("edge", "police")
        beset.drop(2)
        beset.soon_answered("answers before anything is amiss")
        amiss(reached)
        until_refused(beset, working.words)
        the_gp_is_answered(beset, tmp_path, reached)
        assert f"back TopicRefuses {POLICE.name}" not in working.words()
        apply(reached, plan(partners.AGENCIES, copies=1))
        beset.soon_answered("answers to the police once their topic takes them")
        soon(lambda: f"back TopicRefuses {POLICE.name}" in working.words(), "word of it")
        for one in (working, sending):
            assert one.stop()[0] == 0, one.words()
        found = beset.broken()
        assert found == []


def test_topics_that_were_never_made_hold_up_their_own_agencies_alone(
    tmp_path: Path, run_folder: Path, postgres_engine: PostgresEngine
) -> None:
    with on_servers(tmp_path, run_folder, postgres_engine) as beset:
        reached = kafka_broker.reach(run_folder / "faults")
        a_topic_less(reached)
        a_topic_less(reached, NURSERY.inbound_topic)
        beset.drop(2)
        sending, working = beset.police.start("edge", "police"), beset.hub.start("work")
        soon(lambda: f"waiting TopicRefuses {POLICE.name}" in working.words(), "word of whom nobody can answer")
        the_gp_is_answered(beset, tmp_path, reached)
        apply(reached, plan(partners.AGENCIES, copies=1))
        beset.soon_answered("answers to the police once there is such a topic")
        for one in (working, sending):
            assert one.stop()[0] == 0, one.words()
        assert "StoreUnavailable" not in working.words()
        found = beset.broken()
        assert found == []


def the_gp_is_answered(beset: Beset, folder: Path, reached: Mapping[str, str]) -> None:
    """A practice is, while the police have no answer to something."""
    with the_gp(beset, folder, reached) as (edge, work):
        (folder / "gp-drop" / "in" / SEEN.name).write_bytes(SEEN.read_bytes())
        stated = {fact.event_id for one in GP.translate(SEEN.read_bytes(), SEEN.name) for fact in one.facts}

        def answered() -> bool:
            work.one_round()
            return all(edge.outbox.answer_to(event) is not None for event in stated)

        soon(answered, "an answer to the practice, while the police have none")
        with beset.edge() as (police, _):
            assert len(beset.answers(police)) < len(beset.ids())


def until_refused(beset: Beset, said: Callable[[], str]) -> None:
    """The police send until one of theirs cannot be answered: a broker applies what it agreed to in its own time."""
    with beset.edge() as (police, _):

        def told() -> bool:
            return f"TopicRefuses {POLICE.name}" in said()

        while not told():
            beset.drop()
            soon(lambda: told() or len(beset.answers(police)) == len(beset.ids()), "an answer, or none to be had")


@contextmanager
def the_gp(beset: Beset, folder: Path, reached: Mapping[str, str]) -> Iterator[tuple[Edge, EdgeWork]]:
    """The edge of a practice, enrolled, in this process."""
    keys = {"HUB_PUBLIC_KEYS": str(folder / "hub-keys.json"), "HUB_DROP": str(folder / "gp-drop")}
    settings = Party(folder / "gp-home", {**keys, **kafka_settings(reached, "agency-gp", folder)}).settings
    with beset.opened() as hub:
        enrolled = PartnerKeys(GP, edge_folder(settings, GP.name)).enrolment(SystemClock())
        enrol_agency(hub.store, hub.clock, enrolled)
    with edge_of(GP, settings) as found:
        yield found
