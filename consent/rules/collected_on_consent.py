"""What was collected on consent may be used again only narrowly (UK GDPR Art 8A(4); DUAA 2025 s71)."""

from dataclasses import replace

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DUAA_2026
from consent.rule import ItemCase, Law
from contracts.vocabulary import AgencyKind

LAW = Law(
    id="collected-on-consent",
    title="First collected on consent",
    citation="UK GDPR Art 8A(4), Annex 2; DUAA 2025 s71",
    valid_from=DUAA_2026,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D56",),
    effect=Effect.WARNING,
    question=Question.BASIS,
)


def judge(case: ItemCase) -> Answer | None:
    """Applies to an item that was first collected on consent."""
    if not case.item.collected_on_consent:
        return None
    return Answer(
        "The family gave this for one purpose, by consent. Use it for another only with new consent, or where "
        "safeguarding or another listed reason applies and consent cannot reasonably be expected."
    )


_OLD = replace(item(AgencyKind.LOCAL_AUTHORITY, basis()), collected_on_consent=True)
_SHARE = share(AgencyKind.LOCAL_AUTHORITY, AgencyKind.NHS)
EXAMPLES = (
    yes("an old early-help record", _SHARE, _OLD),
    no("never on consent", _SHARE, replace(_OLD, collected_on_consent=False)),
)
