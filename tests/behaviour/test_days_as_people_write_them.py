"""Does a terminal, meant for people, tell days and times as people here write them? JSON is for machines."""

from pathlib import Path

import pytest

from hub.cli import ROOMS, commands_parser
from hub.commands import chronology, staff, unexplained
from hub.domain.errors import AccessRefused
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.asked import asked_of
from tests.support.days_written import written_by_machines
from tests.support.given import ROBIN
from tests.support.pages import ASKING, send, signed_in
from tests.support.screen_checks import HELD

CHILD, AS_PRIYA, AS_IVY = f"nhs:{ROBIN}", ("--as", "priya"), ("--as", "ivy")
TOLD = (
    ("chronology", CHILD, *AS_PRIYA, "--purpose", "s47"),
    ("chronology", CHILD, *AS_PRIYA, "--purpose", "s47", "--as-known-on", "2026-11-01"),
    ("audit", "unexplained", *AS_IVY),
    ("shares", CHILD, *AS_PRIYA),
    ("refusals", *AS_IVY),
    ("telling", *AS_PRIYA),
    ("telling", *AS_IVY),
    ("quarantine", "list", *AS_IVY),
    ("feeds", *AS_IVY),
    ("reviews", *AS_IVY),
    ("agency-keys", "list", *AS_IVY),
    ("staff", "list", *AS_IVY),
    ("enquiry", "open", CHILD, *AS_PRIYA, "--purpose", "s47"),
    ("enquiry", "list", *AS_PRIYA),
    ("conflict", "list", *AS_IVY),
    ("alarms", *AS_IVY),
    ("compartments", "asked", *AS_IVY),
    ("erasure", "list", *AS_IVY),
    ("retention", "due", *AS_IVY, "--on", "2200-01-01"),
    ("match", "list", *AS_PRIYA),
    ("policies", "list"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a hub lies with a story, agencies asked, a share, a look in an emergency and a hold."""
    hub: Hub = asked_of(tmp_path_factory.mktemp("told"), "police", "gp")
    answered = {**ASKING, "what": "all", "to-gp": "1", "why": "s47", "family": "to_be_told"}
    assert send(signed_in(hub, staff.DECISION_MAKER), "/decide/keep", answered).status_code == 200
    opening = {**ASKING, "reason": "hurt", "understood": "1"}
    assert send(signed_in(hub, staff.UNRELATED), "/emergency", opening).status_code == 200
    ivy = signed_in(hub, staff.IG_OFFICER)
    assert send(ivy, "/erasures/hold", HELD).status_code == 200
    hub.work()
    hub.close()
    return hub.settings.home


def said(settings: Settings, words: tuple[str, ...]) -> None:
    """The command says what it says."""
    arguments = commands_parser().parse_args(words)
    match arguments.command:
        case "chronology":
            asked = chronology.Asking(arguments.child, arguments.staff, arguments.purpose, arguments.as_known_on)
            chronology.run(settings, asked, as_json=False)
        case "audit":
            unexplained.run_unexplained(settings, arguments)
        case name:
            next(one for one in ROOMS if name in one.NAMES).run(settings, arguments)


def test_no_command_tells_a_day_as_a_machine_does(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told: dict[str, set[str]] = {}
    silent: list[str] = []
    for words in TOLD:
        try:
            said(Settings(home=home), words)
        except AccessRefused as refused:
            raise AssertionError(words) from refused
        text = capsys.readouterr().out
        told[" ".join(words)] = written_by_machines(text)
        silent += [] if text.strip() else [" ".join(words)]
    assert silent == []
    assert {name: written for name, written in told.items() if written} == {}
