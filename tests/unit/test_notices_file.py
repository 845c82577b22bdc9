"""Is a file of notices read as docs/operations.md says, at once, and one that is wrong refused by its field alone?"""

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hub.adapters.notices_file import FILE, MOST_BYTES, NoticesFile, NotNotices, read_notices
from hub.commands.notices import say_wrong
from hub.domain.notices import Notice, Posted
from hub.settings import Settings
from tests.support.source_tree import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
CANARY = "zebra"
BEGINS = "from = 2026-11-28T22:00:00\n"
ONE = f"[[notice]]\n{BEGINS}title = 'Down'\n"


def written(folder: Path, text: str) -> Path:
    """A file of notices with this text."""
    path = folder / FILE
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_of_the_page_is_read_as_it_says(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(\[\[notice\]\].+?)```", PAGE, re.DOTALL)
    assert example is not None
    (notice,) = read_notices(written(tmp_path, example[1]))
    assert (notice.begins, notice.ends) == (
        datetime(2026, 11, 28, 22, tzinfo=UTC), datetime(2026, 11, 29, 2, tzinfo=UTC)
    )  # fmt: skip
    assert notice.title == "The hub will be down for an upgrade"
    assert notice.paragraphs[1] == "If a child is in danger, call 999."


def test_a_time_without_an_offset_is_by_the_clock_in_england(tmp_path: Path) -> None:
    text = "[[notice]]\ntitle = 'A'\nfrom = 2026-07-01T09:00:00\nuntil = 2026-07-01T09:30:00Z\n"
    (notice,) = read_notices(written(tmp_path, text))
    assert (notice.begins, notice.ends) == (
        datetime(2026, 7, 1, 8, tzinfo=UTC), datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
    )  # fmt: skip


def test_it_runs_from_its_first_moment_until_before_its_last(tmp_path: Path) -> None:
    begins, hour = datetime(2026, 7, 1, 8, tzinfo=UTC), timedelta(hours=1)
    ends, still = Notice("A", (), begins, begins + hour), Notice("B", (), begins + hour / 2)
    posted = Posted((ends, still))
    at = (begins - hour, begins, begins + hour / 2, begins + hour)
    assert [posted.now(one) for one in at] == [(), (ends,), (still, ends), (still,)]
    assert [posted.to_come(one) for one in at] == [(ends, still), (still,), (), ()]
    assert [posted.over(one) for one in at] == [(), (), (), (ends,)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (CANARY, "not_toml"),
        ("a = " + "[" * 40_000, "not_toml"),
        (f"{CANARY} = 1", "not known"),
        (f"[[notice]]\n{BEGINS}", "notice.0.title"),
        (f"{ONE}{CANARY} = 1", "notice.0"),
        (f"[[notice]]\nfrom = '{CANARY}'\ntitle = 'Down'", "notice.0.from"),
        ("[[notice]]\nfrom = 2026-11-28\ntitle = 'Down'", "notice.0.from"),
        ("[[notice]]\nfrom = 22:00:00\ntitle = 'Down'", "notice.0.from"),
        (f"{ONE}until = 2026-11-28T21:59:00Z", "notice.0.until"),
        ("[[notice]]\nfrom = 9999-12-31T23:59:59-12:00\ntitle = 'Down'", "notice.0: a year far away"),
        ("[[notice]]\nfrom = 0001-01-01T00:00:00+12:00\ntitle = 'Down'", "notice.0: a year far away"),
        (f"[[notice]]\n{BEGINS}title = '{'x' * 101}'", "notice.0.title"),
        (f"[[notice]]\n{BEGINS}title = 'a\\u202e{CANARY}'".replace("'", '"'), "notice.0.title"),
        (f'[[notice]]\n{BEGINS}title = "a\\n{CANARY}"', "notice.0.title"),
        (f"{ONE}text = '{'x' * 2_001}'", "notice.0.text"),
        (ONE * 51, "notice"),
        (f"# {'x' * MOST_BYTES}", "too_big"),
    ],
)
def test_one_that_is_wrong_is_refused_by_its_field_and_nothing_of_it_is_said(
    tmp_path: Path, text: str, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(NotNotices) as refused:
        read_notices(path)
    assert named in str(refused.value)
    say_wrong(Settings(home=tmp_path))
    told = capsys.readouterr().err
    assert told == f"hub: notices.toml is no list of notices, so none is shown: {refused.value}\n"
    assert CANARY not in told


def test_what_is_no_plain_file_is_not_waited_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / FILE)
    assert NoticesFile(tmp_path / FILE).now() == Posted(wrong="no_plain_file")
    say_wrong(Settings(home=tmp_path))
    assert "no_plain_file" in capsys.readouterr().err


def test_where_there_is_none_nothing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say_wrong(Settings(home=tmp_path))
    written(tmp_path, ONE)
    say_wrong(Settings(home=tmp_path))
    assert capsys.readouterr().err == ""


def test_it_is_read_again_once_it_is_another_and_what_is_wrong_is_told_once(tmp_path: Path) -> None:
    told: list[str] = []
    path = tmp_path / FILE
    posted = NoticesFile(path, told.append)
    assert posted.now() == Posted()
    written(tmp_path, ONE)
    assert [one.title for one in posted.now().every] == ["Down"]
    written(tmp_path, "broken")
    assert [posted.now() for _ in range(3)] == [Posted(wrong="not_toml")] * 3
    written(tmp_path, ONE.replace("Down", "Slow"))
    assert [one.title for one in posted.now().every] == ["Slow"]
    path.unlink()
    assert posted.now() == Posted()
    assert told == ["not_toml", ""]
