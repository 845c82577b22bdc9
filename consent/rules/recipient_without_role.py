"""Information goes to people with a part in keeping the child safe (UK GDPR Art 5(1)(c); DPA 2018 s37)."""

from consent.circumstances import Circumstances
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose

LAW = Law(
    id="recipient-without-role",
    title="The recipient has no safeguarding role",
    citation="UK GDPR Art 5(1)(c); DPA 2018 s37; DfE information sharing advice 2024, rule 6",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.SECONDARY,
    verified_by=REGISTER,
    rows=("D50",),
    effect=Effect.FIX,
    question=Question.HANDLING,
    acts=SHARING,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies where the recipient has no part in keeping the child safe. A person's own request is another matter."""
    if case.around.recipient_has_safeguarding_role or case.purpose is Purpose.SUBJECT_ACCESS:
        return None
    return Answer("Choose a recipient whose role it is to keep this child safe.", ("choose another recipient",))


_LA = AgencyKind.LOCAL_AUTHORITY
_NO = Circumstances(recipient_has_safeguarding_role=False)
EXAMPLES = (
    yes("a front desk", share(_LA, AgencyKind.CLUB), item(_LA, basis()), around=_NO),
    no("a designated lead", share(_LA, AgencyKind.CLUB), item(_LA, basis())),
)
