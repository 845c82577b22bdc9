"""Corpus row 33: a gap in what an agency published is seen at the hub, and closes when the message comes."""

from pathlib import Path

import pytest

from contracts.strict_json import Json
from hub.application.bus_port import Arrived
from hub.settings import Settings
from hub.views.all_views import VIEWS
from hub.views.feeds import missing_of
from hub.wiring import Hub
from tests.support.places import REPO

NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    return Hub(Settings(home=tmp_path))


def police_feed(hub: Hub) -> dict[str, Json]:
    (feeds,) = (view for view in VIEWS if view.name == "feeds")
    return next(row for row in hub.view_rows.read(feeds) if str(row["source"]).endswith(":police"))


def lose_first_message(hub: Hub) -> Arrived:
    """The first message on the way never reaches the hub: its consumer is told it was done with."""
    edge = hub.edge("police")
    edge.send(NOTICE.read_bytes(), NOTICE.name)
    (first, *_) = hub.bus.poll("hub-receive", (edge.agency.inbound_topic,), 10)
    hub.bus.done("hub-receive", first)
    return first


def test_a_lost_message_is_seen_as_missing(hub: Hub) -> None:
    lose_first_message(hub)
    hub.work()
    assert missing_of(police_feed(hub)) == 1


def test_it_is_missing_no_more_when_it_comes(hub: Hub) -> None:
    lost = lose_first_message(hub)
    hub.work()
    hub.bus.send(lost.topic, "again", lost.message)
    hub.work()
    assert missing_of(police_feed(hub)) == 0


def test_sending_a_file_again_is_a_repeat_and_no_gap(hub: Hub) -> None:
    for _ in range(3):
        hub.edge("police").send(NOTICE.read_bytes(), NOTICE.name)
        hub.work()
    row = police_feed(hub)
    assert (missing_of(row), row["out_of_turn"]) == (0, 0)


def test_a_file_that_could_not_be_read_uses_no_number(hub: Hub) -> None:
    hub.edge("police").send(b"{", "broken.json")
    hub.edge("police").send(NOTICE.read_bytes(), NOTICE.name)
    hub.work()
    assert missing_of(police_feed(hub)) == 0
