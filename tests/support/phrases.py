"""Pass phrases that people of the tests choose, hashed at the least cost."""

from collections.abc import Iterable
from dataclasses import replace

from hub.adapters.pass_phrases import ScryptPhrases
from hub.application.ports import Clock
from hub.application.sign_in import SigningIn
from hub.domain.errors import TooBusy
from hub.domain.pass_phrase import LEAST_COST
from hub.wiring import Hub

PLAIN = "seven kettles hum at dusk"
OTHER = "a plover in the thimble drawer"


def signing_cheaply(hub: Hub, clock: Clock | None = None, cost: int = LEAST_COST) -> SigningIn:
    """What signing in needs, with a cost that tests can bear."""
    signing = replace(hub.signing_in(), phrases=ScryptPhrases(cost))
    return signing if clock is None else replace(signing, clock=clock)


class Crowded(ScryptPhrases):
    """So many are at it that the next is told to come again."""

    def matches(self, phrase: str, hashed: str, beside: Iterable[str] = ()) -> bool:
        """See application.enrol.PassPhrases."""
        raise TooBusy("phrases")
