"""An answer to a request under s16H should say which safeguarding partner asked (Children Act 2004 s16H)."""

from consent.circumstances import Circumstances
from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.request import Act
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway

LAW = Law(
    id="section-16h-asker-unrecorded",
    title="Nothing says which safeguarding partner asked",
    citation="Children Act 2004 ss16E, 16H",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D35",),
    effect=Effect.WARNING,
    question=Question.POWER,
    acts=frozenset({Act.HOLD}),
)


def judge(case: PersonCase) -> Answer | None:
    """Applies to an item received under s16H where it is not on record that a safeguarding partner asked for it."""
    if case.basis.gateway is not Gateway.CA04_S16H or case.around.asker_is_safeguarding_partner:
        return None
    return Answer(
        "Only a safeguarding partner may ask under this section. Record which of them asked for this.",
        ("record the request and who made it",),
    )


_CLUB = AgencyKind.CLUB
_ASKED = item(_CLUB, basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.CA04_S16H))
EXAMPLES = (
    yes("the asker is not on record", hold(_CLUB), _ASKED),
    no("a partner asked", hold(_CLUB), _ASKED, around=Circumstances(asker_is_safeguarding_partner=True)),
    no("another power", hold(_CLUB), item(_CLUB, basis(gateway=Gateway.COMMON_LAW))),
)
