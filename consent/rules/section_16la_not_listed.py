"""The duty to share binds, and reaches, only the bodies on its list (Children Act 2004 s16LA(2), (4))."""

from datetime import date

from consent.bodies import better_basis, in_section_16la
from consent.examples import basis, hold, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import CODE_16LA, DPA_2018, LawSettings
from consent.request import Act
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway

LAW = Law(
    id="section-16la-not-listed",
    title="One of the two is not on the list",
    citation="Children Act 2004 s16LA(2), (4); CWSA 2026 s4",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D38",),
    effect=Effect.FIX,
    question=Question.POWER,
    only_with=CODE_16LA,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies, once the duty is in force, where sender or recipient is not listed, designated or commissioned."""
    if case.basis.gateway is not Gateway.CA04_S16LA:
        return None
    to = case.request.recipient_kind
    reached = to is not None and in_section_16la(to, case.around.recipient_designated)
    listed = in_section_16la(case.body, case.around.sharer_designated)
    if listed and (reached or case.request.act is Act.HOLD):
        return None
    return Answer(
        "A body that is neither listed, designated nor commissioned stands outside this duty, as giver and as "
        "receiver. Other law may let it share.",
        ("ca04_s10", "ca04_s16h", *better_basis(case.body)),
    )


_DUTY = basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.CA04_S16LA)
_ON = LawSettings(sixteen_la_from=date(2026, 9, 30))
EXAMPLES = (
    yes("a club", share(AgencyKind.CLUB), item(AgencyKind.CLUB, _DUTY), settings=_ON),
    no("a hospital, received here", hold(AgencyKind.NHS), item(AgencyKind.NHS, _DUTY), settings=_ON),
    no("a hospital", share(AgencyKind.NHS), item(AgencyKind.NHS, _DUTY), settings=_ON),
)
