"""Facts about an agency's signing keys: their change, which takes two people, and what its systems do by them."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from contracts.event import Fact, Moment
from contracts.events.hub import Actor


class KeyChangeProposed(Fact):
    """Somebody asks that an agency's signing key be replaced (`rotate`) or taken back (`revoke`); nothing is done yet.

    `key_id` is the key that comes, with its 32 raw bytes in base64 (`public_key`), or the one that goes. A key taken
    back proves nothing that comes to the hub from `effective_from` on. `doubtful_from`: since when it may have been
    in other hands; what came between the two is looked at again, and not deleted.
    """

    TYPE = "key_change.proposed"

    change_id: UUID
    at: Moment
    by: Actor
    act: Literal["rotate", "revoke"]
    source: str
    key_id: str = Field(pattern=r"^[a-z0-9_-]{1,60}$")
    public_key: str = ""
    effective_from: Moment | None = None
    doubtful_from: Moment | None = None


class KeyChangeApproved(Fact):
    """A second person agreed to a change of a key: it stands."""

    TYPE = "key_change.approved"

    change_id: UUID
    at: Moment
    by: Actor


class MachineLetIn(Fact):
    """A system of an agency asked for a token by its agency's key, and got it or was refused (`why`, a code)."""

    TYPE = "machine.let_in"

    at: Moment
    source: str
    key_id: str
    effect: Literal["opened", "refused"]
    why: str = Field(default="", pattern=r"^[a-z_]{0,40}$")


FACTS = (KeyChangeProposed, KeyChangeApproved, MachineLetIn)
