"""Facts about pass phrases of the hub's own: made by the hub for somebody, and chosen by whose they are."""

from typing import Literal

from contracts.event import Fact, Moment
from contracts.events.hub import Actor


class PhraseGiven(Fact):
    """The hub made a pass phrase for somebody on its registry, who must replace it: from `until` on it opens nothing.

    `pass_hash` is scrypt of the phrase, with its cost.
    """

    TYPE = "staff.phrase_given"

    at: Moment
    issuer: str
    subject: str
    pass_hash: str
    until: Moment


class PhraseChanged(Fact):
    """Whoever acts chose another pass phrase; `renewed`: theirs stays, and was hashed again at a higher cost."""

    TYPE = "staff.phrase_changed"

    at: Moment
    actor: Actor
    pass_hash: str
    why: Literal["chosen", "renewed"]


FACTS = (PhraseGiven, PhraseChanged)
