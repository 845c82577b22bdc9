"""What the store promises: all or none, one order, nothing opened without a permit, nothing altered or moved unseen."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from contracts.events.hub import ReportLinked
from contracts.signature import Signed
from hub.application.permit import Act, Permit
from hub.application.ports import Entry, History, OpenedReport, Stream
from hub.domain.errors import AlreadyKept, Conflict, NotPermitted, Unreadable
from tests.support.engines import Engine
from tests.support.given import ROBIN, WREN, a_child, a_concern, a_decision, an_actor, an_id
from tests.support.small_hub import SmallHub


def person_of(hub: SmallHub, nhs: str = ROBIN) -> UUID:
    (person_id,) = hub.index.people_with("nhs", nhs)
    return person_id


def opened(hub: SmallHub, person_id: UUID) -> tuple[OpenedReport, ...]:
    history = hub.store.read_history(person_id)
    decision = a_decision(person_id, history.version)
    entry = Entry(Stream.access(person_id), decision.decision_id, decision)
    kept = hub.store.keep((entry,), seen=((Stream.history(person_id), history.version),))
    return hub.store.open_reports(history, kept.permit, Act.SHOW)


@pytest.fixture
def hub(tmp_path: Path, engine: Engine) -> SmallHub:
    return SmallHub(tmp_path, recorder=engine.recorder())


def rows(hub: SmallHub, engine: Engine, person_id: UUID, code: str = "k01") -> list[tuple[int, bytes]]:
    return engine.rows(hub.store.stream_id(Stream.history(person_id)), code)


def test_a_report_comes_back_as_the_very_bytes_that_were_signed(hub: SmallHub) -> None:
    report = a_concern(words="Zoë said “no” · 你好")
    hub.receive(report)
    (found,) = opened(hub, person_of(hub))
    assert found.report == report
    assert found.report.to_bytes() == report.to_bytes()


def test_nothing_opens_without_a_permit(hub: SmallHub) -> None:
    hub.receive(a_concern())
    with pytest.raises(NotPermitted):
        hub.store.open_reports(hub.store.read_history(person_of(hub)), None, Act.SHOW)


def test_a_permit_cannot_be_made_by_hand(hub: SmallHub) -> None:
    hub.receive(a_concern())
    history = hub.store.read_history(person_of(hub))
    permit = Permit(an_id("forged"), history.person_id, history.version, 1, b"x" * 32, Act.SHOW)
    with pytest.raises(NotPermitted):
        hub.store.open_reports(history, permit, Act.SHOW)


def test_a_permit_of_one_person_opens_no_other(hub: SmallHub) -> None:
    hub.receive(a_concern())
    hub.receive(a_concern("C-2", a_child(WREN, given="Wren", born="2026-02-02")))
    robin, wren = person_of(hub), person_of(hub, WREN)
    decision = a_decision(robin, 2)
    kept = hub.store.keep(
        (Entry(Stream.access(robin), decision.decision_id, decision),), seen=((Stream.history(robin), 2),)
    )
    assert kept.permit is not None
    with pytest.raises(NotPermitted):
        hub.store.open_reports(hub.store.read_history(wren), kept.permit, Act.SHOW)
    with pytest.raises(NotPermitted):
        hub.store.open_reports(hub.store.read_history(wren), replace(kept.permit, person_id=wren), Act.SHOW)


def test_a_refusal_gives_no_permit(hub: SmallHub) -> None:
    hub.receive(a_concern())
    person_id = person_of(hub)
    decision = a_decision(person_id, 2, effect="refused")
    entry = Entry(Stream.access(person_id), decision.decision_id, decision)
    kept = hub.store.keep((entry,), seen=((Stream.history(person_id), 2),))
    assert kept.permit is None


def test_a_permit_does_not_open_what_came_after_its_decision(hub: SmallHub) -> None:
    hub.receive(a_concern())
    person_id = person_of(hub)
    version = hub.store.history_version(person_id)
    decision = a_decision(person_id, version)
    entry = Entry(Stream.access(person_id), decision.decision_id, decision)
    kept = hub.store.keep((entry,), seen=((Stream.history(person_id), version),))
    assert kept.permit is not None
    hub.receive(a_concern("C-2"))
    with pytest.raises(NotPermitted):
        hub.store.open_reports(hub.store.read_history(person_id), kept.permit, Act.SHOW)


def test_swapping_two_childrens_rows_is_found(hub: SmallHub, engine: Engine) -> None:
    hub.receive(a_concern(words="lives at the first address"))
    hub.receive(a_concern("C-2", a_child(WREN, given="Wren", born="2026-02-02"), words="lives at the refuge"))
    (one,), (other,) = rows(hub, engine, person_of(hub)), rows(hub, engine, person_of(hub, WREN))
    engine.overwrite(one[0], other[1])
    engine.overwrite(other[0], one[1])
    with pytest.raises(Unreadable):
        opened(hub, person_of(hub))
    with pytest.raises(Unreadable):
        opened(hub, person_of(hub, WREN))


def test_swapping_two_rows_of_one_child_is_found(hub: SmallHub, engine: Engine) -> None:
    hub.receive(a_concern(words="first"))
    hub.receive(a_concern("C-2", words="second"))
    one, other = rows(hub, engine, person_of(hub))
    engine.overwrite(one[0], other[1])
    engine.overwrite(other[0], one[1])
    with pytest.raises(Unreadable):
        opened(hub, person_of(hub))


@pytest.mark.parametrize("place", [0, 5, 20, 40, 60, -1])
def test_a_flipped_bit_anywhere_in_a_row_is_found(hub: SmallHub, engine: Engine, place: int) -> None:
    hub.receive(a_concern())
    ((rowid, state),) = rows(hub, engine, person_of(hub))
    altered = bytearray(state)
    altered[place] ^= 1
    engine.overwrite(rowid, bytes(altered))
    with pytest.raises(Unreadable):
        opened(hub, person_of(hub))


def test_calling_a_report_something_else_is_found(hub: SmallHub, engine: Engine) -> None:
    hub.receive(a_concern())
    person_id = person_of(hub)
    ((rowid, _),) = rows(hub, engine, person_id)
    engine.rename(rowid, "k02")
    with pytest.raises(Unreadable):
        hub.store.read_history(person_id)


def test_an_index_row_names_no_one_and_the_database_holds_no_readable_word(hub: SmallHub, engine: Engine) -> None:
    hub.receive(a_concern(words="CANARY-WORDS", child=a_child(family="CANARYNAME")))
    held = engine.held()
    for secret in (b"CANARY", ROBIN.encode(), b"2022-05-11", b"concern", b"police", b"report."):
        assert secret not in held


def test_entries_are_kept_all_or_none(hub: SmallHub) -> None:
    hub.receive(a_concern())
    person_id = person_of(hub)
    before = hub.store.read_history(person_id)
    bytes_signed = Signed("a..b", b"{}")
    with pytest.raises(Conflict):
        hub.store.keep(
            (
                Entry(Stream.search(an_id("s")), an_id("s"), a_decision(person_id, 2), expected=0),
                Entry(Stream.history(person_id), an_id("r"), bytes_signed, expected=before.version - 1),
            )
        )
    assert hub.store.read_history(person_id).version == before.version
    assert hub.store.read_stream(Stream.search(an_id("s"))) == ()


def test_a_decision_on_a_history_that_moved_on_is_not_kept(hub: SmallHub) -> None:
    hub.receive(a_concern())
    person_id = person_of(hub)
    decision = a_decision(person_id, 2)
    entry = Entry(Stream.access(person_id), decision.decision_id, decision)
    hub.receive(a_concern("C-2"))
    with pytest.raises(Conflict):
        hub.store.keep((entry,), seen=((Stream.history(person_id), 2),))
    assert hub.store.read_access(person_id) == ()


def test_what_may_be_kept_once_is_kept_once(hub: SmallHub) -> None:
    entry = Entry(Stream.receipt("source", "id"), an_id("one"), a_decision(an_id("p"), 0), expected=0)
    hub.store.keep((entry,))
    with pytest.raises(AlreadyKept):
        hub.store.keep((entry,))


def test_a_deleted_rows_position_is_never_given_again(hub: SmallHub, engine: Engine) -> None:
    first = hub.store.keep((Entry(Stream.search(an_id("a")), an_id("a"), a_decision(an_id("p"), 0)),)).positions[0]
    engine.delete(first)
    again = hub.store.keep((Entry(Stream.search(an_id("b")), an_id("b"), a_decision(an_id("p"), 0)),)).positions[0]
    assert again > first


def test_a_restarted_hub_reads_what_was_kept(hub: SmallHub, engine: Engine, tmp_path: Path) -> None:
    hub.receive(a_concern(words="kept"))
    again = SmallHub(tmp_path, recorder=engine.recorder())
    (found,) = opened(again, person_of(again))
    assert found.report.statements[0].value == "kept"


def test_without_its_key_a_childs_history_is_gone_and_the_siblings_stays(
    hub: SmallHub, engine: Engine, tmp_path: Path
) -> None:
    hub.receive(a_concern())
    hub.receive(a_concern("C-2", a_child(WREN, given="Wren", born="2026-02-02")))
    robin = person_of(hub)
    with sqlite3.connect(tmp_path / "keys" / "keys.db") as keys:
        assert keys.execute("DELETE FROM wrapped_key WHERE owner = ?", (f"person/{robin.hex}",)).rowcount == 1
    again = SmallHub(tmp_path, recorder=engine.recorder())
    with pytest.raises(Unreadable):
        again.store.read_history(robin)
    assert opened(again, person_of(again, WREN))


def test_the_hubs_own_facts_say_nothing_of_the_content(hub: SmallHub) -> None:
    hub.receive(a_concern(words="CANARY-WORDS", child=a_child(family="CANARYNAME")))
    history: History = hub.store.read_history(person_of(hub))
    (linked,) = history.linked()
    assert isinstance(linked, ReportLinked)
    text = linked.to_bytes().decode()
    assert "CANARY" not in text
    assert ROBIN not in text
    assert an_actor().subject not in text


def test_a_deleted_row_in_the_middle_is_found(hub: SmallHub, engine: Engine) -> None:
    hub.receive(a_concern())
    hub.receive(a_concern("C-2"))
    person_id = person_of(hub)
    first = rows(hub, engine, person_id)[0]
    engine.delete(first[0])
    with pytest.raises(Unreadable):
        hub.store.read_history(person_id)


def test_a_report_deleted_from_the_end_with_its_link_left_is_found(hub: SmallHub, engine: Engine) -> None:
    hub.receive(a_concern())
    person_id = person_of(hub)
    ((link, _),) = rows(hub, engine, person_id, "k02")
    engine.delete(link)
    with pytest.raises(Unreadable):
        opened(hub, person_id)
