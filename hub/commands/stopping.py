"""How a process that runs until it is told to stop is told, waits out what is away, and ends in good order.

The work is done in a thread beside the one that hears signals, so that a call to a server that does not answer cannot
keep the process from ending in time. Ending in the midst of such a call is a crash, which loses nothing.
"""

import logging
import signal
import sys
import threading
from collections.abc import Callable
from time import monotonic
from types import FrameType, TracebackType

from hub.commands.quiet_log import NAME
from hub.domain.errors import HubError, TopicRefuses

LAST_WORDS_SECONDS = 5.0
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 15.0
DONE, BROKEN = 0, 1
_LOG = logging.getLogger(NAME)

Round = Callable[[], bool]


def told_to_stop() -> threading.Event:
    """Set by the first SIGTERM or SIGINT; a second says nothing new."""
    stopping = threading.Event()

    def hear(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, hear)
    signal.signal(signal.SIGINT, hear)
    return stopping


def hear_no_more() -> None:
    """No signal from here on: one that comes while the interpreter takes itself down would end it as if it had died."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def until_stopped(work: Callable[[], None], stopping: threading.Event, last_words_seconds: float) -> int:
    """0 when the work ended because it was told to, 1 when it broke; it has that long to finish what is in hand."""
    threading.excepthook = _say_quietly
    sys.excepthook = _say_quietly_of_main
    ended: list[int] = []

    def worker() -> None:
        try:
            work()
            ended.append(DONE)
        finally:
            if not ended:
                ended.append(BROKEN)
            stopping.set()

    thread = threading.Thread(target=worker, name="work", daemon=True)
    thread.start()
    stopping.wait()
    thread.join(last_words_seconds)
    return ended[0] if ended else DONE


def again_and_again(
    one_round: Round, stopping: threading.Event, pause_seconds: float, now: Callable[[], float] = monotonic
) -> None:
    """Do rounds until told to stop, pausing after one that found nothing to do; `now` tells seconds from any beginning.

    What is away (a store, a broker) is waited for, longer each time up to a bound; one line says so when it goes and
    one when it is back. So for each agency whose topic refuses, which is back when it was tried again and did not.
    Raises whatever is no such thing: a fault of programming.
    """
    wait, away, refused = FIRST_WAIT_SECONDS, "", _Refused()
    while not stopping.is_set():
        began = now()
        try:
            busy = one_round()
        except TopicRefuses as failed:
            refused.again(failed, now())
        except HubError as failed:
            if (code := f"{type(failed).__name__} {failed}") != away:
                _LOG.warning("waiting", extra={"code": code})
            away = code
        else:
            if away:
                _LOG.warning("back")
            refused.went_well(began)
            wait, away = FIRST_WAIT_SECONDS, ""
            if not busy:
                stopping.wait(pause_seconds)
            continue
        stopping.wait(wait)
        wait = min(2 * wait, LONGEST_WAIT_SECONDS)


class _Refused:
    """Whose topics refuse, and until when none of each is tried."""

    def __init__(self) -> None:
        """None does."""
        self._until: dict[str, float] = {}

    def again(self, failed: TopicRefuses, now: float) -> None:
        """One line for each of which it was not known."""
        for agency in str(failed).split():
            code = f"{type(failed).__name__} {agency}"
            if code not in self._until:
                _LOG.warning("waiting", extra={"code": code})
            self._until[code] = now + failed.rests

    def went_well(self, began: float) -> None:
        """One line for each that was tried in a round that began then: one that rested was not."""
        for code in [code for code, until in self._until.items() if until <= began]:
            del self._until[code]
            _LOG.warning("back", extra={"code": code})


def _say_quietly(raised: threading.ExceptHookArgs) -> None:
    """What kind of fault ended the thread, and where; none of its words."""
    kind = raised.exc_type, raised.exc_value or raised.exc_type(), raised.exc_traceback
    _LOG.error("the work has stopped", exc_info=kind)


def _say_quietly_of_main(kind: type[BaseException], raised: BaseException, trace: TracebackType | None) -> None:
    _LOG.error("the process has stopped", exc_info=(kind, raised, trace))
