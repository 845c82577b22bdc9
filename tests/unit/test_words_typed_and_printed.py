"""Does a terminal get one plain line for each, and is a word on the command line read as it was typed or not at all?"""

import argparse
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from agencies.agency import Result
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.application.read_chronology import read_chronology
from hub.cli import USAGE, main
from hub.commands import chronology, typed
from hub.commands.one_line import in_json, lines_alone, one_line
from hub.commands.send import Item, lines
from tests.support.given import NOW, ROBIN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub

NASTY = "calm\x1b[2J\x1b]0;x\x07\nHousing: nothing\r\x9b31m \u202egnorw\u202c \u2066a\u2069\u200b\u2028end"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Zoë O’Brien · 你好 – “no”", "Zoë O’Brien · 你好 – “no”"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("\x9b31m\x7f\x00", "\\u009b31m\\u007f\\u0000"),
        ("\u202egnorw\u2066\u2069\u200e\u061c", "\\u202egnorw\\u2066\\u2069\\u200e\\u061c"),
        ("a\u200bb\ufeffc\u3164d\u2028e\u2029f", "a\\u200bb\\ufeffc\\u3164d\\u2028e\\u2029f"),
        ("\U000e0041", "\\U000e0041"),
        ("\u0065\u0301", "\u0065\u0301"),
    ],
)
def test_what_a_terminal_would_obey_or_hide_is_shown_as_an_escape(given: str, shown: str) -> None:
    assert one_line(given) == shown


@pytest.mark.parametrize("text", [NASTY, "\x7f\x00", "\U000e0041\u3164", 'Zoë "你好" \\ \ud800'])
def test_json_is_one_plain_line_and_reads_back_the_same(text: str) -> None:
    line = in_json({text: [text]})
    assert line.isprintable()
    assert json.loads(line) == {text: [text]}


def test_of_many_lines_only_the_line_feeds_stay() -> None:
    assert lines_alone("a\x1b[2J\nb\r") == "a\\u001b[2J\nb\\r"


def test_every_line_of_a_chronology_is_one_line_whatever_was_stated(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(a_concern(words=NASTY, said=NASTY, child=a_child(given=NASTY)))
    shown = read_chronology(hub.reading(), an_actor(), parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47)
    renamed = replace(shown, names=(*shown.names, NASTY))
    told = chronology.lines(renamed, NOW.date())
    assert sum("\\u001b[2J" in line for line in told) >= 3
    assert all(line.isprintable() for line in told)


def test_a_file_that_is_named_to_deceive_is_told_on_one_line() -> None:
    item = Item(f"{NASTY}.json: 1", Result.QUARANTINED, "not_json", (), (), ())
    told = lines("police", (item,))
    assert len(told) == 2
    assert all(line.isprintable() for line in told)


@pytest.mark.parametrize(
    "text",
    ["nhs:１２３", "nhs:9990001007", "nhs:9999999999", "upn:X", "nhs:", "hub:12", "la:1/x", "9990001006", "who:1"],
)
def test_an_identifier_that_is_not_well_formed_is_wrong_usage(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["chronology", text, "--as", "priya", "--purpose", "s47"])
    told = capsys.readouterr().err
    assert ended.value.code == USAGE
    assert "argument CHILD: " in told
    assert text not in told


@pytest.mark.parametrize("text", [f"nhs:{ROBIN}", "nhs:999 000 1006", "local:A-17", f"hub:{'0A' * 16}"])
def test_an_identifier_that_is_well_formed_is_read(text: str) -> None:
    assert typed.identifier(text) == parse_identifier(text)


@pytest.mark.parametrize("text", ["", " ", "-", "\u200b"])
def test_words_that_say_nothing_are_wrong_usage(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        typed.said(text)
    assert typed.said(" Told the wrong aunt ") == " Told the wrong aunt "


def test_a_day_still_to_come_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["chronology", f"nhs:{ROBIN}", "--as", "priya", "--purpose", "s47", "--as-known-on", "2999-01-01"]
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == USAGE
    assert "today or in the past" in capsys.readouterr().err


def test_a_day_past_is_read_and_one_to_come_is_not() -> None:
    past = NOW.date() - timedelta(days=4000)
    assert typed.day_so_far(past.isoformat()) == past
    with pytest.raises(argparse.ArgumentTypeError):
        typed.day_so_far(date.max.isoformat())
