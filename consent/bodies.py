"""What kinds of body the law treats alike: facts about agencies that several rules share.

Sources: DPA 2018 s7, s30 and Sch 7; Children Act 1989 s47(11); Children Act 2004 ss10, 11; Crime and Disorder Act
1998 s115(2); Criminal Justice Act 2003 s325. The lists of s47(11), s115(2) and s325 are from knowledge.
"""

from contracts.vocabulary import AgencyKind, Article6, Article9, Gateway, Purpose, StaffRole

K = AgencyKind

HEALTH = frozenset({K.NHS, K.GP})
SCHOOLS = frozenset({K.MAINTAINED_SCHOOL, K.ACADEMY, K.INDEPENDENT_SCHOOL})
PUBLIC_SCHOOLS = frozenset({K.MAINTAINED_SCHOOL, K.ACADEMY})
PRIVATE = frozenset({K.INDEPENDENT_SCHOOL, K.VCSE_COMMISSIONED, K.VCSE_INDEPENDENT, K.CLUB})
COMPETENT_AUTHORITIES = frozenset({K.POLICE, K.PROBATION, K.YOUTH_OFFENDING_TEAM})
MUST_HELP_ENQUIRIES = frozenset({K.LOCAL_AUTHORITY, K.NHS, K.GP})
SECTION_11 = frozenset({K.LOCAL_AUTHORITY, K.POLICE, K.NHS, K.PROBATION, K.YOUTH_OFFENDING_TEAM})
SECTION_115 = frozenset({K.POLICE, K.LOCAL_AUTHORITY, K.PROBATION, K.NHS, K.GP})
MAPPA = frozenset({K.POLICE, K.PROBATION, K.YOUTH_OFFENDING_TEAM, K.LOCAL_AUTHORITY, K.NHS})
HEALTH_OR_SOCIAL_WORK = frozenset({K.NHS, K.GP, K.LOCAL_AUTHORITY})

LAW_ENFORCEMENT = frozenset({Purpose.CRIME, Purpose.MAPPA})
WELFARE = frozenset({Purpose.EARLY_HELP, Purpose.SECTION_17, Purpose.SECTION_47, Purpose.EMERGENCY})
ANSWERS = frozenset({StaffRole.PRACTITIONER, StaffRole.MASH_RESEARCHER, StaffRole.MASH_DECISION_MAKER})  # for an agency

NEEDS_POLICY_DOCUMENT = frozenset(
    {
        Article9.SOCIAL_PROTECTION,
        Article9.STATUTORY_PURPOSE,
        Article9.UNLAWFUL_ACTS,
        Article9.SAFEGUARDING,
    }
)
SAFEGUARDING_CONDITIONS = frozenset({Article9.SAFEGUARDING, Article9.SCHEDULE_8_SAFEGUARDING})

LEGAL_DUTY = {
    Gateway.CA89_S17: frozenset({K.LOCAL_AUTHORITY}),
    Gateway.CA89_S27: MUST_HELP_ENQUIRIES,
    Gateway.CA89_S46: frozenset({K.POLICE}),
    Gateway.CA89_S47: frozenset({K.LOCAL_AUTHORITY}),
    Gateway.CJA03_S325: MAPPA,
    Gateway.EA02_S157: frozenset({K.ACADEMY, K.INDEPENDENT_SCHOOL}),
}
JUDGED_BY_THEIR_OWN_RULE = frozenset({Gateway.CA89_S47_9, Gateway.CA04_S16H, Gateway.CA04_S16LA, Gateway.DAA21_S49A})

PUBLIC_BODY_WAYS = (Article6.PUBLIC_TASK.value, Article6.LEGAL_OBLIGATION.value)
PRIVATE_BODY_WAYS = (f"{Article6.RECOGNISED_LEGITIMATE_INTEREST.value} with Annex 1 para 6",)


def better_basis(body: AgencyKind) -> tuple[str, ...]:
    """The lawful bases to propose to a body of this kind in place of one that does not fit."""
    return PUBLIC_BODY_WAYS if body.is_public_authority else PRIVATE_BODY_WAYS


def in_section_16la(body: AgencyKind, designated: bool) -> bool:
    """Whether a body is on the list of s16LA(4): s11 bodies, designated settings, and those commissioned by either.

    General practice is taken to come in through its contract; that is analysis and not settled.
    """
    if body in SECTION_11 or body in (K.GP, K.VCSE_COMMISSIONED):
        return True
    return designated and body is not K.HUB
