"""To disclose a person's gender history learnt officially can be an offence (Gender Recognition Act 2004 s22)."""

from dataclasses import replace

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, SHARING, ItemCase, Law
from contracts.vocabulary import AgencyKind, RestrictedKind

LAW = Law(
    id="gender-recognition",
    title="Protected information under the Gender Recognition Act",
    citation="Gender Recognition Act 2004 s22",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D44",),
    effect=Effect.BAR,
    question=Question.CONTENT,
    acts=SHARING | READING,
)


def judge(case: ItemCase) -> Answer | None:
    """Applies to protected information for which no exception in s22 is cited."""
    if RestrictedKind.GENDER_RECOGNITION not in case.item.restricted:
        return None
    if RestrictedKind.GENDER_RECOGNITION in case.item.cleared:
        return None
    return Answer(
        "Disclosing this can be an offence. Cite the exception that applies, such as crime or a court's order.",
        ("cite the exception in s22(4)",),
    )


_SECRET = item(AgencyKind.NHS, basis(), restricted=frozenset({RestrictedKind.GENDER_RECOGNITION}))
EXAMPLES = (
    yes("no exception cited", share(AgencyKind.NHS), _SECRET),
    no(
        "an exception cited",
        share(AgencyKind.NHS),
        replace(_SECRET, cleared=frozenset({RestrictedKind.GENDER_RECOGNITION})),
    ),
)
