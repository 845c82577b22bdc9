"""The serious-violence gateway does not carry health or social-care information (PCSC Act 2022 s16(4))."""

from consent.bodies import HEALTH_OR_SOCIAL_WORK
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Gateway

LAW = Law(
    id="serious-violence-health",
    title="The serious-violence gateway leaves health and social care out",
    citation="Police, Crime, Sentencing and Courts Act 2022 s16(4)(a)-(b)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.UNCERTAIN,
    verified_by=REGISTER,
    rows=("D15",),
    effect=Effect.FIX,
    question=Question.POWER,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where s16 is the gateway and a health or social-care body discloses, or the item is about health.

    Whether a local authority's children's services are a social care authority here was not read; it is assumed so.
    """
    if case.basis.gateway is not Gateway.PCSCA22_S16:
        return None
    if case.body not in HEALTH_OR_SOCIAL_WORK and not case.special:
        return None
    return Answer(
        "This gateway does not reach patient information, nor personal information from a health or social-care "
        "authority.",
        ("cda98_s115", "ca04_s10", "common_law"),
    )


_SVD = basis(gateway=Gateway.PCSCA22_S16)
EXAMPLES = (
    yes("a hospital", share(AgencyKind.NHS, AgencyKind.POLICE), item(AgencyKind.NHS, _SVD)),
    no("a school", share(AgencyKind.ACADEMY, AgencyKind.POLICE), item(AgencyKind.ACADEMY, _SVD)),
)
