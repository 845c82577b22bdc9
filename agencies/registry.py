"""Every partner, in one explicit tuple: one place to see them all, one line to add one."""

from agencies.agency import Agency
from agencies.gp import AGENCY as GP
from agencies.health import AGENCY as HEALTH
from agencies.health_visiting import AGENCY as HEALTH_VISITING
from agencies.housing import AGENCY as HOUSING
from agencies.nursery import AGENCY as NURSERY
from agencies.police import AGENCY as POLICE
from agencies.probation import AGENCY as PROBATION
from agencies.school import AGENCY as SCHOOL
from agencies.social_care import AGENCY as SOCIAL_CARE

AGENCIES: tuple[Agency, ...] = (
    POLICE,
    HEALTH,
    HEALTH_VISITING,
    GP,
    SCHOOL,
    NURSERY,
    SOCIAL_CARE,
    HOUSING,
    PROBATION,
)
_BY_NAME = {agency.name: agency for agency in AGENCIES}


class NoSuchAgency(LookupError):
    """No partner has that name."""


def by_name(name: str) -> Agency:
    """The partner of that name. Raises NoSuchAgency."""
    try:
        return _BY_NAME[name]
    except KeyError:
        raise NoSuchAgency("agency") from None
