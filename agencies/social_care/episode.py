"""An episode of social care in the DfE daily JSON, turned into facts, from referral to closure."""

from dataclasses import replace

from agencies.agency import Stated
from agencies.formats.dates import time_or_unknown
from agencies.formats.draft import Content, says
from agencies.social_care import codes
from agencies.social_care.care import adoption_facts, care_leaver_facts, placement_facts
from agencies.social_care.native import Assessment, Enquiry, Episode, InNeedPlan, ProtectionPlan, Worker
from agencies.social_care.told import Told, dated, purged
from contracts.events.shared import InvolvementStated
from contracts.events.social_care import (
    AssessmentCompleted,
    ChildInNeedPlanEnded,
    ChildInNeedPlanStarted,
    ConferenceHeld,
    ProtectionPlanEnded,
    ProtectionPlanStarted,
    ReferralClosed,
    ReferralReceived,
    Section47Ended,
    Section47Started,
)
from contracts.identifiers import Scheme, identifier
from contracts.report import Person, Report
from contracts.strict_json import Json
from contracts.vocabulary import NeedLevel, PersonRole, Purpose, SensitivityTag, StatementKind
from contracts.when import When

FACT = StatementKind.FACT_RECORDED
VIEW = StatementKind.PROFESSIONAL_OPINION


def episode_facts(told: Told, episode: Episode) -> tuple[Stated, ...]:
    """Every fact that one episode states; or that the whole episode is withdrawn."""
    began: Json = [dated(episode.referral_date)]
    below = told.below("episode", episode.social_care_episode_id, began)
    if purged(episode):
        return below.retract(ReferralReceived, "of_all_below")
    return (
        *_referral(below, episode),
        *(fact for each in episode.care_worker_details or () for fact in _worker(below, each)),
        *(fact for each in episode.child_and_family_assessments or () for fact in _assessment(below, each)),
        *(fact for each in episode.child_in_need_plans or () for fact in _in_need(below, each)),
        *(fact for each in episode.section_47_assessments or () for fact in _enquiry(below, each)),
        *(fact for each in episode.child_protection_plans or () for fact in _protection(below, each)),
        *(fact for each in episode.child_looked_after_placements or () for fact in placement_facts(below, each)),
        *adoption_facts(below, episode.adoption),
        *care_leaver_facts(below, episode.care_leavers),
        *_closure(below, episode),
    )


def _referral(told: Told, episode: Episode) -> tuple[Stated, ...]:
    source = codes.coded("referral-source", codes.REFERRAL_SOURCE, episode.referral_source)
    flag = episode.referral_no_further_action_flag
    if episode.referral_date is None and source is None and flag is None:
        return ()
    informant = source is not None and codes.folded(source.code) in codes.INFORMANTS
    kind = StatementKind.THIRD_PARTY if informant else FACT
    content = Content(
        people=(told.child,),
        statements=(*says("reported_by", kind, code=source), *says("no_further_action", FACT, flag)),
        happened=time_or_unknown(episode.referral_date),
        tags=(SensitivityTag.INFORMANT,) if informant else (),
        notes=(*(() if episode.referral_date else ("partial_item",)), *episode.notes),
    )
    depends: Json = [dated(episode.referral_date), episode.referral_source, flag]
    return (told.state(ReferralReceived, depends, content),)


def _closure(told: Told, episode: Episode) -> tuple[Stated, ...]:
    reason = codes.coded("closure-reason", codes.CLOSURE_REASON, episode.closure_reason)
    if episode.closure_date is None and reason is None:
        return ()
    adopted = reason is not None and codes.folded(reason.code) == "RC1"
    content = Content(
        people=(told.child,),
        statements=says("closure_reason", FACT, code=reason),
        happened=time_or_unknown(episode.closure_date),
        tags=(SensitivityTag.ADOPTION,) if adopted else (),
    )
    depends: Json = [dated(episode.closure_date), episode.closure_reason]
    return (told.state(ReferralClosed, depends, content),)


def _worker(told: Told, worker: Worker) -> tuple[Stated, ...]:
    began: Json = [worker.worker_id, dated(worker.start_date)]
    below = told.below("worker", None, began)
    if purged(worker):
        return below.retract(InvolvementStated)
    number = (identifier(Scheme.LOCAL, worker.worker_id),) if worker.worker_id and worker.worker_id.strip() else ()
    content = Content(
        people=(told.child, Person(ref="professional1", role=PersonRole.PROFESSIONAL, identifiers=number)),
        statements=says("service", FACT, "Children's social care worker"),
        happened=time_or_unknown(worker.start_date),
        ended=worker.end_date,
        notes=worker.notes,
    )
    depends: Json = [worker.worker_id, dated(worker.start_date), dated(worker.end_date)]
    return (below.state(InvolvementStated, depends, content),)


def _assessment(told: Told, assessment: Assessment) -> tuple[Stated, ...]:
    began: Json = [dated(assessment.start_date)]
    below = told.below("assessment", assessment.child_and_family_assessment_id, began)
    if purged(assessment):
        return below.retract(AssessmentCompleted)
    raw = [each for each in assessment.factors or () if each.strip()]
    keys = {codes.folded(each) for each in raw}
    factors = [says("factor", VIEW, code=codes.coded("assessment-factor", codes.FACTOR, each)) for each in raw]
    authorised = dated(assessment.authorisation_date)
    content = Content(
        people=(told.child,),
        statements=(*(each for factor in factors for each in factor), *says("authorised", FACT, authorised)),
        happened=time_or_unknown(assessment.start_date),
        ended=assessment.authorisation_date,
        tags=tuple(tag for key in sorted(keys) for tag in codes.FACTOR_TAGS.get(key, ())),
        notes=(*_doubts(keys, authorised), *assessment.notes),
    )
    listed: Json = [*raw]
    depends: Json = [dated(assessment.start_date), authorised, listed]
    return (below.state(AssessmentCompleted, depends, content),)


def _doubts(keys: set[str], authorised: str | None) -> tuple[str, ...]:
    withdrawn = ("factor_withdrawn",) if keys & codes.WITHDRAWN_FACTORS else ()
    contradicted = ("no_factor_beside_factors",) if codes.NO_FACTOR in keys and len(keys) > 1 else ()
    return (*withdrawn, *contradicted, *(() if authorised else ("not_yet_authorised",)))


def _enquiry(told: Told, enquiry: Enquiry) -> tuple[Stated, ...]:
    began: Json = [dated(enquiry.start_date)]
    below = told.below("s47", enquiry.section_47_assessment_id, began)
    if purged(enquiry):
        return below.retract(Section47Started, "of_all_below")
    required = says("conference_required", FACT, enquiry.icpc_required_flag)
    flag = enquiry.icpc_required_flag
    facts = []
    if enquiry.start_date is not None or (flag is not None and enquiry.end_date is None):
        content = _harm(told, enquiry.start_date, enquiry.notes)
        depends: Json = [dated(enquiry.start_date), flag]
        facts.append(below.state(Section47Started, depends, replace(content, statements=required)))
    if enquiry.icpc_date is not None:
        held = says("conference_type", FACT, "initial")
        depends = [dated(enquiry.icpc_date), "initial"]
        facts.append(below.state(ConferenceHeld, depends, replace(_harm(told, enquiry.icpc_date), statements=held)))
    if enquiry.end_date is not None:
        depends = [dated(enquiry.end_date), flag]
        facts.append(below.state(Section47Ended, depends, replace(_harm(told, enquiry.end_date), statements=required)))
    return tuple(facts)


def _protection(told: Told, plan: ProtectionPlan) -> tuple[Stated, ...]:
    began: Json = [dated(plan.start_date)]
    below = told.below("cp-plan", plan.child_protection_plan_id, began)
    if purged(plan):
        return below.retract(ProtectionPlanStarted, "of_all_below")
    return (
        *_on(below, ProtectionPlanStarted, plan.start_date, _harm(told, plan.start_date, plan.notes)),
        *_on(below, ProtectionPlanEnded, plan.end_date, _harm(told, plan.end_date)),
    )


def _in_need(told: Told, plan: InNeedPlan) -> tuple[Stated, ...]:
    began: Json = [dated(plan.start_date)]
    below = told.below("cin-plan", plan.child_in_need_plan_id, began)
    if purged(plan):
        return below.retract(ChildInNeedPlanStarted, "of_all_below")
    return (
        *_on(below, ChildInNeedPlanStarted, plan.start_date, _need(told, plan.start_date, plan.notes)),
        *_on(below, ChildInNeedPlanEnded, plan.end_date, _need(told, plan.end_date)),
    )


def _on(told: Told, kind: type[Report], when: When | None, content: Content) -> tuple[Stated, ...]:
    return () if when is None else (told.state(kind, dated(when), content),)


def _harm(told: Told, when: When | None, notes: tuple[str, ...] = ()) -> Content:
    return Content(
        people=(told.child,),
        happened=time_or_unknown(when),
        purpose=Purpose.SECTION_47,
        need=NeedLevel.SIGNIFICANT_HARM,
        notes=notes,
    )


def _need(told: Told, when: When | None, notes: tuple[str, ...] = ()) -> Content:
    return Content(people=(told.child,), happened=time_or_unknown(when), need=NeedLevel.CHILD_IN_NEED, notes=notes)
