"""Specified authorities may refer someone at risk of being drawn into terrorism (CTSA 2015 ss26, 36-38)."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Purpose

LAW = Law(
    id="prevent-referral",
    title="A Prevent referral",
    citation="Counter-Terrorism and Security Act 2015 ss26, 36-38",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D70",),
    effect=Effect.GROUND,
    question=Question.POWER,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a public authority refers under Prevent; support by a Channel panel is another question."""
    if case.purpose is not Purpose.PREVENT or not case.public or case.around.channel_support:
        return None
    return Answer("A specified authority may refer. Data-protection law applies to it in full.")


_A = AgencyKind.ACADEMY
EXAMPLES = (
    yes("a school refers", share(_A, AgencyKind.POLICE, purpose=Purpose.PREVENT), item(_A, basis())),
    no("family help", share(_A, purpose=Purpose.EARLY_HELP), item(_A, basis())),
)
