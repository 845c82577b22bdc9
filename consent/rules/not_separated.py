"""Good records keep fact from opinion (UK GDPR Art 5(1)(d); DPA 2018 s38(2) as the model)."""

from dataclasses import replace

from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Regime

LAW = Law(
    id="not-separated",
    title="Fact and opinion are not kept apart",
    citation="UK GDPR Art 5(1)(d); DPA 2018 s38(2) by analogy",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D20",),
    effect=Effect.WARNING,
    question=Question.HANDLING,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where information under UK GDPR has no mark of fact or opinion."""
    if case.basis.regime is not Regime.UK_GDPR or case.item.separated:
        return None
    return Answer("Nothing here says what is fact and what is opinion. Whoever reads it should be told.")


_MIXED = replace(item(AgencyKind.NHS, basis()), separated=False)
EXAMPLES = (
    yes("mixed", hold(AgencyKind.NHS), _MIXED),
    no("marked", hold(AgencyKind.NHS), replace(_MIXED, separated=True)),
)
