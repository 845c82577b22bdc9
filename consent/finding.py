"""What a rule is, what it says, and how sure we are of the law behind it."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

REGISTER = "the project's register of law, 21 November 2026; not yet approved by a lawyer"


class Effect(Enum):
    """What a rule does when it applies. A bar beats any ground; a warning never delays an urgent share."""

    GROUND = "ground"  # the law allows it, as far as this question goes
    BAR = "bar"  # it must not happen; on an item, the content of that item must not go
    WARNING = "warning"  # it may happen; a person should see this first, unless it is urgent
    FIX = "fix"  # the label is wrong: correct it; an urgent share goes at once and is corrected afterwards


class Evidence(Enum):
    """How the law behind a rule was checked. Where sources differ in strength, the weakest counts."""

    VERIFIED = "verified"  # the primary text was read
    SECONDARY = "secondary"  # read in a secondary source or a short excerpt
    KNOWLEDGE = "knowledge"  # general knowledge, not re-read
    UNCERTAIN = "uncertain"  # analysis, or not found: needs a lawyer's eye


class Question(Enum):
    """The question that a rule answers. They are kept apart: an answer to one is never an answer to another."""

    POWER = "power"  # is there a power or a duty to share?
    BASIS = "basis"  # on what lawful basis (UK GDPR Art 6, or DPA 2018 Part 3)?
    SPECIAL = "special"  # which condition for special-category data (Art 9)?
    CRIMINAL = "criminal"  # which condition for criminal-offence data (Art 10)?
    CONFIDENCE = "confidence"  # is the common-law duty of confidence met?
    TELLING = "telling"  # has each person been told, or is there a reason why not?
    ACCESS = "access"  # may this member of staff see it?
    CONTENT = "content"  # does other law hold this content back?
    HANDLING = "handling"  # is it going to the right place, and no more than is needed?
    RIGHTS = "rights"  # what do the rights of the people concerned require?


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says when it applies: one or two plain sentences, and the ways on that it proposes."""

    says: str
    propose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer with the rule behind it, and the item and person it is about; neither means the whole request."""

    rule: str
    effect: Effect
    citation: str
    evidence: Evidence
    says: str
    item: UUID | None = None
    person: str | None = None
    propose: tuple[str, ...] = ()
