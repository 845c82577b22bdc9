"""The reason for acting without consent is part of the condition, for each person (DPA 2018 Sch 1 para 18)."""

from consent.bodies import SAFEGUARDING_CONDITIONS
from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9, NoConsentReason

LAW = Law(
    id="safeguarding-reason-missing",
    title="No reason is given for acting without this person's consent",
    citation="DPA 2018 Sch 1 para 18(1)(c), (2); Sch 8 para 4",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D07",),
    effect=Effect.FIX,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where the safeguarding condition is named for this person without one of its three reasons."""
    if case.basis.article9 not in SAFEGUARDING_CONDITIONS or case.basis.no_consent_reason is not None:
        return None
    return Answer(
        "The condition is met only if consent cannot be given, cannot reasonably be expected to be obtained, or asking "
        "would prejudice the protection. Say which it is for this person.",
        ("a", "b", "c"),
    )


_P18 = Article9.SAFEGUARDING
EXAMPLES = (
    yes("no reason", hold(AgencyKind.NHS), item(AgencyKind.NHS, basis(article9=_P18, policy=True))),
    no(
        "asking would prejudice the protection",
        hold(AgencyKind.NHS),
        item(AgencyKind.NHS, basis(article9=_P18, why=NoConsentReason.WOULD_PREJUDICE, policy=True)),
    ),
)
