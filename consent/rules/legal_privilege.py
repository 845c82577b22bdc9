"""What passed between a client and their lawyer stays with them unless they waive it (DPA 2018 Sch 2 para 19)."""

from dataclasses import replace

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, SHARING, ItemCase, Law
from contracts.vocabulary import AgencyKind, RestrictedKind

LAW = Law(
    id="legal-privilege",
    title="Legal professional privilege",
    citation="DPA 2018 Sch 2 para 19; common law",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D46",),
    effect=Effect.BAR,
    question=Question.CONTENT,
    acts=SHARING | READING,
)


def judge(case: ItemCase) -> Answer | None:
    """Applies to privileged material that its owner has not waived."""
    if (
        RestrictedKind.LEGAL_PRIVILEGE not in case.item.restricted
        or RestrictedKind.LEGAL_PRIVILEGE in case.item.cleared
    ):
        return None
    return Answer("This is privileged. Only the client can waive that.", ("ask the client, through their lawyer",))


_SECRET = item(AgencyKind.LOCAL_AUTHORITY, basis(), restricted=frozenset({RestrictedKind.LEGAL_PRIVILEGE}))
_SHARE = share(AgencyKind.LOCAL_AUTHORITY, AgencyKind.POLICE)
EXAMPLES = (
    yes("not waived", _SHARE, _SECRET),
    no("waived", _SHARE, replace(_SECRET, cleared=frozenset({RestrictedKind.LEGAL_PRIVILEGE}))),
)
