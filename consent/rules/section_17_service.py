"""A local authority must serve children in need, and may share what that takes (Children Act 1989 s17)."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Gateway, Purpose

LAW = Law(
    id="section-17-service",
    title="Serving a child in need",
    citation="Children Act 1989 s17",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D04",),
    effect=Effect.GROUND,
    question=Question.POWER,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a local authority acts for a child in need."""
    if case.body is not AgencyKind.LOCAL_AUTHORITY:
        return None
    if case.purpose is not Purpose.SECTION_17 and case.basis.gateway is not Gateway.CA89_S17:
        return None
    return Answer(
        "The authority must assess and serve children in need; the power to share what that takes is implied."
    )


EXAMPLES = (
    yes("social care", share(AgencyKind.LOCAL_AUTHORITY, AgencyKind.NHS), item(AgencyKind.LOCAL_AUTHORITY, basis())),
    no("a school", share(AgencyKind.ACADEMY), item(AgencyKind.ACADEMY, basis())),
)
