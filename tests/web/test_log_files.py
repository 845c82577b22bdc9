"""Are the log's public files served to anybody, of every year, with the right headers, and nothing else beside them?"""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from audit.log import SealedLog
from audit.verify import verify_folder
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.pages import browsing, pages, parts_of
from tests.support.sealed_logs import cosigner, log_signer, make_log

OUTSIDE = (
    "../hub.db", "..%2fhub.db", "2026/../../hub.db", "2026/../log/checkpoint", "2026", "2026/", "2026//checkpoint",
    "2026/2026/checkpoint", "1/checkpoint", "20260/checkpoint", "2026-/checkpoint", ".lock", "2026/.writing/x",
    "tile/0/000/", "tile/0/linked", "tile/0/001", "keys/last-checkpoint", "\u0662\u0660\u0662\u0666/checkpoint",
)  # fmt: skip


@pytest.fixture
def home(hub: Hub, tmp_path: Path) -> Path:
    """A folder with this year's log and the last one's, and a secret beside them."""
    make_log(tmp_path / "log", 300)
    make_log(tmp_path / "log-2026", 5)
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "log" / "tile" / "0" / "001").symlink_to(tmp_path / "secret")
    return tmp_path


def get(hub: Hub, home: Path, name: str) -> tuple[int, bytes, str, str]:
    """Status, content, content type and how long it may be kept."""
    answer = browsing(create_app(replace(parts_of(hub), log_folder=home / "log"))).get(f"/log/{name}")
    return (
        answer.status_code,
        answer.content,
        answer.headers.get("content-type", ""),
        answer.headers.get("cache-control", ""),
    )


def test_each_file_has_its_type_and_the_time_it_may_be_kept(hub: Hub, home: Path) -> None:
    text, raw = "text/plain; charset=utf-8", "application/octet-stream"
    for_ever, ask = "public, max-age=31536000, immutable", "no-cache"
    with SealedLog.open(home / "log", log_signer()) as log:
        note = log.checkpoint()
        log.attach(note, cosigner().cosign(note.partition(b"\n\n")[0].decode() + "\n", 1), enough=True)
    for name, kind, kept in (
        ("checkpoint", text, ask),
        ("cosigned", text, ask),
        ("tile/0/000", raw, for_ever),
        ("tile/entries/000", raw, for_ever),
        ("tile/0/001.p/44", raw, ask),
        ("tile/entries/001.p/44", raw, ask),
        ("tile/1/000.p/1", raw, ask),
    ):
        assert get(hub, home, name) == (200, (home / "log" / name).read_bytes(), kind, kept), name
    assert get(hub, home, "2026/checkpoint")[1] == (home / "log-2026" / "checkpoint").read_bytes()


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_else_is_served(hub: Hub, home: Path, name: str) -> None:
    status, content, _, _ = get(hub, home, name)
    assert status in {303, 404}
    assert b"secret" not in content


def test_a_monitor_that_follows_the_tiles_has_a_log_that_verifies(hub: Hub, home: Path, tmp_path: Path) -> None:
    mirror = tmp_path / "mirror"
    for name in (
        "checkpoint",
        "tile/0/000",
        "tile/0/001.p/44",
        "tile/1/000.p/1",
        "tile/entries/000",
        "tile/entries/001.p/44",
    ):
        (mirror / name).parent.mkdir(parents=True, exist_ok=True)
        (mirror / name).write_bytes(get(hub, home, name)[1])
    assert verify_folder(mirror, log_signer().vkey).ok


@pytest.mark.parametrize("how_often", [7, 900, 2000])
def test_a_name_of_any_length_is_a_page_that_is_not_there(hub: Hub, home: Path, how_often: int) -> None:
    assert get(hub, home, "tile/0/" + "x001/" * how_often + "000")[0] == 404


def test_nothing_is_served_through_a_link_to_a_folder_and_the_log_may_itself_be_one(hub: Hub, home: Path) -> None:
    (home / "log").rename(home / "elsewhere")
    (home / "log").symlink_to(home / "elsewhere")
    assert get(hub, home, "tile/0/000")[0] == 200
    (home / "log" / "tile" / "0").rename(home / "linked")
    (home / "log" / "tile" / "0").symlink_to(home / "linked")
    assert get(hub, home, "tile/0/000")[0] == 404


def test_the_first_command_on_the_page_needs_no_checkpoint_of_an_earlier_day(hub: Hub) -> None:
    said = re.sub(r"<[^>]*>", "", pages(hub).get("/about").text)
    first, second = re.findall(r"python -m audit verify log .*", said)
    assert "--since" not in first
    assert second == f"{first} --since old-checkpoint"
