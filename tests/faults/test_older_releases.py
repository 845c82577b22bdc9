"""Does a folder that an older release left go on today, and is what a newer one wrote never shown as nothing?"""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from contracts import envelope, signature
from contracts.catalogue import wire_type
from contracts.event import Fact
from contracts.events.hub import AccessDecided, ReportLinked, ReportQuarantined
from contracts.events.sharing import AcknowledgementKept
from contracts.identifiers import parse_identifier
from contracts.signature import Attributes
from contracts.vocabulary import Purpose
from hub.adapters.fact_codes import CODES, REPORT
from hub.adapters.sealing_mapper import Place, Row
from hub.application.ports import Stream
from hub.application.read_chronology import read_chronology
from hub.application.sign_in import act_as
from hub.commands import staff
from hub.commands.audit_log import check
from hub.domain.chronology import Chronology
from hub.domain.errors import Unreadable
from hub.settings import Settings
from hub.views.quarantine import QUARANTINE
from hub.wiring import Hub
from tests.support import golden
from tests.support.pages import ASKING, send, signed_in
from tests.support.places import REPO
from tests.support.processes import Party

NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"
ENTRIES = {"92d5dea": 6, "d1cbbc4": 6}
WHOLE = ("92d5dea",)  # releases whose whole folder goes on
KINDS = {  # every kind of row that the release knew
    "92d5dea": {REPORT, *(f"k{n:02}" for n in range(2, 13)), "k20", "k21", "k22", "k23"},
    "d1cbbc4": {REPORT, "k02", "k03", "k05", "k06", "k07", "k08", "k09", "k10", "k11", "k12"},
}


def opened(home: Path) -> Hub:
    return Hub(Settings(home=home))


def as_priya(hub: Hub, child: str) -> Chronology:
    return read_chronology(hub.reading(), act_as(hub.store, "priya"), parse_identifier(child), Purpose.SECTION_47)


def facts(hub: Hub) -> list[Fact]:
    found = (hub.store.open_row(row) for row in hub.store.rows_after(0, 1000))
    return [fact for fact in found if fact is not None]


def keys_and_facts(name: str) -> bool:
    """What cannot be made again: the rows of the store and the keys that open them."""
    return name in ("hub.db/event", "keys/root.key") or name.startswith("keys/keys.db")


def test_there_is_a_golden_folder_of_each_release() -> None:
    assert set(golden.releases()) == set(KINDS)


@pytest.mark.parametrize("release", WHOLE)
def test_the_whole_folder_goes_on(release: str, tmp_path: Path) -> None:
    golden.put_back(release, tmp_path)
    before = check(opened(tmp_path))
    assert before.ok, before
    assert before.log.size == before.rows >= 50

    hub = opened(tmp_path)
    assert len(as_priya(hub, "nhs:9990001006").entries) == 3
    edge = hub.edge("police")
    again = edge.send(NOTICE.read_bytes(), NOTICE.name)
    new = edge.send(NOTICE.read_bytes().replace(b"HX-26-091502", b"HX-26-555555"), "new.json")
    outcomes = [receipt.outcome for receipt in hub.work()]
    assert outcomes == ["duplicate"] * 2 + ["accepted"] * 2
    sent = {str(fact.event_id) for outcome in (*again, *new) for fact in outcome.facts}
    assert {receipt.event_id for receipt in edge.receipts()} >= sent  # the older release left some on the bus
    after = check(opened(tmp_path))
    assert after.ok, after
    assert len(as_priya(hub, "nhs:9990001006").entries) == 4


@pytest.mark.parametrize("release", WHOLE)
def test_lists_pages_and_outbox_of_the_older_release_are_whole(release: str, tmp_path: Path) -> None:
    golden.put_back(release, tmp_path)
    hub = opened(tmp_path)
    hub.work()
    assert [row["state"] for row in hub.view_rows.read(QUARANTINE)] == ["open"]
    assert [type(fact) for fact in facts(hub)].count(AcknowledgementKept) == 1
    told = hub.edge("police").outbox.so_far()
    assert (told.waiting, sum(one.times for one in told.tallies)) == (0, 4)
    page = send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING)
    assert page.status_code == 200


@pytest.mark.parametrize("release", KINDS)
def test_every_kind_of_row_is_read_from_keys_and_facts_alone(release: str, tmp_path: Path) -> None:
    golden.put_back(release, tmp_path, keys_and_facts)
    hub = opened(tmp_path)
    rows = hub.store.rows_after(0, 1000)
    assert {row.code for row in rows} == KINDS[release]
    assert [type(fact) for fact in facts(hub)].count(ReportQuarantined) == 1
    hub.follow()
    found = check(hub)
    assert (found.log.ok, found.store_findings, found.view_findings) == (True, (), ())
    people = {UUID(str(link.person_id)) for link in facts(hub) if isinstance(link, ReportLinked)}
    point_to(hub, people)  # an index is derived from the facts: here it is made only as far as this test asks
    assert sum(len(as_priya(hub, f"hub:{person.hex}").entries) for person in people) == ENTRIES[release]


def point_to(hub: Hub, people: set[UUID]) -> None:
    """The hub's own reference leads to each of them."""
    found = [hub.index.pointer("hub", person.hex.upper(), person) for person in people]
    with closing(sqlite3.connect(hub.settings.home / "hub.db")) as db, db:
        db.executemany("INSERT INTO term VALUES (?,?,?)", [(one.token, one.person_id.hex, one.proof) for one in found])


def newer_row(hub: Hub, person: UUID, code: str, wire: str) -> int:
    """A row in a child's access or history stream as a newer edition of the hub writes it; its position."""
    stream = hub.store.stream_id(Stream.history(person))
    attributes = Attributes(hub.clock.new_id(), "urn:childhub:hub", wire, "hub.store", hub.clock.now())
    packed = envelope.pack(signature.sign(b'{"new":1}', attributes, hub.signing))
    place = Place(stream, hub.recorder.version(stream) + 1, code)
    row = Row(place, hub.clock.new_id(), f"person/{person}", packed)
    (position,) = hub.recorder.insert_events((hub.store._mapper.seal(row),)) or (0,)
    return position


@pytest.mark.parametrize(
    ("code", "wire", "why"),
    [
        ("k999", "uk.childhub.report.assessed.v1", "record_code"),
        (CODES[ReportLinked], wire_type(ReportLinked).replace(".v1", ".v2"), "version"),
        (CODES[ReportLinked], wire_type(AccessDecided), "type"),
        (CODES[ReportLinked], wire_type(ReportLinked), "schema"),
    ],
)
def test_what_a_newer_edition_wrote_is_never_shown_as_nothing(code: str, wire: str, why: str, tmp_path: Path) -> None:
    golden.put_back(WHOLE[-1], tmp_path)
    hub = opened(tmp_path)
    (robin,) = hub.index.people_with("nhs", "9990001006")
    newer_row(hub, robin, code, wire)
    with pytest.raises(Unreadable) as refused:
        as_priya(hub, "nhs:9990001006")
    assert (refused.value.code, refused.value.is_newer) == (why, True)
    said = Party(tmp_path, {}).run("chronology", "nhs:9990001006", "--as", "priya", "--purpose", "s47", expect=1)
    assert ("update needed" in said, "Exemplar" in said) == (True, False)
    page = send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING)
    assert (page.status_code, "Update needed" in page.text, "Exemplar" in page.text) == (503, True, False)
