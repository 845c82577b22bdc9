"""The gateway of s115 leads to authorities and not from them to private bodies (Crime and Disorder Act 1998 s115)."""

from consent.bodies import SECTION_115
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, PersonCase
from contracts.vocabulary import AgencyKind, Gateway

LAW = Law(
    id="section-115-one-way",
    title="A one-way gateway",
    citation="Crime and Disorder Act 1998 s115",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.SECONDARY,
    verified_by=REGISTER,
    rows=("D34",),
    effect=Effect.FIX,
    question=Question.POWER,
    acts=SHARING,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where s115 is the gateway and the recipient is not a relevant authority."""
    if case.basis.gateway is not Gateway.CDA98_S115 or case.request.recipient_kind in SECTION_115:
        return None
    return Answer(
        "This section lets people tell the authorities. It gives nobody a power to tell this recipient.",
        ("ca04_s10", "ca04_s11", "common_law"),
    )


_S115 = basis(gateway=Gateway.CDA98_S115)
EXAMPLES = (
    yes("to a charity", share(AgencyKind.POLICE, AgencyKind.VCSE_INDEPENDENT), item(AgencyKind.POLICE, _S115)),
    no("to the police", share(AgencyKind.ACADEMY, AgencyKind.POLICE), item(AgencyKind.ACADEMY, _S115)),
)
