"""What the process log says when a view cannot follow the store, and when it can again: once each time."""

import logging

from hub.application.keep_views import Held
from hub.commands.quiet_log import NAME

_LOG = logging.getLogger(NAME)


class ToldOfViews:
    """What was said last of the views."""

    def __init__(self) -> None:
        """Nothing was said yet."""
        self._said: tuple[Held, ...] = ()

    def tell(self, held: tuple[Held, ...]) -> None:
        """Say which views are held up now, at which row and why, and which no longer are."""
        for one in held:
            if one not in self._said:
                _LOG.error("a view is held up", extra={"code": f"{one.view} {one.position} {one.code}"})
        for view in dict.fromkeys(one.view for one in self._said):
            if all(one.view != view for one in held):
                _LOG.warning("a view follows again", extra={"code": view})
        self._said = held
