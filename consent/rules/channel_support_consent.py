"""Support through Channel is given only with consent (CTSA 2015 s36(4))."""

from consent.circumstances import Circumstances
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, ConsentState, PersonRole, Purpose

LAW = Law(
    id="channel-support-consent",
    title="Channel support needs consent",
    citation="Counter-Terrorism and Security Act 2015 s36(4)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D70",),
    effect=Effect.WARNING,
    question=Question.POWER,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where Channel support is meant and the child's consent, or a parent's, is not on record."""
    if case.purpose is not Purpose.PREVENT or not case.around.channel_support:
        return None
    if case.basis.consent is ConsentState.GIVEN or case.basis.role is not PersonRole.CHILD:
        return None
    return Answer("The referral may go, but support may begin only when the person, or a parent, has agreed to it.")


_A = AgencyKind.ACADEMY
_TO = share(_A, AgencyKind.POLICE, purpose=Purpose.PREVENT)
EXAMPLES = (
    yes("not agreed", _TO, item(_A, basis()), around=Circumstances(channel_support=True)),
    no("referral only", _TO, item(_A, basis())),
)
