"""How sure the hub is of somebody: what stands in `Actor.assurance`, written and read in one place."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from hub.domain.id_token import Vouched

BY_PHRASE = "pass phrase"
BY_ISSUER = "openid"
MACHINE_ACCOUNT = "machine account"  # whoever may run commands said who they are; nobody proved it
_ISSUED = re.compile(r"openid; acr=([\x21-\x7e]*); amr=([\x21-\x7e]*); auth_time=([0-9TZ:-]*)")


@dataclass(frozen=True, slots=True)
class Assurance:
    """By what somebody was known; from an issuer also how surely (acr, amr) and when they proved it (UTC)."""

    by: str
    acr: str = ""
    amr: tuple[str, ...] = ()
    auth_time: datetime | None = None


def written(vouched: Vouched) -> str:
    """What an issuer said of how somebody proved who they are; what it did not say stays empty."""
    moment = vouched.auth_time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if vouched.auth_time else ""
    methods = ",".join(one for one in vouched.amr if ";" not in one and "," not in one)
    return f"{BY_ISSUER}; acr={vouched.acr.replace(';', '')}; amr={methods}; auth_time={moment}"


def read(text: str) -> Assurance:
    """What was written; anything else is how it stands, with nothing more known."""
    found = _ISSUED.fullmatch(text)
    if found is None:
        return Assurance(text)
    acr, amr, moment = found.groups()
    when = datetime.fromisoformat(moment) if moment else None
    return Assurance(BY_ISSUER, acr, tuple(amr.split(",")) if amr else (), when)
