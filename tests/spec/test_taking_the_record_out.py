"""Is the record of access taken out whole, in forms that others read, only by those who check, and only on record?"""

import csv
import io
import json
from hashlib import sha256
from pathlib import Path

import pytest
from fhir.resources.R4B.auditevent import AuditEvent

from audit.bodies import parse_line
from audit.verify import verify_folder
from contracts.events.access import ReadDecided
from contracts.identifiers import parse_identifier
from contracts.vocabulary import LogOperation, Purpose
from hub.application.export_audit import Days, Form
from hub.application.read_chronology import read_chronology
from hub.application.sign_in import act_as
from hub.commands.audit_export import write
from hub.domain.audit_rows import COLUMNS, STATUTORY
from hub.domain.errors import AccessRefused
from hub.wiring import Hub
from tests.support.given import ROBIN, a_concern
from tests.support.house import house, say

PROFILES = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit."


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub that took a concern in; one person read it, one was refused."""
    made = house(tmp_path_factory.mktemp("hub"))
    say(made, "police", a_concern("C-1"))
    look(made, "priya")
    with pytest.raises(AccessRefused):
        look(made, "sam")
    made.follow()
    return made


def look(hub: Hub, subject: str) -> None:
    """Somebody reads Robin's chronology."""
    read_chronology(hub.reading(), act_as(hub.store, subject), parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47)


def exports(hub: Hub) -> list[ReadDecided]:
    """Every export on record."""
    facts = [hub.store.open_row(row) for row in hub.store.rows_after(0, 100_000)]
    return [fact for fact in facts if isinstance(fact, ReadDecided) and fact.kind == "export"]


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a table, less the last, which says who took it out."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))[:-1]


def test_each_resource_is_a_sound_audit_event_of_the_pattern_it_claims(hub: Hub, tmp_path: Path) -> None:
    write(hub, "ivy", "fhir", Days(), tmp_path / "out")
    held = [json.loads(line) for line in (tmp_path / "out").read_text(encoding="utf-8").splitlines()]
    found = [AuditEvent.model_validate(one) for one in held]
    assert len(found) == len(held) >= 5
    claimed = {profile.removeprefix(PROFILES) for one in held for profile in one.get("meta", {}).get("profile", [])}
    assert {"PatientRead", "PatientQuery", "PatientCreate"} <= claimed
    for one in held:
        roles = {agent["type"]["coding"][0]["code"] for agent in one["agent"]}
        assert {"110152", "110153"} <= roles
        assert all("network" in agent for agent in one["agent"] if agent["type"]["coding"][0]["code"] != "IRCP")
        assert [entity["type"]["code"] for entity in one["entity"]].count("1") <= 1
    denied = [one for one in held if one["type"]["code"] == "110113" and one["outcome"] == "8"]
    assert [agent["who"]["identifier"]["value"] for one in denied for agent in one["agent"] if agent["requestor"]] == [
        "sam"
    ]


def test_no_resource_holds_a_number_or_a_word_of_a_record(hub: Hub, tmp_path: Path) -> None:
    forms: tuple[Form, ...] = ("fhir", "csv", "s62")
    for form in forms:
        path = tmp_path / form
        write(hub, "ivy", form, Days(), path)
        text = path.read_text(encoding="utf-8")
        assert not [word for word in (ROBIN, "Exemplar", "crying", "Priya Anand") if word in text]


def test_the_statutory_log_has_one_row_for_each_operation_and_nothing_else(hub: Hub, tmp_path: Path) -> None:
    write(hub, "ivy", "s62", Days(), tmp_path / "out")
    rows = table(tmp_path / "out")
    assert tuple(rows[0]) == STATUTORY
    assert {row["operation"] for row in rows} <= {one.value for one in LogOperation}
    read = [row for row in rows if row["operation"] == "consultation" and row["who"].endswith(" priya")]
    assert len(read) == 2  # the search that found the child, and the chronology
    assert not [row for row in rows if row["who"].endswith(" sam") and row["operation"] != "consultation"]
    assert all(row["date"] and row["time_utc"] for row in rows)


def test_the_whole_table_names_refusals_too(hub: Hub, tmp_path: Path) -> None:
    write(hub, "ivy", "csv", Days(), tmp_path / "out")
    rows = table(tmp_path / "out")
    assert tuple(rows[0]) == COLUMNS
    assert [(row["subject"], row["effect"]) for row in rows if row["what"] == "chronology"] == [
        ("priya", "permitted"),
        ("sam", "refused"),
    ]


@pytest.mark.parametrize("form", ["fhir", "csv", "s62"])
def test_an_export_is_on_record_with_its_count_and_its_digest(hub: Hub, tmp_path: Path, form: Form) -> None:
    found = write(hub, "ivy", form, Days(), tmp_path / "out")
    *lines, mark = (tmp_path / "out").read_bytes().splitlines(keepends=True)
    kept = exports(hub)[-1]
    assert (kept.what, kept.sha256) == (f"export_{form}", sha256(b"".join(lines)).hexdigest())
    assert kept.items == found.rows == len(lines) - (form != "fhir")
    number, who = str(found.on_record.position).encode(), kept.actor.subject.encode()
    assert number in mark
    assert who in mark
    assert kept.at.isoformat().encode() in mark or kept.at.isoformat().replace("+00:00", "Z").encode() in mark
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0
    assert kept.decision_id == found.on_record.decision.decision_id


def test_somebody_else_gets_no_file_and_the_try_is_on_record(hub: Hub, tmp_path: Path) -> None:
    for subject in ("priya", "sam", "tom"):
        with pytest.raises(AccessRefused):
            write(hub, subject, "csv", Days(), tmp_path / "out")
        assert (exports(hub)[-1].effect, exports(hub)[-1].actor.subject) == ("refused", subject)
    assert not list(tmp_path.iterdir())


def test_days_are_kept_to(hub: Hub, tmp_path: Path) -> None:
    today = hub.clock.now().date()
    before = today.replace(year=today.year - 1)
    write(hub, "ivy", "csv", Days(until=before), tmp_path / "out")
    assert table(tmp_path / "out") == []
    assert exports(hub)[-1].sought == (f"to {before.isoformat()}",)


def test_bodies_taken_out_open_every_entry_of_the_log_and_hold_no_name(hub: Hub, tmp_path: Path) -> None:
    hub.follow()
    found = write(hub, "ivy", None, Days(), tmp_path / "bodies.jsonl")
    kept = exports(hub)[-1]
    raw = (tmp_path / "bodies.jsonl").read_bytes()
    assert (kept.what, kept.items, kept.sha256) == ("export_bodies", found.rows, sha256(raw).hexdigest())
    report = verify_folder(hub.log_folder, vkey=hub.log_key, bodies=tmp_path / "bodies.jsonl")
    assert (report.ok, report.size, report.holes) == (True, found.rows, ())
    opened = b"".join(parse_line(line)[2] for line in raw.splitlines())
    assert b"access.decided" not in opened
    assert b'"kind":"consultation"' in opened
    assert b"Exemplar" not in opened
    assert ROBIN.encode() not in opened


def test_bodies_are_taken_out_by_those_who_check_alone(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(AccessRefused):
        write(hub, "priya", None, Days(), tmp_path / "bodies.jsonl")
    assert not (tmp_path / "bodies.jsonl").exists()
    assert (exports(hub)[-1].what, exports(hub)[-1].effect) == ("export_bodies", "refused")
