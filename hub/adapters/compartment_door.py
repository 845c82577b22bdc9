"""The way to the process that opens compartments: a Unix socket, one request and one answer on each connection.

Each goes as four bytes of length, big-endian, and that many bytes.
"""

import socket
import struct
from pathlib import Path
from threading import Event
from typing import Final

from pydantic import ValidationError

from contracts import strict_json
from contracts.base64_text import from_text
from contracts.errors import ContractError
from hub.adapters.compartment_opener import CompartmentOpener, request_of
from hub.application.in_parts import SealedPart
from hub.domain.compartments import HeldApart
from hub.domain.errors import DoorShut, NotPermitted, StoreUnavailable

MOST_BYTES: Final = 4 * 1024 * 1024
SECONDS: Final = 5.0
_LOOKS_UP: Final = 0.2  # seconds between looks whether it is to stop


class SocketDoor:
    """See application.open_apart.Door."""

    def __init__(self, path: Path) -> None:
        """Ask at this socket."""
        self._path = path

    def open(self, part: SealedPart) -> HeldApart:
        """See application.open_apart.Door."""
        try:
            with socket.socket(socket.AF_UNIX) as asking:
                asking.settimeout(SECONDS)
                asking.connect(str(self._path))
                _send(asking, request_of(part.decision, part.sealed))
                answer = strict_json.read(_receive(asking))
        except (OSError, ContractError) as failed:
            raise DoorShut("compartments_do_not_answer") from failed
        match answer:
            case {"opened": str(opened), **rest} if not rest:
                return _held(from_text(opened))
            case {"refused": str(code), **rest} if not rest:
                raise NotPermitted(f"the compartments answered {code}")
            case _:
                raise DoorShut("compartments_answer_form")

    def answers(self) -> bool:
        """See application.open_apart.Door."""
        try:
            with socket.socket(socket.AF_UNIX) as asking:
                asking.settimeout(SECONDS)
                asking.connect(str(self._path))
        except OSError:
            return False
        return True


def serve(opener: CompartmentOpener, path: Path, stopping: Event) -> None:
    """Answer at the socket until told to stop. Raises StoreUnavailable: another process answers there."""
    with socket.socket(socket.AF_UNIX) as listening:
        _listen(listening, path)
        try:
            while not stopping.is_set():
                try:
                    asked, _ = listening.accept()
                except TimeoutError:
                    continue
                with asked:
                    _answer(opener, asked)
        finally:
            path.unlink(missing_ok=True)


def _listen(listening: socket.socket, path: Path) -> None:
    try:
        with socket.socket(socket.AF_UNIX) as trying:
            trying.connect(str(path))
        raise StoreUnavailable("compartments_answer_already")
    except (FileNotFoundError, ConnectionRefusedError):
        path.unlink(missing_ok=True)  # left by a process that was killed
    try:
        listening.bind(str(path))
        path.chmod(0o660)
        listening.listen(8)
        listening.settimeout(_LOOKS_UP)
    except OSError as refused:
        raise StoreUnavailable(type(refused).__name__) from refused


def _answer(opener: CompartmentOpener, asked: socket.socket) -> None:
    asked.settimeout(SECONDS)
    try:
        request = _receive(asked)
    except (OSError, ContractError):
        return  # whoever asked has gone, or says nothing that can be answered
    answer = opener.answer(request)
    try:
        _send(asked, answer)
    except OSError:
        return  # on the ledger all the same


def _send(to: socket.socket, said: bytes) -> None:
    to.sendall(struct.pack(">I", len(said)) + said)


def _receive(from_: socket.socket) -> bytes:
    (length,) = struct.unpack(">I", _exactly(from_, 4))
    if length > MOST_BYTES:
        raise OSError("too_big")
    return _exactly(from_, length)


def _exactly(from_: socket.socket, size: int) -> bytes:
    got = bytearray()
    while len(got) < size:
        piece = from_.recv(min(65536, size - len(got)))
        if not piece:
            raise OSError("ended")
        got += piece
    return bytes(got)


def _held(opened: bytes) -> HeldApart:
    try:
        return HeldApart.model_validate_json(opened)
    except ValidationError:
        raise DoorShut("compartments_answer_form") from None
