"""What a command kept is said first; then views and sealed log follow, and what is owed leaves.

A road or a log that is away undoes nothing: it is said to wait, and what the command came to stays as it was said.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hub.commands.one_line import one_line
from hub.domain.errors import Conflict, HubError, StoreUnavailable
from hub.wiring import Hub

LATER = "What was put on record stays there, and they follow at the next command, or by `hub work`."
LEAVES = "It is on record, and it leaves as soon as the road is back, by `hub work`."


@dataclass(slots=True)
class After:
    """What is to come after a command: `sends` names what leaves, where anything does; whether all of it came."""

    sends: str = ""
    came: bool = False


@contextmanager
def then_follow(hub: Hub) -> Iterator[After]:
    """The block keeps, and says what came of it; then views and log follow, however it ended.

    Where they cannot, that is said, and the exit code is the block's. What the block raises stays as it is. Raises
    Unreadable of what follows, where the block went well.
    """
    after = After()
    try:
        yield after
        sys.stdout.flush()
    except StoreUnavailable:  # what could not be kept has nothing follow, and is told as it is
        _follow(hub, after, HubError, tells=False)
        raise
    except BaseException:  # also where whoever was to read it has gone
        _follow(hub, after, HubError)
        raise
    _follow(hub, after, (StoreUnavailable, Conflict))


def may_wait(what: str, away: str) -> str:
    """That it has not left yet, or may not have, and is not lost."""
    return f"{what} may not have left yet ({away}). {LEAVES}"


def not_followed(away: str) -> str:
    """That what was kept is on record, and not in what follows the record."""
    return f"the lists and the sealed log do not have this yet ({away}). {LATER}"


def say(words: str) -> None:
    """One line beside what the command printed, and after it."""
    sys.stdout.flush()
    print(one_line(f"hub: {words}"), file=sys.stderr)


def _follow(
    hub: Hub, after: After, expected: type[HubError] | tuple[type[HubError], ...], *, tells: bool = True
) -> None:
    """What leaves, leaves at once, unless another process sends it."""
    try:
        if not (after.sends and hub.follow_if_free(hub.store)):
            hub.follow()
        after.came = True
    except expected as away:
        if tells:
            say(may_wait(after.sends, str(away)) if after.sends else not_followed(str(away)))
