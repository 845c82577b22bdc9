"""What surrounds a request and can change its answer in law; everything here has a default that claims nothing."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from contracts.vocabulary import AgencyKind


class ServiceAgreement(Enum):
    """Whether the family agreed to a service. That is not consent to the use of their information."""

    NOT_ASKED = "not_asked"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Investigation(Enum):
    """Where a criminal investigation stands, because reasons for silence end with it."""

    NONE = "none"
    ACTIVE = "active"
    ENDED = "ended"


class Requester(Enum):
    """Who asks to see the information that is held about a child."""

    CHILD = "child"
    PARENT = "parent"
    OTHER = "other"


class AccessExemption(Enum):
    """The reason claimed for keeping something back from a person who asked for it."""

    CHILD_ABUSE = "child_abuse"
    SERIOUS_HARM = "serious_harm"
    THIRD_PARTY = "third_party"
    OFFICIAL_IDENTITY = "official_identity"


class LogUse(Enum):
    """What a log of operations is wanted for. The first four are the only lawful uses (DPA 2018 s62(4))."""

    VERIFY_LAWFULNESS = "verify_lawfulness"
    SELF_MONITORING = "self_monitoring"
    INTEGRITY_AND_SECURITY = "integrity_and_security"
    CRIMINAL_PROCEEDINGS = "criminal_proceedings"
    PRODUCTIVITY = "productivity"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A decision not to share: why, by whom, and when it will be looked at again."""

    reason: str | None
    decided_by: str | None
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Facts about the situation rather than about one item; a caller states only those that it knows."""

    harm_indicated: bool = False
    service_agreement: ServiceAgreement = ServiceAgreement.NOT_ASKED
    channel_support: bool = False
    child_gillick_competent: bool = False
    child_refuses: bool = False
    child_under_13_sexual_activity: bool = False
    investigation: Investigation = Investigation.NONE
    asked_by: AgencyKind | None = None
    asker_is_safeguarding_partner: bool = False
    written_victim_request: bool = False
    sharer_is_processor: bool = False
    sharer_designated: bool = False
    recipient_designated: bool = False
    recipient_has_safeguarding_role: bool = True
    recipient_is_school_or_college: bool = True
    alleged_abuser_in_reach: bool = False
    immigration_enforcement: bool = False
    whole_file: bool = False
    more_detrimental: Refusal | None = None
    requester: Requester | None = None
    exemption: AccessExemption | None = None
    log_use: LogUse | None = None
