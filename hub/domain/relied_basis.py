"""The basis on which a sharer relies for one disclosure, for each person: its own, not the one that came with the item.

An agency that passes on what it stated itself relies on what it stated. Anybody else relies on what a body of its kind
has for the purpose (domain register of bases by agency kind), and takes over from the report only what is true of the
person: the condition, the reason for not asking, confidence and consent. The law judges the result like any other.
"""

from dataclasses import dataclass

from contracts.events.hub import ReportLinked
from contracts.report import LawfulBasis
from contracts.vocabulary import AgencyKind, Annex1, Article6, Article9, Gateway, PersonRole, Purpose, Regime

K = AgencyKind
_ENQUIRY = frozenset({Purpose.SECTION_47, Purpose.EMERGENCY})
_GATEWAYS = {
    K.POLICE: Gateway.CA04_S11,
    K.NHS: Gateway.CA04_S11,
    K.PROBATION: Gateway.CA04_S11,
    K.YOUTH_OFFENDING_TEAM: Gateway.CA04_S11,
    K.GP: Gateway.COMMON_LAW,
    K.MAINTAINED_SCHOOL: Gateway.EA02_S175,
    K.ACADEMY: Gateway.EA02_S157,
}


@dataclass(frozen=True, slots=True)
class Party:
    """An agency by its source, and what kind of body it is."""

    source: str
    kind: AgencyKind


@dataclass(frozen=True, slots=True)
class Relied:
    """The lawful basis and the power that a disclosure rests on."""

    article6: Article6
    gateway: Gateway | None = None
    annex1: Annex1 | None = None


SCHOOL_DUTY = Relied(Article6.LEGAL_OBLIGATION, Gateway.DAA21_S49A)


def usual(kind: AgencyKind, purpose: Purpose) -> Relied:
    """What a body of this kind has for this purpose."""
    if kind is K.LOCAL_AUTHORITY:
        if purpose in _ENQUIRY:
            return Relied(Article6.PUBLIC_TASK, Gateway.CA89_S47)
        ordinary = Gateway.CA89_S17 if purpose is Purpose.SECTION_17 else Gateway.CA04_S10
        return Relied(Article6.PUBLIC_TASK, ordinary)
    if kind in _GATEWAYS:
        return Relied(Article6.PUBLIC_TASK, _GATEWAYS[kind])
    return Relied(Article6.RECOGNISED_LEGITIMATE_INTEREST, None, Annex1.SAFEGUARDING)


def relied_bases(link: ReportLinked, sharer: Party, purpose: Purpose, chosen: Relied | None) -> tuple[LawfulBasis, ...]:
    """One basis for each person in the report whom it is about; a professional in an official role needs none."""
    if chosen is None and link.source == sharer.source:
        return link.bases
    relied = chosen or usual(sharer.kind, purpose)
    stated = {basis.person: basis for basis in link.bases}
    return tuple(
        _relied(named.person, relied, stated.get(named.person))
        for named in link.roles
        if named.person in stated or named.role is not PersonRole.PROFESSIONAL
    )


def _relied(person: str, relied: Relied, stated: LawfulBasis | None) -> LawfulBasis:
    own = stated or LawfulBasis(person=person)
    # Schedule 8 is a condition of law enforcement alone; for welfare its counterpart is Schedule 1 paragraph 18.
    schedule_8 = own.article9 == Article9.SCHEDULE_8_SAFEGUARDING.value
    return own.model_copy(
        update={
            "regime": Regime.UK_GDPR,
            "article6": relied.article6.value,
            "annex1": relied.annex1.value if relied.annex1 is not None else None,
            "gateway": relied.gateway.value if relied.gateway is not None else None,
            "article9": Article9.SAFEGUARDING.value if schedule_8 else own.article9,
            "authority_36_4": None,
            "request_states_public_task": False,
        }
    )
