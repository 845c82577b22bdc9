"""When is sharing under an agreement closed, when never, and what is wrong with an agreement that does not fit?"""

from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Literal

import pytest
from pydantic import ValidationError

from agencies.agency import Agency
from agencies.registry import AGENCIES, by_name
from consent.request import Act, Request
from contracts.agreement import Agreement
from contracts.vocabulary import AgencyKind, FieldClass, NeedLevel, Purpose
from hub.cli import main
from hub.commands import agreements
from hub.domain.agreement_html import page as html_page
from hub.domain.agreement_page import LIMITS, markdown, plain
from hub.domain.agreements import SOON, Wanted, Weight, check, does_not_fit, passage
from hub.wiring import agreement_of
from tests.support.given import ROBIN, a_concern
from tests.support.html import faults
from tests.support.small_hub import SmallHub

POLICE = agreement_of("police")
AGENCY = by_name("police")
START, REVIEW = POLICE.starts, POLICE.review_by
DAY = timedelta(days=1)
ROUTINE = Wanted("receives", "concern.raised", Purpose.CRIME, date(2026, 10, 6))


def codes(agreement: Agreement, on: date = date(2026, 10, 6)) -> list[str]:
    return [one.code for one in check(agreement, AGENCY, agreements.KNOWN, on)]


@pytest.mark.parametrize(
    ("wanted", "marks"),
    [
        (ROUTINE, ()),
        (replace(ROUTINE, day=START), ()),
        (replace(ROUTINE, day=REVIEW), ()),
        (replace(ROUTINE, day=START - DAY), ("agreement_not_started",)),
        (replace(ROUTINE, day=REVIEW + DAY), ("agreement_review_overdue",)),
        (replace(ROUTINE, report_type="health.flag_set"), ("agreement_type",)),
        (replace(ROUTINE, purpose=Purpose.PREVENT), ("agreement_purpose",)),
        (
            replace(ROUTINE, day=REVIEW + DAY, report_type="health.flag_set", purpose=Purpose.PREVENT),
            ("agreement_review_overdue", "agreement_type", "agreement_purpose"),
        ),
    ],
)
def test_routine_sharing_is_closed_by_what_is_not_as_agreed(wanted: Wanted, marks: tuple[str, ...]) -> None:
    found = passage(POLICE, wanted)
    assert found.marks == marks
    assert found.open is not bool(marks)
    assert found.version == POLICE.version


@pytest.mark.parametrize("day", [START - DAY, REVIEW + DAY, REVIEW + timedelta(days=4000)])
@pytest.mark.parametrize("report_type", ["concern.raised", "health.flag_set"])
@pytest.mark.parametrize(
    ("urgent", "need", "purpose"),
    [
        (True, None, Purpose.CRIME),
        (False, NeedLevel.SIGNIFICANT_HARM, Purpose.PREVENT),
        (False, None, Purpose.EMERGENCY),
    ],
)
def test_immediate_protection_is_never_closed_and_is_marked(
    day: date, report_type: str, urgent: bool, need: NeedLevel | None, purpose: Purpose
) -> None:
    found = passage(POLICE, Wanted("receives", report_type, purpose, day, need, urgent))
    assert found.open
    assert found.marks


@pytest.mark.parametrize("need", [None, *NeedLevel])
@pytest.mark.parametrize("urgent", [True, False])
@pytest.mark.parametrize("purpose", Purpose)
def test_what_is_pressing_is_the_same_here_as_in_law(need: NeedLevel | None, urgent: bool, purpose: Purpose) -> None:
    request = Request(Act.SHARE, REVIEW, purpose, "police", AgencyKind.POLICE, None, need, urgent)
    assert Wanted("receives", "concern.raised", purpose, REVIEW, need, urgent).pressing is request.pressing


@pytest.mark.parametrize(
    ("way", "report_type", "opened"),
    [
        ("publishes", "domestic_abuse.notified", True),
        ("receives", "domestic_abuse.notified", False),
        ("receives", "cp_plan.started", True),
        ("publishes", "cp_plan.started", False),
    ],
)
def test_each_direction_has_its_own_terms(
    way: Literal["publishes", "receives"], report_type: str, opened: bool
) -> None:
    assert passage(POLICE, Wanted(way, report_type, Purpose.SECTION_47, REVIEW)).open is opened


@pytest.mark.parametrize("agency", AGENCIES, ids=[agency.name for agency in AGENCIES])
def test_every_partners_own_agreement_fits(agency: Agency) -> None:
    assert agreements.of(agency, date(2026, 10, 6)) == ()


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (START - DAY, ["agreement_not_started"]),
        (START, []),
        (REVIEW - SOON, []),
        (REVIEW - SOON + DAY, ["agreement_review_soon"]),
        (REVIEW, ["agreement_review_soon"]),
        (REVIEW + DAY, ["agreement_review_overdue"]),
    ],
)
def test_the_days_of_an_agreement(on: date, expected: list[str]) -> None:
    assert codes(POLICE, on) == expected


def test_an_overdue_review_says_what_is_closed_and_what_never_is() -> None:
    (found,) = check(POLICE, AGENCY, agreements.KNOWN, REVIEW + DAY)
    assert found.weight is Weight.CLOSED
    assert "routine sharing under it is closed" in found.says
    assert "immediate protection goes on" in found.says


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (POLICE.model_copy(update={"agency": "gp"}), ["party"]),
        (POLICE.model_copy(update={"source": "urn:childhub:agency:gp"}), ["party"]),
        (POLICE.model_copy(update={"agency_kind": AgencyKind.GP}), ["kind"]),
        (POLICE.model_copy(update={"starts": REVIEW}), ["dates", "agreement_not_started"]),
        (POLICE.model_copy(update={"signed_by": ("One",)}), ["signatures"]),
        (POLICE.model_copy(update={"signed_by": ("One", "One")}), ["signatures"]),
        (
            POLICE.model_copy(update={"publishes": POLICE.publishes.model_copy(update={"types": ("gossip.heard",)})}),
            ["unknown_type"],
        ),
        (
            POLICE.model_copy(update={"receives": POLICE.receives.model_copy(update={"purposes": ()})}),
            ["nothing_named"],
        ),
        (
            POLICE.model_copy(
                update={"receives": POLICE.receives.model_copy(update={"classes": (FieldClass.HEALTH,) * 2})}
            ),
            ["named_twice"],
        ),
    ],
)
def test_what_is_wrong_with_an_agreement_is_found(changed: Agreement, expected: list[str]) -> None:
    assert codes(changed) == expected


def test_a_file_that_does_not_fit_is_named_by_its_place_and_not_its_value() -> None:
    written = POLICE.model_dump() | {"agency_kind": "gossips"}
    with pytest.raises(ValidationError) as refused:
        Agreement.model_validate(written)
    assert agreements.place(refused.value) == "agency_kind"
    assert "gossips" not in agreements.place(refused.value)


def test_the_check_answers_with_its_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert agreements.run_check(date(2026, 10, 6)) == 0
    assert "9 agreements fit" in capsys.readouterr().out
    assert agreements.run_check(date(2027, 8, 31)) == 0
    assert "soon" in capsys.readouterr().out
    assert agreements.run_check(date(2027, 9, 1)) == 1
    said = capsys.readouterr().out
    assert "health: closed" in said
    assert "9 agreements fit" not in said
    assert main(["agreements", "check", "--on", "2026-10-06"]) == 0


@pytest.mark.parametrize("agency", AGENCIES, ids=[agency.name for agency in AGENCIES])
def test_an_agreement_written_out_names_everything_in_it(agency: Agency) -> None:
    agreement = agreement_of(agency.name)
    page = markdown(agreement, agency.title, (), date(2026, 10, 6))
    for clause in (agreement.publishes, agreement.receives):
        assert all(f"| `{name}` |" in page for name in clause.types)
        assert all(one.meaning in page for one in (*clause.classes, *clause.purposes))
    assert all(signatory in page for signatory in agreement.signed_by)
    assert all(limit in page for limit in LIMITS)
    assert "On 6 October 2026: in force" in page
    assert "6 October" not in markdown(agreement, agency.title, (), None)
    short = plain(agreement, agency.title, (), date(2026, 10, 6))
    assert all(name in short for name in (*agreement.publishes.types, *agreement.receives.types))


def test_an_overdue_agreement_says_so_where_it_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreements", "show", "police", "--on", "2028-01-01"]) == 0
    assert "closed until it is reviewed" in capsys.readouterr().out
    assert main(["agreements", "show", "police", "--markdown", "--on", "2026-10-06"]) == 0
    assert capsys.readouterr().out.startswith("# Data-sharing agreement: ")


@pytest.mark.parametrize("agency", AGENCIES, ids=[agency.name for agency in AGENCIES])
def test_an_agreement_is_one_web_page_that_needs_nothing_else(agency: Agency) -> None:
    agreement = agreement_of(agency.name)
    text = html_page(agreement, agency.title, (), date(2026, 10, 6))
    assert faults(text) == ("<style> on a page",)  # its own, since it is one file; nothing else is wrong with it
    assert "url(" not in text
    assert "http" not in text
    said = unescape(text)
    for clause in (agreement.publishes, agreement.receives):
        assert all(name in said for name in clause.types)
        assert all(one.meaning in said for one in (*clause.classes, *clause.purposes))
    assert all(signatory in said for signatory in agreement.signed_by)
    assert all(limit in said for limit in LIMITS)
    assert "Open on 6 October 2026:" in said


def test_whatever_an_agreement_holds_is_escaped() -> None:
    evil = "<script>alert('x')</script>&\""
    changed = POLICE.model_copy(update={"title": evil, "version": evil, "signed_by": (evil, evil)})
    text = html_page(changed, evil, (does_not_fit("police", evil),), REVIEW)
    assert "<script" not in text
    assert "alert(&#x27;x&#x27;)" in text
    assert faults(text) == ("<style> on a page",)


def test_a_closed_agreement_says_so_at_the_top_of_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreements", "show", "police", "--html", "--on", "2028-01-01"]) == 0
    text = capsys.readouterr().out
    assert 'class="standing closed"' in text
    assert "sharing for immediate protection goes on" in text
    assert text.index("Closed or wrong on 1 January 2028") < text.index("What is agreed")


def test_the_version_of_the_agreement_is_stamped_on_what_is_taken_in(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(a_concern())
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    (link,) = hub.store.read_history(person_id).linked()
    assert link.agreement_version == hub.police.agreement().version == "1"
