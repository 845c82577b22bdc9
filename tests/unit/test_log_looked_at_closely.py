"""Does the verifier name what lies in a log beside what was sealed, and what only nearly fits?"""

import json
from pathlib import Path

import pytest

from audit import commitment, tiles
from audit.checkpoint import parse_checkpoint
from audit.encoding import to_base64
from audit.log import COSIGNED
from audit.tiles import ENTRIES, Place
from audit.verify import utc, verify_folder
from tests.support.sealed_logs import (
    START_US,
    body,
    change_entry,
    cosigner,
    entries,
    entry,
    log_signer,
    make_log,
    salt,
    write_bodies,
    write_dishonest_log,
)

VKEY = log_signer().vkey


def found(folder: Path, policy: Path | None = None) -> list[tuple[str, str]]:
    """What the verifier names."""
    return [(one.where, one.what) for one in verify_folder(folder, VKEY, policy=policy).findings]


def bundle(index: int, width: int) -> str:
    """The name of a bundle's file."""
    return tiles.name_of(Place(ENTRIES, index, width))


@pytest.mark.parametrize(("size", "last"), [(300, 1), (1100, 4)], ids=["read one by one", "read by columns"])
def test_a_bundle_with_more_entries_than_its_name_says_is_named(tmp_path: Path, size: int, last: int) -> None:
    make_log(tmp_path, size)
    width = size - 256 * last
    name = bundle(last, width)
    (tmp_path / name).write_bytes(tiles.encode_bundle(entries(256 * last, size + 1)))
    assert (f"tile {name}", f"holds {width + 1} entries, not {width}") in found(tmp_path)


@pytest.mark.parametrize(
    ("size", "last", "missing", "what"),
    [(300, 1, 1, "missing"), (1100, 4, 6, "missing, as are all to entry 1099")],
    ids=["read one by one", "read by columns"],
)
def test_the_first_entry_that_a_bundle_lacks_is_named(
    tmp_path: Path, size: int, last: int, missing: int, what: str
) -> None:
    make_log(tmp_path, size)
    width = size - 256 * last
    (tmp_path / bundle(last, width)).unlink()
    narrower = tmp_path / bundle(last, width - missing)
    narrower.write_bytes(tiles.encode_bundle(entries(256 * last, size - missing)))
    assert found(tmp_path)[0] == (f"entry {size - missing}", what)


def test_a_changed_entry_is_named_where_entries_are_read_by_columns(tmp_path: Path) -> None:
    make_log(tmp_path, 1280)
    change_entry(tmp_path, 1050)
    assert found(tmp_path) == [("entry 1050", "changed: it does not hash to what was sealed")]


def test_a_tile_with_a_byte_more_than_a_tile_has_is_named(tmp_path: Path) -> None:
    make_log(tmp_path, 300)
    tile = tmp_path / "tile" / "0" / "000"
    tile.write_bytes(tile.read_bytes() + b"x")
    assert found(tmp_path) == [("tile tile/0/000", "is not 8192 bytes long")]


def test_a_tile_with_more_hashes_than_entries_behind_it_is_named(tmp_path: Path) -> None:
    make_log(tmp_path, 300)
    held = (tmp_path / tiles.name_of(Place(0, 1, 44))).read_bytes()
    wider = tiles.name_of(Place(0, 1, 50))
    (tmp_path / wider).write_bytes(held + bytes(6 * 32))
    assert found(tmp_path) == [(f"tile {wider}", "holds more hashes than there are entries behind it")]


def test_a_tile_that_the_signed_size_needs_and_is_not_there_is_named(tmp_path: Path) -> None:
    make_log(tmp_path, 300)
    for level, index, width in ((0, 1, 44), (1, 0, 1)):
        (tmp_path / tiles.name_of(Place(level, index, width))).unlink()
    assert found(tmp_path) == [("tile tile/0/001.p/44", "missing"), ("tile tile/1/000.p/1", "missing")]


def test_a_time_that_no_calendar_reaches_is_told_as_a_number() -> None:
    assert utc(253_402_300_799) == "9999-12-31 23:59:59 UTC"
    assert utc(253_402_300_800) == "253402300800 s"


def test_a_tile_behind_which_nothing_stands_is_named(tmp_path: Path) -> None:
    make_log(tmp_path, 300)
    (tmp_path / "tile" / "0" / "007").write_bytes(bytes(8192))
    assert found(tmp_path) == [("tile tile/0/007", "no entries stand behind it")]


def test_where_a_bundle_and_its_tile_are_gone_all_after_it_is_not_blamed_too(tmp_path: Path) -> None:
    make_log(tmp_path, 700)
    for name in (bundle(1, 256), "tile/0/001"):
        (tmp_path / name).unlink()
    assert found(tmp_path) == [
        ("entry 256", "missing, as are all to entry 511"),
        ("checkpoint", "the entries do not lead to the root it states"),
    ]


def test_a_narrower_bundle_that_is_not_how_the_wider_begins_is_named(tmp_path: Path) -> None:
    make_log(tmp_path, 5, 200)
    assert found(tmp_path) == []
    name = bundle(0, 5)
    (tmp_path / name).write_bytes(tiles.encode_bundle((*entries(0, 4), entry(4, act="lock"))))
    assert found(tmp_path) == [(f"tile {name}", "differs from the wider bundle that took its place")]


def test_a_body_whose_number_is_no_number_is_named(tmp_path: Path) -> None:
    make_log(tmp_path / "log", 3)
    bodies = write_bodies(tmp_path / "bodies", range(1, 2))
    assert verify_folder(tmp_path / "log", VKEY, bodies=bodies).ok
    bodies.write_text(bodies.read_text().replace('"i": 1', '"i": true'))
    (finding,) = verify_folder(tmp_path / "log", VKEY, bodies=bodies).findings
    assert (finding.where, finding.what) == ("bodies line 1", "not an object with i, salt and body")


@pytest.mark.parametrize(
    ("index", "where", "what"),
    [
        (3, "bodies line 1", "is for entry 3, which the log does not hold"),
        (-2, "bodies line 1", "not an object with i, salt and body"),  # counted from the end it would be entry 1
    ],
)
def test_a_body_for_an_entry_that_there_is_not_is_named(tmp_path: Path, index: int, where: str, what: str) -> None:
    make_log(tmp_path / "log", 3)
    bodies = write_bodies(tmp_path / "bodies", range(1, 2))
    bodies.write_text(bodies.read_text().replace('"i": 1', f'"i": {index}'))
    report = verify_folder(tmp_path / "log", VKEY, bodies=bodies)
    assert [(one.where, one.what) for one in report.findings] == [(where, what)]
    assert report.holes == ((0, 2),)


def test_the_longest_body_there_may_be_is_opened(tmp_path: Path) -> None:
    longest = b"x" * commitment.MAX_BODY_BYTES
    write_dishonest_log(tmp_path, [commitment.entry(0, START_US, commitment.commit(salt(0), longest))])
    held = {"i": 0, "salt": to_base64(salt(0)), "body": to_base64(longest)}
    (tmp_path / "bodies.txt").write_text(json.dumps(held) + "\n")
    report = verify_folder(tmp_path, VKEY, bodies=tmp_path / "bodies.txt")
    assert (report.holes, [one for one in report.findings if one.where.startswith("bodies")]) == ((), [])


def test_what_begins_a_log_says_itself_that_it_is_entry_0(tmp_path: Path) -> None:
    make_log(tmp_path / "before", 3)
    last, folder = tmp_path / "before" / "checkpoint", tmp_path / "log"
    says = commitment.body_bytes({"kind": "key_rotation", "before": last.read_text()})
    write_dishonest_log(folder, [commitment.entry(0, START_US, commitment.commit(salt(0), says))])
    for index, ok in ((0, True), (1, False)):
        held = {"i": index, "salt": to_base64(salt(0)), "body": to_base64(says)}
        (folder / "begins").write_text(json.dumps(held) + "\n")
        assert verify_folder(folder, VKEY, after=last).ok is ok


def test_two_entries_of_one_moment_are_no_time_that_goes_back(tmp_path: Path) -> None:
    content = list(entries(0, 20))
    content[11] = commitment.entry(11, START_US + 10, commitment.commit(salt(11), body(11)))
    write_dishonest_log(tmp_path, content)
    assert found(tmp_path) == []
    content[15] = b"anything"
    write_dishonest_log(tmp_path, content)
    assert found(tmp_path) == [("entry 15", "is not an entry of version 1")]


def test_a_checkpoint_put_back_before_one_kept_as_cosigned_still_needs_its_own_witnesses(tmp_path: Path) -> None:
    folder, one = tmp_path / "log", cosigner()
    make_log(folder, 3)
    older = (folder / "checkpoint").read_bytes()
    make_log(folder, 300)
    newer = (folder / "checkpoint").read_bytes()
    (folder / "checkpoint").write_bytes(older)
    (folder / "cosigned").write_bytes(newer)  # by the log itself, and by no witness
    policy = tmp_path / "policy"
    policy.write_text(f"log {VKEY}\nwitness {one.key.name} {one.vkey}\nquorum {one.key.name}\n")
    assert found(folder, policy) == [("witnesses", "0 of 1 cosigned: fewer than the policy asks")]
    line = one.cosign(parse_checkpoint(older)[1].text, 1_795_000_100)
    (folder / "checkpoint").write_bytes(older + line)
    assert found(folder, policy) == []


@pytest.mark.parametrize(
    ("act", "is_cosigned", "names"),
    [
        ("read", True, []),
        ("read", False, [("witnesses", "0 of 1 cosigned: fewer than the policy asks")]),
        ("lock", True, [(COSIGNED, "the first 3 entries are not those that were cosigned: two histories")]),
    ],
    ids=["as it should be", "cosigned by nobody", "of another history"],
)
def test_what_is_kept_as_cosigned_is_cosigned_and_of_this_history(
    tmp_path: Path, act: str, is_cosigned: bool, names: list[tuple[str, str]]
) -> None:
    folder, one = tmp_path / "log", cosigner()
    make_log(folder, 300)
    kept = write_dishonest_log(tmp_path / "other", (*entries(0, 2), entry(2, act=act)))
    line = one.cosign(parse_checkpoint(kept)[1].text, 1_795_000_100)
    (folder / COSIGNED).write_bytes(kept + line if is_cosigned else kept)
    policy = tmp_path / "policy"
    policy.write_text(f"log {VKEY}\nwitness {one.key.name} {one.vkey}\nquorum {one.key.name}\n")
    report = verify_folder(folder, VKEY, policy=policy)
    assert [(finding.where, finding.what) for finding in report.findings] == names
    assert "entries 3 to 299: signed, and not cosigned yet" in report.not_checked
