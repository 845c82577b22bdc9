"""What the use cases need of the policies: an answer, always."""

from typing import Protocol

from hub.domain.need_to_know import Ruling, Situation


class Policies(Protocol):
    """The hub's policies on who may act about a child."""

    def judge(self, situation: Situation) -> Ruling:
        """What they answer. Whatever goes wrong is an answer too: no, with an alarm."""
