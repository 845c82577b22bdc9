"""An edge's outbox was put back from an old copy, or is corrupt: is it noticed, and is nothing lost?"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from agencies import registry as partners
from hub.adapters.edge_side import Edge
from hub.domain.errors import StoreUnavailable
from hub.domain.feed import Feed, FeedKind, Partner, standing
from hub.settings import Settings
from hub.views.feeds import FEEDS, feeds_of
from hub.wiring import Hub, edge_folder
from tests.support.beset import notice
from tests.support.invariants import Sent, broken

POLICE = partners.by_name("police")


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    found = Hub(Settings(home=tmp_path))
    found.edge("police").close()  # it is enrolled; each test opens it as a process of its own does
    yield found
    found.close()


def opened(hub: Hub) -> Edge:
    return Edge(POLICE, edge_folder(hub.settings, "police"), hub.beyond)


def send(edge: Edge, *numbers: int) -> frozenset[UUID]:
    taken = [edge.send(notice(number), f"{number}.json") for number in numbers]
    return frozenset(fact.event_id for outcomes in taken for outcome in outcomes for fact in outcome.facts)


def outbox(hub: Hub) -> Path:
    return edge_folder(hub.settings, "police") / "outbox.db"


def feed(hub: Hub) -> Feed:
    return feeds_of(hub.view_rows.read(FEEDS))[POLICE.source]


def kinds(hub: Hub) -> set[FeedKind]:
    found = standing(Partner(POLICE.source, True, feed(hub)), hub.clock.now() + timedelta(seconds=31))
    return {one.kind for one in found.findings}


def beaten(hub: Hub, edge: Edge) -> None:
    edge.beat(60)
    hub.work()


def all_events(*numbers: int) -> frozenset[UUID]:
    outcomes = (POLICE.translate(notice(number), "notice.json") for number in numbers)
    return frozenset(fact.event_id for found in outcomes for outcome in found for fact in outcome.facts)


def copied(edge: Edge, source: Path, to: Path) -> None:
    """The outbox copied, or put back, while its edge is stopped."""
    edge.close()
    shutil.copy(source, to)


def test_put_back_from_an_old_copy_it_is_an_alarm_then_a_new_epoch_and_nothing_is_lost(
    hub: Hub, tmp_path: Path
) -> None:
    edge = opened(hub)
    ids = send(edge, 1)
    beaten(hub, edge)
    first_epoch, answers = edge.outbox.so_far().epoch, edge.receipts()
    copied(edge, outbox(hub), tmp_path / "copy.db")
    edge = opened(hub)
    ids |= send(edge, 2, 3)
    beaten(hub, edge)
    answers += edge.receipts()
    copied(edge, tmp_path / "copy.db", outbox(hub))

    edge = opened(hub)
    ids |= send(edge, 4)  # under numbers that were given before
    hub.work()
    assert edge.outbox.so_far().last == 4
    beaten(hub, edge)
    assert FeedKind.WENT_BACK in kinds(hub)
    answers += edge.receipts()
    assert edge.outbox.so_far().epoch != first_epoch
    ids |= send(edge, 5)
    beaten(hub, edge)
    answers += edge.receipts()
    assert kinds(hub) >= {FeedKind.BEGUN_AGAIN}
    assert FeedKind.WENT_BACK not in kinds(hub)
    assert {one.outcome for one in answers} == {"accepted"}
    assert broken(hub, Sent(POLICE.source, all_events(1, 2, 3, 4, 5), answers)) == []
    assert ids == all_events(1, 2, 3, 4, 5)
    edge.close()


def test_what_waited_in_the_old_copy_is_sent_again_and_known_already(hub: Hub, tmp_path: Path) -> None:
    edge = opened(hub)
    edge.take(notice(1), "1.json")
    edge.close()
    shutil.copy(outbox(hub), tmp_path / "copy.db")
    edge = opened(hub)
    edge.publish()
    hub.work()
    answers = edge.receipts()
    edge.close()
    shutil.copy(tmp_path / "copy.db", outbox(hub))
    edge = opened(hub)
    assert edge.publish() == 2
    hub.work()
    again = edge.receipts()
    assert [one.outcome for one in again] == ["duplicate", "duplicate"]
    assert broken(hub, Sent(POLICE.source, all_events(1), (*answers, *again))) == []
    edge.close()


@pytest.mark.parametrize("at", [0, 4096])
def test_a_corrupt_outbox_is_refused_and_a_new_one_goes_on(at: int, hub: Hub, tmp_path: Path) -> None:
    edge = opened(hub)
    send(edge, 1, 2)
    beaten(hub, edge)
    answers = edge.receipts()
    edge.close()
    with outbox(hub).open("r+b") as file:
        file.seek(at)
        file.write(b"\xff" * 20_000)
    with pytest.raises(StoreUnavailable):
        opened(hub).take(notice(3), "3.json")
    outbox(hub).rename(tmp_path / "corrupt.db")
    for left in outbox(hub).parent.glob("outbox.db-*"):
        left.unlink()
    edge = opened(hub)
    send(edge, 1, 2, 3)  # the agency gives its edge again what it gave since its last copy
    beaten(hub, edge)
    again = edge.receipts()
    assert sorted(one.outcome for one in again) == ["accepted"] * 2 + ["duplicate"] * 4
    assert FeedKind.BEGUN_AGAIN in kinds(hub)
    assert broken(hub, Sent(POLICE.source, all_events(1, 2, 3), (*answers, *again))) == []
    edge.close()


def test_a_message_altered_in_the_outbox_is_set_aside_and_missed(hub: Hub) -> None:
    edge = opened(hub)
    edge.take(notice(1), "1.json")
    with closing(sqlite3.connect(outbox(hub))) as db, db:
        spoilt = "UPDATE outgoing SET value = CAST(substr(value, 1, 100) || x'00' || substr(value, 102) AS BLOB) "
        assert db.execute(spoilt + "WHERE position = 1").rowcount == 1
    edge.publish()
    beaten(hub, edge)
    assert sorted(one.outcome for one in edge.receipts()) == ["accepted", "quarantined"]
    assert FeedKind.GAP in kinds(hub)
    edge.close()
