"""A request that does not state the asker's public task does not open Annex 1 para 1 (UK GDPR Annex 1 para 1(b))."""

from consent.bodies import PRIVATE
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DUAA_2026
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Annex1, Article6

LAW = Law(
    id="recognised-interest-request-silent",
    title="The request does not state a public task",
    citation="UK GDPR Annex 1 para 1(b); DUAA 2025 Sch 4",
    valid_from=DUAA_2026,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D28",),
    effect=Effect.FIX,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a private body relies on Annex 1 paragraph 1 and the request does not state a public task."""
    if case.basis.article6 is not Article6.RECOGNISED_LEGITIMATE_INTEREST or case.body not in PRIVATE:
        return None
    if case.basis.annex1 is not Annex1.ON_REQUEST or case.basis.request_states_public_task:
        return None
    return Answer(
        "The request must itself say that the asker needs this for a task that law gives it. This one does not.",
        ("ask the requester to state its task", "6ea with Annex 1 para 6"),
    )


_RLI = Article6.RECOGNISED_LEGITIMATE_INTEREST
EXAMPLES = (
    yes(
        "a bare request",
        share(AgencyKind.CLUB),
        item(AgencyKind.CLUB, basis(_RLI, annex1=Annex1.ON_REQUEST)),
    ),
    no(
        "the request states the task",
        share(AgencyKind.CLUB),
        item(AgencyKind.CLUB, basis(_RLI, annex1=Annex1.ON_REQUEST, stated=True)),
    ),
)
