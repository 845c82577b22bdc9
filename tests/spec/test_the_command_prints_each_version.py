"""Does `hub chronology` print what `hub reply` has to be given, and what an agency corrected or withdrew since?"""

import pytest

from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.cli import commands_parser, main
from hub.commands import chronology as command
from hub.commands import reply, staff, typed
from hub.domain import words
from hub.wiring import Hub
from tests.support.given import ROBIN
from tests.support.house import house
from tests.support.story import tell_story

CHILD = parse_identifier(f"nhs:{ROBIN}")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """Five agencies spoke about Robin; one corrected and one withdrew what it said."""
    made = house(tmp_path_factory.mktemp("versions"))
    tell_story(made)
    return made


@pytest.fixture(scope="module")
def lines(hub: Hub) -> list[str]:
    """What the decision-maker's terminal shows."""
    shown = command.read(hub, command.Asking(CHILD, staff.DECISION_MAKER.subject, Purpose.SECTION_47))
    return command.lines(shown, hub.clock.now().date())


def under(lines: list[str], start: str) -> list[str]:
    """The lines of one entry, from its heading to the next."""
    first = next(place for place, line in enumerate(lines) if line.startswith(start))
    last = next(place for place, line in enumerate(lines) if place > first and not line.startswith("    "))
    return lines[first + 1 : last]


def test_each_version_has_its_number_as_pages_give_it_and_commands_take_it(hub: Hub, lines: list[str]) -> None:
    shown = command.read(hub, command.Asking(CHILD, staff.DECISION_MAKER.subject, Purpose.SECTION_47))
    every = [one.report_id for entry in shown.entries for one in (entry, *entry.later)]
    printed = [line.strip().removeprefix("report ") for line in lines if line.strip().startswith("report ")]
    assert [typed.reference(one) for one in printed] == every
    assert printed == [words.whole_number(one) for one in every]


def test_a_correction_and_a_withdrawal_stand_under_what_they_change(lines: list[str]) -> None:
    visit = under(lines, "Not known when: ")
    place = next(place for place, line in enumerate(visit) if line.startswith("    Corrected by its agency, received "))
    assert visit[place].endswith(". Reason: Outcome added")
    assert "    fact  what happened: Home visit." in visit[:place]
    later = visit[place + 1 :]
    assert "        happened 20 November 2026, 09:05" in later
    assert "        fact  what happened: Home visit; nobody in." in later
    alone = under(lines, "3 December 2025: Concern raised (withdrawn by its agency)")
    assert any(
        one.startswith("    Withdrawn by its agency, rec") and one.endswith("Reason: Wrong flat") for one in alone
    )


def test_a_reply_is_written_down_by_what_the_terminal_printed(
    hub: Hub, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    number = under(lines, "18 November 2026, 22:40: ")[0].strip().removeprefix("report ")
    said = ("--said-on", hub.clock.now().date().isoformat(), "--words", "It was the door of the flat below.")
    who = ("--whose", "parent_or_carer", "--disputes", "fact", "--as", staff.DECISION_MAKER.subject, "--purpose", "s47")
    typed_in = commands_parser().parse_args(["reply", str(CHILD), "--report", number, *said, *who])
    assert reply.run(hub.settings, typed_in) == 0
    assert "stands beside report" in capsys.readouterr().out


def test_help_says_where_the_number_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["reply", "--help"])
    assert "in quotes, as `hub chronology` says" in " ".join(capsys.readouterr().out.split())
