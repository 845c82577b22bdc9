"""Can a test reach another machine? Asked of the hook alone, so that nothing is sent even where it is missing."""

import socket
import sys

import pytest

from tests.support.network_guard import LeftTheMachine, is_local


@pytest.mark.parametrize("event", ["socket.connect", "socket.sendto"])
def test_an_address_elsewhere_is_refused_before_a_packet_leaves(event: str) -> None:
    with pytest.raises(LeftTheMachine):
        sys.audit(event, None, ("192.0.2.1", 9))


@pytest.mark.parametrize("name", ["host.invalid", b"host.invalid"])
def test_a_name_is_not_looked_up(name: str | bytes) -> None:
    with pytest.raises(LeftTheMachine):
        sys.audit("socket.getaddrinfo", name, 80, 0, 0, 0)


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as connection:
        assert connection.getpeername() == server.getsockname()


@pytest.mark.parametrize(
    ("address", "local"),
    [
        (("127.0.0.1", 1), True),
        (("127.8.8.8", 1), True),
        (("::1", 1, 0, 0), True),
        ("/run/server.sock", True),
        (("localhost", 1), True),
        (("0.0.0.0", 1), False),
        (("192.168.0.1", 1), False),
        (("2001:db8::1", 1, 0, 0), False),
        (("localhost.example", 1), False),
    ],
)
def test_only_the_loopback_is_local(address: object, local: bool) -> None:
    assert is_local(address) is local
