"""The police may do what protecting life and preventing crime needs (UK GDPR Art 6(1)(e); Children Act 2004 s11)."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Regime

LAW = Law(
    id="public-task-of-police",
    title="Public task of the police, for safeguarding",
    citation="UK GDPR Art 6(1)(e); common law; Children Act 2004 s11; Children Act 1989 s46",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D51",),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where the police hold something for safeguarding, under UK GDPR, and name their public task."""
    if case.body is not AgencyKind.POLICE or case.basis.article6 is not Article6.PUBLIC_TASK:
        return None
    if case.basis.regime is not Regime.UK_GDPR:
        return None
    return Answer("Protecting life, preventing crime and having regard to children's welfare are tasks of the police.")


EXAMPLES = (
    yes("a safeguarding notice", share(AgencyKind.POLICE), item(AgencyKind.POLICE, basis())),
    no(
        "information still held for law enforcement",
        share(AgencyKind.POLICE),
        item(AgencyKind.POLICE, basis(regime=Regime.PART_3)),
    ),
)
