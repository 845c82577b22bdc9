"""A person who asks for their own data must be answered (UK GDPR Arts 12, 15; DPA 2018 s45)."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, PersonCase
from contracts.vocabulary import AgencyKind, Purpose

LAW = Law(
    id="subject-access-duty",
    title="Answering a person's request for their own data",
    citation="UK GDPR Art 6(1)(c), Arts 12A, 15; DPA 2018 s45",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.BASIS,
    acts=SHARING,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where the purpose of sharing is to answer a person's own request."""
    if case.purpose is not Purpose.SUBJECT_ACCESS:
        return None
    return Answer("The law obliges the holder to answer, within what the exemptions leave.")


_LA = AgencyKind.LOCAL_AUTHORITY
EXAMPLES = (
    yes("a young adult asks", share(_LA, None, purpose=Purpose.SUBJECT_ACCESS), item(_LA, basis())),
    no("an agency asks", share(_LA, AgencyKind.NHS), item(_LA, basis())),
)
