"""The hub's own facts about its keys."""

from contracts.event import Fact, Moment


class KeysRotated(Fact):
    """The keys over every person's keys were replaced, and so was the root over them; records stay as they are.

    `root` is the id of the new root. `compartments` and `keys` are how many have a new key, and lie under one.
    """

    TYPE = "keys.rotated"

    at: Moment
    compartments: int
    keys: int
    root: str


FACTS = (KeysRotated,)
