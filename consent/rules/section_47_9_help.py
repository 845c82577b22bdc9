"""Authorities and health bodies called on must help an enquiry with information (Children Act 1989 s47(9)-(11))."""

from consent.bodies import MUST_HELP_ENQUIRIES
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway

LAW = Law(
    id="section-47-9-help",
    title="Called on to help an enquiry",
    citation="Children Act 1989 s47(9)-(11)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D12",),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a body that the section lists was called on, and rests on that as duty or public task."""
    if case.basis.gateway is not Gateway.CA89_S47_9 or case.body not in MUST_HELP_ENQUIRIES:
        return None
    if case.basis.article6 not in (Article6.LEGAL_OBLIGATION, Article6.PUBLIC_TASK):
        return None
    return Answer(
        "The authority called on this body for an enquiry, and it must help unless that would be unreasonable. "
        "Send what was asked for and no more."
    )


_CALLED = basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.CA89_S47_9)
EXAMPLES = (
    yes("a hospital", share(AgencyKind.NHS), item(AgencyKind.NHS, _CALLED)),
    no("the police", share(AgencyKind.POLICE), item(AgencyKind.POLICE, _CALLED)),
)
