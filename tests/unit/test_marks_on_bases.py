"""Reports that are held alike are judged once: the marks are those that the law gives each for itself."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from consent import decide as law
from consent.decide import LawSettings
from consent.request import Act, FactsInLaw, Request
from contracts.events.hub import ReportLinked
from contracts.report import LawfulBasis
from contracts.vocabulary import AgencyKind
from hub.domain import arrival, identity, in_law
from hub.domain.arrival import SignedReport
from hub.domain.moment import day_in_london
from tests.support.given import a_concern, a_sound_basis
from tests.support.small_hub import a_sender

BASES = (
    a_sound_basis(),
    LawfulBasis(person="child", article6="6ea", annex1="para_6"),
    LawfulBasis(person="child", article6="6a"),
    LawfulBasis(person="child"),
)
POLICE = a_sender("police", AgencyKind.POLICE).agreement()
LAW = LawSettings()


def linked(number: int, basis: LawfulBasis, received: datetime, happened: date | None) -> ReportLinked:
    """A report of its own, received and having happened then."""
    who = identity.link((), UUID(int=number + 500))
    found = arrival.state_link(
        a_concern(f"C-{number}", basis=basis), SignedReport(UUID(int=number), 1, "0" * 64), POLICE, who, received
    )
    return found.model_copy(update={"happened": happened})


def told_by_law(one: ReportLinked) -> list[tuple[str, str]]:
    """What the law says to put right, asked of this report alone."""
    request = Request(
        act=Act.HOLD,
        on=day_in_london(one.received),
        purpose=one.purpose,
        agency=one.source,
        agency_kind=one.agency_kind,
        role=None,
        need=one.need,
        urgent=one.urgent,
        recipient_kind=AgencyKind.HUB,
    )
    outcome = law.decide(request, FactsInLaw(items=(in_law.item(one),)), settings=LAW)
    return list(dict.fromkeys((finding.rule, finding.says) for finding in outcome.fixes))


@pytest.mark.parametrize("received", [datetime(2026, 11, 2, 23, 59, tzinfo=UTC), datetime(2024, 7, 1, 23, tzinfo=UTC)])
@pytest.mark.parametrize("happened", [None, date(2025, 8, 4), date(2026, 11, 2)])
@pytest.mark.parametrize("basis", BASES)
def test_the_marks_are_those_of_the_report_alone(basis: LawfulBasis, happened: date | None, received: datetime) -> None:
    """Neither which report it is nor when it happened changes what is wrong with its basis; the day of receipt may."""
    for number in range(3):
        one = linked(number, basis, received, happened)

        assert [(mark.rule, mark.says) for mark in arrival.basis_marks(one, LAW)] == told_by_law(one)


def test_another_basis_is_judged_for_itself() -> None:
    """A sound basis gets no mark after an unsound one, nor the other way about."""
    received = datetime(2026, 11, 2, 12, tzinfo=UTC)
    sound, unsound, sound_again = (linked(7, basis, received, None) for basis in (BASES[0], BASES[1], BASES[0]))

    assert [bool(arrival.basis_marks(one, LAW)) for one in (sound, unsound, sound_again)] == [False, True, False]
