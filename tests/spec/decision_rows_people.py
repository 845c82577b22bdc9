"""Rows D35 to D72 of the decision table, from the register of law: duties, telling, content, handling, rights."""

from dataclasses import replace
from datetime import date

from consent.circumstances import (
    AccessExemption,
    Circumstances,
    Investigation,
    LogUse,
    Refusal,
    Requester,
    ServiceAgreement,
)
from consent.examples import ABOUT_HEALTH, ON, basis, erase, hold, item, read, share, told
from consent.packs import LawSettings
from contracts.vocabulary import (
    AgencyKind,
    Annex1,
    Article6,
    Article9,
    ConsentState,
    Gateway,
    NeedLevel,
    PersonRole,
    Purpose,
    RestrictedKind,
    SensitivityTag,
    StaffRole,
    Telling,
)
from tests.support.decision_row import Expected, Row, row

K, A6, N, P, C, G, R = AgencyKind, Article6, NeedLevel, Purpose, ConsentState, Gateway, RestrictedKind
ALLOW, WARN, FIX, STOP, TASK = Expected
HARM = N.SIGNIFICANT_HARM
LA = K.LOCAL_AUTHORITY
MINE = item(LA, basis())
SEND = share(LA, K.NHS)
STARTED = LawSettings(sixteen_la_from=date(2026, 9, 30))
LATER = LawSettings(sixteen_la_from=date(2026, 10, 7))
S16LA, S16H = basis(A6.LEGAL_OBLIGATION, gateway=G.CA04_S16LA), basis(A6.LEGAL_OBLIGATION, gateway=G.CA04_S16H)
RLI6 = basis(A6.RECOGNISED_LEGITIMATE_INTEREST, annex1=Annex1.SAFEGUARDING)
QUIET = told(Telling.NOT_TOLD_PREJUDICE, reason="police_asked", approved_by="inspector", review_on=ON)
SAFE = told(Telling.NOT_TOLD_SAFETY, reason="risk_to_victim", approved_by="manager", review_on=ON)
NO = Circumstances(child_gillick_competent=True, child_refuses=True)
CLINIC = item(K.NHS, basis(article9=Article9.HEALTH_OR_SOCIAL_CARE), tags=frozenset({SensitivityTag.SEXUAL_HEALTH_FGM}))
EH = share(LA, K.ACADEMY, purpose=P.EARLY_HELP, need=N.EARLY_HELP)
ASK = share(LA, None, purpose=P.SUBJECT_ACCESS, need=None)
KEPT = replace(MINE, keep_until=date(2040, 1, 1))
OVER = replace(MINE, keep_until=date(2020, 1, 1))

# Each line is a row: case, outcome, law cited, whether it goes, request, item.
# fmt: off
ROWS: tuple[Row, ...] = (
    row("D35 s16H, asked by someone who is no partner", FIX, "16H", False, share(K.CLUB), item(K.CLUB, S16H)),
    *(row(f"D36 s16H, a partner asks {kind.value}", ALLOW, "s16H", True, share(kind), item(kind, S16H),
          around=Circumstances(asker_is_safeguarding_partner=True), propose="s16H purpose only")
      for kind in (K.CLUB, K.VCSE_INDEPENDENT, K.NHS, K.ACADEMY)),
    row("D37 16LA with no start set", FIX, "78(5)", False, share(K.NHS), item(K.NHS, S16LA), propose="ca04_s10"),
    row("D37 16LA the day before its start", FIX, "78(5)", False, share(K.NHS), item(K.NHS, S16LA), settings=LATER),
    row("D38 16LA from a club", FIX, "s16LA(2)", False, share(K.CLUB), item(K.CLUB, S16LA), settings=STARTED),
    row("D38 16LA to a club", FIX, "s16LA(2)", False, share(LA, K.CLUB), item(LA, S16LA), settings=STARTED),
    row("D38 16LA to a school that is not designated", FIX, "s16LA(2)", False, share(LA, K.ACADEMY), item(LA, S16LA),
        settings=STARTED),
    row("D38 16LA between listed bodies", ALLOW, "s16LA", True, share(K.NHS), item(K.NHS, S16LA), settings=STARTED),
    row("D39 sharing would be more detrimental", STOP, "s16LA(3)", False, SEND, MINE, settings=STARTED,
        around=Circumstances(more_detrimental=Refusal("reprisal", "manager", date(2026, 10, 20)))),
    row("D39 the same with no review date", FIX, "s16LA(3)", False, SEND, MINE, settings=STARTED,
        around=Circumstances(more_detrimental=Refusal("reprisal", "manager", None))),
    row("D40 not told, no reason", FIX, "13, 14", False, SEND,
        replace(MINE, tellings=(told(Telling.NOT_TOLD_SAFETY),))),
    row("D40 not told, because it would be awkward", FIX, "13, 14", False, SEND,
        replace(MINE, tellings=(replace(SAFE, reason="awkward"),))),
    row("D40 an emergency has until tomorrow", WARN, "Arts 13, 14", True, share(LA, K.NHS, purpose=P.EMERGENCY),
        replace(MINE, tellings=(told(Telling.NOT_TOLD_SAFETY),))),
    row("D40 and not until the day after", FIX, "13, 14", True,
        share(LA, K.NHS, purpose=P.EMERGENCY, on=date(2026, 10, 8)),
        replace(MINE, tellings=(told(Telling.NOT_TOLD_SAFETY),))),
    row("D41 not told, by a test that limits access", FIX, "Sch 3", False, SEND,
        replace(MINE, tellings=(replace(SAFE, reason="serious_harm_test"),)), propose="Sch 2 para 2"),
    *(row(f"D{number} {kind.name.lower()}, no route cited", STOP, law, False,
          SEND, replace(MINE, restricted=frozenset({kind})))
      for number, kind, law in ((42, R.FAMILY_COURT, "12.73"), (43, R.ADOPTION_RECORD, "Sch 4 para 3"),
                                (44, R.GENDER_RECOGNITION, "s22"), (45, R.INTELLIGENCE, "Part 2"),
                                (46, R.LEGAL_PRIVILEGE, "Sch 2 para 19"))),
    *(row(f"D{number} {kind.name.lower()}, though urgent", STOP, law, False, share(LA, K.NHS, urgent=True),
          replace(MINE, restricted=frozenset({kind})))
      for number, kind, law in ((42, R.FAMILY_COURT, "s12"), (43, R.ADOPTION_RECORD, "Sch 4"),
                                (44, R.GENDER_RECOGNITION, "s22"), (45, R.INTELLIGENCE, "Part 2"),
                                (46, R.LEGAL_PRIVILEGE, "Sch 2 para 19"))),
    row("D45 intelligence, whatever is cited", STOP, "Part 2", False, SEND,
        replace(MINE, restricted=frozenset({R.INTELLIGENCE}), cleared=frozenset({R.INTELLIGENCE}))),
    row("D47 not told while an investigation runs", ALLOW, "Sch 2 para 2", True, SEND,
        replace(MINE, tellings=(QUIET,)), around=Circumstances(investigation=Investigation.ACTIVE)),
    row("D48 the investigation is over", TASK, "Sch 2 para 2", True, SEND,
        replace(MINE, tellings=(QUIET,)), around=Circumstances(investigation=Investigation.ENDED), propose="tell"),
    row("D49 the alleged abuser is in reach", FIX, "rule 5", False, SEND, MINE,
        around=Circumstances(alleged_abuser_in_reach=True), propose="route"),
    row("D50 no safeguarding role", FIX, "Art 5(1)(c)", False, SEND, MINE,
        around=Circumstances(recipient_has_safeguarding_role=False)),
    row("D50 the whole file", FIX, "Art 5(1)(c)", False, SEND, MINE, around=Circumstances(whole_file=True)),
    *(row(f"D51 early help agreed, {kind.value}", ALLOW, law, True,
          share(kind, purpose=P.EARLY_HELP, need=N.EARLY_HELP),
          item(kind, stated), around=Circumstances(service_agreement=ServiceAgreement.AGREED))
      for kind, stated, law in ((LA, basis(), "Art 6(1)(e)"), (K.NHS, basis(), "Art 6(1)(e)"),
                                (K.ACADEMY, basis(), "Art 6(1)(e)"), (K.VCSE_INDEPENDENT, RLI6, "Annex 1"))),
    row("D52 early help declined", WARN, "Art 5(1)(c)", False, EH, MINE,
        around=Circumstances(service_agreement=ServiceAgreement.DECLINED)),
    row("D53 a child who understands refuses, harm feared", ALLOW, "s47(5A)", True, share(K.NHS, need=HARM), CLINIC,
        around=NO, propose="tell the child"),
    row("D54 the same, need 1, sexual health", WARN, "Gillick", False,
        share(K.NHS, purpose=P.EARLY_HELP, need=N.UNIVERSAL), CLINIC, around=NO),
    row("D55 under thirteen", ALLOW, "ss5-8", True, share(K.NHS), item(K.NHS, basis()), propose="level 4",
        around=Circumstances(child_under_13_sexual_activity=True)),
    row("D56 first collected on consent", WARN, "8A(4)", True, SEND, replace(MINE, collected_on_consent=True)),
    row("D57 a parent asks", WARN, "Sch 3", True, ASK, MINE, around=Circumstances(requester=Requester.PARENT)),
    row("D58 the child-abuse exemption against the child", FIX, "para 21", False, ASK, MINE,
        around=Circumstances(requester=Requester.CHILD, exemption=AccessExemption.CHILD_ABUSE)),
    row("D59 health data, no opinion", FIX, "Sch 3 para 6", False, ASK, replace(MINE, classes=ABOUT_HEALTH)),
    row("D59 health data, an opinion seven months old", FIX, "Sch 3 para 6", False, ASK,
        replace(MINE, classes=ABOUT_HEALTH, health_opinion_on=date(2026, 3, 5))),
    row("D60 a social worker's name is to be hidden", WARN, "Sch 2 para 17", True, ASK, MINE,
        around=Circumstances(requester=Requester.CHILD, exemption=AccessExemption.OFFICIAL_IDENTITY)),
    row("D61 erasure within retention", FIX, "Art 17(3)", False, erase(), KEPT, propose="statement of disagreement"),
    row("D62 erasure under a hold", STOP, "s35", False, erase(), replace(OVER, on_hold=True)),
    row("D63 objection to a legal obligation", WARN, "Art 21", True, hold(LA),
        replace(item(LA, basis(A6.LEGAL_OBLIGATION, gateway=G.CA89_S47)), objected_to=True)),
    *(row(f"D64 objection to {stated.article6}", TASK, "Art 21", True, hold(kind),
          replace(item(kind, stated), objected_to=True), propose="compelling grounds")
      for kind, stated in ((LA, basis()), (K.CLUB, RLI6), (K.CLUB, basis(A6.LEGITIMATE_INTERESTS)))),
    row("D65 a reader with no link to the child", STOP, "s57", False,
        read(StaffRole.PRACTITIONER, P.SECTION_17, K.ACADEMY), MINE, propose="reviewed access"),
    row("D65 a reader with no role", STOP, "s57", False, read(None, P.SECTION_17), MINE),
    row("D66 the log to count productivity", FIX, "s62(4)", False, read(StaffRole.IG_OFFICER, P.AUDIT), MINE,
        around=Circumstances(log_use=LogUse.PRODUCTIVITY)),
    row("D67 a rating with no human", FIX, "s80", True, hold(LA), replace(MINE, decided_without_human=True)),
    row("D68 immigration enforcement copied in", FIX, "Art 5(1)(b)", False, share(LA, K.POLICE), MINE,
        around=Circumstances(immigration_enforcement=True)),
    row("D69 police ask for a victim's records", WARN, "44A", True, share(K.NHS, K.POLICE, purpose=P.CRIME),
        item(K.NHS, basis(role=PersonRole.VICTIM)), around=Circumstances(asked_by=K.POLICE)),
    row("D70 a Prevent referral", ALLOW, "36-38", True, share(K.ACADEMY, K.POLICE, purpose=P.PREVENT),
        item(K.ACADEMY, basis())),
    row("D70 Channel support not agreed to", WARN, "s36(4)", True, share(K.ACADEMY, K.POLICE, purpose=P.PREVENT),
        item(K.ACADEMY, basis()), around=Circumstances(channel_support=True)),
    row("D71 MAPPA partners", ALLOW, "s325", True, share(K.POLICE, K.PROBATION, purpose=P.MAPPA),
        item(K.POLICE, basis()), propose="owner agency"),
    row("D72 found wrong after it was sent", TASK, "38(5)(c)", True, hold(K.POLICE),
        replace(item(K.POLICE, basis()), found_wrong=True), propose="notify all recipients"),
)
