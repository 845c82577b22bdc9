"""Policies that nobody could judge by."""

from hub.domain.need_to_know import Ruling, Situation


class Unjudged:
    """Policies that fail while they are judged."""

    def judge(self, situation: Situation) -> Ruling:
        """See application.need_port.Policies."""
        return Ruling(False, (), "0" * 64, alarm="error")
