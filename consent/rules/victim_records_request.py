"""Police must ask in writing, and narrowly, for a victim's records (PCSC Act 2022 ss44A-44E)."""

from consent.circumstances import Circumstances
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import PCSCA_44A
from consent.rule import SHARING, Law, PersonCase
from contracts.vocabulary import AgencyKind, PersonRole, Purpose

LAW = Law(
    id="victim-records-request",
    title="A victim's records, without a proper request",
    citation="Police, Crime, Sentencing and Courts Act 2022 ss44A-44E; Victims and Prisoners Act 2024 s28",
    valid_from=PCSCA_44A,
    valid_to=None,
    evidence=Evidence.SECONDARY,
    verified_by=REGISTER,
    rows=("D69",),
    effect=Effect.WARNING,
    question=Question.POWER,
    acts=SHARING,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where the police ask for information about a victim without the written request that the scheme needs."""
    if case.around.asked_by is not AgencyKind.POLICE or case.around.written_victim_request:
        return None
    if case.basis.role is not PersonRole.VICTIM or case.purpose is not Purpose.CRIME:
        return None
    return Answer(
        "Ask the police for a request in writing that says what is needed, for which line of enquiry, and why it is "
        "necessary and in proportion.",
        ("ask for a written request under s44A",),
    )


_ASK = share(AgencyKind.NHS, AgencyKind.POLICE, purpose=Purpose.CRIME)
_VICTIM = item(AgencyKind.NHS, basis(role=PersonRole.VICTIM))
EXAMPLES = (
    yes("by telephone", _ASK, _VICTIM, around=Circumstances(asked_by=AgencyKind.POLICE)),
    no("in writing", _ASK, _VICTIM, around=Circumstances(asked_by=AgencyKind.POLICE, written_victim_request=True)),
)
