"""Whether a person was told may be unknown at contact, and must be settled before a decision (UK GDPR Art 14(3))."""

from consent.examples import basis, hold, item, no, told, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, TellingCase
from consent.transparency import is_resolved
from contracts.vocabulary import AgencyKind, Telling

LAW = Law(
    id="telling-not-known",
    title="Nobody knows whether this person was told",
    citation="UK GDPR Arts 13, 14(3)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.WARNING,
    question=Question.TELLING,
)


def judge(case: TellingCase) -> Answer | None:
    """Applies where it is not known whether a person was told."""
    if is_resolved(case.telling):
        return None
    return Answer(
        "It is not known whether this person was told. That is acceptable when a concern first comes in; find out "
        "before a final decision is taken.",
        ("ask the agency that reported",),
    )


_CLUB = AgencyKind.CLUB
EXAMPLES = (
    yes("not known", hold(_CLUB), item(_CLUB, basis(), tellings=(told(Telling.NOT_KNOWN),))),
    no("told", hold(_CLUB), item(_CLUB, basis(), tellings=(told(Telling.TOLD_AT),))),
)
