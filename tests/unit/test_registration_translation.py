"""Does a probation event speak of the adult alone, and keep ended, withdrawn and updated entries apart?"""

import json

import pytest

from agencies.probation import AGENCY
from contracts.strict_json import Json
from contracts.vocabulary import ChangeKind, PersonRole, Precision, Regime, SensitivityTag
from tests.support.places import own_samples
from tests.support.translations import only, raw, reason, reports, said

Object = dict[str, Json]


def event(kind: str = "added", *, entry: Object | None = None, **changes: Json) -> Object:
    information: Object = {"registrationId": "77", "registerTypeCode": "RCHD", "registrationDate": "2026-10-05"}
    whole: Object = {
        "eventType": f"probation-case.registration.{kind}",
        "version": 1,
        "occurredAt": "2026-10-05T11:00:00+01:00",
        "additionalInformation": {**information, **(entry or {})},
        "personReference": {"identifiers": [{"type": "CRN", "value": "X340906"}]},
    }
    return {**whole, **changes}


def test_the_made_up_event_is_about_an_adult_of_concern_and_no_child() -> None:
    report = only(AGENCY.translate(own_samples("probation")[0].read_bytes(), "x.json"), "risk_register.added")
    (adult,) = report.people
    assert (adult.role, str(adult.identifiers[0])) == (PersonRole.ADULT_OF_CONCERN, "crn:X340906")
    assert (report.happened.value, report.happened.precision) == ("2026-10-05", Precision.DAY)
    assert report.recorded.value == "2026-10-05T11:00:00.000000+01:00"
    assert said(report, "licence_end")[0].value == "2027-03-31"
    assert {SensitivityTag.CRIMINAL, SensitivityTag.THIRD_PARTY_ADULT} <= set(report.handling.sensitivity)
    (basis,) = report.bases
    assert (basis.regime, bool(basis.authority_36_4)) == (Regime.PART_3, True)


def test_an_event_inside_a_queue_notification_is_the_same_event() -> None:
    plain = AGENCY.translate(raw(event()), "x")
    wrapped: Object = {"Type": "Notification", "MessageId": "m-1", "Message": json.dumps(event())}
    again: Object = {"Type": "Notification", "MessageId": "m-2", "Message": json.dumps(event())}
    assert reports(plain)
    for each in (wrapped, again):
        assert AGENCY.translate(raw(each), "x")[0].facts == plain[0].facts


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2026-10-05", "2026-10-05", Precision.DAY),
        ("2026-10-05T00:00:00+01:00", "2026-10-05", Precision.DAY),
        ("Mon Oct 05 00:00:00 BST 2026", "2026-10-05", Precision.DAY),
        ("Mon Oct 05 09:06:52 BST 2026", "2026-10-05T09:06:52+01:00", Precision.SECOND),
        ("2026-10-05T09:06:52.123456789Z[Europe/London]", "2026-10-05T09:06:52.123456Z", Precision.SECOND),
    ],
)
def test_every_shape_of_date_is_read(text: str, value: str, precision: Precision) -> None:
    report = only(AGENCY.translate(raw(event(entry={"registrationDate": text})), "x"), "risk_register.added")
    assert (report.happened.value, report.happened.precision) == (value, precision)


def test_deregistered_closes_and_deleted_withdraws() -> None:
    ended = only(AGENCY.translate(raw(event("deregistered", entry={"deregistrationDate": "2026-11-01"})), "x"),
                 "risk_register.ended")  # fmt: skip
    assert (ended.happened.value, ended.change.kind) == ("2026-11-01", ChangeKind.NEW)
    withdrawn = only(AGENCY.translate(raw(event("deleted")), "x"), "record.retracted")
    assert withdrawn.change.kind is ChangeKind.RETRACTION
    assert "of_any_version" in withdrawn.provenance.notes
    assert withdrawn.record.record_id == ended.record.record_id


def test_an_unknown_register_is_kept_and_marked() -> None:
    report = only(AGENCY.translate(raw(event(entry={"registerTypeCode": "ZZZZ"})), "x"), "risk_register.added")
    code = said(report, "register")[0].code
    assert code is not None
    assert (code.code, code.recognised) == ("ZZZZ", False)


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (event(personReference={"identifiers": []}), "person_missing"),
        (event(personReference=None), "person_missing"),
        (event(additionalInformation=None), "missing_field"),
        (event(occurredAt="yesterday"), "bad_date"),
        (event(version="1"), "wrong_type"),
        (event(eventType="probation-case.merge.completed"), "not_our_event_type"),
        ({"Type": "Notification", "Message": "not json"}, "not_of_form"),
        ({"hello": 1}, "not_of_form"),
        ([], "no_records"),
    ],
)
def test_what_is_not_an_entry_read_for_certain_has_a_code(item: Json, code: str) -> None:
    assert reason(AGENCY.translate(raw(item), "x")) == code
