"""A body that only acts on another's instructions uses that other's basis (UK GDPR Art 28)."""

from consent.circumstances import Circumstances
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import ItemCase, Law
from contracts.vocabulary import AgencyKind

LAW = Law(
    id="processor-without-own-basis",
    title="A processor records a basis of its own",
    citation="UK GDPR Art 28; DPA 2018 s60",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D32",),
    effect=Effect.FIX,
    question=Question.BASIS,
)


def judge(case: ItemCase) -> Answer | None:
    """Applies where a commissioned body acts as processor, or the hub acts for the partnership, with its own basis."""
    if not case.item.bases:
        return None
    if case.body is AgencyKind.HUB:
        return Answer(
            "The hub acts for the partnership, so the basis is that of the agency for which it acts.",
            ("record the agency's basis",),
        )
    if case.body is not AgencyKind.VCSE_COMMISSIONED or not case.around.sharer_is_processor:
        return None
    return Answer(
        "The body acts on the commissioner's instructions, so the basis is the commissioner's.",
        ("record the commissioner's basis",),
    )


_CHARITY = AgencyKind.VCSE_COMMISSIONED
EXAMPLES = (
    yes("a processor", share(_CHARITY), item(_CHARITY, basis()), around=Circumstances(sharer_is_processor=True)),
    no("a controller", share(_CHARITY), item(_CHARITY, basis())),
)
