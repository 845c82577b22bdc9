"""An item that names no data subject cannot be judged, person by person (UK GDPR Art 6(1))."""

from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import ItemCase, Law
from contracts.vocabulary import AgencyKind

LAW = Law(
    id="persons-missing",
    title="No person is named whose basis could be judged",
    citation="UK GDPR Art 6(1)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.BASIS,
)


def judge(case: ItemCase) -> Answer | None:
    """Applies where an item carries a basis for nobody."""
    if case.item.bases:
        return None
    return Answer("The item states a lawful basis for nobody. State one for each person it is about.")


EXAMPLES = (
    yes("an item without any person", hold(AgencyKind.POLICE), item(AgencyKind.POLICE)),
    no("an item about a child", hold(AgencyKind.POLICE), item(AgencyKind.POLICE, basis())),
)
