"""Is every element of a rule needed, and does nothing else matter? One fact of an example is changed at a time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from consent.circumstances import Investigation, Refusal, Requester, ServiceAgreement
from consent.decide import RULEBOOK, decide
from consent.examples import ABOUT_HEALTH, ON, ORDINARY
from consent.request import Act
from consent.rule import Example
from contracts.vocabulary import (
    AgencyKind,
    Annex1,
    Article6,
    Article9,
    Confidence,
    ConsentState,
    Gateway,
    NeedLevel,
    PersonRole,
    Purpose,
    Regime,
    StaffRole,
    Telling,
)
from tests.support.altered import (
    Change,
    annex1,
    around,
    article6,
    article9,
    both,
    by,
    confidence,
    consent,
    criminal,
    gateway,
    items,
    label,
    need,
    on,
    person,
    policy,
    purpose,
    regime,
    role,
    telling,
    to,
)

K, A6, A9, G, P, C, T = AgencyKind, Article6, Article9, Gateway, Purpose, ConsentState, Telling
PART_3, UK_GDPR = Regime.PART_3, Regime.UK_GDPR
HARM, LOW = NeedLevel.SIGNIFICANT_HARM, NeedLevel.EARLY_HELP
TASK, DUTY = article6(A6.PUBLIC_TASK), article6(A6.LEGAL_OBLIGATION)
NOT_RLI = article6(A6.LEGITIMATE_INTERESTS)
PLAIN = items(lambda item: replace(item, classes=ORDINARY, tags=frozenset()))
SICK = items(lambda item: replace(item, classes=ABOUT_HEALTH))
ALARM = around(lambda facts: replace(facts, harm_indicated=True))
NOBODY = items(lambda item: replace(item, bases=()))
TOLD = telling(lambda each: replace(each, state=T.TOLD_AT))
AT_RISK = telling(lambda each: replace(each, state=T.NOT_TOLD_SAFETY))
DECIDED = Refusal("reprisal", "manager", ON)


def reason(value: str | None) -> Change:
    """The reason for not telling is another."""
    return telling(lambda each: replace(each, reason=value))


def refused(refusal: Refusal | None) -> Change:
    """The decision not to share is recorded otherwise."""
    return around(lambda facts: replace(facts, more_detrimental=refusal))


def held(example: Example) -> Example:
    """It is only received and kept."""
    return replace(example, request=replace(example.request, act=Act.HOLD))


def kept_until(day: date | None) -> Change:
    """The time for keeping ends on another day."""
    return items(lambda item: replace(item, keep_until=day))


# For each rule, the changes any one of which makes it fall.
# fmt: off
FALLS: dict[str, tuple[Change, ...]] = {
    "section-16la-more-detrimental": (refused(None), refused(replace(DECIDED, reason=None)),
        refused(replace(DECIDED, decided_by=None)), refused(replace(DECIDED, review_on=None))),
    "section-16la-refusal-incomplete": (refused(None), refused(DECIDED)),
    "channel-support-consent": (purpose(P.EARLY_HELP), consent(C.GIVEN), person(PersonRole.SIBLING)),
    "mappa-sharing": (purpose(P.CRIME), by(K.CLUB), to(K.CLUB)),
    "prevent-referral": (purpose(P.CRIME), by(K.CLUB), around(lambda facts: replace(facts, channel_support=True))),
    "safeguarding-functions": (by(K.CLUB), gateway(None), gateway(G.COMMON_LAW)),
    "school-notice-not-yet": (gateway(None),),
    "school-notice-not-covered": (gateway(None), to(K.ACADEMY)),
    "school-safeguarding": (by(K.CLUB), both(by(K.CLUB), gateway(G.EA02_S157)), gateway(G.EA02_S157)),
    "section-115-to-authority": (gateway(None), to(K.CLUB)),
    "section-16la-not-listed": (gateway(None), both(by(K.NHS), to(K.NHS))),
    "section-17-service": (purpose(P.EARLY_HELP), by(K.ACADEMY)),
    "section-47-enquiry": (purpose(P.EARLY_HELP), by(K.ACADEMY)),
    "serious-violence-health": (gateway(None), by(K.ACADEMY)),
    "victim-records-request": (around(lambda facts: replace(facts, asked_by=None)), person(PersonRole.CHILD),
        around(lambda facts: replace(facts, asked_by=K.LOCAL_AUTHORITY)), purpose(P.SECTION_47)),
    "processor-without-own-basis": (NOBODY, by(K.LOCAL_AUTHORITY)),
    "basis-missing": (regime(PART_3), TASK),
    "consent-given": (TASK, consent(C.REFUSED), need(HARM)),
    "consent-poor-ground": (TASK, need(HARM)),
    "legal-obligation": (TASK, gateway(None), gateway(G.COMMON_LAW), by(K.CLUB)),
    "legal-obligation-unnamed": (TASK, purpose(P.SUBJECT_ACCESS), gateway(G.CA04_S16H),
        both(by(K.LOCAL_AUTHORITY), gateway(G.CA89_S47))),
    "legitimate-interests": (TASK, by(K.NHS)),
    "part-3-authority-missing": (regime(UK_GDPR), by(K.NHS), purpose(P.CRIME)),
    "part-3-not-competent": (regime(UK_GDPR), by(K.POLICE), both(by(K.LOCAL_AUTHORITY), purpose(P.CRIME))),
    "part-3-to-law-enforcement": (regime(UK_GDPR), purpose(P.SECTION_47), by(K.NHS)),
    "part-3-to-welfare": (regime(UK_GDPR), by(K.NHS), purpose(P.MAPPA),
        label(lambda basis: replace(basis, authority_36_4=None))),
    "public-task-delegated": (by(K.CLUB), DUTY, gateway(None),
        around(lambda facts: replace(facts, sharer_is_processor=True))),
    "public-task-not-theirs": (DUTY, by(K.NHS), both(by(K.VCSE_COMMISSIONED), gateway(G.CA89_S17))),
    "public-task-of-health": (DUTY, regime(PART_3), by(K.CLUB)),
    "public-task-of-local-authority": (DUTY, regime(PART_3), by(K.NHS)),
    "public-task-of-police": (DUTY, regime(PART_3), by(K.NHS)),
    "public-task-of-private-school": (DUTY, by(K.CLUB)),
    "public-task-of-school": (DUTY, regime(PART_3), by(K.INDEPENDENT_SCHOOL)),
    "public-task-of-youth-justice": (DUTY, regime(PART_3), by(K.NHS)),
    "public-task-unnamed": (DUTY, by(K.ACADEMY), gateway(G.EA02_S157)),
    "recognised-interest-crime": (NOT_RLI, by(K.NHS), annex1(Annex1.SAFEGUARDING)),
    "recognised-interest-emergency": (NOT_RLI, by(K.NHS), annex1(Annex1.SAFEGUARDING)),
    "recognised-interest-safeguarding": (NOT_RLI, by(K.NHS), annex1(Annex1.CRIME)),
    "recognised-interest-not-yet": (NOT_RLI,),
    "recognised-interest-on-request": (NOT_RLI, by(K.NHS), annex1(Annex1.CRIME),
        label(lambda basis: replace(basis, request_states_public_task=False))),
    "recognised-interest-request-silent": (NOT_RLI, by(K.NHS), annex1(Annex1.CRIME)),
    "recognised-interest-unnamed": (NOT_RLI, by(K.NHS), annex1(Annex1.CRIME)),
    "recognised-interest-closed": (NOT_RLI, by(K.CLUB)),
    "request-should-state-task": (by(K.NHS), around(lambda facts: replace(facts, asked_by=K.CLUB)),
        label(lambda basis: replace(basis, request_states_public_task=True))),
    "school-notice": (by(K.NHS), gateway(None), to(K.CLUB),
        around(lambda facts: replace(facts, recipient_is_school_or_college=False))),
    "section-16h-request": (gateway(None), TASK, around(lambda facts: replace(facts,
        asker_is_safeguarding_partner=False))),
    "section-16la-duty": (gateway(None), TASK, to(K.CLUB), to(None), by(K.CLUB)),
    "section-47-9-help": (gateway(None), by(K.POLICE), article6(A6.VITAL_INTERESTS)),
    "vital-interests": (TASK, purpose(P.EARLY_HELP)),
    "explicit-consent-condition": (article9(None), consent(C.WITHDRAWN)),
    "health-or-social-care-confidence": (article9(None), by(K.GP)),
    "part-3-condition": (regime(UK_GDPR), article9(A9.SAFEGUARDING), policy(False),
        label(lambda basis: replace(basis, no_consent_reason=None))),
    "part-3-condition-missing": (person(PersonRole.PROFESSIONAL), PLAIN, regime(UK_GDPR),
        article9(A9.SCHEDULE_8_SAFEGUARDING), both(purpose(P.SECTION_17), article9(A9.SAFEGUARDING))),
    "part-3-policy-document-missing": (article9(A9.SAFEGUARDING), policy(True), PLAIN, regime(UK_GDPR)),
    "policy-document-missing": (policy(True), article9(A9.HEALTH_OR_SOCIAL_CARE),
        both(article9(A9.UNLAWFUL_ACTS), to(K.POLICE)), both(by(K.CLUB), criminal(True))),
    "safeguarding-condition": (article9(A9.STATUTORY_PURPOSE), consent(C.GIVEN), policy(False)),
    "safeguarding-consent-given": (article9(None), consent(C.REFUSED)),
    "safeguarding-consent-refused": (article9(None), consent(C.GIVEN)),
    "social-protection-condition": (article9(None), policy(False)),
    "special-category-unaddressed": (person(PersonRole.PROFESSIONAL), purpose(P.SUBJECT_ACCESS), regime(PART_3), PLAIN),
    "statutory-purpose-condition": (article9(None), policy(False), by(K.CLUB)),
    "statutory-purpose-without-function": (article9(None), by(K.NHS), gateway(G.CA89_S17)),
    "unlawful-acts-condition": (article9(None), to(K.LOCAL_AUTHORITY)),
    "vital-interests-condition": (article9(None), consent(C.GIVEN)),
    "criminal-unmarked": (PLAIN, criminal(True)),
    "criminal-condition-named": (by(K.NHS), both(policy(True), article9(A9.HEALTH_OR_SOCIAL_CARE)), criminal(False),
        article9(A9.HEALTH_OR_SOCIAL_CARE), to(K.LOCAL_AUTHORITY),
        article9(A9.SAFEGUARDING)),
    "criminal-official-authority": (criminal(False), regime(PART_3), by(K.CLUB)),
    "policy-document-task": (by(K.NHS), criminal(False), policy(True), to(K.POLICE)),
    "child-refuses-harm-feared": (person(PersonRole.SIBLING), need(LOW),
        around(lambda facts: replace(facts, child_refuses=False)),
        around(lambda facts: replace(facts, child_gillick_competent=False))),
    "child-refuses-low-need": (ALARM, items(lambda item: replace(item, tags=frozenset())), need(HARM),
        around(lambda facts: replace(facts, child_refuses=False)),
        around(lambda facts: replace(facts, child_gillick_competent=False))),
    "confidence-met": (confidence(Confidence.PUBLIC_INTEREST),),
    "confidence-refused-low-need": (confidence(Confidence.NOT_ENGAGED), need(HARM), by(K.ACADEMY), consent(C.GIVEN),
        ALARM),
    "confidence-unexplained": (by(K.POLICE), PLAIN, consent(C.NOT_BASIS), confidence(Confidence.STATUTE)),
    "investigation-over": (TOLD, AT_RISK),
    "not-told-by-access-exemption": (TOLD, reason("risk_to_child")),
    "not-told-for-investigation": (AT_RISK, reason(None), reason("serious_harm_test"),
        around(lambda facts: replace(facts, investigation=Investigation.NONE))),
    "not-told-ground-awaited": (TOLD, on(ON + timedelta(days=2)), purpose(P.SECTION_17),
        telling(lambda each: replace(each, reason="risk_to_child", approved_by="head", review_on=ON))),
    "not-told-without-ground": (TOLD, both(TOLD, reason("awkward")), reason("serious_harm_test"), purpose(P.EMERGENCY),
        both(purpose(P.EMERGENCY), on(ON + timedelta(days=1)))),
    "review-too-far": (TOLD, telling(lambda each: replace(each, review_on=ON + timedelta(days=28)))),
    "read-by-decision-maker": (role(StaffRole.PRACTITIONER), purpose(P.CRIME)),
    "read-by-practitioner": (role(StaffRole.IG_OFFICER), purpose(P.CRIME)),
    "read-by-researcher": (role(StaffRole.PRACTITIONER), purpose(P.CRIME), purpose(P.EARLY_HELP)),
    "read-for-audit": (role(StaffRole.PRACTITIONER), purpose(P.SECTION_47)),
    "read-purpose-not-of-role": (purpose(None),),
    "read-to-answer": (role(StaffRole.IG_OFFICER), purpose(P.CRIME)),
    "identity-changed": (PLAIN,),
    "read-unassigned": (role(StaffRole.MASH_RESEARCHER),),
    "read-unlinked": (role(StaffRole.MASH_RESEARCHER),),
    "recipient-without-role": (purpose(P.SUBJECT_ACCESS),),
    "service-declined": (purpose(P.SECTION_17), ALARM, need(NeedLevel.CHILD_IN_NEED)),
    "not-separated": (regime(PART_3),),
    "part-3-quality-unnoted": (regime(UK_GDPR),),
    "child-abuse-exemption-misused": (purpose(P.SECTION_17),
        around(lambda facts: replace(facts, requester=Requester.OTHER))),
    "official-identity-redacted": (purpose(P.SECTION_17),),
    "subject-access-by-parent": (purpose(P.SECTION_17),),
    "erasure-too-early": (kept_until(ON - timedelta(days=1)),),
    "retention-over": (kept_until(None), kept_until(ON)),
    "health-opinion-missing": (purpose(P.SECTION_17), by(K.GP),
        items(lambda item: replace(item, health_opinion_on=date(2026, 4, 6)))),
    "objection-to-weigh": (items(lambda item: replace(item, objected_to=False)), DUTY),
    "objection-without-effect": (TASK,),
}

# For each rule, changes that leave it standing.
STANDS: dict[str, tuple[Change, ...]] = {
    "section-17-service": (both(purpose(P.EMERGENCY), gateway(G.CA89_S17)),),
    "section-47-enquiry": (both(purpose(P.EMERGENCY), gateway(G.CA89_S47)),),
    "serious-violence-health": (both(by(K.ACADEMY), SICK), by(K.LOCAL_AUTHORITY)),
    "school-notice-not-covered": (both(by(K.NHS), to(K.ACADEMY)), both(by(K.NHS), held)),
    "section-16la-not-listed": (both(by(K.NHS), to(None)),),
    "section-16la-refusal-incomplete": (refused(replace(DECIDED, decided_by=None)), refused(replace(DECIDED,
        review_on=None))),
    "legal-obligation-unnamed": (gateway(G.CA89_S47), by(K.LOCAL_AUTHORITY)),
    "processor-without-own-basis": (by(K.HUB),),
    "part-3-not-competent": (by(K.LOCAL_AUTHORITY), purpose(P.CRIME)),
    "part-3-to-law-enforcement": (by(K.LOCAL_AUTHORITY), purpose(P.MAPPA)),
    "public-task-not-theirs": (by(K.VCSE_COMMISSIONED), gateway(G.CA89_S17)),
    "part-3-condition-missing": (article9(A9.SAFEGUARDING), purpose(P.SECTION_17)),
    "policy-document-missing": (article9(A9.UNLAWFUL_ACTS), to(K.POLICE), by(K.CLUB), criminal(True),
        both(by(K.CLUB), criminal(True), to(K.NHS))),
    "safeguarding-condition": (consent(C.REFUSED),),
    "statutory-purpose-condition": (both(by(K.CLUB), gateway(G.CA89_S17)),),
    "criminal-condition-named": (both(policy(True), to(K.LOCAL_AUTHORITY)), both(article9(A9.SAFEGUARDING),
        policy(True))),
    "confidence-met": (confidence(Confidence.STATUTE),),
    "confidence-public-interest": (consent(C.NOT_BASIS),),
    "not-told-ground-awaited": (on(ON + timedelta(days=1)),),
    "not-told-without-ground": (reason("awkward"), both(purpose(P.EMERGENCY), reason("awkward")),
        both(purpose(P.EMERGENCY), on(ON + timedelta(days=2)))),
    "review-too-far": (telling(lambda each: replace(each, review_on=ON + timedelta(days=29))),),
    "erasure-too-early": (kept_until(None), kept_until(ON)),
    "health-opinion-missing": (items(lambda item: replace(item, health_opinion_on=date(2026, 4, 5))),),
    "service-declined": (need(None), around(lambda facts: replace(facts,
        service_agreement=ServiceAgreement.WITHDRAWN))),
    "not-told-by-access-exemption": (reason("child_abuse_data"),),
    "recognised-interest-not-yet": (by(K.NHS), annex1(None)),
    "child-refuses-low-need": (need(LOW),),
}
# fmt: on

RULES = {rule.law.id: rule for rule in RULEBOOK}
FALLING = [(rule, number, change) for rule, changes in FALLS.items() for number, change in enumerate(changes)]
STANDING = [(rule, number, change) for rule, changes in STANDS.items() for number, change in enumerate(changes)]


def _applies(rule: str, change: Change) -> bool:
    example = change(next(each for each in RULES[rule].file.EXAMPLES if each.applies))
    outcome = decide(example.request, example.facts, settings=example.settings)
    return rule in {each.rule for each in outcome.findings}


@pytest.mark.parametrize(("rule", "number", "change"), FALLING, ids=[f"{rule} {n}" for rule, n, _ in FALLING])
def test_a_rule_falls_when_one_of_its_elements_is_taken_away(rule: str, number: int, change: Change) -> None:
    assert not _applies(rule, change), number


@pytest.mark.parametrize(("rule", "number", "change"), STANDING, ids=[f"{rule} {n}" for rule, n, _ in STANDING])
def test_a_rule_stands_when_something_else_changes(rule: str, number: int, change: Change) -> None:
    assert _applies(rule, change), number
