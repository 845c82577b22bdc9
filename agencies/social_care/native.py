"""The DfE daily children's social care JSON: a child object, sent whole or as what has changed since last time.

Source: the DfE CSC API specification 0.7 to 0.8, as its open data-flow tools build it. `purge: true` at any level
withdraws that level and all below it. A field that is absent says nothing: it may simply not have changed.
"""

from agencies.formats.native_json import Native, Time


class Purgeable(Native):
    """Something the council may withdraw."""

    purge: bool | None = None


class Details(Purgeable):
    """Who the child is. A child with an expected birth date and no birth date is not yet born."""

    unique_pupil_number: str | None = None
    former_unique_pupil_number: str | None = None
    unique_pupil_number_unknown_reason: str | None = None
    first_name: str | None = None
    surname: str | None = None
    date_of_birth: Time = None
    expected_date_of_birth: Time = None
    sex: str | None = None
    ethnicity: str | None = None
    disabilities: tuple[str, ...] | None = None
    postcode: str | None = None
    uasc_flag: bool | None = None
    uasc_end_date: Time = None


class Questionnaire(Purgeable):
    """A strengths and difficulties score."""

    date: Time = None
    score: int | None = None


class Wellbeing(Purgeable):
    """Health and wellbeing."""

    sdq_assessments: tuple[Questionnaire, ...] | None = None


class Worker(Purgeable):
    """Somebody who worked with the child."""

    worker_id: str | None = None
    start_date: Time = None
    end_date: Time = None


class Assessment(Purgeable):
    """A child and family assessment."""

    child_and_family_assessment_id: str | None = None
    start_date: Time = None
    authorisation_date: Time = None
    factors: tuple[str, ...] | None = None


class InNeedPlan(Purgeable):
    """A child in need plan."""

    child_in_need_plan_id: str | None = None
    start_date: Time = None
    end_date: Time = None


class Enquiry(Purgeable):
    """A section 47 enquiry."""

    section_47_assessment_id: str | None = None
    start_date: Time = None
    icpc_required_flag: bool | None = None
    icpc_date: Time = None
    end_date: Time = None


class ProtectionPlan(Purgeable):
    """A child protection plan."""

    child_protection_plan_id: str | None = None
    start_date: Time = None
    end_date: Time = None


class Placement(Purgeable):
    """Where a looked-after child lives. Its postcode is read so that it can be held back."""

    child_looked_after_placement_id: str | None = None
    start_date: Time = None
    start_reason: str | None = None
    placement_type: str | None = None
    postcode: str | None = None
    end_date: Time = None
    end_reason: str | None = None
    change_reason: str | None = None


class Adoption(Purgeable):
    """Steps towards adoption."""

    initial_decision_date: Time = None
    matched_date: Time = None
    placed_date: Time = None


class CareLeaver(Purgeable):
    """The last time the council was in touch with a care leaver."""

    contact_date: Time = None
    activity: str | None = None
    accommodation: str | None = None


class Episode(Purgeable):
    """An episode of social care, from referral to closure."""

    social_care_episode_id: str | None = None
    referral_date: Time = None
    referral_source: str | None = None
    referral_no_further_action_flag: bool | None = None
    closure_date: Time = None
    closure_reason: str | None = None
    care_worker_details: tuple[Worker, ...] | None = None
    child_and_family_assessments: tuple[Assessment, ...] | None = None
    child_in_need_plans: tuple[InNeedPlan, ...] | None = None
    section_47_assessments: tuple[Enquiry, ...] | None = None
    child_protection_plans: tuple[ProtectionPlan, ...] | None = None
    child_looked_after_placements: tuple[Placement, ...] | None = None
    adoption: Adoption | tuple[Adoption, ...] | None = None
    care_leavers: CareLeaver | tuple[CareLeaver, ...] | None = None


class Child(Purgeable):
    """A child known to the council."""

    la_child_id: str | None = None
    mis_child_id: str | None = None
    child_details: Details | None = None
    health_and_wellbeing: Wellbeing | None = None
    social_care_episodes: tuple[Episode, ...] | None = None
