"""Does whatever runs for a hub raise, with nothing come in, an emergency that nobody reviewed in time?"""

import argparse
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn

from contracts.events.access import EmergencyReason, ReviewEscalated
from contracts.identifiers import parse_identifier
from hub.application.break_glass import break_glass
from hub.application.sign_in import act_as
from hub.cli import commands_parser
from hub.commands import break_glass as break_glass_command
from hub.commands import conflict, staff
from hub.commands.serve import take_in_and_seal
from hub.commands.work import Worker
from hub.domain.emergency import Opening
from hub.wiring import Hub
from tests.support.given import ROBIN, StoppedClock, a_concern
from tests.support.house import house, say
from tests.support.pages import signed_in

AGO = timedelta(days=9)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """A hub in which somebody opened in an emergency nine days ago, and nobody reviewed it."""
    made = house(tmp_path)
    say(made, "social_care", a_concern("C-1"))
    clock = StoppedClock(made.clock.now() - AGO, "nine days ago")
    opening = Opening(act_as(made.store, "sam"), EmergencyReason.HURT, clock.now())
    break_glass(replace(made.reading(), clock=clock), opening, parse_identifier(f"nhs:{ROBIN}"))
    made.follow()
    yield made
    made.close()


def raised(hub: Hub) -> list[ReviewEscalated]:
    """What is on record of it."""
    kept = (hub.store.open_row(row) for row in hub.store.rows_after(0, 10_000))
    return [one for one in kept if isinstance(one, ReviewEscalated)]


def asked(*words: str) -> argparse.Namespace:
    """A command as it was typed."""
    return commands_parser().parse_args(words)


def a_worker(hub: Hub) -> None:
    """`hub work`, for one round."""
    worker = Worker(hub.settings, threading.Event())
    worker.one_round()
    worker.close()


def the_pages(hub: Hub) -> None:
    """What works beside the pages on one machine, until it raised something."""
    stopping, server = threading.Event(), uvicorn.Server(uvicorn.Config("none:none"))
    beside = threading.Thread(target=take_in_and_seal, args=(hub, stopping, server), daemon=True)
    beside.start()
    for _ in range(600):
        if raised(hub):
            break
        beside.join(0.1)
    stopping.set()
    beside.join(60)


def the_command(hub: Hub) -> None:
    """`hub alarms`, where nothing else runs."""
    assert conflict.run(hub.settings, asked("alarms", "--as", "ivy")) == 0


@pytest.mark.parametrize("runs", [a_worker, the_pages, the_command])
def test_whatever_runs_raises_it(hub: Hub, runs: Callable[[Hub], None]) -> None:
    assert raised(hub) == []
    runs(hub)
    (fact,) = raised(hub)
    assert (fact.actor.subject, fact.owners) == ("sam", ("urn:childhub:agency:social-care",))


def test_the_alarms_name_the_review_and_how_late_it_is(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    assert conflict.run(hub.settings, asked("alarms", "--as", "ivy", "--json")) == 0
    (told,) = json.loads(capsys.readouterr().out)["alarms"]
    (fact,) = raised(hub)
    assert (told["kind"], told["decision"]) == ("emergency_unreviewed", str(fact.decision_id))
    assert told["working_days_late"] >= 3
    assert conflict.run(hub.settings, asked("alarms", "--as", "ivy")) == 0
    said = capsys.readouterr().out
    assert str(fact.decision_id) in said
    assert f"{told['working_days_late']} working days late" in said
    reviewing = asked("review", str(fact.decision_id), "--as", "priya", "--finding", "confirm")
    assert break_glass_command.run(hub.settings, reviewing) == 0
    assert conflict.run(hub.settings, asked("alarms", "--as", "ivy")) == 0
    assert "There was no alarm." in capsys.readouterr().out


def test_the_pages_show_it_to_who_checks_and_to_whose_child_it_is(hub: Hub) -> None:
    a_worker(hub)
    hub.follow()
    (fact,) = raised(hub)
    number = f"Emergency {fact.decision_id.hex[:4].upper()} {fact.decision_id.hex[4:8].upper()}"
    officer, owner = signed_in(hub, staff.IG_OFFICER), signed_in(hub, staff.DECISION_MAKER)
    home = officer.get("/audit").text
    assert f'<a href="/audit/emergencies">{number}</a>: nobody has reviewed it; it was due by the end of' in home
    assert officer.get("/api/audit").json()["escalated"][0]["decision_id"] == str(fact.decision_id)
    assert number in officer.get("/audit/emergencies").text
    assert "1 emergency was not reviewed in time" in owner.get("/").text
    listed = owner.get("/reviews").text
    assert number in listed
    assert "working days late" in listed
    assert signed_in(hub, staff.UNRELATED).get("/reviews").status_code == 403
