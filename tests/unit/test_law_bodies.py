"""Do bodies of law fall into the lists where statute puts them?"""

import pytest

from consent.bodies import better_basis, in_section_16la
from contracts.vocabulary import AgencyKind

K = AgencyKind
LISTED = {K.LOCAL_AUTHORITY, K.POLICE, K.NHS, K.PROBATION, K.YOUTH_OFFENDING_TEAM, K.GP, K.VCSE_COMMISSIONED}


@pytest.mark.parametrize("kind", list(K))
def test_the_duty_to_share_binds_the_listed_and_the_commissioned(kind: AgencyKind) -> None:
    assert in_section_16la(kind, designated=False) is (kind in LISTED)


@pytest.mark.parametrize("kind", list(K))
def test_designation_brings_a_body_in_but_never_the_hub_itself(kind: AgencyKind) -> None:
    assert in_section_16la(kind, designated=True) is (kind is not K.HUB)


@pytest.mark.parametrize("kind", list(K))
def test_a_body_is_pointed_to_a_basis_that_is_open_to_it(kind: AgencyKind) -> None:
    ways = better_basis(kind)
    assert ("6e" in ways) is kind.is_public_authority
    assert any(way.startswith("6ea") for way in ways) is not kind.is_public_authority
