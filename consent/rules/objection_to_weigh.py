"""An objection to a public task or an interest must be weighed (UK GDPR Art 21(1); DUAA 2025 s70(5))."""

from dataclasses import replace

from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6

LAW = Law(
    id="objection-to-weigh",
    title="An objection to be weighed",
    citation="UK GDPR Art 21(1); DUAA 2025 s70(5)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D64",),
    effect=Effect.WARNING,
    question=Question.RIGHTS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where an objection is made and the basis is public task or either kind of legitimate interest."""
    if not case.item.objected_to or case.basis.article6 not in (
        Article6.PUBLIC_TASK,
        Article6.RECOGNISED_LEGITIMATE_INTEREST,
        Article6.LEGITIMATE_INTERESTS,
    ):
        return None
    return Answer(
        "Stop, unless there are compelling grounds to go on or legal claims to meet. Decide which, and answer.",
        ("decide whether there are compelling grounds",),
    )


_LA = AgencyKind.LOCAL_AUTHORITY
EXAMPLES = (
    yes("to early help", hold(_LA), replace(item(_LA, basis()), objected_to=True)),
    no("nobody objects", hold(_LA), item(_LA, basis())),
)
