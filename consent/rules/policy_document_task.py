"""A private body that reports an offence to a local authority still owes a policy document (DPA 2018 Sch 1 para 5)."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9

LAW = Law(
    id="policy-document-task",
    title="Send it now; write the policy document afterwards",
    citation="DPA 2018 s30, Sch 1 paras 5, 10(2)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.UNCERTAIN,
    verified_by=REGISTER,
    rows=("D31",),
    effect=Effect.WARNING,
    question=Question.CRIMINAL,
    acts=SHARING,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a private body without a policy document reports an offence to a local authority."""
    if case.public or not case.basis.article10 or case.basis.policy_document:
        return None
    if case.request.recipient_kind is not AgencyKind.LOCAL_AUTHORITY:
        return None
    return Answer(
        "A local authority is not a competent authority for this, so the relief for reports to the police does not "
        "help. A child's safety comes first: report, and put the policy document in place afterwards.",
        ("adopt an appropriate policy document",),
    )


_COACH = basis(article9=Article9.UNLAWFUL_ACTS, article10=True)
EXAMPLES = (
    yes("a coach, to the designated officer", share(AgencyKind.CLUB), item(AgencyKind.CLUB, _COACH)),
    no("a coach, to the police", share(AgencyKind.CLUB, AgencyKind.POLICE), item(AgencyKind.CLUB, _COACH)),
)
