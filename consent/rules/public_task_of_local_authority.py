"""A local authority may do what its functions for children need (UK GDPR Art 6(1)(e); Children Act 1989)."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Purpose, Regime

LAW = Law(
    id="public-task-of-local-authority",
    title="Public task of a local authority",
    citation="UK GDPR Art 6(1)(e); DPA 2018 s8; Children Act 1989 ss17, 47; Children Act 2004 ss10, 11",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D04", "D05", "D51"),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a local authority names its public task."""
    if case.body is not AgencyKind.LOCAL_AUTHORITY or case.basis.article6 is not Article6.PUBLIC_TASK:
        return None
    if case.basis.regime is not Regime.UK_GDPR:
        return None
    if case.purpose is Purpose.SECTION_47:
        return Answer("The authority must enquire whether a child is suffering significant harm; this is part of that.")
    if case.purpose is Purpose.SECTION_17:
        return Answer("The authority must assess and serve children in need; this is part of that.")
    return Answer("The authority's own functions for the safety and welfare of children need this.")


EXAMPLES = (
    yes(
        "an enquiry under s47",
        share(AgencyKind.LOCAL_AUTHORITY, AgencyKind.NHS, purpose=Purpose.SECTION_47),
        item(AgencyKind.LOCAL_AUTHORITY, basis()),
    ),
    no("a club has no such task", share(AgencyKind.CLUB), item(AgencyKind.CLUB, basis())),
)
