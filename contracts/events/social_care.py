"""Facts that children's social care and other council services state."""

from contracts.events.shared import CHILD_SEEN, CHILDS_WORDS, REFERRER, VIEW, WHAT_HAPPENED
from contracts.report import FieldRule, Report
from contracts.vocabulary import FieldClass as Class
from contracts.vocabulary import SensitivityTag as Tag
from contracts.vocabulary import StatementKind as Kind


def _fact(name: str, meaning: str, content: Class = Class.SOCIAL_CARE, *tags: Tag) -> FieldRule:
    return FieldRule(name=name, kinds=(Kind.FACT_RECORDED,), content=content, tags=tags, meaning=meaning)


def _view(name: str, meaning: str, content: Class = Class.OPINION, *tags: Tag) -> FieldRule:
    return FieldRule(name=name, kinds=(Kind.PROFESSIONAL_OPINION,), content=content, tags=tags, meaning=meaning)


class ContactReceived(Report):
    """Children's social care received a contact about a child."""

    TYPE = "contact.received"
    TITLE = "Contact received"
    FIELDS = (
        WHAT_HAPPENED,
        REFERRER,
        _fact("outcome", "What was decided about the contact"),
    )


class ReferralReceived(Report):
    """Children's social care received a referral."""

    TYPE = "referral.received"
    TITLE = "Referral received"
    FIELDS = (
        WHAT_HAPPENED,
        REFERRER,
        _fact("referral_type", "Kind of referral"),
        _fact("no_further_action", "Whether it ended there; that does not say the concern was wrong"),
        _view("primary_need", "Primary need, as coded"),
    )


class ReferralClosed(Report):
    """An episode of social care ended."""

    TYPE = "referral.closed"
    TITLE = "Case closed"
    FIELDS = (_fact("closure_reason", "Why, as coded"),)


class AssessmentCompleted(Report):
    """A child and family assessment."""

    TYPE = "assessment.completed"
    TITLE = "Assessment"
    FIELDS = (
        _view("factor", "A factor found, as coded", Class.SOCIAL_CARE),
        VIEW,
        CHILDS_WORDS,
        _fact("authorised", "When it was authorised"),
        CHILD_SEEN,
    )


class Section47Started(Report):
    """The council began enquiries (Children Act 1989 s47)."""

    TYPE = "s47.started"
    TITLE = "Section 47 enquiry"
    FIELDS = (
        WHAT_HAPPENED,
        _fact("conference_required", "Whether an initial conference is required"),
    )


class Section47Ended(Report):
    """The enquiries ended."""

    TYPE = "s47.ended"
    TITLE = "Section 47 enquiry ended"
    FIELDS = (
        _fact("conference_required", "Whether an initial conference is required"),
        VIEW,
    )


class ConferenceHeld(Report):
    """A child protection conference met."""

    TYPE = "cp_conference.held"
    TITLE = "Child protection conference"
    FIELDS = (
        _fact("conference_type", "Initial or review"),
        VIEW,
        CHILDS_WORDS,
        CHILD_SEEN,
    )


class ProtectionPlanStarted(Report):
    """A child became the subject of a child protection plan."""

    TYPE = "cp_plan.started"
    TITLE = "Child protection plan"
    FIELDS = (_view("plan_category", "Category of abuse or neglect, as coded", Class.SOCIAL_CARE),)


class ProtectionPlanEnded(Report):
    """A child protection plan ended."""

    TYPE = "cp_plan.ended"
    TITLE = "Child protection plan ended"
    FIELDS = (_view("plan_category", "Category of abuse or neglect, as coded", Class.SOCIAL_CARE),)


class ChildInNeedPlanStarted(Report):
    """A child in need plan began (Children Act 1989 s17)."""

    TYPE = "cin_plan.started"
    TITLE = "Child in need plan"
    FIELDS = (_fact("plan_detail", "Detail"),)


class ChildInNeedPlanEnded(Report):
    """A child in need plan ended."""

    TYPE = "cin_plan.ended"
    TITLE = "Child in need plan ended"
    FIELDS = (_fact("plan_detail", "Detail"),)


class LookedAfterStarted(Report):
    """A child became looked after, or a placement began."""

    TYPE = "looked_after.started"
    TITLE = "Looked after"
    FIELDS = (
        _fact("legal_status", "Legal status, as coded"),
        _fact("placement_type", "Kind of placement, as coded", Class.SOCIAL_CARE, Tag.ADDRESS_PROTECTED),
        _fact("start_reason", "Why, as coded"),
    )


class LookedAfterEnded(Report):
    """A period of care or a placement ended."""

    TYPE = "looked_after.ended"
    TITLE = "No longer looked after, or moved"
    FIELDS = (
        _fact("end_reason", "Why, as coded"),
        _fact("change_reason", "Why the placement changed, as coded"),
    )


class EarlyHelpStarted(Report):
    """Early or family help began, agreed with the family."""

    TYPE = "early_help.started"
    TITLE = "Early help"
    FIELDS = (
        WHAT_HAPPENED,
        _fact("organisation", "Who leads"),
    )


class EarlyHelpEnded(Report):
    """Early or family help ended."""

    TYPE = "early_help.ended"
    TITLE = "Early help ended"
    FIELDS = (_fact("outcome", "Outcome"),)


class CareLeaverContact(Report):
    """The council was in touch with a care leaver."""

    TYPE = "care_leaver.contacted"
    TITLE = "Contact with a care leaver"
    FIELDS = (
        _fact("activity", "Activity, as coded"),
        _fact("accommodation", "Accommodation, as coded"),
    )


class AdoptionStep(Report):
    """A step towards adoption."""

    TYPE = "adoption.step_recorded"
    TITLE = "Adoption step"
    FIELDS = (_fact("step", "Which step", Class.SOCIAL_CARE, Tag.ADOPTION),)


class WellbeingScored(Report):
    """A strengths and difficulties questionnaire was scored."""

    TYPE = "wellbeing.scored"
    TITLE = "Strengths and difficulties score"
    FIELDS = (
        FieldRule(
            name="score",
            kinds=(Kind.OBSERVATION,),
            content=Class.HEALTH,
            tags=(Tag.HEALTH, Tag.MENTAL_HEALTH),
            meaning="Total score",
        ),
    )


FACTS = (
    ContactReceived,
    ReferralReceived,
    ReferralClosed,
    AssessmentCompleted,
    Section47Started,
    Section47Ended,
    ConferenceHeld,
    ProtectionPlanStarted,
    ProtectionPlanEnded,
    ChildInNeedPlanStarted,
    ChildInNeedPlanEnded,
    LookedAfterStarted,
    LookedAfterEnded,
    EarlyHelpStarted,
    EarlyHelpEnded,
    CareLeaverContact,
    AdoptionStep,
    WellbeingScored,
)
