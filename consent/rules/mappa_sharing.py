"""The bodies that manage risk from offenders may exchange information about it (Criminal Justice Act 2003 s325)."""

from consent.bodies import MAPPA
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, PersonCase
from contracts.vocabulary import AgencyKind, Purpose

LAW = Law(
    id="mappa-sharing",
    title="Managing risk from offenders",
    citation="Criminal Justice Act 2003 s325; MAPPA Guidance chs 3, 9, 10",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.SECONDARY,
    verified_by=REGISTER,
    rows=("D71",),
    effect=Effect.GROUND,
    question=Question.POWER,
    acts=SHARING,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where two MAPPA bodies share to manage risk from an offender."""
    if case.purpose is not Purpose.MAPPA or case.body not in MAPPA or case.request.recipient_kind not in MAPPA:
        return None
    return Answer(
        "These bodies must co-operate to manage the risk, which may include exchanging information. It stays the "
        "owning agency's: it goes further only with that agency's leave.",
        ("mark: owner agency",),
    )


_P = AgencyKind.POLICE
EXAMPLES = (
    yes("police to probation", share(_P, AgencyKind.PROBATION, purpose=Purpose.MAPPA), item(_P, basis())),
    no("police to a club", share(_P, AgencyKind.CLUB, purpose=Purpose.MAPPA), item(_P, basis())),
)
