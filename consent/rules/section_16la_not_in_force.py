"""The duty to share is enacted, and is not shown to be in force until its start is set (CWSA 2026 s78(5))."""

from datetime import date

from consent.bodies import better_basis
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import CODE_16LA, DPA_2018, LawSettings
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway

LAW = Law(
    id="section-16la-not-in-force",
    title="The duty to share is not shown to be in force",
    citation="Children's Wellbeing and Schools Act 2026 ss4, 78(5)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.UNCERTAIN,
    verified_by=REGISTER,
    rows=("D37",),
    effect=Effect.FIX,
    question=Question.POWER,
    never_with=CODE_16LA,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where s16LA is the gateway on a day before its configured start, or when no start is configured."""
    if case.basis.gateway is not Gateway.CA04_S16LA:
        return None
    return Answer(
        "Nothing on record here shows that this duty was in force on that day. Use the powers that were.",
        ("ca04_s10", "ca04_s11", "ca04_s16h", *better_basis(case.body)),
    )


_NHS = AgencyKind.NHS
_DUTY = basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.CA04_S16LA)
EXAMPLES = (
    yes("no start is set", share(_NHS), item(_NHS, _DUTY)),
    no(
        "started last week",
        share(_NHS),
        item(_NHS, _DUTY),
        settings=LawSettings(sixteen_la_from=date(2026, 9, 30)),
    ),
)
