"""Anyone may disclose to a relevant authority for the purposes of the 1998 Act (Crime and Disorder Act 1998 s115)."""

from consent.bodies import SECTION_115
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, PersonCase
from contracts.vocabulary import AgencyKind, Gateway

LAW = Law(
    id="section-115-to-authority",
    title="Disclosure to a relevant authority",
    citation="Crime and Disorder Act 1998 s115",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.SECONDARY,
    verified_by=REGISTER,
    rows=("D33",),
    effect=Effect.GROUND,
    question=Question.POWER,
    acts=SHARING,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where s115 is the gateway and the recipient is a relevant authority."""
    if case.basis.gateway is not Gateway.CDA98_S115 or case.request.recipient_kind not in SECTION_115:
        return None
    return Answer("Any person may tell this authority what it needs for a provision of the Crime and Disorder Act.")


_S115 = basis(gateway=Gateway.CDA98_S115)
EXAMPLES = (
    yes("to the police", share(AgencyKind.ACADEMY, AgencyKind.POLICE), item(AgencyKind.ACADEMY, _S115)),
    no("to a charity", share(AgencyKind.POLICE, AgencyKind.VCSE_INDEPENDENT), item(AgencyKind.POLICE, _S115)),
)
