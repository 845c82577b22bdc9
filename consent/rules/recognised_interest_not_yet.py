"""There were no recognised legitimate interests before 5 February 2026 (DUAA 2025 s70; SI 2026/82 reg 2)."""

from datetime import date

from consent.bodies import PUBLIC_BODY_WAYS
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DAY_BEFORE_DUAA, DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Annex1, Article6

LAW = Law(
    id="recognised-interest-not-yet",
    title="The basis did not exist on that day",
    citation="DUAA 2025 s70; SI 2026/82 reg 2",
    valid_from=DPA_2018,
    valid_to=DAY_BEFORE_DUAA,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies, up to 4 February 2026, wherever a recognised legitimate interest is relied on."""
    if case.basis.article6 is not Article6.RECOGNISED_LEGITIMATE_INTEREST:
        return None
    ways = PUBLIC_BODY_WAYS if case.public else (Article6.LEGITIMATE_INTERESTS.value,)
    return Answer(
        "Recognised legitimate interests came into law on 5 February 2026. On the day in question they could "
        "not be relied on.",
        ways,
    )


_CLUB = AgencyKind.CLUB
_RLI = basis(Article6.RECOGNISED_LEGITIMATE_INTEREST, annex1=Annex1.SAFEGUARDING)
_EVE = date(2026, 2, 4)
_DAY = date(2026, 2, 5)
EXAMPLES = (
    yes("the day before", share(_CLUB, on=_EVE), item(_CLUB, _RLI, on=_EVE)),
    no("the first day", share(_CLUB, on=_DAY), item(_CLUB, _RLI, on=_DAY)),
)
