"""The serious-harm tests limit access to records and excuse nobody from telling (DPA 2018 Sch 3)."""

from dataclasses import replace

from consent.examples import ON, basis, hold, item, no, told, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, TellingCase
from consent.transparency import ACCESS_ONLY_REASONS, WITHHELD
from contracts.vocabulary import AgencyKind, Telling

LAW = Law(
    id="not-told-by-access-exemption",
    title="The reason given limits access, not telling",
    citation="DPA 2018 Sch 3; UK GDPR Arts 13-15",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D41",),
    effect=Effect.FIX,
    question=Question.TELLING,
)


def judge(case: TellingCase) -> Answer | None:
    """Applies where a person is not told and the reason is one that only limits the right to see records."""
    if case.telling.state not in WITHHELD or case.telling.reason not in ACCESS_ONLY_REASONS:
        return None
    return Answer(
        "That reason can keep records back from someone who asks to see them. It is no reason for not telling people "
        "that information is shared.",
        ("safety of a named person", "DPA 2018 Sch 2 para 2, prejudice to an investigation", "UK GDPR Art 14(5)"),
    )


_LA = AgencyKind.LOCAL_AUTHORITY
_SAFE = told(Telling.NOT_TOLD_SAFETY, reason="serious_harm_test", approved_by="manager", review_on=ON)
EXAMPLES = (
    yes("the social-work test", hold(_LA), item(_LA, basis(), tellings=(_SAFE,))),
    no("risk to a victim", hold(_LA), item(_LA, basis(), tellings=(replace(_SAFE, reason="risk_to_victim"),))),
)
