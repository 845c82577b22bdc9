"""Nobody can object to what the law obliges, but they get an answer (UK GDPR Art 21(1))."""

from dataclasses import replace

from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway

LAW = Law(
    id="objection-without-effect",
    title="An objection that has no legal effect",
    citation="UK GDPR Art 21(1)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D63",),
    effect=Effect.WARNING,
    question=Question.RIGHTS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where an objection is made and the basis is a legal obligation or vital interests."""
    if not case.item.objected_to:
        return None
    if case.basis.article6 not in (Article6.LEGAL_OBLIGATION, Article6.VITAL_INTERESTS):
        return None
    return Answer(
        "The right to object does not reach this basis. Record the objection and answer it.", ("answer the objection",)
    )


_DUTY = basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.CA89_S47)
_LA = AgencyKind.LOCAL_AUTHORITY
EXAMPLES = (
    yes("to an enquiry", hold(_LA), replace(item(_LA, _DUTY), objected_to=True)),
    no("nobody objects", hold(_LA), item(_LA, _DUTY)),
)
