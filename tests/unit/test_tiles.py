"""Are the log's files named and filled as tlog-tiles says?"""

import pytest

from audit import merkle, tiles
from audit.edge import RightEdge
from audit.errors import Malformed
from audit.tiles import ENTRIES, WIDTH, Place


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (Place(0, 1_234_067, WIDTH), "tile/0/x001/x234/067"),
        (Place(0, 0, WIDTH), "tile/0/000"),
        (Place(1, 999, 17), "tile/1/999.p/17"),
        (Place(63, 1000, 255), "tile/63/x001/000.p/255"),
        (Place(0, 2**55 - 1, WIDTH), "tile/0/x036/x028/x797/x018/x963/967"),
        (Place(ENTRIES, 273, 112), "tile/entries/273.p/112"),
    ],
)
def test_a_place_and_its_name_are_one_to_one(place: Place, name: str) -> None:
    assert tiles.name_of(place) == name
    assert tiles.parse_name(name) == place


@pytest.mark.parametrize(
    "name",
    [
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/001",
        "tile/0/001/001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000\n",
        "tile/0/\u0660\u0660\u0660",
        "tile/data/000",
        "tile/0/" + "x001/" * 7 + "000",
        "tile/0/" + "x001/" * 2000 + "000",
        "checkpoint",
    ],
)
def test_a_name_with_another_spelling_is_none(name: str) -> None:
    with pytest.raises(Malformed):
        tiles.parse_name(name)


def test_a_tree_of_seventy_thousand_has_the_tiles_the_specification_counts() -> None:
    edge = RightEdge()
    full = edge.append(merkle.leaf_hashes([b"%d" % index for index in range(70_000)]))
    assert [sum(tile.level == level for tile in full) for level in range(3)] == [273, 1, 0]
    assert [len(hashes) // 32 for hashes in edge.levels] == [112, 17, 1]
    assert [tiles.width_at(level, 70_000) for level in range(3)] == [112, 17, 1]


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 511, 1000])
def test_the_right_edge_knows_the_root(size: int) -> None:
    leaves = merkle.leaf_hashes([b"%d" % index for index in range(size)])
    edge = RightEdge()
    for at in range(0, len(leaves), 96):
        edge.append(leaves[at : at + 96])
    assert edge.size == size
    assert edge.root() == merkle.root_of(leaves)


def test_a_bundle_is_each_entry_after_its_length() -> None:
    assert tiles.encode_bundle((b"ab", b"")) == b"\x00\x02ab\x00\x00"
    assert tiles.decode_bundle(b"\x00\x02ab\x00\x00") == [b"ab", b""]
    longest = bytes(tiles.MAX_ENTRY_BYTES)
    assert tiles.decode_bundle(tiles.encode_bundle((longest,))) == [longest]


def test_an_entry_too_long_for_its_length_is_refused() -> None:
    with pytest.raises(Malformed):
        tiles.encode_bundle((bytes(tiles.MAX_ENTRY_BYTES + 1),))


@pytest.mark.parametrize("bundle", [b"\x00", b"\x00\x02a", b"\x00\x01a\x00"])
def test_a_bundle_that_breaks_off_is_none(bundle: bytes) -> None:
    with pytest.raises(Malformed):
        tiles.decode_bundle(bundle)
