"""Is a file of clocks read as docs/clocks.md says, and one that is wrong refused by its field, never its value?"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from hub.commands.clocks import clocks_of
from hub.domain import clock_words
from hub.domain.clocks import AS_GUIDED, Hours, Limit, Rating
from hub.settings import BadSetting, Settings, read_settings
from tests.support.source_tree import ROOT

PAGE = (ROOT / "docs" / "clocks.md").read_text(encoding="utf-8")
CANARY = "zebra"
LIMIT = "[[rating]]\nname = 'Red'\n"


def settings(folder: Path, text: str) -> Settings:
    """Settings that name a file with this text."""
    (folder / "clocks.toml").write_text(text, encoding="utf-8")
    return Settings(home=folder, clocks=folder / "clocks.toml")


def test_the_example_of_the_page_is_read_as_it_says(tmp_path: Path) -> None:
    written = re.search(r"```toml\n(.+?)```", PAGE, re.DOTALL)
    assert written is not None
    found = clocks_of(settings(tmp_path, written[1]))
    assert found.ratings == (
        Rating("Red", Limit(4, "hours", runs_on=True)),
        Rating("Amber", Limit(1, "working_days")),
        Rating("Green", Limit(3, "working_days")),
    )
    assert (found.hours.opens, found.hours.closes, found.hours.days) == (time(8, 30), time(17), frozenset(range(5)))
    assert {date(2026, 12, 24), date(2026, 12, 25)} <= found.hours.closed
    assert found.limit("Red").runs_on
    assert found.limit("Purple") == found.limit("") == Limit(1, "working_days")


def test_where_nothing_is_set_it_is_one_working_day(tmp_path: Path) -> None:
    assert clocks_of(read_settings({"HUB_HOME": str(tmp_path)})) == AS_GUIDED
    assert AS_GUIDED.limit("") == Limit(1, "working_days")
    assert not AS_GUIDED.ratings
    read = clocks_of(settings(tmp_path, ""))
    assert (read, read.is_set) == (replace(AS_GUIDED, is_set=True), True)
    assert date(2026, 12, 25) not in clocks_of(settings(tmp_path, "hours.bank_holidays = true")).hours.closed


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"{CANARY}", "not_toml"),
        (f"{CANARY} = 1", "not known"),
        (f"[hours]\n{CANARY} = 1", "hours"),
        (f"[hours]\nopens = '{CANARY}'", "hours.opens"),
        ("[hours]\nopens = '24:00'", "hours.opens"),
        ("[hours]\nopens = '17:00'\ncloses = '08:30'", "hours"),
        (f"[hours]\ndays = ['{CANARY}']", "hours.days"),
        ("[hours]\ndays = []", "hours.days"),
        (f"[hours]\nclosed = ['{CANARY}']", "hours.closed"),
        (f"[hours]\nbank_holidays = '{CANARY}'", "hours.bank_holidays"),
        (f"[unrated]\nhours = '{CANARY}'", "unrated.hours"),
        ("[unrated]\nhours = 0", "unrated.hours"),
        ("[unrated]", "unrated"),
        ("[unrated]\nhours = 4\nworking_days = 1", "unrated"),
        ("[unrated]\nworking_days = 1\nruns_past_closing = true", "unrated"),
        (LIMIT, "rating.0"),
        (f"[[rating]]\nname = '{CANARY}!'\nhours = 4", "rating.0.name"),
        (f"{LIMIT}hours = 4\n[[rating]]\nname = 'RED'\nhours = 4\n", "rating"),
    ],
)
def test_what_is_wrong_is_named_by_its_field_and_never_by_its_value(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(BadSetting) as refused:
        clocks_of(settings(tmp_path, text))
    assert str(refused.value).startswith("HUB_CLOCKS names a file that is no list of clocks: ")
    assert named in str(refused.value)
    assert CANARY not in str(refused.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"HUB_CLOCKS names a file that cannot be read \(FileNotFoundError\)"):
        clocks_of(Settings(home=tmp_path, clocks=tmp_path / CANARY))


def test_the_hours_of_today_are_said() -> None:
    friday, hours = datetime(2026, 11, 20, 14, 20, tzinfo=UTC), Hours(time(8, 30), time(17))
    assert clock_words.today(hours, friday) == "MASH hours today: 08:30 to 17:00"
    saturday = datetime(2026, 11, 21, 14, 20, tzinfo=UTC)
    assert clock_words.today(hours, saturday) == "Nobody works at the MASH today; it opens 23 November 2026, 08:30"
    assert clock_words.today(Hours(), friday) == "MASH hours today: 00:00 to midnight"
