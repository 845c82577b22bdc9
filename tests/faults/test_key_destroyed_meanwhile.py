"""Is nothing opened, and nothing sealed to be kept, under a key that another process destroys meanwhile?"""

from pathlib import Path
from uuid import UUID

import pytest

from hub.adapters.keys import Keyring
from hub.adapters.openings import Opening
from hub.adapters.sealing_mapper import Part, Place, Row, SealingMapper, Stored
from hub.domain.errors import Erased, Unreadable


def test_a_process_that_holds_a_key_lets_it_go_when_another_destroys_it(tmp_path: Path) -> None:
    first, second = (Keyring(tmp_path / "keys") for _ in range(2))
    key, mapper = first.key_of("person/1"), SealingMapper(first)
    place = Place(UUID(int=1), 1, "k02")
    sealed = mapper.seal(Row(place, UUID(int=2), "person/1", b"what was said"))
    assert mapper.open(place, sealed.state, 1) == b"what was said"
    other = first.key_of("person/2")
    assert second.destroy("person/1") == 1
    with pytest.raises(Unreadable, match="erased"):
        mapper.open(place, sealed.state, 1)
    with pytest.raises(Unreadable, match="erased"):
        first.key_by_id(key.kid, 1)
    for keyring in (first, second):
        with pytest.raises(Erased):
            keyring.key_of("person/1")
        with pytest.raises(Erased):
            keyring.make_all(frozenset({"person/1", "person/3"}))
        assert keyring.gone() == {"person/1"}
    assert first.key_of("person/2") == second.key_of("person/2") == other
    assert (second.destroy("person/1"), second.ids_of("person/1")) == (0, ())


class Overtaken(Keyring):
    """A key ring on which another process destroys somebody's keys just after it was asked which are destroyed."""

    other: Keyring | None = None

    def destroyed(self) -> frozenset[bytes]:
        """See Keyring."""
        found = super().destroyed()
        if self.other is not None:
            other, self.other = self.other, None
            other.destroy("person/1")
        return found


def test_what_opened_while_its_key_was_destroyed_goes_nowhere(tmp_path: Path) -> None:
    keys = Overtaken(tmp_path / "keys")
    mapper, place = SealingMapper(keys), Place(UUID(int=1), 1, "k02")
    sealed = mapper.seal(Row(place, UUID(int=2), "person/1", b"what was said"))
    stored = Stored(place, sealed.state, 1)
    assert mapper.open_all((stored,)) == (b"what was said",)
    keys.other = Keyring(tmp_path / "keys")
    with pytest.raises(Unreadable, match="erased"):
        mapper.open_all((stored,))


def test_nor_does_a_part_that_was_held_apart(tmp_path: Path) -> None:
    keys = Overtaken(tmp_path / "keys")
    mapper, place = SealingMapper(keys), Place(UUID(int=1), 1, "k01")
    parts = (Part("refuge", b"where they are"),)
    sealed = mapper.seal(Row(place, UUID(int=2), "person/1", b"what was said", parts))
    stored, opening = Stored(place, sealed.state, 1), Opening(1, 1, UUID(int=3), "s47")
    assert mapper.held_apart(opening, stored) == parts
    keys.other = Keyring(tmp_path / "keys")
    with pytest.raises(Unreadable, match="erased"):
        mapper.held_apart(opening, stored)


def test_nothing_is_sealed_to_be_kept_under_a_key_that_was_destroyed_meanwhile(tmp_path: Path) -> None:
    keys = Overtaken(tmp_path / "keys")
    mapper = SealingMapper(keys)
    rows = tuple(
        Row(Place(UUID(int=number), 1, "k02"), UUID(int=number), f"person/{number}", b"what was said")
        for number in (1, 2)
    )
    assert len(mapper.seal_all(rows)) == len(rows)
    keys.other = Keyring(tmp_path / "keys")
    with pytest.raises(Erased):
        mapper.seal_all(rows)
    assert len(mapper.seal_all(rows[1:])) == 1
