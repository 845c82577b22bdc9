"""No test leaves this machine: a hook under Python's own sockets refuses every address but the loopback."""

import sys
from ipaddress import ip_address

_LOCAL_NAMES = frozenset({"", "localhost"})


class LeftTheMachine(RuntimeError):
    """A test tried to reach another machine."""


def is_local(address: object) -> bool:
    """Whether a socket address stays on this machine: a Unix path, the loopback, or the name localhost."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    if host is None:
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if text in _LOCAL_NAMES:
        return True
    try:
        return ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    match event:
        case "socket.connect" | "socket.sendto":
            address = arguments[1]
        case "socket.getaddrinfo":
            address = (arguments[0],)
        case _:
            return
    if not is_local(address):
        raise LeftTheMachine(f"{event} to an address outside this machine")


def keep_inside() -> None:
    """Refuse connections, datagrams and name look-ups that leave the machine, from now until the process ends.

    An audit hook can't be taken away again, which is the point.
    """
    sys.addaudithook(_refuse)
