"""The parts that bodies of the sealed log are made of: who, when, and what was decided on which rules."""

from collections.abc import Mapping
from datetime import datetime
from unicodedata import normalize
from uuid import UUID

from contracts.events.hub import Actor, Cited
from hub.domain import assurance

Said = Mapping[str, object]


def by_whom(actor: Actor) -> dict[str, str]:
    """Who acts: issuer, name there, agency, role, how sure that is (acr, amr, auth_time), and by which road."""
    who = {"iss": actor.issuer, "sub": actor.subject, "org": actor.agency, "role": actor.role.value}
    return {**who, **_how_sure(actor.assurance), "via": actor.via}


def _how_sure(text: str) -> dict[str, str]:
    found = assurance.read(text)
    if not (found.acr or found.amr or found.auth_time):
        return {"acr": text}
    moment = found.auth_time.isoformat() if found.auth_time is not None else ""
    return {"acr": found.acr, "amr": ",".join(found.amr), "auth_time": moment}


def when(at: datetime) -> dict[str, str]:
    """When it was."""
    return {"at": at.isoformat()}


def rules(cited: tuple[Cited, ...]) -> list[str]:
    """The rules that it rests on, by code, each once."""
    return list(dict.fromkeys(one.rule for one in cited))


def decision(decision_id: UUID, effect: str, **more: object) -> dict[str, object]:
    """A decision, by its id and how it came out."""
    return {"decision": {"id": str(decision_id), "effect": effect, **more}}


def unless_refused(kind: str, effect: str) -> str:
    """The kind, or `deny` where it was not permitted."""
    return kind if effect == "permitted" else "deny"


def plain(value: object) -> object:
    """The same, with every text in normal form NFC, as the log's profile asks."""
    match value:
        case str():
            return normalize("NFC", value)
        case list() | tuple():
            return [plain(one) for one in value]
        case dict():
            return {key: plain(one) for key, one in value.items()}
        case _:
            return value
