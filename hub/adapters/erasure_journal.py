"""The journal of what was erased: a file of its own, which no copy of the store or of the keys puts back.

A line for each erasure, in order: base64 of a nonce and the fact, encrypted and bound to the number of the line under a
key that the hub has had since it first started. A last line that a crash left half written is not one.
"""

import os
import secrets
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from contracts.base64_text import from_text, to_text
from contracts.errors import ContractError
from contracts.events.erasure import ErasureBegun
from hub.adapters.alone import alone
from hub.adapters.keys import derived
from hub.adapters.private_file import make_private
from hub.domain.errors import StoreUnavailable

_NONCE: Final = 12
_ALTERED: Final = "erasure_journal_altered"


class ErasureJournal:
    """See application.carry_out_erasure.Journal."""

    def __init__(self, path: Path, secret: bytes) -> None:
        """Use this file, which is made with its first line; `secret` (32 bytes) proves the lines."""
        self._path = path
        self._cipher = AESGCM(derived(secret, "erasure-journal"))

    def lines(self) -> tuple[ErasureBegun, ...]:
        """See application.carry_out_erasure.Journal."""
        return tuple(self._opened(number, line) for number, line in enumerate(self._whole().splitlines()))

    def add(self, begun: ErasureBegun) -> None:
        """See application.carry_out_erasure.Journal."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            make_private(self._path)
            with alone(self._path.with_name(f"{self._path.name}.lock")):
                known = {one.erasure_id: number for number, one in enumerate(self.lines())}
                if begun.erasure_id not in known:
                    self._append(len(known), begun)
        except OSError as refused:
            raise StoreUnavailable("erasure_journal") from refused

    def _append(self, number: int, begun: ErasureBegun) -> None:
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, begun.to_bytes(), _bound(number))
        whole = len(self._whole())
        with self._path.open("r+b") as file:
            file.seek(whole)
            file.truncate()
            file.write(to_text(sealed).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _whole(self) -> bytes:
        """The lines that were written to their end."""
        try:
            raw = self._path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as refused:
            raise StoreUnavailable("erasure_journal") from refused
        return raw[: raw.rfind(b"\n") + 1]

    def _opened(self, number: int, line: bytes) -> ErasureBegun:
        try:
            sealed = from_text(line.decode("ascii"))
            plain = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(number))
            return ErasureBegun.from_kept_bytes(plain, ErasureBegun.VERSION)
        except (InvalidTag, ValueError, ContractError):
            raise StoreUnavailable(_ALTERED) from None


def _bound(number: int) -> bytes:
    return f"childhub/erasure-journal/v1 {number}".encode()
