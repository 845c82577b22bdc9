"""Whatever an agency or a member of staff wrote, can a command print a byte that a terminal obeys or hides?"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from contracts.identifiers import parse_identifier
from contracts.report import Told
from contracts.vocabulary import Purpose, Telling
from contracts.when import on_day
from hub.commands import chronology, law, share, tell_now, telling
from hub.domain.moment import day_in_london
from hub.wiring import Hub
from tests.support.given import ROBIN, a_concern
from tests.support.house import house, say

NASTY = "x\x1b[2J\x9b31m \u202egnorw\u202c\u2028\x7f\U000e0041 end"
CHILD = parse_identifier(f"nhs:{ROBIN}")


@pytest.fixture
def told(tmp_path: Path) -> tuple[Hub, UUID]:
    """A house whose police say nasty things, of why a person is not told above all."""
    there = house(tmp_path)
    day = on_day(day_in_london(there.clock.now()))
    silent = Told(
        person="child", state=Telling.NOT_TOLD_SAFETY, reason=NASTY, decided_by=NASTY, approved_by="B", review_on=day
    )
    (report_id,) = say(there, "police", a_concern(words=NASTY, said=NASTY, telling=(silent,)))
    return there, report_id


def words(line: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    telling.add(parser.add_subparsers(dest="command"))
    return parser.parse_args(["telling", *line.split()])


def stated(there: Hub, report_id: UUID, *, as_json: bool) -> int:
    arguments = words(
        f"not-told nhs:{ROBIN} --as priya --report {report_id} --person child --why safety --reason harm "
        "--approved-by head --review-on 2026-12-01"
    )
    arguments.reason, arguments.json = NASTY, as_json
    return tell_now.run(there.settings, arguments)


def shared(there: Hub, report_id: UUID, *, as_json: bool) -> int:
    asked = share.Sharing(CHILD, "priya", (report_id,), "health", Purpose.SECTION_47, urgent=True)
    return share.share(there.settings, asked, as_json=as_json)


def explained(there: Hub, report_id: UUID, *, as_json: bool) -> int:
    del report_id, as_json
    asking = chronology.Asking(CHILD, "priya", Purpose.SECTION_47)
    decision = chronology.read(there, asking).decision_id
    return law.explain_kept(there.settings, "ivy", decision)


def read(there: Hub, report_id: UUID, *, as_json: bool) -> int:
    del report_id
    return chronology.run(there.settings, chronology.Asking(CHILD, "priya", Purpose.SECTION_47), as_json=as_json)


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("command", [stated, shared, explained, read])
def test_nothing_printed_moves_or_hides_anything(
    told: tuple[Hub, UUID], command: Callable[..., int], as_json: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    command(*told, as_json=as_json)
    out = capsys.readouterr().out
    assert out
    assert out.replace("\n", "").isprintable()
    if as_json and command is read:
        assert NASTY in {line["text"] for line in json.loads(out)["entries"][0]["facts"]}
    if command is explained:
        assert "\\u001b[2J" in out
