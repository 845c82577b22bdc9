"""Who a child is, is not told to an agency that is asked, where it may tell of an adoption or of another identity."""

from dataclasses import replace

from consent.examples import basis, item, no, read, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose, RestrictedKind, SensitivityTag, StaffRole

LAW = Law(
    id="identity-changed",
    title="A name may tell of an adoption or of another identity",
    citation="DPA 2018 Sch 4 para 3; Gender Recognition Act 2004 s22; UK GDPR Art 5(1)(f)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.BAR,
    question=Question.ACCESS,
    acts=READING,
)

_OTHER_NAMES = frozenset({RestrictedKind.ADOPTION_RECORD, RestrictedKind.GENDER_RECOGNITION})


def judge(case: RequestCase) -> Answer | None:
    """Applies where an asked agency wants to know who is meant, and anything held tells of an identity changed."""
    if not case.request.to_answer:
        return None
    if not any(SensitivityTag.ADOPTION in one.tags or one.restricted & _OTHER_NAMES for one in case.facts.items):
        return None
    return Answer(
        "The names held may tell who this child was, or became. Somebody at the MASH says to the agency who is meant.",
        ("call the MASH",),
    )


_ASKED = read(StaffRole.PRACTITIONER, Purpose.SECTION_47, AgencyKind.ACADEMY, to_answer=True)
_ADOPTED = item(AgencyKind.LOCAL_AUTHORITY, basis(), tags=frozenset({SensitivityTag.ADOPTION}))
EXAMPLES = (
    yes("adopted", _ASKED, _ADOPTED),
    yes("protected gender", _ASKED, replace(_ADOPTED, tags=frozenset(), restricted=_OTHER_NAMES)),
    no("nothing of the kind", _ASKED, item(AgencyKind.LOCAL_AUTHORITY, basis())),
    no("the chronology", replace(_ASKED, to_answer=False), _ADOPTED),
)
