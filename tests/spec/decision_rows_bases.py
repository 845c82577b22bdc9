"""Rows D01 to D34 of the decision table, written from the register of law: bases, conditions, police data, gateways."""

from dataclasses import replace

from consent.circumstances import Circumstances
from consent.examples import ABOUT_CRIME, ABOUT_HEALTH, basis, hold, item, share
from contracts.vocabulary import (
    AgencyKind,
    Annex1,
    Article6,
    Article9,
    Confidence,
    ConsentState,
    Gateway,
    NeedLevel,
    NoConsentReason,
    PersonRole,
    Purpose,
    Regime,
)
from tests.support.decision_row import Expected, Row, row

K, A6, A9, N, P, C, G = AgencyKind, Article6, Article9, NeedLevel, Purpose, ConsentState, Gateway
ALLOW, WARN, FIX, STOP, TASK = Expected
HARM = N.SIGNIFICANT_HARM
WHY = NoConsentReason.WOULD_PREJUDICE
RLI = A6.RECOGNISED_LEGITIMATE_INTEREST
P18 = basis(article9=A9.SAFEGUARDING, why=WHY, policy=True)
RLI6 = basis(RLI, annex1=Annex1.SAFEGUARDING)
RLI6_P18 = replace(P18, article6=RLI, annex1=Annex1.SAFEGUARDING)
LEP = basis(regime=Regime.PART_3)
LEP_OK = replace(LEP, authority_36_4="Children Act 2004 s11")
REFUSED_18 = replace(P18, consent=C.REFUSED)
COACH = basis(RLI, annex1=Annex1.CRIME, article9=A9.UNLAWFUL_ACTS, article10=True, role=PersonRole.ADULT_OF_CONCERN)
SECRET = basis(
    article9=A9.SAFEGUARDING, why=WHY, policy=True, consent=C.UNSAFE_TO_ASK, confidence=Confidence.PUBLIC_INTEREST
)
SCH8 = replace(LEP, article9=A9.SCHEDULE_8_SAFEGUARDING, no_consent_reason=WHY, policy_document=True)
S115, S49A, S47_9 = basis(gateway=G.CDA98_S115), basis(A6.LEGAL_OBLIGATION, gateway=G.DAA21_S49A), G.CA89_S47_9
TO_SCHOOL = share(K.POLICE, K.ACADEMY, purpose=P.DOMESTIC_ABUSE_SCHOOL, need=None)
TO_CLUB = share(K.POLICE, K.CLUB, purpose=P.DOMESTIC_ABUSE_SCHOOL, need=None)
ENQUIRY = share(K.LOCAL_AUTHORITY, K.NHS, purpose=P.SECTION_47)
CLUB_TO_POLICE = share(K.CLUB, K.POLICE)
LOW_GP = share(K.GP, purpose=P.EARLY_HELP, need=N.EARLY_HELP)
TO_YOT = share(K.POLICE, K.YOUTH_OFFENDING_TEAM, purpose=P.CRIME)

# Each line is a row: case, outcome, law cited, whether it goes, request, item.
# fmt: off
ROWS: tuple[Row, ...] = (
    row("D01 consent where significant harm is feared; it goes, mislabelled", FIX, "Art 7", True,
        share(K.NHS, need=HARM), item(K.NHS, basis(A6.CONSENT, consent=C.GIVEN)), propose="6e"),
    row("D01 the same from a club", FIX, "Art 7", True,
        share(K.CLUB, need=HARM), item(K.CLUB, basis(A6.CONSENT, consent=C.GIVEN)), propose="6ea"),
    *(row(f"D02 {kind.value} rests its task on (ea)", FIX, "closing words", False, share(kind), item(kind, RLI6),
          propose="6e") for kind in K if kind.is_public_authority),
    *(row(f"D03 {kind.value} rests its task on (f)", FIX, "closing words", False, share(kind),
          item(kind, basis(A6.LEGITIMATE_INTERESTS)), propose="6c") for kind in K if kind.is_public_authority),
    row("D04 local authority, s47, ordinary", ALLOW, "ss17, 47", True, ENQUIRY, item(K.LOCAL_AUTHORITY, basis())),
    row("D04 local authority, s17, ordinary", ALLOW, "s17", True, share(K.LOCAL_AUTHORITY, K.NHS),
        item(K.LOCAL_AUTHORITY, basis())),
    row("D05 local authority, s47, health, para 18", ALLOW, "Sch 1 paras 5, 18", True, ENQUIRY,
        item(K.LOCAL_AUTHORITY, P18, classes=ABOUT_HEALTH)),
    row("D05 local authority, s47, health, para 6", ALLOW, "Sch 1 paras 5, 6", True, ENQUIRY,
        item(K.LOCAL_AUTHORITY, basis(article9=A9.STATUTORY_PURPOSE, policy=True), classes=ABOUT_HEALTH)),
    row("D05 local authority, s47, health, health or social care", ALLOW, "Sch 1 para 2", True, ENQUIRY,
        item(K.LOCAL_AUTHORITY, basis(article9=A9.HEALTH_OR_SOCIAL_CARE), classes=ABOUT_HEALTH)),
    row("D06 para 18 without a policy document", FIX, "Sch 1", False, share(K.ACADEMY),
        item(K.ACADEMY, replace(P18, policy_document=False), classes=ABOUT_HEALTH), propose="9h_para_2"),
    row("D06 para 6 without a policy document", FIX, "Sch 1", False, share(K.ACADEMY),
        item(K.ACADEMY, basis(article9=A9.STATUTORY_PURPOSE), classes=ABOUT_HEALTH)),
    row("D06 the same, urgent: it goes", FIX, "Sch 1", True, share(K.ACADEMY, urgent=True),
        item(K.ACADEMY, replace(P18, policy_document=False), classes=ABOUT_HEALTH)),
    row("D07 para 18 with no reason", FIX, "para 18(1)(c)", False, share(K.NHS),
        item(K.NHS, replace(P18, no_consent_reason=None), classes=ABOUT_HEALTH)),
    row("D07 one of two people has no reason", FIX, "para 18(1)(c)", False, share(K.NHS),
        item(K.NHS, P18, replace(P18, person="person-2", no_consent_reason=None), classes=ABOUT_HEALTH)),
    row("D08 para 18, asked and refused", WARN, "para 18(2)", True, share(K.NHS),
        item(K.NHS, REFUSED_18, classes=ABOUT_HEALTH), propose="9g_para_6"),
    row("D09 para 18, consent given", FIX, "para 18(1)(c)", False, share(K.NHS),
        item(K.NHS, replace(P18, consent=C.GIVEN), classes=ABOUT_HEALTH), propose="9a"),
    row("D10 a club, an allegation, para 18", ALLOW, "para 36", True, CLUB_TO_POLICE,
        item(K.CLUB, replace(RLI6_P18, article10=True), classes=ABOUT_CRIME)),
    row("D10 a club, an allegation, no condition", FIX, "para 36", False, CLUB_TO_POLICE,
        item(K.CLUB, replace(RLI6, article10=True), classes=ABOUT_CRIME), propose="9g_para_10"),
    row("D11 NHS, harm, confidential, unsafe to ask", ALLOW, "Common law", True, share(K.NHS, need=HARM),
        item(K.NHS, SECRET, classes=ABOUT_HEALTH)),
    row("D11 the same with confidence not dealt with", FIX, "Common law", True, share(K.NHS, need=HARM),
        item(K.NHS, replace(SECRET, confidence=Confidence.NOT_ENGAGED), classes=ABOUT_HEALTH)),
    row("D12 NHS called on under s47(9), legal obligation", ALLOW, "s47(9)", True, share(K.NHS),
        item(K.NHS, basis(A6.LEGAL_OBLIGATION, gateway=S47_9))),
    *(row(f"D13 s47(9) claimed of {kind.value}", FIX, "s47(11)", False, share(kind),
          item(kind, basis(gateway=S47_9)), propose="ca04_s16h")
      for kind in (K.POLICE, K.ACADEMY, K.MAINTAINED_SCHOOL, K.PROBATION, K.VCSE_INDEPENDENT, K.CLUB)),
    row("D14 GP, early help, confidential, refused, no harm", WARN, "Common law", False, LOW_GP,
        item(K.GP, basis(consent=C.REFUSED, confidence=Confidence.PUBLIC_INTEREST))),
    row("D14 the same, acknowledged by a person", WARN, "Common law", True,
        replace(LOW_GP, acknowledged=frozenset({"confidence-refused-low-need"})),
        item(K.GP, basis(consent=C.REFUSED, confidence=Confidence.PUBLIC_INTEREST))),
    row("D15 NHS by the serious-violence gateway", FIX, "s16(4)", False, share(K.NHS, K.POLICE),
        item(K.NHS, basis(gateway=G.PCSCA22_S16))),
    row("D15 social care by the same", FIX, "s16(4)", False, share(K.LOCAL_AUTHORITY, K.POLICE),
        item(K.LOCAL_AUTHORITY, basis(gateway=G.PCSCA22_S16))),
    row("D16 police data to welfare, authority named", ALLOW, "s36(4)", True, share(K.POLICE), item(K.POLICE, LEP_OK)),
    row("D17 police data to welfare, no authority", FIX, "s36(4)", False, share(K.POLICE), item(K.POLICE, LEP)),
    row("D18 police to a youth offending team, for crime", ALLOW, "36(3)", True, TO_YOT, item(K.POLICE, LEP)),
    row("D18 the same, sensitive, with Schedule 8", ALLOW, "Sch 8", True, TO_YOT,
        item(K.POLICE, SCH8, classes=ABOUT_HEALTH)),
    row("D18 the same, sensitive, without Schedule 8", FIX, "Sch 8", False, TO_YOT,
        item(K.POLICE, replace(SCH8, article9=None), classes=ABOUT_HEALTH)),
    row("D19 sensitive police data, no policy document", FIX, "42", False, TO_YOT,
        item(K.POLICE, replace(SCH8, policy_document=False), classes=ABOUT_HEALTH)),
    row("D20 police data, fact and opinion mixed", FIX, "s38(2)", False, share(K.POLICE),
        replace(item(K.POLICE, LEP_OK), separated=False)),
    row("D20 the same under UK GDPR", WARN, "s38(2)", True, share(K.NHS), replace(item(K.NHS, basis()),
          separated=False)),
    row("D21 police data with no note of quality", FIX, "s38(4)", False, share(K.POLICE),
        replace(item(K.POLICE, LEP_OK), quality_noted=False)),
    *(row(f"D22 Part 3 chosen by {kind.value}", FIX, "Sch 7", False, share(kind, purpose=P.SECTION_47),
          item(kind, LEP), propose="gdpr") for kind in (K.NHS, K.ACADEMY, K.VCSE_INDEPENDENT, K.CLUB,
                K.LOCAL_AUTHORITY)),
    row("D23 police tell an academy of domestic abuse", ALLOW, "s49A", True, TO_SCHOOL, item(K.POLICE, S49A)),
    row("D24 the same to a club", FIX, "s49A(3)", False, TO_CLUB, item(K.POLICE, S49A), propose="6e"),
    row("D24 the same to a school's private nursery", FIX, "s49A(3)", False, TO_SCHOOL, item(K.POLICE, S49A),
        around=Circumstances(recipient_is_school_or_college=False)),
    *(row(f"D25 {kind.value} to social care, need {need.value}", ALLOW, "Education Act 2002", True, share(kind,
          need=need),
          item(kind, P18, classes=ABOUT_HEALTH))
      for kind in (K.MAINTAINED_SCHOOL, K.ACADEMY) for need in (N.CHILD_IN_NEED, HARM)),
    row("D26 independent school, (ea) and para 18", ALLOW, "Annex 1", True, share(K.INDEPENDENT_SCHOOL),
        item(K.INDEPENDENT_SCHOOL, RLI6_P18, classes=ABOUT_HEALTH)),
    row("D26 independent school, (e) with no law named", WARN, "Art 6(1)(e)", True, share(K.INDEPENDENT_SCHOOL),
        item(K.INDEPENDENT_SCHOOL, basis()), propose="6ea"),
    *(row(f"D27 {kind.value} on its own initiative, need {need.value}", ALLOW, "Annex 1", True, share(kind, need=need),
          item(kind, RLI6_P18, classes=ABOUT_HEALTH))
      for kind in (K.VCSE_INDEPENDENT, K.CLUB) for need in (N.EARLY_HELP, N.CHILD_IN_NEED, HARM)),
    *(row(f"D28 {kind.value} answers a request that states no task", FIX, "para 1(b)", False, share(kind),
          item(kind, basis(RLI, annex1=Annex1.ON_REQUEST)), propose="Annex 1 para 6")
      for kind in (K.VCSE_INDEPENDENT, K.CLUB, K.INDEPENDENT_SCHOOL)),
    row("D28 and one that states it", ALLOW, "Annex 1 para 1", True, share(K.CLUB),
        item(K.CLUB, basis(RLI, annex1=Annex1.ON_REQUEST, stated=True))),
    row("D29 a public body asks a club without stating its task", WARN, "para 1(b)", True, share(K.CLUB),
        item(K.CLUB, RLI6), around=Circumstances(asked_by=K.LOCAL_AUTHORITY)),
    row("D30 club to police about a coach, no policy document", ALLOW, "Annex 1 para 5", True, CLUB_TO_POLICE,
        item(K.CLUB, COACH, classes=ABOUT_CRIME)),
    row("D31 the same to the authority's designated officer", WARN, "para", True, share(K.CLUB, urgent=True),
        item(K.CLUB, COACH, classes=ABOUT_CRIME), propose="policy document"),
    row("D32 a processor records its own basis", FIX, "Art 28", False, share(K.VCSE_COMMISSIONED),
        item(K.VCSE_COMMISSIONED, RLI6), around=Circumstances(sharer_is_processor=True), propose="commissioner"),
    *(row(f"D33 s115 to {kind.value}", ALLOW, "s115", True, share(K.ACADEMY, kind), item(K.ACADEMY, S115))
      for kind in (K.LOCAL_AUTHORITY, K.POLICE, K.PROBATION, K.NHS)),
    *(row(f"D34 s115 to {kind.value}", FIX, "s115", False, share(K.POLICE, kind), item(K.POLICE, S115))
      for kind in (K.VCSE_INDEPENDENT, K.CLUB, K.INDEPENDENT_SCHOOL)),
    row("D01 held, not refused", FIX, "Art 7", True, hold(K.NHS, need=HARM), item(K.NHS, basis(A6.CONSENT))),
)
