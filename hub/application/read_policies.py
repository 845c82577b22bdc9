"""An information-governance officer reads by which policies people may act, and since when; the look is on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from contracts.event import Fact
from contracts.events.access import SettingsStated
from contracts.events.hub import Actor
from hub.application.look_at_audit import Checking, OnRecord, keep_audit_look, refuse_others
from hub.application.need_port import PoliciesWritten
from hub.application.ports import Stream
from hub.domain.audit_look import AuditLook
from hub.domain.need_to_know import Policy

WHAT: Final = "policies"


@dataclass(frozen=True, slots=True)
class InForce:
    """A set of policies (SHA-256) and from when on it stood on record (UTC)."""

    sha256: str
    since: datetime


@dataclass(frozen=True, slots=True)
class PoliciesInForce:
    """The policies that answer here, and the sets that stood on record, the newest first.

    `since` is None where the newest set on record is not this one: it was not stated yet, or another process of the
    hub answers by another set.
    """

    policies: tuple[Policy, ...]
    sha256: str
    stated: tuple[InForce, ...]
    on_record: OnRecord

    @property
    def since(self) -> datetime | None:
        """From when on these policies stand on record, without a break."""
        newest = next(iter(self.stated), None)
        return newest.since if newest is not None and newest.sha256 == self.sha256 else None


def read_policies(checking: Checking, written: PoliciesWritten, actor: Actor) -> PoliciesInForce:
    """The policies. Raises AccessRefused (on record), StoreUnavailable, Unreadable."""
    refuse_others(checking, actor, AuditLook(WHAT))
    stated = stated_policies(checking.store.read_stream(Stream.registry()))
    kept = keep_audit_look(checking, actor, AuditLook(WHAT, items=len(written.read), sha256=written.sha256))
    return PoliciesInForce(written.read, written.sha256, stated, kept)


def stated_policies(registered: Iterable[Fact]) -> tuple[InForce, ...]:
    """Each set that the settings on record named, from when on, the newest first; what named none is left out."""
    named = (one for one in registered if isinstance(one, SettingsStated) and one.policies)
    runs = ((sha256, next(run).at) for sha256, run in groupby(named, key=lambda one: one.policies))
    return tuple(reversed([InForce(sha256, at) for sha256, at in runs]))
