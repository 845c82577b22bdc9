"""A private body may answer a request that states the asker's public task (UK GDPR Art 6(1)(ea), Annex 1 para 1)."""

from consent.bodies import PRIVATE
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DUAA_2026
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Annex1, Article6

LAW = Law(
    id="recognised-interest-on-request",
    title="Recognised legitimate interest: a request that states a public task",
    citation="UK GDPR Art 6(1)(ea), Annex 1 para 1; DUAA 2025 s70, Sch 4",
    valid_from=DUAA_2026,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D28",),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a private body relies on Annex 1 paragraph 1 and the request stated the asker's public task."""
    if case.basis.article6 is not Article6.RECOGNISED_LEGITIMATE_INTEREST or case.body not in PRIVATE:
        return None
    if case.basis.annex1 is not Annex1.ON_REQUEST or not case.basis.request_states_public_task:
        return None
    return Answer(
        "The request says that the asker needs this for its own task in law. Keep the request: it is the proof."
    )


_RLI = Article6.RECOGNISED_LEGITIMATE_INTEREST
EXAMPLES = (
    yes(
        "the request states the task",
        share(AgencyKind.CLUB),
        item(AgencyKind.CLUB, basis(_RLI, annex1=Annex1.ON_REQUEST, stated=True)),
    ),
    no(
        "a bare request",
        share(AgencyKind.CLUB),
        item(AgencyKind.CLUB, basis(_RLI, annex1=Annex1.ON_REQUEST)),
    ),
)
