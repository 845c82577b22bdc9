"""Anyone whom a safeguarding partner asks under s16H must answer (Children Act 2004 s16H)."""

from consent.circumstances import Circumstances
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway

LAW = Law(
    id="section-16h-request",
    title="A safeguarding partner's request",
    citation="UK GDPR Art 6(1)(c); Children Act 2004 s16H",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D36",),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where s16H is the gateway, the duty the basis, and a safeguarding partner asked."""
    if case.basis.gateway is not Gateway.CA04_S16H or not case.around.asker_is_safeguarding_partner:
        return None
    if case.basis.article6 is not Article6.LEGAL_OBLIGATION:
        return None
    return Answer(
        "A safeguarding partner asked for this for its functions, and whoever is asked must answer, a charity too. "
        "It may be used for that purpose only.",
        ("mark: s16H purpose only",),
    )


_ASKED = basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.CA04_S16H)
_CLUB = AgencyKind.CLUB
EXAMPLES = (
    yes(
        "a charity is asked",
        share(_CLUB),
        item(_CLUB, _ASKED),
        around=Circumstances(asker_is_safeguarding_partner=True),
    ),
    no("somebody else asks", share(_CLUB), item(_CLUB, _ASKED)),
)
