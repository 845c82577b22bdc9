"""Is a table of concerns read only as declared: its bytes, its dialect, its header and its rows?"""

import csv
import io

import pytest

from agencies.agency import Result
from agencies.formats.draft import outcome_of
from agencies.housing import AGENCY as HOUSING
from agencies.housing.native import FORM as NOISE
from agencies.nursery import AGENCY as NURSERY
from agencies.nursery.native import FORM as CONCERNS
from contracts.vocabulary import PersonRole, SensitivityTag, StatementKind, Telling
from tests.support.places import own_samples
from tests.support.translations import only, reason, reports, said

ROW = {
    "concern_ref": "LO-1",
    "version": "1",
    "noted_at": "08/09/2026 15:05",
    "given": "Robin",
    "born": "11/05/2022",
    "seen": "Quieter than before",
}


def table(*rows: dict[str, str], header: tuple[str, ...] = CONCERNS.header) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow([row.get(field, "") for field, _ in CONCERNS.columns])
    return out.getvalue().encode()


def row(**changes: str) -> dict[str, str]:
    return {**ROW, **changes}


def test_the_childs_words_stand_apart_from_what_was_seen_and_thought() -> None:
    report = only(NURSERY.translate(own_samples("nursery")[0].read_bytes(), "x.csv"), "concern.raised")
    words = said(report, "child_words")[0]
    assert (words.kind, words.value) == (StatementKind.CHILD_VOICE, "K is shouting, I hide in my room")
    assert said(report, "what_happened")[0].kind is StatementKind.OBSERVATION
    assert said(report, "why_not_referred")[0].kind is StatementKind.PROFESSIONAL_OPINION
    told = {each.person: each.state for each in report.telling}
    assert told["carer"] is Telling.TOLD_AT
    assert report.happened.value == "2026-09-08T15:05+01:00"
    assert {basis.annex1 for basis in report.bases} == {"para_6"}


def test_a_byte_order_mark_is_passed_over() -> None:
    plain = NURSERY.translate(table(row()), "x.csv")
    assert reports(plain)
    assert reports(NURSERY.translate(b"\xef\xbb\xbf" + table(row()), "x.csv")) == reports(plain)


@pytest.mark.parametrize(
    "header",
    [
        CONCERNS.header[1:] + CONCERNS.header[:1],
        (*CONCERNS.header[:5], "Forename", *CONCERNS.header[6:]),
        (*CONCERNS.header[:5], CONCERNS.header[4], *CONCERNS.header[6:]),
        CONCERNS.header[:-1],
        (*CONCERNS.header, "Another"),
        tuple(ROW.values()),
    ],
    ids=["shifted", "renamed", "duplicated", "short", "long", "missing"],
)
def test_a_header_other_than_the_declared_one_stops_the_whole_file(header: tuple[str, ...]) -> None:
    outcomes = NURSERY.translate(table(row(), row(), header=header), "x.csv")
    assert [(outcome.record, outcome.result, outcome.reason) for outcome in outcomes] == [
        ("file", Result.QUARANTINED, "header")
    ]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b" \r\n \r\n", "empty"),
        (table(row()).replace(b"Robin", "Zoë".encode("cp1252")), "encoding"),
        (table(row()).decode().encode("utf-16"), "encoding"),
        (table(row(given="Ro\x00bin")), "encoding"),
        (table(row()).replace(b",", b";"), "header"),
        (table(row()).replace(b",", b"\t"), "header"),
        (table(row()) + b'"never closed', "not_csv"),
        (table(row(seen="x" * 200_000)), "not_csv"),
        (b"PK\x03\x04 a workbook", "header"),
        (table(), "no_records"),
    ],
)
def test_a_file_that_is_not_the_declared_table_is_one_record_with_a_code(raw: bytes, code: str) -> None:
    assert reason(NURSERY.translate(raw, "x.csv")) == code


def test_a_row_out_of_shape_does_not_touch_its_neighbours() -> None:
    short = b"LO-2,1,08/09/2026\r\n"
    outcomes = NURSERY.translate(table(row()) + short + table(row(concern_ref="LO-3")).split(b"\r\n", 1)[1], "x.csv")
    assert [outcome.result for outcome in outcomes] == [Result.ACCEPTED, Result.QUARANTINED, Result.ACCEPTED]
    assert outcomes[1].reason == "ragged_row"


def test_two_facts_that_differ_under_one_id_are_never_both_taken_nor_one_dropped() -> None:
    outcomes = NURSERY.translate(table(row(), row(seen="Something else")), "x.csv")
    first, second = (fact for outcome in outcomes for fact in outcome.facts)
    assert first.event_id == second.event_id
    assert outcome_of("row 1", lambda: (first, second)).reason == "id_clash"
    assert outcome_of("row 1", lambda: (first, first)).facts == (first,)


def test_a_formula_is_text_and_noted() -> None:
    formula = '=HYPERLINK("http://example.invalid","look")'
    report = only(NURSERY.translate(table(row(seen=formula)), "x.csv"), "concern.raised")
    assert said(report, "what_happened")[0].value == formula
    assert report.provenance.notes == ("formula_as_text",)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"nhs_number": "9.99E+09"}, "excel_damage"),
        ({"noted_at": "Mar-04"}, "bad_date"),
        ({"noted_at": "2026-09-08"}, "bad_date"),
        ({"noted_at": "31/02/2026"}, "bad_date"),
        ({"noted_at": "29/03/2026 01:30"}, "bad_date"),
        ({"born": "5/11/22"}, "bad_date"),
        ({"given": "", "born": ""}, "person_missing"),
        ({"concern_ref": ""}, "missing_field"),
        ({"sex": "X"}, "unknown_sex"),
        ({"carer_given": "Erin", "carer_told": "maybe"}, "unknown_telling"),
        ({"given": "x" * 300}, "not_valid"),
    ],
)
def test_a_row_that_cannot_be_read_for_certain_waits_for_a_person(changes: dict[str, str], code: str) -> None:
    assert reason(NURSERY.translate(table(row(**changes)), "x.csv")) == code


def test_the_hour_that_happens_twice_is_kept_as_ambiguous() -> None:
    report = only(NURSERY.translate(table(row(noted_at="25/10/2026 01:30")), "x.csv"), "concern.raised")
    assert report.happened.ambiguous
    assert report.happened.zone_assumed


def test_a_complaint_gives_each_child_a_fact_and_the_neighbour_stays_a_protected_source() -> None:
    robin, wren = reports(HOUSING.translate(own_samples("housing")[0].read_bytes(), "x.csv"), "concern.raised")
    assert [str(each.subject().identifiers[0]) for each in (robin, wren)] == ["nhs:9990001006", "nhs:9990001375"]
    for report in (robin, wren):
        assert SensitivityTag.INFORMANT in report.handling.sensitivity
        naming = [each for each in report.statements if "Pryor" in str(each.value)]
        assert [each.field for each in naming] == ["reported_by"]
        assert all("Pryor" not in str(person) for person in report.people)
        assert said(report, "what_happened")[0].kind is StatementKind.THIRD_PARTY
        assert {each.state for each in report.telling} == {Telling.NOT_KNOWN}


def test_a_tenant_is_a_carer_only_when_the_service_says_so() -> None:
    raw = own_samples("housing")[0].read_bytes()
    roles = [
        {person.ref: person.role for person in reports(HOUSING.translate(each, "x.csv"))[0].people}["tenant"]
        for each in (raw, raw.replace(b",yes,", b",,"))
    ]
    assert roles == [PersonRole.PARENT_OR_CARER, PersonRole.OTHER]


def test_a_complaint_that_names_no_child_is_not_shared() -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(NOISE.header)
    writer.writerow(["C-1", *([""] * (len(NOISE.columns) - 1))])
    assert reason(HOUSING.translate(out.getvalue().encode(), "x.csv")) == "nothing_stated"
