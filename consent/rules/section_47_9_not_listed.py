"""Police, schools, probation and charities need not help under s47(9) (Children Act 1989 s47(11))."""

from consent.bodies import MUST_HELP_ENQUIRIES
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Gateway

LAW = Law(
    id="section-47-9-not-listed",
    title="Not a body that s47(9) obliges",
    citation="Children Act 1989 s47(11)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D13",),
    effect=Effect.FIX,
    question=Question.POWER,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where s47(9) is claimed of a body that the section does not list."""
    if case.basis.gateway is not Gateway.CA89_S47_9 or case.body in MUST_HELP_ENQUIRIES:
        return None
    return Answer(
        "The duty to help an enquiry binds authorities and health bodies, not this one. Other law lets it share.",
        ("ca04_s16h", "ca04_s10", "ca04_s11", "ea02_s175", "common_law"),
    )


_CALLED = basis(gateway=Gateway.CA89_S47_9)
EXAMPLES = (
    yes("the police", share(AgencyKind.POLICE), item(AgencyKind.POLICE, _CALLED)),
    yes("a school", share(AgencyKind.ACADEMY), item(AgencyKind.ACADEMY, _CALLED)),
    no("a hospital", share(AgencyKind.NHS), item(AgencyKind.NHS, _CALLED)),
)
