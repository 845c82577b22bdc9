"""Consent can be a basis for sharing about a child, but it is seldom the right one (UK GDPR Art 7)."""

from consent.bodies import better_basis
from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, NeedLevel

LAW = Law(
    id="consent-poor-ground",
    title="Consent is a poor ground",
    citation="UK GDPR Art 7; ICO, sharing information to safeguard children, step 8",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.WARNING,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where consent is the basis and significant harm is not feared."""
    if case.basis.article6 is not Article6.CONSENT or case.request.need is NeedLevel.SIGNIFICANT_HARM:
        return None
    return Answer(
        "Consent can be withdrawn at any time, and it is not free where the agency has power over the family. Agreeing "
        "to a service is something else: record that as an agreement and rely on another basis.",
        better_basis(case.body),
    )


EXAMPLES = (
    yes(
        "consent to early help",
        hold(AgencyKind.LOCAL_AUTHORITY, need=NeedLevel.EARLY_HELP),
        item(AgencyKind.LOCAL_AUTHORITY, basis(Article6.CONSENT)),
    ),
    no("public task", hold(AgencyKind.LOCAL_AUTHORITY), item(AgencyKind.LOCAL_AUTHORITY, basis())),
)
