"""Sensitive law-enforcement processing needs an appropriate policy document (DPA 2018 ss35(4)-(5), 42)."""

from dataclasses import replace

from consent.bodies import NEEDS_POLICY_DOCUMENT
from consent.examples import ABOUT_HEALTH, basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Regime

LAW = Law(
    id="part-3-policy-document-missing",
    title="Sensitive processing without a policy document",
    citation="DPA 2018 ss35(4)-(5), 42",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D18", "D19"),
    effect=Effect.FIX,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where health or other sensitive information is held under Part 3 without a policy document."""
    if case.basis.regime is not Regime.PART_3 or not case.special or case.basis.policy_document:
        return None
    if case.basis.article9 in NEEDS_POLICY_DOCUMENT:
        return None
    return Answer(
        "Sensitive information may be processed for law enforcement only with a policy document in place.",
        ("adopt an appropriate policy document",),
    )


_LEP = basis(regime=Regime.PART_3, authority="Children Act 2004 s11")
EXAMPLES = (
    yes("none", share(AgencyKind.POLICE), item(AgencyKind.POLICE, _LEP, classes=ABOUT_HEALTH)),
    no(
        "in place",
        share(AgencyKind.POLICE),
        item(AgencyKind.POLICE, replace(_LEP, policy_document=True), classes=ABOUT_HEALTH),
    ),
)
