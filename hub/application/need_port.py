"""What the use cases need of the policies: an answer, always."""

from typing import Protocol

from hub.domain.need_to_know import Policy, Ruling, Situation


class Policies(Protocol):
    """The hub's policies on who may act about a child."""

    def judge(self, situation: Situation) -> Ruling:
        """What they answer. Whatever goes wrong is an answer too: no, with an alarm."""


class PoliciesWritten(Protocol):
    """The same policies as somebody reads them."""

    @property
    def read(self) -> tuple[Policy, ...]:
        """Each of them, in the order in which they are written."""

    @property
    def sha256(self) -> str:
        """SHA-256 of all of them, in hex."""
