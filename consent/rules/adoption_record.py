"""Adoption records are held back unless adoption law lets them go (DPA 2018 Sch 4 para 3)."""

from dataclasses import replace

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, SHARING, ItemCase, Law
from contracts.vocabulary import AgencyKind, RestrictedKind

LAW = Law(
    id="adoption-record",
    title="Adoption record",
    citation="DPA 2018 Sch 4 para 3; adoption regulations",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D43",),
    effect=Effect.BAR,
    question=Question.CONTENT,
    acts=SHARING | READING,
)


def judge(case: ItemCase) -> Answer | None:
    """Applies to an adoption record for which no authority in adoption law is cited."""
    if RestrictedKind.ADOPTION_RECORD not in case.item.restricted:
        return None
    if RestrictedKind.ADOPTION_RECORD in case.item.cleared:
        return None
    return Answer(
        "This is an adoption record. Cite the authority in adoption law, or ask the adoption adviser.",
        ("ask the agency's adoption adviser",),
    )


_SECRET = item(AgencyKind.LOCAL_AUTHORITY, basis(), restricted=frozenset({RestrictedKind.ADOPTION_RECORD}))
_SHARE = share(AgencyKind.LOCAL_AUTHORITY, AgencyKind.POLICE)
EXAMPLES = (
    yes("no authority cited", _SHARE, _SECRET),
    no("authority cited", _SHARE, replace(_SECRET, cleared=frozenset({RestrictedKind.ADOPTION_RECORD}))),
)
