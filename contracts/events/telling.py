"""Facts about telling people: what somebody at the hub states of it later than the agency, and what a family asked."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from contracts.event import Fact, Moment
from contracts.events.hub import Actor
from contracts.events.sharing import Answered
from contracts.report import Ref
from contracts.vocabulary import PersonRole, Telling

How = Literal["in_person", "by_telephone", "by_video", "in_writing"]
ChildView = Literal["agrees", "does_not_agree", "not_asked", "cannot_say"]
AskerKind = Literal["child", "parent", "other"]
Proof = Literal["document_seen", "known_in_person", "not_checked"]
_REF = r"^[a-z][a-z0-9_]{0,19}$"


class TellingStated(Fact):
    """Somebody at the hub states, later than the agency did, how it stands with telling one person of one report.

    `label` is the report's own label for the person, `person_id` the child in whose history the report stands. `on` is
    the day on which the person was told or was tried; `told_by` who did it. `stands` says whether the statement is
    whole in law: one that does not stand is kept, is answered, and changes nothing. `child_agrees` and `child_words`
    are what the child says to the telling; `considered` are codes of the prompts that were gone through.
    """

    TYPE = "telling.stated"

    telling_id: UUID
    at: Moment
    person_id: UUID
    report_id: UUID
    label: Ref = Field(pattern=_REF)
    role: PersonRole
    actor: Actor
    state: Telling
    on: date | None = None
    how: How | None = None
    told_by: str | None = Field(default=None, max_length=200)
    reason: str | None = Field(default=None, max_length=400)
    approved_by: str | None = Field(default=None, max_length=200)
    review_on: date | None = None
    child_agrees: ChildView | None = None
    child_words: str = Field(default="", max_length=2000)
    considered: tuple[str, ...] = ()
    stands: bool
    law: str
    answer: tuple[Answered, ...]


class TellingUndone(Fact):
    """What was stated of telling somebody was wrong: what stood before it stands again. It stays readable."""

    TYPE = "telling.undone"

    telling_id: UUID
    at: Moment
    person_id: UUID
    actor: Actor
    reason: str = Field(min_length=1, max_length=400)


class FamilyAsked(Fact):
    """A parent, a young person or somebody else asked what is held, who looked and what was shared about a child.

    `asker` is the label under which reports name them, `also` others for the same person. It is kept together with the
    decision on the answer, before anything is answered, and alike where the child is not there.
    """

    TYPE = "family.asked"

    decision_id: UUID
    at: Moment
    person_id: UUID
    actor: Actor
    asker: Ref = Field(pattern=_REF)
    also: tuple[Ref, ...] = ()
    asker_kind: AskerKind
    proof: Proof


FACTS = (TellingStated, TellingUndone, FamilyAsked)
