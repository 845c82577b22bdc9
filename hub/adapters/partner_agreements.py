"""The partners' data-sharing agreements, as their folders hold them, and what the partners are called.

An agreement is a part of the program as installed: a process reads each once.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from agencies import registry as partners
from contracts.agreement import Agreement


def all_agreements() -> tuple[Agreement, ...]:
    """The data-sharing agreement of every partner."""
    return tuple(agreement_of(agency.name) for agency in partners.AGENCIES)


def agreement_of(name: str) -> Agreement:
    """The data-sharing agreement of one partner, as its folder holds it."""
    return _read(name)[0]


def agreement_files() -> Mapping[str, tuple[str, bytes]]:
    """The version and the bytes of each partner's agreement, by name."""
    read = {one.name: _read(one.name) for one in partners.AGENCIES}
    return {name: (agreement.version, held) for name, (agreement, held) in read.items()}


@cache
def _read(name: str) -> tuple[Agreement, bytes]:
    held = resources.files(f"agencies.{name}").joinpath("agreement.toml").read_bytes()
    return Agreement.model_validate(tomllib.loads(held.decode())), held


def topics() -> Mapping[str, str]:
    """Whose each inbound topic is: the partner's source, by topic."""
    return {agency.inbound_topic: agency.source for agency in partners.AGENCIES}


def titles() -> Mapping[str, str]:
    """What people call each partner, by source."""
    return {agency.source: agency.title for agency in partners.AGENCIES}
