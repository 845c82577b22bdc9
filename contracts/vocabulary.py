"""Closed sets used on the wire and in law: each member has one line of meaning and its source.

Person roles, statement kinds and sensitivity tags follow the canonical event body agreed with the agencies; purposes
and agency kinds, the inputs of the lawful-basis decision table; log operations, the Data Protection Act 2018 s62(1).
"""

from contracts.described import Described


class AgencyKind(Described):
    """What kind of body an agency is, because the lawful bases open to it depend on that."""

    POLICE = "police", "A police force (public authority; DPA 2018 Part 3 for law-enforcement purposes)"
    NHS = "nhs", "NHS trust, foundation trust, ICB or NHS England (public authority)"
    GP = "gp", "General practice, as to its NHS services (public authority)"
    MAINTAINED_SCHOOL = "maintained_school", "School maintained by a local authority (public authority)"
    ACADEMY = "academy", "Academy or free school (public authority, FOIA 2000 Sch 1 para 52A)"
    INDEPENDENT_SCHOOL = "independent_school", "Fee-paying school (not a public authority)"
    LOCAL_AUTHORITY = "local_authority", "Local authority: social care, education, housing (public authority)"
    YOUTH_OFFENDING_TEAM = "youth_offending_team", "Youth offending team (public authority; DPA 2018 Sch 7 para 46)"
    PROBATION = "probation", "Probation Service, HMPPS or public prison (public authority)"
    VCSE_COMMISSIONED = "vcse_commissioned", "Voluntary body commissioned by a public authority"
    VCSE_INDEPENDENT = "vcse_independent", "Voluntary body acting on its own account"
    CLUB = "club", "Sports club or other private activity provider"
    HUB = "hub", "The hub itself, acting for the partnership"

    @property
    def is_public_authority(self) -> bool:
        """Whether a body of this kind is a public authority while it performs its tasks (DPA 2018 s7)."""
        return self not in _NOT_PUBLIC


_NOT_PUBLIC = frozenset(
    {
        AgencyKind.INDEPENDENT_SCHOOL,
        AgencyKind.VCSE_COMMISSIONED,
        AgencyKind.VCSE_INDEPENDENT,
        AgencyKind.CLUB,
        AgencyKind.HUB,
    }
)


class Purpose(Described):
    """Why information is asked for, read or moved. No purpose, no request."""

    EARLY_HELP = "early_help", "Early or family help, agreed with the family (Working Together ch 3)"
    SECTION_17 = "s17", "Assess and serve a child in need (Children Act 1989 s17)"
    SECTION_47 = "s47", "Enquire whether a child is suffering significant harm (Children Act 1989 s47)"
    EMERGENCY = "emergency", "Immediate protection of life or limb"
    CRIME = "crime", "Prevent, investigate or prosecute crime (DPA 2018 s31)"
    MAPPA = "mappa", "Assess and manage risk from offenders (Criminal Justice Act 2003 s325)"
    DOMESTIC_ABUSE_SCHOOL = "da_school", "Tell a child's school of domestic abuse (Domestic Abuse Act 2021 s49A)"
    SERIOUS_VIOLENCE = "svd", "Serious violence duty (Police, Crime, Sentencing and Courts Act 2022 s16)"
    PREVENT = "prevent", "Prevent and Channel (Counter-Terrorism and Security Act 2015 s26, ss36-38)"
    SUBJECT_ACCESS = "sar", "Answer a person's request for their own data (UK GDPR Art 15; DPA 2018 s45)"
    AUDIT = "audit", "Check that processing was lawful; self-monitoring; discipline; integrity (DPA 2018 s62(4))"


class NeedLevel(Described):
    """How much is at stake, as the agency that acts has judged it."""

    UNIVERSAL = "1", "Universal services"
    EARLY_HELP = "2", "Early or family help"
    CHILD_IN_NEED = "3", "Child in need (Children Act 1989 s17)"
    SIGNIFICANT_HARM = "4", "Suffering, or likely to suffer, significant harm (Children Act 1989 s47)"


class StaffRole(Described):
    """What a member of staff is at the hub, held in the hub's own registry and never taken from a token alone."""

    MASH_DECISION_MAKER = "mash_decision_maker", "Decides what happens next about a child at the MASH"
    MASH_RESEARCHER = "mash_researcher", "Partner officer who searches own agency's records for the MASH"
    PRACTITIONER = "practitioner", "Works with children in one agency"
    IG_OFFICER = "ig_officer", "Information-governance officer: checks who looked, and why"


class PersonRole(Described):
    """What a person is in a report. Never guessed: an adult of concern is not a child's carer by default."""

    CHILD = "child", "The child, or one of the children, that the report concerns"
    UNBORN_CHILD = "unborn_child", "A child not yet born"
    PARENT_OR_CARER = "parent_or_carer", "Parent, or person with care of the child"
    SIBLING = "sibling", "Brother or sister, named only in relation to the child"
    ADULT_OF_CONCERN = "adult_of_concern", "Adult who may pose a risk"
    VICTIM = "victim", "Adult victim"
    WITNESS = "witness", "Witness or other person with information"
    PROFESSIONAL = "professional", "Person acting in an official role"
    OTHER = "other", "Another person"


class StatementKind(Described):
    """What sort of statement an item is (DPA 2018 s38(2): fact and assessment kept apart)."""

    FACT_RECORDED = "fact_recorded", "An act or date that the agency records as done"
    OBSERVATION = "observation", "Seen or measured by a professional"
    ALLEGATION = "allegation", "Someone says it; not proved"
    CHILD_VOICE = "child_voice", "The child's own words, or wish"
    THIRD_PARTY = "third_party", "About, or from, someone else"
    PROFESSIONAL_OPINION = "professional_opinion", "A judgement by a named role"
    SYSTEM_DERIVED = "system_derived", "Calculated"


class FieldClass(Described):
    """Classes of content, so that a ground can let some through and hold others."""

    ADMINISTRATIVE = "administrative", "Dates, references, agencies, teams"
    IDENTITY = "identity", "Names, dates of birth, identifiers"
    LOCATION = "location", "Where a person is or lives"
    NARRATIVE = "narrative", "What happened, in words"
    CHILD_VOICE = "child_voice", "What the child said"
    HEALTH = "health", "Health (UK GDPR Art 9)"
    CRIMINAL = "criminal", "Offences, allegations of offences, proceedings (UK GDPR Art 10; DPA 2018 s11(2))"
    EDUCATION = "education", "School place, attendance, exclusions"
    SOCIAL_CARE = "social_care", "Plans, assessments, placements"
    OPINION = "opinion", "Professional judgement"
    SOURCE = "source", "Who told the agency"


class SensitivityTag(Described):
    """Handling marks; any number may apply and the strictest rule wins."""

    OFFICIAL_SENSITIVE = "official_sensitive", "The default"
    VICTIM_SAFETY = "victim_safety", "Domestic abuse: never to the alleged perpetrator"
    ADDRESS_PROTECTED = "address_protected", "Whereabouts must not be shown"
    HEALTH = "health", "Health"
    MENTAL_HEALTH = "mental_health", "Mental health"
    SEXUAL_HEALTH_FGM = "sexual_health_fgm", "Sexual health, or female genital mutilation"
    CRIMINAL = "criminal", "Criminal-offence data"
    IMMIGRATION = "immigration", "Immigration"
    ADOPTION = "adoption", "Adoption, or change of identity"
    INFORMANT = "informant", "Anonymous or named source"
    RESTRICTED_PERSON = "restricted_person", "Child of staff, or high profile"
    THIRD_PARTY_ADULT = "third_party_adult", "About an adult who is not the child's carer"


class RestrictedKind(Described):
    """Content that other law holds back whatever the ground (the only kinds that stop a share)."""

    FAMILY_COURT = "famcourt", "Private children proceedings (Administration of Justice Act 1960 s12; FPR 12.73)"
    ADOPTION_RECORD = "adopt", "Adoption record (DPA 2018 Sch 4 para 3)"
    GENDER_RECOGNITION = "grc", "Protected information (Gender Recognition Act 2004 s22)"
    INTELLIGENCE = "intel", "Intercept, or informant identity (Investigatory Powers Act 2016 Part 2)"
    LEGAL_PRIVILEGE = "lpp", "Legal professional privilege (DPA 2018 Sch 2 para 19)"


class Regime(Described):
    """Which part of data-protection law the sender holds the information under."""

    UK_GDPR = "gdpr", "UK GDPR with DPA 2018 Part 2"
    PART_3 = "part_3", "Law-enforcement processing (DPA 2018 Part 3)"


class Article6(Described):
    """Lawful bases (UK GDPR Art 6(1), as changed by the Data (Use and Access) Act 2025 s70)."""

    CONSENT = "6a", "Consent"
    CONTRACT = "6b", "Contract"
    LEGAL_OBLIGATION = "6c", "Legal obligation of the controller"
    VITAL_INTERESTS = "6d", "Vital interests"
    PUBLIC_TASK = "6e", "A task of the controller in the public interest, or its official authority"
    RECOGNISED_LEGITIMATE_INTEREST = "6ea", "Recognised legitimate interest (Annex 1), from 5 February 2026"
    LEGITIMATE_INTERESTS = "6f", "Legitimate interests"


class Annex1(Described):
    """Conditions of a recognised legitimate interest (UK GDPR Annex 1; DUAA 2025 Sch 4)."""

    ON_REQUEST = "para_1", "Disclosure on a request that states the requester's public task"
    EMERGENCY = "para_3", "Responding to an emergency"
    CRIME = "para_5", "Detecting, investigating or preventing crime"
    SAFEGUARDING = "para_6", "Safeguarding a vulnerable individual"


class Article9(Described):
    """Conditions for special-category data (UK GDPR Art 9(2); DPA 2018 Sch 1 and Sch 8)."""

    EXPLICIT_CONSENT = "9a", "Explicit consent"
    SOCIAL_PROTECTION = "9b_para_1", "Employment, social security and social protection (Sch 1 para 1)"
    VITAL_INTERESTS = "9c", "Vital interests of a person who cannot consent"
    LEGAL_CLAIMS = "9f", "Legal claims"
    STATUTORY_PURPOSE = "9g_para_6", "Statutory purpose (Sch 1 para 6)"
    UNLAWFUL_ACTS = "9g_para_10", "Preventing or detecting unlawful acts (Sch 1 para 10)"
    SAFEGUARDING = "9g_para_18", "Safeguarding of children and individuals at risk (Sch 1 para 18)"
    HEALTH_OR_SOCIAL_CARE = "9h_para_2", "Health or social care purposes (Sch 1 para 2)"
    SCHEDULE_8_SAFEGUARDING = "sch8_para_4", "Safeguarding, law-enforcement processing (Sch 8 para 4)"


class NoConsentReason(Described):
    """The three reasons of DPA 2018 Sch 1 para 18(2); one is needed for each data subject."""

    CANNOT_BE_GIVEN = "a", "In the circumstances consent cannot be given"
    NOT_REASONABLE_TO_OBTAIN = "b", "The controller cannot reasonably be expected to obtain consent"
    WOULD_PREJUDICE = "c", "Obtaining consent would prejudice the protection"


class Gateway(Described):
    """Powers and duties to share; a gateway is not itself a lawful basis."""

    CA89_S17 = "ca89_s17", "Children Act 1989 s17"
    CA89_S27 = "ca89_s27", "Children Act 1989 s27"
    CA89_S46 = "ca89_s46", "Children Act 1989 s46"
    CA89_S47 = "ca89_s47", "Children Act 1989 s47(1)"
    CA89_S47_9 = "ca89_s47_9", "Children Act 1989 s47(9)-(11)"
    CA04_S10 = "ca04_s10", "Children Act 2004 s10"
    CA04_S11 = "ca04_s11", "Children Act 2004 s11"
    CA04_S16H = "ca04_s16h", "Children Act 2004 s16H"
    CA04_S16LA = "ca04_s16la", "Children Act 2004 s16LA (start date is a setting)"
    EA02_S157 = "ea02_s157", "Education Act 2002 s157"
    EA02_S175 = "ea02_s175", "Education Act 2002 s175"
    CDA98_S115 = "cda98_s115", "Crime and Disorder Act 1998 s115"
    CJA03_S325 = "cja03_s325", "Criminal Justice Act 2003 s325"
    DAA21_S49A = "daa21_s49a", "Domestic Abuse Act 2021 s49A"
    PCSCA22_S16 = "pcsca22_s16", "Police, Crime, Sentencing and Courts Act 2022 s16"
    CTSA15 = "ctsa15", "Counter-Terrorism and Security Act 2015 s26, ss36-38"
    COMMON_LAW = "common_law", "Common law"


class Confidence(Described):
    """How the common-law duty of confidence is met; a separate question from the lawful basis."""

    NOT_ENGAGED = "not_engaged", "The information was not given in confidence"
    AGREEMENT = "agreement", "The person agreed"
    PUBLIC_INTEREST = "public_interest", "Overriding public interest, with a reason"
    STATUTE = "statute", "Required or permitted by statute"


class ConsentState(Described):
    """Where consent stands with a person; never the default basis."""

    NOT_BASIS = "not_basis", "Not asked, and not relied on"
    UNSAFE_TO_ASK = "unsafe_to_ask", "Asking would put someone at risk"
    CANNOT = "cannot", "The person cannot consent"
    GIVEN = "given", "Given"
    REFUSED = "refused", "Asked, and refused"
    WITHDRAWN = "withdrawn", "Given, then withdrawn"


class Telling(Described):
    """Whether a person has been told that information about them was shared; held for each person, not each case."""

    TOLD_BEFORE = "told_before", "Told before"
    TOLD_AT = "told_at", "Told at the time"
    TOLD_AFTER = "told_after", "Told afterwards"
    DUE = "due", "To be told by the date given"
    NOT_TOLD_SAFETY = "not_told_safety", "Not told: telling would put someone at risk"
    NOT_TOLD_PREJUDICE = "not_told_prejudice", "Not told: telling would prejudice an enquiry or investigation"
    NOT_CONTACTABLE = "not_contactable", "Could not be reached; what was tried is recorded"
    NOT_KNOWN = "not_known", "Not known whether told; to be resolved before a final decision"


class Precision(Described):
    """How exactly a time is known."""

    SECOND = "second", "To the second"
    MINUTE = "minute", "To the minute"
    HOUR = "hour", "To the hour"
    DAY = "day", "To the day"
    MONTH = "month", "To the month"
    YEAR = "year", "To the year"
    UNKNOWN = "unknown", "Not known"


class CheckState(Described):
    """What checking an identifier's form showed; never a rejection of the person."""

    PASSED = "passed", "Well formed and the check digit or letter agrees"
    FAILED = "failed", "Well formed but the check digit or letter does not agree"
    PLACEHOLDER = "placeholder", "Passes the sum but is a filler, such as one digit repeated"
    BAD_FORMAT = "bad_format", "Not of the scheme's shape"
    NO_CHECK_RULE = "no_check_rule", "The scheme has no check"


class Sex(Described):
    """Sex as recorded by the agency, mapped by the source's version and never guessed."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other, or indeterminate"
    UNKNOWN = "unknown", "Not known or not stated"


class ChangeKind(Described):
    """What a report does to the record of its agency."""

    NEW = "new", "States something for the first time"
    CORRECTION = "correction", "Corrects an earlier report; both stay readable"
    RETRACTION = "retraction", "Says that an earlier report should not stand; it stays readable as withdrawn"


class LogOperation(Described):
    """The six operations that must be logged (DPA 2018 s62(1))."""

    COLLECTION = "collection", "Collected"
    ALTERATION = "alteration", "Altered"
    CONSULTATION = "consultation", "Looked at"
    DISCLOSURE = "disclosure", "Disclosed, including transfers"
    COMBINATION = "combination", "Combined"
    ERASURE = "erasure", "Erased"
