"""A private file that several write at one time: no write fails, and what stands is whole, one of those written."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.pool import Pool
from pathlib import Path

import pytest

from hub.adapters.private_file import write_once, write_through

SIZES = [1, 70_000, 40, 9_000] * 8


@pytest.mark.parametrize("write", [write_through, write_once])
def test_threads_that_write_at_once(tmp_path: Path, write: Callable[[Path, bytes], None]) -> None:
    path = tmp_path / "held"
    contents = [bytes([number]) * size for number, size in enumerate(SIZES)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: write(path, content), contents))
    assert path.read_bytes() in contents
    assert [one.name for one in tmp_path.iterdir()] == ["held"]
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("write", [write_through, write_once])
def test_processes_that_write_at_once(tmp_path: Path, write: Callable[[Path, bytes], None]) -> None:
    path = tmp_path / "held"
    contents = [bytes([number]) * size for number, size in enumerate(SIZES)]
    pool: Pool
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        pool.starmap(write, [(path, content) for content in contents], chunksize=1)
    assert path.read_bytes() in contents
    assert [one.name for one in tmp_path.iterdir()] == ["held"]


def test_what_is_written_once_stays(tmp_path: Path) -> None:
    path = tmp_path / "held"
    write_once(path, b"first")
    write_once(path, b"second")
    assert path.read_bytes() == b"first"
    write_through(path, b"third")
    assert path.read_bytes() == b"third"


def test_what_a_kill_left_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "held"
    (tmp_path / ".held.new").write_bytes(b"half of what was to be much longer")
    write_once(path, b"short")
    assert path.read_bytes() == b"short"
