"""Special-category information may be used to prevent or detect an unlawful act (DPA 2018 Sch 1 para 10)."""

from consent.bodies import COMPETENT_AUTHORITIES
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9

LAW = Law(
    id="unlawful-acts-condition",
    title="Preventing or detecting unlawful acts",
    citation="DPA 2018 Sch 1 paras 5, 10(1)-(2)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D06", "D30"),
    effect=Effect.GROUND,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where para 10 is named with a policy document, or, without one, to a competent authority."""
    if case.basis.article9 is not Article9.UNLAWFUL_ACTS:
        return None
    if case.request.recipient_kind in COMPETENT_AUTHORITIES:
        return Answer(
            "An unlawful act is reported to an authority that deals with such acts; no policy document is needed."
        )
    if not case.basis.policy_document:
        return None
    return Answer("Preventing or detecting an unlawful act needs this, and asking for consent would defeat it.")


_P10 = basis(article9=Article9.UNLAWFUL_ACTS)
EXAMPLES = (
    yes("to the police", share(AgencyKind.CLUB, AgencyKind.POLICE), item(AgencyKind.CLUB, _P10)),
    no("to a local authority, no policy document", share(AgencyKind.CLUB), item(AgencyKind.CLUB, _P10)),
)
