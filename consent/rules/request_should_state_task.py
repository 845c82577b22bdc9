"""A public body that asks a private one should state its task, so that it can be answered (UK GDPR Annex 1 para 1)."""

from consent.circumstances import Circumstances
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DUAA_2026
from consent.rule import SHARING, Law, PersonCase
from contracts.vocabulary import AgencyKind, Annex1, Article6

LAW = Law(
    id="request-should-state-task",
    title="The request should state the asker's task",
    citation="UK GDPR Annex 1 para 1(b); ICO guidance on recognised legitimate interest",
    valid_from=DUAA_2026,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D29",),
    effect=Effect.WARNING,
    question=Question.BASIS,
    acts=SHARING,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a public authority asked a private body and the request does not state its task in law."""
    asker = case.around.asked_by
    if asker is None or not asker.is_public_authority or case.public or case.basis.request_states_public_task:
        return None
    return Answer(
        "A request that states the asker's task, the law behind it and the data needed lets a private body answer "
        "with confidence. This one does not.",
        ("state the task, its legal basis and the data needed",),
    )


_CLUB = AgencyKind.CLUB
_ASKED = Circumstances(asked_by=AgencyKind.LOCAL_AUTHORITY)
_RLI = basis(Article6.RECOGNISED_LEGITIMATE_INTEREST, annex1=Annex1.SAFEGUARDING)
EXAMPLES = (
    yes("a bare request", share(_CLUB), item(_CLUB, _RLI), around=_ASKED),
    no("on its own initiative", share(_CLUB), item(_CLUB, _RLI)),
)
