"""A child under thirteen cannot consent to sexual activity; it is always referred (Sexual Offences Act 2003 ss5-8)."""

from consent.circumstances import Circumstances
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import ItemCase, Law
from contracts.vocabulary import AgencyKind

LAW = Law(
    id="under-thirteen",
    title="Sexual activity under thirteen",
    citation="Sexual Offences Act 2003 ss5-8",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D55",),
    effect=Effect.GROUND,
    question=Question.POWER,
)


def judge(case: ItemCase) -> Answer | None:
    """Applies where a child under thirteen is known or thought to be sexually active."""
    if not case.around.child_under_13_sexual_activity:
        return None
    return Answer(
        "A child under thirteen cannot agree to this in law. Share, and treat it as significant harm.",
        ("raise need to level 4",),
    )


_NHS = AgencyKind.NHS
EXAMPLES = (
    yes("twelve", share(_NHS), item(_NHS, basis()), around=Circumstances(child_under_13_sexual_activity=True)),
    no("nothing of the kind", share(_NHS), item(_NHS, basis())),
)
