"""Does a finding say the thing that is true of this case, in words a reader can use?"""

import pytest

from consent.circumstances import Circumstances, LogUse
from consent.decide import RULEBOOK, decide
from consent.examples import ON, basis, hold, item, read, share, told
from consent.request import FactsInLaw, Item, Request
from consent.rule import Law
from contracts.vocabulary import (
    AgencyKind,
    Article6,
    Confidence,
    ConsentState,
    Gateway,
    Purpose,
    StaffRole,
    Telling,
)

LA, NHS = AgencyKind.LOCAL_AUTHORITY, AgencyKind.NHS


def said(rule: str, request: Request, one: Item, around: Circumstances = Circumstances()) -> str:
    """What this rule says to this request."""
    (finding,) = (each for each in decide(request, FactsInLaw((one,), around)).findings if each.rule == rule)
    return finding.says


@pytest.mark.parametrize(
    ("purpose", "words"),
    [
        (Purpose.SECTION_47, "suffering significant harm"),
        (Purpose.SECTION_17, "children in need"),
        (Purpose.EARLY_HELP, "safety and welfare"),
    ],
)
def test_a_local_authority_s_task_is_named_by_its_purpose(purpose: Purpose, words: str) -> None:
    assert words in said("public-task-of-local-authority", share(LA, NHS, purpose=purpose), item(LA, basis()))


def test_a_legal_obligation_is_named_by_its_statute() -> None:
    duty = basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.CA89_S47)
    assert said("legal-obligation", share(LA, NHS), item(LA, duty)).startswith("Children Act 1989 s47(1) lays a duty")


def test_what_a_not_told_record_lacks_is_listed() -> None:
    bare = item(LA, basis(), tellings=(told(Telling.NOT_TOLD_SAFETY, reason="risk_to_victim"),))
    assert said("not-told-without-ground", hold(LA), bare).endswith("lacks who approved and a review date.")


def test_an_awkward_talk_is_answered_differently_from_a_gap() -> None:
    awkward = told(Telling.NOT_TOLD_SAFETY, reason="awkward", approved_by="manager", review_on=ON)
    assert "awkward" in said("not-told-without-ground", hold(LA), item(LA, basis(), tellings=(awkward,)))


@pytest.mark.parametrize(
    ("state", "words"), [(Telling.DUE, "should have been told"), (Telling.NOT_TOLD_SAFETY, "looked at again")]
)
def test_what_is_overdue_is_named(state: Telling, words: str) -> None:
    late = told(state, reason="risk", approved_by="manager", review_on=ON.replace(day=1))
    assert words in said("telling-overdue", hold(LA), item(LA, basis(), tellings=(late,)))


@pytest.mark.parametrize(("consent", "unsafe"), [(ConsentState.UNSAFE_TO_ASK, True), (ConsentState.NOT_BASIS, False)])
def test_confidence_says_why_nobody_was_asked(consent: ConsentState, unsafe: bool) -> None:
    told_by = basis(confidence=Confidence.PUBLIC_INTEREST, consent=consent)
    assert ("Asking would" in said("confidence-public-interest", share(NHS), item(NHS, told_by))) is unsafe


def test_a_better_way_is_proposed_and_never_the_one_that_was_refused() -> None:
    outcome = decide(share(NHS), FactsInLaw((item(NHS, basis(Article6.LEGAL_OBLIGATION)),)))
    (fix,) = (each for each in outcome.fixes if each.rule == "legal-obligation-unnamed")
    assert fix.propose == ("6e",)


def test_the_four_uses_of_a_log_are_proposed_in_place_of_another() -> None:
    around = Circumstances(log_use=LogUse.PRODUCTIVITY)
    outcome = decide(read(StaffRole.IG_OFFICER, Purpose.AUDIT), FactsInLaw((item(LA, basis()),), around))
    assert len(outcome.fixes[0].propose) == 4
    assert "productivity" not in outcome.fixes[0].propose


@pytest.mark.parametrize("law", [rule.law for rule in RULEBOOK], ids=[rule.law.id for rule in RULEBOOK])
def test_data_protection_alone_is_never_cited_as_a_reason(law: Law) -> None:
    """Myth 1: "data protection forbids it" is no answer. Every rule names the article or section it rests on."""
    assert law.citation not in ("UK GDPR", "DPA 2018", "GDPR", "Data Protection Act 2018")
    assert any(character.isdigit() for character in law.citation) or "ommon law" in law.citation
