"""The hub's own facts about its sealed log: when a new one was begun, who witnesses it, and which is trusted again."""

from typing import Literal

from pydantic import Field

from contracts.event import Fact, Moment
from contracts.events.hub import Actor


class LogBegun(Fact):
    """The sealed log goes on under another origin, with a key of its own; this is the first entry under it.

    `cause`: a new year began, or the key of the one before is no longer to be trusted.
    """

    TYPE = "log.begun"

    at: Moment
    origin: str
    cause: Literal["year", "key_lost"]


class WitnessReadmitted(Fact):
    """A witness that had forgotten what it cosigned counts again, because somebody who checks says so.

    `witness` is its name in this hub's policy, `key_id` the id of its key, `since` when it was left out. `why`: its
    keeper put an old copy of its book back and says so, or it had not gone back at all.
    """

    TYPE = "witness.readmitted"

    at: Moment
    by: Actor
    witness: str
    key_id: str
    since: Moment
    why: Literal["copy_put_back", "had_not_gone_back"]


class WitnessesAsked(Fact):
    """From now on the witnesses of a policy are asked, and the hub keeps a book of how each of them stands.

    `policy` is SHA-256 of who must cosign. `why`: the policy is a new one; or somebody who checks says that the book
    (`by` whom) begins again, because it was gone or was not as the hub had written it.
    """

    TYPE = "witnesses.asked"

    at: Moment
    policy: str = Field(pattern=r"^([0-9a-f]{64})?$")
    why: Literal["policy", "witness_book_gone", "witness_book_altered"]
    by: Actor | None = None


FACTS = (LogBegun, WitnessReadmitted, WitnessesAsked)
