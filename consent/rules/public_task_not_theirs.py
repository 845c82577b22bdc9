"""A private body cannot borrow a public body's task (UK GDPR Art 6(1)(e), as changed by DUAA 2025 s70(2)(a))."""

from consent.bodies import PRIVATE_BODY_WAYS
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway

LAW = Law(
    id="public-task-not-theirs",
    title="The public task of somebody else",
    citation="UK GDPR Art 6(1)(e), (3); DUAA 2025 s70(2)(a)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.UNCERTAIN,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.BASIS,
)

_OUTSIDE = frozenset({AgencyKind.CLUB, AgencyKind.VCSE_INDEPENDENT, AgencyKind.VCSE_COMMISSIONED, AgencyKind.HUB})


def judge(case: PersonCase) -> Answer | None:
    """Applies where a club, a charity or the hub names public task and has no function of its own to show for it."""
    if case.body not in _OUTSIDE or case.basis.article6 is not Article6.PUBLIC_TASK:
        return None
    if case.body is AgencyKind.VCSE_COMMISSIONED and case.basis.gateway is not None:
        return None
    return Answer(
        "The task must be this body's own and laid down in law. Helping a public body with its task does not "
        "make it so.",
        PRIVATE_BODY_WAYS,
    )


EXAMPLES = (
    yes("a sports club", share(AgencyKind.CLUB), item(AgencyKind.CLUB, basis())),
    no(
        "a commissioned service with its function named",
        share(AgencyKind.VCSE_COMMISSIONED),
        item(AgencyKind.VCSE_COMMISSIONED, basis(gateway=Gateway.CA89_S17)),
    ),
    no("a local authority", share(AgencyKind.LOCAL_AUTHORITY), item(AgencyKind.LOCAL_AUTHORITY, basis())),
)
