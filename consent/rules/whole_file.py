"""Share the items that are needed, not the file (UK GDPR Art 5(1)(c); DPA 2018 s37)."""

from consent.circumstances import Circumstances
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, RequestCase
from contracts.vocabulary import AgencyKind

LAW = Law(
    id="whole-file",
    title="The whole file",
    citation="UK GDPR Art 5(1)(c); DPA 2018 s37; DfE information sharing advice 2024, rule 6",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.SECONDARY,
    verified_by=REGISTER,
    rows=("D50",),
    effect=Effect.FIX,
    question=Question.HANDLING,
    acts=SHARING,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies where the whole file is to go rather than chosen items."""
    if not case.around.whole_file:
        return None
    return Answer("Choose the items that this recipient needs; a whole file is more than that.", ("choose items",))


_LA = AgencyKind.LOCAL_AUTHORITY
EXAMPLES = (
    yes("everything", share(_LA, AgencyKind.NHS), item(_LA, basis()), around=Circumstances(whole_file=True)),
    no("one item", share(_LA, AgencyKind.NHS), item(_LA, basis())),
)
