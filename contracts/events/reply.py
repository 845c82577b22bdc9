"""The fact that somebody whom an entry concerns said something about it: a statement that stands beside the entry.

Source: UK GDPR Arts 16, 19 (a supplementary statement, and each recipient told); DPA 2018 s46, s48(9).
"""

from datetime import date
from typing import Final
from uuid import UUID

from pydantic import Field

from contracts.described import Described
from contracts.event import Fact, Moment
from contracts.events.hub import Actor

REPLY: Final = "reply"  # the statement of a share that holds the words; those beside it are `reply_…`
MOST_WORDS: Final = 4000


class Whose(Described):
    """Whose reply it is, as they stand to the child; nobody is named."""

    CHILD = "child", "The child"
    PARENT_OR_CARER = "parent_or_carer", "Parent, or person with care of the child"
    OTHER_NAMED = "other_named", "Another person whom the entry names"
    AGENCY = "agency", "An agency"


class Disputes(Described):
    """What of the entry the reply says is wrong: fact and professional view are different things to dispute."""

    FACT = "fact", "What happened"
    VIEW = "view", "The professional view"
    BOTH = "both", "What happened, and the professional view"
    NOTHING = "nothing", "Nothing: it adds something"


class ReplyAttached(Fact):
    """Somebody whom an entry concerns said something about it, and who wrote that down here; the entry stays as it is.

    `report_id` is the report to which it is attached, `said_on` the day on which it was said in England. `agency` is a
    source, where it is an agency's reply. The words are theirs; nobody is named beside them but who wrote them down.
    """

    TYPE = "reply.attached"

    reply_id: UUID
    at: Moment
    person_id: UUID
    report_id: UUID
    actor: Actor
    whose: Whose
    agency: str = Field(default="", max_length=200)
    disputes: Disputes
    said_on: date
    words: str = Field(min_length=1, max_length=MOST_WORDS)


FACTS = (ReplyAttached,)
