"""Can an agency tell its edge that something was read, or that what could not be read is mended, and is it so then?"""

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest

from agencies.agency import accepted
from contracts.events.feed import FeedHeartbeat
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.adapters.durable_db import DurableDatabase
from hub.adapters.outbox_tally import Unread
from hub.adapters.public_keys import write_keys
from hub.cli import commands_parser
from hub.commands import edge as edge_command
from hub.commands import share
from hub.commands.share import Sharing
from hub.domain.feed import FeedKind, Standing, standing
from hub.domain.shares import Standing as ShareStanding
from hub.settings import Settings
from hub.wiring import Edge, Hub
from tests.support.given import ROBIN, a_concern
from tests.support.house import house, say
from tests.support.places import REPO

NOTICE = (REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json").read_bytes()
CHILD = parse_identifier(f"nhs:{ROBIN}")
BROKEN = b'{"forename": "Canary-5f1e"'


@dataclass
class Desk:
    """An agency's edge, whose home is the hub's own, and the words that its people type."""

    hub: Hub
    settings: Settings
    agency: str = "police"

    @property
    def edge(self) -> Edge:
        """The edge."""
        return self.hub.edge(self.agency)

    def say(self, *words: str) -> int:
        """The exit code of `hub edge AGENCY` with these words."""
        return edge_command.run(self.settings, commands_parser().parse_args(["edge", self.agency, *words]))

    def beat(self) -> FeedHeartbeat:
        """What the edge says of itself, taken in by the hub."""
        said = self.edge.beat(60)
        self.hub.work()
        return said

    def stands(self) -> Standing:
        """How the hub has its feed."""
        partners = self.hub.reading().partners
        (found,) = (one for one in partners if one.source == self.edge.agency.source)
        return standing(found, self.hub.clock.now())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    hub = house(tmp_path)
    keys = tmp_path / "hub-keys.json"
    keys.write_text(write_keys(hub.public_keys), encoding="utf-8")
    keys.chmod(0o644)
    return Desk(hub, replace(hub.settings, public_keys=keys))


def label(raw: bytes) -> str:
    """What people find a file by: how its account's name begins."""
    return sha256(raw).hexdigest()[:12]


def shown(desk: Desk) -> tuple[ShareStanding, str | None]:
    (one,) = share.listed(desk.hub, CHILD, "priya").shares
    return one.standing, one.read_by


def test_a_school_s_designated_lead_says_that_the_notice_was_read(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.agency = "school"
    (report_id,) = say(desk.hub, "social_care", a_concern())
    share.send(desk.hub, Sharing(CHILD, "priya", (report_id,), "school", Purpose.SECTION_47, urgent=True))
    (notice,) = desk.edge.collect("edge_process")
    desk.hub.work()
    assert shown(desk) == (ShareStanding.DELIVERED, None)
    assert json.loads(notice.raw)["for"] == "designated safeguarding lead"
    assert desk.say("--read", notice.name, "--role", "designated_lead") == 0
    assert desk.say("--read", notice.name, "--role", "caretaker") == 0
    assert "that stays" in capsys.readouterr().out
    desk.edge.collect("edge_process")
    desk.hub.work()
    assert shown(desk) == (ShareStanding.READ, "designated_lead")


def test_what_was_never_delivered_was_not_read(desk: Desk) -> None:
    assert desk.say("--read", "canary.json", "--role", "designated_lead") == 1
    assert desk.edge.inbox.unanswered(10) == ()


@pytest.mark.parametrize("words", [("--read", "x"), ("--role", "designated_lead")])
def test_reading_names_what_and_who(desk: Desk, words: tuple[str, ...]) -> None:
    assert desk.say(*words) == 2


def test_a_role_is_a_code(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        desk.say("--read", "x", "--role", "Mrs Canary")
    assert "Canary" not in capsys.readouterr().err


def test_what_could_not_be_read_stays_open_until_it_is_said_to_be_mended(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.edge.take(BROKEN, "monday.json")
    desk.edge.take(BROKEN + b" ", "tuesday.json")
    said = desk.beat()
    assert ([(one.code, one.times) for one in said.quarantined], said.quarantined_ever) == ([("not_json", 2)], 2)
    assert FeedKind.UNREAD in {one.kind for one in desk.stands().findings}
    assert desk.say("--unread") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert {first, second} == {f"{label(raw)}/file: not_json" for raw in (BROKEN, BROKEN + b" ")}
    assert desk.say("--mended", f"{label(BROKEN)}/file") == 0
    said = desk.beat()
    assert (sum(one.times for one in said.quarantined), said.quarantined_ever) == (1, 2)
    assert desk.say("--all-mended") == 0
    said = desk.beat()
    assert (said.quarantined, said.quarantined_ever) == ((), 2)
    assert FeedKind.UNREAD not in {one.kind for one in desk.stands().findings}


def test_what_nobody_could_not_read_is_not_mended(desk: Desk) -> None:
    desk.edge.take(BROKEN, "monday.json")
    assert desk.say("--mended", "no such record") == 1
    assert len(desk.edge.unread()) == 1


def test_the_same_file_again_is_not_counted_as_open_twice(desk: Desk) -> None:
    desk.edge.take(BROKEN, "monday.json")
    desk.edge.take(BROKEN, "monday.json")
    said = desk.beat()
    assert (sum(one.times for one in said.quarantined), said.quarantined_ever) == (1, 2)


def test_the_same_file_read_by_a_newer_edge_is_mended(desk: Desk) -> None:
    desk.edge.take(NOTICE, "other.json")
    desk.edge.take(BROKEN, "monday.json")
    able = replace(desk.edge.agency, translate=lambda _raw, name: (accepted(name, ()),))
    newer = Edge(able, desk.hub.settings.home / "edges" / "police", desk.hub.beyond)
    newer.take(BROKEN, "tuesday.json")
    assert [one.record for one in newer.unread()] == [f"{label(BROKEN)}/file"]
    newer.take(BROKEN, "monday.json")
    assert newer.unread() == ()
    newer.close()


def test_another_file_under_the_same_name_mends_nothing(desk: Desk) -> None:
    desk.edge.take(BROKEN, "daily.json")
    desk.edge.take(NOTICE, "daily.json")
    assert len(desk.edge.unread()) == 1


def test_what_was_taken_in_before_records_were_named_is_named_now(desk: Desk) -> None:
    desk.edge.take(BROKEN, "monday.json")
    (before,) = desk.edge.unread()
    older = DurableDatabase(desk.hub.settings.home / "edges" / "police" / "outbox.db")
    with older.writing() as db:
        db.execute("DROP TABLE unread")
        db.execute("DROP TABLE named_since")
    older.close()
    again = Edge(desk.edge.agency, desk.hub.settings.home / "edges" / "police", desk.hub.beyond)
    assert again.unread() == (Unread("intake-1/file", before.reason),)
    assert again.mended(None) == 1
    again.close()
    once_more = Edge(desk.edge.agency, desk.hub.settings.home / "edges" / "police", desk.hub.beyond)
    assert once_more.unread() == ()
