"""Only safeguarding partners may ask under s16H (Children Act 2004 ss16E, 16H)."""

from consent.circumstances import Circumstances
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway

LAW = Law(
    id="section-16h-not-a-partner",
    title="The asker is not a safeguarding partner",
    citation="Children Act 2004 ss16E, 16H",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D35",),
    effect=Effect.FIX,
    question=Question.POWER,
    acts=SHARING,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where s16H is the gateway for sharing and no safeguarding partner asked."""
    if case.basis.gateway is not Gateway.CA04_S16H or case.around.asker_is_safeguarding_partner:
        return None
    return Answer(
        "Only the local authority, the police and the integrated care board, as safeguarding partners, may ask "
        "under this section.",
        ("ask a safeguarding partner to make the request", "ca04_s10", "common_law"),
    )


_ASKED = basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.CA04_S16H)
EXAMPLES = (
    yes("a school asks", share(AgencyKind.CLUB), item(AgencyKind.CLUB, _ASKED)),
    no(
        "the integrated care board asks",
        share(AgencyKind.CLUB),
        item(AgencyKind.CLUB, _ASKED),
        around=Circumstances(asker_is_safeguarding_partner=True),
    ),
)
