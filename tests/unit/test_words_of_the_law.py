"""Does every code that a note of law may hold have the words that a reader expects?"""

from datetime import date

import pytest

from consent.wording import a_body, a_role, in_words, lower, plain, upper
from contracts.vocabulary import AgencyKind, StaffRole


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (AgencyKind.POLICE, "a police force"),
        (AgencyKind.NHS, "an NHS body"),
        (AgencyKind.GP, "a general practice"),
        (AgencyKind.MAINTAINED_SCHOOL, "a maintained school"),
        (AgencyKind.ACADEMY, "an academy"),
        (AgencyKind.INDEPENDENT_SCHOOL, "an independent school"),
        (AgencyKind.LOCAL_AUTHORITY, "a local authority"),
        (AgencyKind.YOUTH_OFFENDING_TEAM, "a youth offending team"),
        (AgencyKind.PROBATION, "a probation body"),
        (AgencyKind.VCSE_COMMISSIONED, "a commissioned voluntary body"),
        (AgencyKind.VCSE_INDEPENDENT, "a voluntary body"),
        (AgencyKind.CLUB, "a club"),
        (AgencyKind.HUB, "the hub"),
    ],
)
def test_every_kind_of_body_has_its_words(kind: AgencyKind, said: str) -> None:
    assert a_body(kind) == said


def test_every_role_has_its_words() -> None:
    assert [a_role(role) for role in StaffRole] == [
        "a MASH decision-maker", "a MASH researcher", "a practitioner", "an information-governance officer",
    ]  # fmt: skip


def test_every_month_has_its_name() -> None:
    assert [in_words(date(2026, month, 9)).split()[1] for month in range(1, 13)] == [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ]  # fmt: skip
    assert in_words(date(2026, 3, 9)) == "9 March 2026"


def test_words_inside_a_sentence() -> None:
    assert (lower("NHS body"), lower("A task"), lower("UK law"), lower("Told")) == (
        "NHS body", "a task", "UK law", "told",
    )  # fmt: skip
    assert (lower("MAPPA"), lower("No Need"), lower("NoW")) == ("MAPPA", "no Need", "noW")
    assert (upper("told"), plain("child_voice")) == ("Told", "child voice")
