"""Intercept material and informants' identities do not leave their holder (Investigatory Powers Act 2016 Part 2)."""

from dataclasses import replace

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, SHARING, ItemCase, Law
from contracts.vocabulary import AgencyKind, RestrictedKind

LAW = Law(
    id="intelligence",
    title="Intercept, or an informant's identity",
    citation="Investigatory Powers Act 2016 Part 2; common law",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D45",),
    effect=Effect.BAR,
    question=Question.CONTENT,
    acts=SHARING | READING,
)


def judge(case: ItemCase) -> Answer | None:
    """Applies to intercept material and informants' identities, always: only a sanitised version may go."""
    if RestrictedKind.INTELLIGENCE not in case.item.restricted:
        return None
    return Answer(
        "This cannot go in this form. Ask the holder for a sanitised version.", ("ask for a sanitised version",)
    )


_SECRET = item(AgencyKind.POLICE, basis(), restricted=frozenset({RestrictedKind.INTELLIGENCE}))
EXAMPLES = (
    yes("always", share(AgencyKind.POLICE), replace(_SECRET, cleared=frozenset({RestrictedKind.INTELLIGENCE}))),
    no("an ordinary item", share(AgencyKind.POLICE), replace(_SECRET, restricted=frozenset())),
)
