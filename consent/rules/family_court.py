"""What was said in private proceedings about children stays there (Administration of Justice Act 1960 s12)."""

from dataclasses import replace

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, SHARING, ItemCase, Law
from contracts.vocabulary import AgencyKind, RestrictedKind

LAW = Law(
    id="family-court",
    title="Private family proceedings",
    citation="Administration of Justice Act 1960 s12; Family Procedure Rules 2010 r12.73, PD12G",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D42",),
    effect=Effect.BAR,
    question=Question.CONTENT,
    acts=SHARING | READING,
)


def judge(case: ItemCase) -> Answer | None:
    """Applies to an item from private children proceedings for which no rule of court, or leave, is cited."""
    if RestrictedKind.FAMILY_COURT not in case.item.restricted or RestrictedKind.FAMILY_COURT in case.item.cleared:
        return None
    return Answer(
        "This comes from private proceedings about a child; passing it on may be contempt of court. A professional who "
        "acts to protect children may have it by the rules: cite that, with the person's role, or the court's leave.",
        ("cite FPR 12.73(1)(a) and the role", "ask the court for leave, urgently if need be"),
    )


_SECRET = item(AgencyKind.LOCAL_AUTHORITY, basis(), restricted=frozenset({RestrictedKind.FAMILY_COURT}))
_SHARE = share(AgencyKind.LOCAL_AUTHORITY, AgencyKind.POLICE)
EXAMPLES = (
    yes("no route cited", _SHARE, _SECRET),
    no("a route is cited", _SHARE, replace(_SECRET, cleared=frozenset({RestrictedKind.FAMILY_COURT}))),
)
