"""Which logs are trusted and which witnesses must have cosigned.

Source: C2SP tlog-policy.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from audit.checkpoint import CosignatureVerifier, cosigned_at, parse_checkpoint
from audit.errors import Malformed
from audit.note import NoteVerifier, SignatureLine, VerifierKey, verify_note

NO_QUORUM = "none"
MAX_POLICY_BYTES = 1_000_000
_CONTROL = {*range(0x20), 0x7F} - {0x09, 0x0A}


@dataclass(frozen=True, slots=True)
class Group:
    """So many of these members (witnesses or groups, by name) must have cosigned."""

    needed: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """The vkeys of the logs, the vkeys of the witnesses by name, the groups by name, the name that must be met.

    `urls` says where a witness is called (its submission prefix), for those whose line says so.
    """

    logs: tuple[str, ...]
    witnesses: Mapping[str, str]
    groups: Mapping[str, Group]
    quorum: str
    urls: Mapping[str, str] = field(default_factory=dict)

    def is_met_by(self, cosigned: frozenset[str]) -> bool:
        """Whether cosignatures of these witnesses (by the policy's names) are enough."""
        return self.quorum == NO_QUORUM or self._has(self.quorum, cosigned)

    def _has(self, name: str, cosigned: frozenset[str]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in cosigned
        return sum(self._has(member, cosigned) for member in group.members) >= group.needed


def cosigned_by(policy: Policy, raw: bytes) -> Mapping[str, SignatureLine]:
    """The lines of the policy's witnesses on a signed checkpoint, the newest of each, by the policy's names.

    Raises Malformed; NotSigned when a line under a witness's key does not verify.
    """
    _, note = parse_checkpoint(raw)
    found: dict[str, SignatureLine] = {}
    for name, vkey in policy.witnesses.items():
        verifier = CosignatureVerifier(vkey)
        if any((line.name, line.key_id) == (verifier.key.name, verifier.key.key_id) for line in note.signatures):
            found[name] = max(verify_note(note, [verifier]), key=lambda line: cosigned_at(line.signature))
    return found


def cosigned_since(policy: Policy, raw: bytes, not_after: int) -> int | None:
    """The newest time (seconds since 1970, UTC) since when cosignatures enough stand on a checkpoint; None: not enough.

    A cosignature that bears a time after `not_after` is passed over: a clock that ran ahead makes nothing fresher.
    Raises Malformed; NotSigned when a line under a witness's key does not verify.
    """
    times = {name: cosigned_at(line.signature) for name, line in cosigned_by(policy, raw).items()}
    for since in sorted({at for at in times.values() if at <= not_after}, reverse=True):
        if policy.is_met_by(frozenset(name for name, at in times.items() if since <= at <= not_after)):
            return since
    return None


def parse_policy(raw: bytes) -> Policy:
    """The policy in a file. Raises Malformed, naming the line."""
    if len(raw) > MAX_POLICY_BYTES or set(raw) & _CONTROL:
        raise Malformed("the policy is too long or holds a control character")
    reader = _Reader()
    for number, line in enumerate(raw.decode("utf-8", "surrogateescape").split("\n"), start=1):
        words = [word for word in re.split("[ \t]+", line) if word]
        if words and not words[0].startswith("#"):
            try:
                reader.take(words)
            except Malformed as error:
                raise Malformed(f"policy line {number}: {error}") from error
    return reader.policy()


class _Reader:
    """Takes a policy line by line; a name must stand on a line before the one that uses it."""

    def __init__(self) -> None:
        self._logs: dict[bytes, str] = {}
        self._witnesses: dict[str, str] = {}
        self._urls: dict[str, str] = {}
        self._witness_keys: set[bytes] = set()
        self._groups: dict[str, Group] = {}
        self._members: set[str] = set()
        self._quorum: str | None = None

    def take(self, words: list[str]) -> None:
        match words:
            case ["log", vkey] | ["log", vkey, _]:
                self._take_log(vkey, NoteVerifier(vkey).key)
            case ["witness", name, vkey, *url] if len(url) < 2:
                self._take_witness(name, vkey, CosignatureVerifier(vkey).key)
                self._urls.update((name, one) for one in url)
            case ["group", name, needed, first, *others]:
                self._take_group(name, needed, (first, *others))
            case ["quorum", name] if self._quorum is None:
                if name != NO_QUORUM:
                    self._defined(name)
                self._quorum = name
            case _:
                raise Malformed("not a log, witness, group or single quorum line")

    def policy(self) -> Policy:
        if self._quorum is None:
            raise Malformed("the policy has no quorum line")
        return Policy(tuple(self._logs.values()), self._witnesses, self._groups, self._quorum, self._urls)

    def _take_log(self, vkey: str, key: VerifierKey) -> None:
        if key.public_key in self._logs:
            raise Malformed("the same log key twice")
        self._logs[key.public_key] = vkey

    def _take_witness(self, name: str, vkey: str, key: VerifierKey) -> None:
        self._new(name)
        if key.public_key in self._witness_keys:
            raise Malformed("the same witness key twice")
        self._witness_keys.add(key.public_key)
        self._witnesses[name] = vkey

    def _take_group(self, name: str, needed: str, members: tuple[str, ...]) -> None:
        self._new(name)
        for member in members:
            self._defined(member)
            if member in self._members:
                raise Malformed("a name is a member twice")
            self._members.add(member)
        words = {"all": len(members), "any": 1}
        if needed not in words and re.fullmatch("[1-9][0-9]{0,5}", needed) is None:
            raise Malformed("a group needs all, any or a number")
        count = words[needed] if needed in words else int(needed)
        if count > len(members):
            raise Malformed("a group needs more members than it has")
        self._groups[name] = Group(count, members)

    def _new(self, name: str) -> None:
        if name == NO_QUORUM or name in self._witnesses or name in self._groups:
            raise Malformed("a name is used twice")

    def _defined(self, name: str) -> None:
        if name not in self._witnesses and name not in self._groups:
            raise Malformed("a name is not defined on a line before")
