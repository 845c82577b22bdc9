"""Professionals acting officially are usually not hidden from the person (DPA 2018 Sch 2 para 17)."""

from consent.circumstances import AccessExemption, Circumstances, Requester
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose

LAW = Law(
    id="official-identity-redacted",
    title="A professional's name is to be hidden",
    citation="DPA 2018 Sch 2 para 17",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D60",),
    effect=Effect.WARNING,
    question=Question.RIGHTS,
    acts=SHARING,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies where the identity of a professional in an official role is to be kept from the person who asks."""
    if case.purpose is not Purpose.SUBJECT_ACCESS or case.around.exemption is not AccessExemption.OFFICIAL_IDENTITY:
        return None
    return Answer(
        "The law takes it as reasonable to name social workers, teachers and clinicians who acted officially. Police "
        "officers, and most charity staff, are not covered by that.",
        ("disclose the name",),
    )


_LA = AgencyKind.LOCAL_AUTHORITY
_ASK = share(_LA, None, purpose=Purpose.SUBJECT_ACCESS)
_HIDE = Circumstances(requester=Requester.CHILD, exemption=AccessExemption.OFFICIAL_IDENTITY)
EXAMPLES = (
    yes("a social worker's name", _ASK, item(_LA, basis()), around=_HIDE),
    no("nothing hidden", _ASK, item(_LA, basis()), around=Circumstances(requester=Requester.CHILD)),
)
