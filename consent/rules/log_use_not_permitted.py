"""Logs of who did what may serve four purposes and no other (DPA 2018 s62(4))."""

from consent.circumstances import Circumstances, LogUse
from consent.examples import basis, item, no, read, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose, StaffRole

LAW = Law(
    id="log-use-not-permitted",
    title="The log may not be used for this",
    citation="DPA 2018 s62(4)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D66",),
    effect=Effect.FIX,
    question=Question.ACCESS,
    acts=READING,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies where a log is wanted for something other than the four uses that the Act allows."""
    if case.around.log_use is not LogUse.PRODUCTIVITY:
        return None
    return Answer(
        "A log of operations may be used to verify lawfulness, for self-monitoring and discipline, for integrity and "
        "security, and for criminal proceedings. Counting how hard people work is none of these.",
        tuple(each.value for each in LogUse if each is not LogUse.PRODUCTIVITY),
    )


_MINE = item(AgencyKind.LOCAL_AUTHORITY, basis())
_CHECK = read(StaffRole.IG_OFFICER, Purpose.AUDIT)
EXAMPLES = (
    yes("how many cases a day", _CHECK, _MINE, around=Circumstances(log_use=LogUse.PRODUCTIVITY)),
    no("was it lawful", _CHECK, _MINE, around=Circumstances(log_use=LogUse.VERIFY_LAWFULNESS)),
)
