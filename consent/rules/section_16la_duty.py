"""Listed bodies must share what is relevant to a child's safety or welfare (Children Act 2004 s16LA, once in force)."""

from datetime import date

from consent.bodies import in_section_16la
from consent.examples import basis, hold, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import CODE_16LA, DPA_2018, LawSettings
from consent.request import Act
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway

LAW = Law(
    id="section-16la-duty",
    title="The duty to share information about a child",
    citation="UK GDPR Art 6(1)(c); Children Act 2004 s16LA(1)-(2), (4); CWSA 2026 s4",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.UNCERTAIN,
    verified_by=REGISTER,
    rows=("D38",),
    effect=Effect.GROUND,
    question=Question.BASIS,
    only_with=CODE_16LA,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies, once the duty is in force, between two bodies on its list.

    An item that the hub holds was sent to the partnership, so there only the sender is asked about.
    """
    if case.basis.gateway is not Gateway.CA04_S16LA or case.basis.article6 is not Article6.LEGAL_OBLIGATION:
        return None
    if not in_section_16la(case.body, case.around.sharer_designated):
        return None
    to = case.request.recipient_kind
    reached = to is not None and in_section_16la(to, case.around.recipient_designated)
    if case.request.act is not Act.HOLD and not reached:
        return None
    return Answer(
        "The body considers this relevant to the child's safety or welfare and helpful to the recipient's "
        "functions, so it must share it, so far as it helps."
    )


_NHS = AgencyKind.NHS
_DUTY = basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.CA04_S16LA)
_ON = LawSettings(sixteen_la_from=date(2026, 9, 30))
EXAMPLES = (
    yes("started", share(_NHS), item(_NHS, _DUTY), settings=_ON),
    yes("started, and received here", hold(_NHS), item(_NHS, _DUTY), settings=_ON),
    no("not started", share(_NHS), item(_NHS, _DUTY)),
    no("a club", share(AgencyKind.CLUB), item(AgencyKind.CLUB, _DUTY), settings=_ON),
)
