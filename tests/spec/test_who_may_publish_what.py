"""Is a report taken in only when its agency's agreement lets it publish that type, and has started?"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from contracts.agreement import Agreement
from contracts.events.hub import ReceiptIssued, ReportQuarantined
from contracts.report import Report
from contracts.vocabulary import NeedLevel, Purpose
from hub.application.bus_port import Arrived
from hub.application.receive_report import receive_report
from hub.domain.arrival import CLOSED, PROTECTING
from hub.domain.moment import day_in_london
from tests.support.given import NOW, a_concern
from tests.support.small_hub import SmallHub

TODAY = day_in_london(NOW)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def received_under(hub: SmallHub, agreement: Agreement | None, report: Report | None = None) -> ReceiptIssued:
    receiving = hub.receiving()
    others = {source: one for source, one in receiving.agreements.items() if source != hub.police.source}
    mine = {hub.police.source: agreement} if agreement is not None else {}
    message = Arrived(hub.police.topic, 1, hub.sealed(report or a_concern()))
    return receive_report(replace(receiving, agreements={**others, **mine}), message)


def reports_kept(hub: SmallHub) -> int:
    return sum(row.code == "k01" for row in hub.store.rows_after(0, 1000))


def without_concerns(hub: SmallHub) -> Agreement:
    signed = hub.police.agreement()
    types = tuple(one for one in signed.publishes.types if one != "concern.raised")
    return signed.model_copy(update={"publishes": signed.publishes.model_copy(update={"types": types})})


def test_a_type_that_the_agreement_does_not_name_is_set_aside(hub: SmallHub) -> None:
    receipt = received_under(hub, without_concerns(hub))
    assert (receipt.outcome, receipt.code) == ("quarantined", "agreement_type")
    assert reports_kept(hub) == 0


def test_what_is_set_aside_for_its_type_is_kept_whole(hub: SmallHub) -> None:
    received_under(hub, without_concerns(hub))
    facts = [hub.store.open_row(row) for row in hub.store.rows_after(0, 1000)]
    (kept,) = [fact for fact in facts if isinstance(fact, ReportQuarantined)]
    assert (kept.code, kept.proved) == ("agreement_type", True)


def test_a_report_before_the_agreement_starts_is_set_aside(hub: SmallHub) -> None:
    tomorrow = hub.police.agreement().model_copy(update={"starts": TODAY + timedelta(days=1)})
    receipt = received_under(hub, tomorrow)
    assert (receipt.outcome, receipt.code) == ("quarantined", "agreement_not_started")
    assert reports_kept(hub) == 0


def test_a_report_on_the_day_the_agreement_starts_is_taken_in(hub: SmallHub) -> None:
    assert received_under(hub, hub.police.agreement().model_copy(update={"starts": TODAY})).outcome == "accepted"


def test_a_report_past_the_review_date_is_taken_in_and_marked(hub: SmallHub) -> None:
    overdue = hub.police.agreement().model_copy(update={"review_by": TODAY - timedelta(days=1)})
    receipt = received_under(hub, overdue)
    assert receipt.outcome == "accepted"
    assert "agreement_review_overdue" in {mark.code for mark in receipt.marks}


def overdue(hub: SmallHub) -> Agreement:
    """The police agreement, its review a day late."""
    return hub.police.agreement().model_copy(update={"review_by": TODAY - timedelta(days=1)})


def handled(**said: object) -> Report:
    """A concern handled in another way."""
    report = a_concern()
    return report.model_copy(update={"handling": report.handling.model_copy(update=said)})


def test_past_the_review_a_routine_report_says_that_its_way_on_is_closed(hub: SmallHub) -> None:
    (mark,) = received_under(hub, overdue(hub)).marks
    assert (mark.code, mark.rule) == ("agreement_review_overdue", "agreement")
    assert mark.says.endswith(CLOSED)


PRESSING = [{"urgent": True}, {"need": NeedLevel.SIGNIFICANT_HARM}, {"purpose": Purpose.EMERGENCY}]


@pytest.mark.parametrize("said", PRESSING)
def test_what_is_for_immediate_protection_is_taken_in_whatever_the_agreement_lacks(
    hub: SmallHub, said: dict[str, object]
) -> None:
    """Past its review, before its start, of a type and for a purpose that nobody agreed: it comes in, and says so."""
    clause = without_concerns(hub).publishes.model_copy(update={"purposes": (Purpose.PREVENT,)})
    late = {"review_by": TODAY - timedelta(days=1), "starts": TODAY + timedelta(days=1), "publishes": clause}
    receipt = received_under(hub, hub.police.agreement().model_copy(update=late), handled(**said))
    assert receipt.outcome == "accepted"
    assert [mark.code for mark in receipt.marks] == [
        "agreement_not_started", "agreement_review_overdue", "agreement_type", "agreement_purpose",
    ]  # fmt: skip
    assert all(mark.says.endswith(PROTECTING) for mark in receipt.marks)
    assert reports_kept(hub) == 1


def test_a_purpose_that_nobody_agreed_is_marked(hub: SmallHub) -> None:
    clause = hub.police.agreement().publishes.model_copy(update={"purposes": (Purpose.PREVENT,)})
    receipt = received_under(hub, hub.police.agreement().model_copy(update={"publishes": clause}))
    assert (receipt.outcome, [mark.code for mark in receipt.marks]) == ("accepted", ["agreement_purpose"])


def test_a_report_as_agreed_carries_no_mark(hub: SmallHub) -> None:
    assert received_under(hub, hub.police.agreement()).marks == ()


def test_a_report_from_an_agency_with_no_agreement_is_set_aside(hub: SmallHub) -> None:
    receipt = received_under(hub, None)
    assert (receipt.outcome, receipt.code) == ("quarantined", "agreement_missing")
    assert reports_kept(hub) == 0
