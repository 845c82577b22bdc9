"""Is an item that came in kept whatever its label, and is the label judged by the law of the day it came?"""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from consent.decide import decide
from consent.examples import ABOUT_HEALTH, basis, hold, item
from consent.packs import LawSettings
from consent.request import FactsInLaw
from contracts.vocabulary import AgencyKind, Annex1, Article6, Gateway, NeedLevel, Regime, RestrictedKind

RLI = basis(Article6.RECOGNISED_LEGITIMATE_INTEREST, annex1=Annex1.SAFEGUARDING)
CLUB = AgencyKind.CLUB


@pytest.mark.parametrize("article6", [*Article6, None])
@pytest.mark.parametrize("kind", list(AgencyKind))
@pytest.mark.parametrize("regime", list(Regime))
def test_holding_is_never_refused(kind: AgencyKind, article6: Article6 | None, regime: Regime) -> None:
    received = item(kind, basis(article6, regime=regime), classes=ABOUT_HEALTH, restricted=frozenset(RestrictedKind))
    outcome = decide(hold(kind), FactsInLaw((received,)))
    assert outcome.permitted
    assert not outcome.bars
    assert outcome.items[0].shown
    assert outcome.items[0].classes == ABOUT_HEALTH


def test_a_sound_label_has_a_ground_and_nothing_to_correct() -> None:
    outcome = decide(hold(AgencyKind.LOCAL_AUTHORITY), FactsInLaw((item(AgencyKind.LOCAL_AUTHORITY, basis()),)))
    assert [each.rule for each in outcome.grounds] == ["public-task-of-local-authority"]
    assert not outcome.fixes


def test_a_basis_dated_before_it_existed_is_to_be_corrected() -> None:
    early = item(CLUB, RLI, on=date(2026, 2, 4))
    outcome = decide(hold(CLUB), FactsInLaw((early,)))
    assert [each.rule for each in outcome.fixes] == ["recognised-interest-not-yet"]
    assert not outcome.grounds
    assert outcome.pack == "WT2023"


def test_the_same_basis_is_sound_from_its_first_day() -> None:
    outcome = decide(hold(CLUB), FactsInLaw((item(CLUB, RLI, on=date(2026, 2, 5)),)))
    assert [each.rule for each in outcome.grounds] == ["recognised-interest-safeguarding"]
    assert not outcome.fixes


def test_each_item_is_judged_by_its_own_day() -> None:
    early, late = item(CLUB, RLI, on=date(2026, 2, 4)), item(CLUB, RLI, on=date(2026, 2, 5))
    outcome = decide(hold(CLUB), FactsInLaw((early, late)))
    assert [each.rule for each in outcome.findings] == [
        "recognised-interest-not-yet",
        "recognised-interest-safeguarding",
    ]


def test_the_sender_s_kind_counts_and_not_the_receiver_s() -> None:
    outcome = decide(hold(AgencyKind.LOCAL_AUTHORITY), FactsInLaw((item(CLUB, RLI),)))
    assert [each.rule for each in outcome.grounds] == ["recognised-interest-safeguarding"]


def test_a_finding_names_the_item_and_the_person() -> None:
    two = item(CLUB, RLI, replace(RLI, person="person-2", annex1=None))
    (fix,) = decide(hold(CLUB), FactsInLaw((two,))).fixes
    assert (fix.item, fix.person, fix.rule) == (two.item_id, "person-2", "recognised-interest-unnamed")


def test_police_information_for_welfare_needs_the_law_that_authorises_it() -> None:
    held = basis(regime=Regime.PART_3)
    (fix,) = decide(hold(AgencyKind.POLICE), FactsInLaw((item(AgencyKind.POLICE, held),))).fixes
    assert fix.citation == "DPA 2018 s36(4)"


def test_a_label_for_a_school_notice_before_the_duty_began_is_to_be_corrected() -> None:
    notice = item(AgencyKind.POLICE, basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.DAA21_S49A), on=date(2025, 11, 6))
    assert "school-notice-not-yet" in {
        each.rule for each in decide(hold(AgencyKind.POLICE), FactsInLaw((notice,))).fixes
    }


def test_consent_is_corrected_where_harm_is_feared_and_only_warned_of_below() -> None:
    said = FactsInLaw((item(AgencyKind.NHS, basis(Article6.CONSENT)),))
    grave = decide(hold(AgencyKind.NHS, need=NeedLevel.SIGNIFICANT_HARM), said)
    slight = decide(hold(AgencyKind.NHS, need=NeedLevel.EARLY_HELP), said)
    assert "consent-where-harm-is-feared" in {each.rule for each in grave.fixes}
    assert "consent-poor-ground" in {each.rule for each in slight.warnings}


@pytest.mark.parametrize("kind", list(AgencyKind))
@pytest.mark.parametrize("settings", [LawSettings(), LawSettings(sixteen_la_from=date(2026, 9, 30))], ids=["off", "on"])
def test_no_label_is_passed_over_in_silence(kind: AgencyKind, settings: LawSettings) -> None:
    """Whatever an agency states, its receipt can say a ground, a correction, or what is still to be recorded."""
    for article6, annex1, gateway, regime in product([*Article6, None], [*Annex1, None], [*Gateway, None], Regime):
        stated = basis(article6, annex1=annex1, gateway=gateway, regime=regime)
        outcome = decide(hold(kind), FactsInLaw((item(kind, stated),)), settings=settings)
        assert outcome.findings, (article6, annex1, gateway, regime)
        assert outcome.grounds or outcome.fixes or gateway is Gateway.CA04_S16H, (article6, annex1, gateway, regime)
