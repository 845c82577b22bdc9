"""The partners' data-sharing agreements, as their folders hold them, and what the partners are called."""

import tomllib
from collections.abc import Mapping
from importlib import resources

from agencies import registry as partners
from contracts.agreement import Agreement


def all_agreements() -> tuple[Agreement, ...]:
    """The data-sharing agreement of every partner."""
    return tuple(agreement_of(agency.name) for agency in partners.AGENCIES)


def agreement_of(name: str) -> Agreement:
    """The data-sharing agreement of one partner, as its folder holds it."""
    return Agreement.model_validate(tomllib.loads(_agreement_file(name).decode()))


def agreement_files() -> Mapping[str, tuple[str, bytes]]:
    """The version and the bytes of each partner's agreement, by name."""
    return {one.name: (agreement_of(one.name).version, _agreement_file(one.name)) for one in partners.AGENCIES}


def _agreement_file(name: str) -> bytes:
    return resources.files(f"agencies.{name}").joinpath("agreement.toml").read_bytes()


def topics() -> Mapping[str, str]:
    """Whose each inbound topic is: the partner's source, by topic."""
    return {agency.inbound_topic: agency.source for agency in partners.AGENCIES}


def titles() -> Mapping[str, str]:
    """What people call each partner, by source."""
    return {agency.source: agency.title for agency in partners.AGENCIES}
