"""The notices of a hub: said on standard error, and once in the log, where their file cannot be read."""

import logging
import sys

from hub.adapters.notices_file import FILE, NoticesFile, NotNotices, read_notices
from hub.commands.quiet_log import NAME
from hub.settings import Settings

_LOG = logging.getLogger(NAME)


def notices_of(settings: Settings) -> NoticesFile:
    """Those in the hub's folder."""
    return NoticesFile(settings.home / FILE, _tell)


def say_wrong(settings: Settings) -> None:
    """Nothing, once it is said what is wrong with the file; the hub is served all the same, and its pages say so."""
    try:
        read_notices(settings.home / FILE)
    except FileNotFoundError:
        return
    except NotNotices as wrong:
        _say(str(wrong))
    except OSError as wrong:
        _say(type(wrong).__name__)


def _say(wrong: str) -> None:
    print(f"hub: {FILE} is no list of notices, so none is shown: {wrong}", file=sys.stderr)


def _tell(wrong: str) -> None:
    if wrong:
        _LOG.error("the file of notices cannot be read, so none is shown")
    else:
        _LOG.warning("the file of notices is read again")
