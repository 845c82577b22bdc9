"""The policies in Cedar: read and validated once, asked for each request; whatever is not a clear yes is a no.

Cedar skips a policy that fails while it is judged, a forbidding one too, so that an attribute which is missing would
open a record. So the schema goes with every question, and an answer with any error in it is no answer.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final

import cedarpy

from contracts.events.hub import Cited
from contracts.strict_json import Json
from hub.domain.errors import PoliciesUnfit
from hub.domain.need_to_know import Policy, Relation, Ruling, Situation

SCHEMA: Final = "schema.cedarschema"
_ENDING: Final = ".cedar"
_ANNOTATIONS: Final = frozenset({"id", "title", "says", "law", "owner", "review"})
_OF_AGENCY: Final = frozenset({Relation.REPORTED, Relation.ASKED})
Entity = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Question:
    """What Cedar is asked: one request, and all that it may look at."""

    request: dict[str, Json]
    entities: tuple[Entity, ...]


class CedarPolicies:
    """See application.need_port.Policies."""

    def __init__(self, files: Mapping[str, str], schema: str) -> None:
        """Take the policies in these files, by name. Raises PoliciesUnfit: then nobody may be served."""
        text = "\n".join(files[name] for name in sorted(files))
        try:
            self._schema = cedarpy.Schema.from_str(schema)
            self._policies = cedarpy.PolicySet.from_str(text)
            valid = bool(cedarpy.validate_policies(text, self._schema))
        except ValueError:
            raise PoliciesUnfit("syntax") from None
        if not valid:
            raise PoliciesUnfit("schema")
        self.read = tuple(policy for name in sorted(files) for policy in _read(name, files[name]))
        self._by_id = {policy.id: policy for policy in self.read}
        if not self.read or len(self._by_id) != len(self.read):
            raise PoliciesUnfit("ids")
        self.sha256 = _digest(files, schema)

    def judge(self, situation: Situation) -> Ruling:
        """See application.need_port.Policies."""
        return self.answer(asked_of(situation))

    def answer(self, question: Question) -> Ruling:
        """What the policies answer to one question, as it stands."""
        return self.answers((question.request,), question.entities)[0]

    def answers(self, requests: tuple[dict[str, Json], ...], entities: tuple[Entity, ...]) -> tuple[Ruling, ...]:
        """What they answer to several requests about the same entities."""
        asked = [dict(one) for one in requests]
        found = cedarpy.is_authorized_batch(asked, self._policies, json.dumps(entities), self._schema)
        return tuple(self._ruling(one) for one in found)

    def _ruling(self, found: cedarpy.AuthzResult) -> Ruling:
        """Cedar's own words are never kept: they repeat what was asked."""
        if found.decision is cedarpy.Decision.NoDecision:
            return Ruling(False, (), self.sha256, alarm="no_decision")
        if found.diagnostics.errors:
            return Ruling(False, (), self.sha256, alarm="error")
        reasons: dict[str, str] = found.diagnostics.id_annotations_by_reason
        ids = tuple(sorted(reasons.values()))
        if found.allowed:
            return Ruling(True, ids, self.sha256)
        return Ruling(False, ids, self.sha256, tuple(_cited(self._by_id[one]) for one in ids))


def asked_of(situation: Situation) -> Question:
    """A situation as Cedar is asked about it; nobody in it has a name."""
    reader = _uid("Machine" if situation.machine else "Staff", "reader")
    request: dict[str, Json] = {
        "principal": reader,
        "action": _uid("Action", situation.action.value),
        "resource": _uid("Child", "child"),
        "context": {"purpose": situation.purpose_code},
    }
    return Question(request, entities_of(situation))


def entities_of(situation: Situation) -> tuple[Entity, ...]:
    """The reader, the reader's agency and team, and the child with whoever of them stands to it in some way."""
    reader, agency = _uid("Machine" if situation.machine else "Staff", "reader"), _uid("Agency", "own")
    team = _uid("Team", "own")
    parents: list[Json] = [] if situation.machine else [team]
    role: dict[str, Json] = {"role": situation.role.value, "agency": {"__entity": agency}}
    child: dict[str, Json] = {}
    for relation in Relation:
        whom = agency if relation in _OF_AGENCY else team if relation is Relation.TEAM else _uid("Staff", "reader")
        child[relation.value] = [{"__entity": whom}] if relation in situation.relations else []
    return (
        {"uid": agency, "attrs": {}, "parents": []},
        {"uid": team, "attrs": {}, "parents": []},
        {"uid": reader, "attrs": role, "parents": parents},
        {"uid": _uid("Child", "child"), "attrs": child, "parents": []},
    )


def read_policies(folder: Traversable) -> CedarPolicies:
    """The policies that lie in a folder. Raises PoliciesUnfit."""
    return CedarPolicies(*files_in(folder))


def files_in(folder: Traversable) -> tuple[dict[str, str], str]:
    """The text of each file of policies, by name, and that of the schema. Raises PoliciesUnfit."""
    try:
        names = sorted(one.name for one in folder.iterdir() if one.name.endswith(_ENDING))
        files = {name: folder.joinpath(name).read_text(encoding="utf-8") for name in names}
        return files, folder.joinpath(SCHEMA).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise PoliciesUnfit("files") from None


def own_policies() -> CedarPolicies:
    """The policies that the hub was released with. Raises PoliciesUnfit."""
    return read_policies(resources.files("hub").joinpath("policies"))


def _read(name: str, text: str) -> tuple[Policy, ...]:
    """Each policy of one file with what its annotations say, all of which are there. Raises PoliciesUnfit."""
    written: dict[str, Any] = json.loads(cedarpy.policies_to_json_str(text))
    texts = [part for part in text.split("@id(") if "(" in part]
    found = written["staticPolicies"]
    if written["templates"] or len(texts) != len(found):
        raise PoliciesUnfit("annotations")
    return tuple(_policy(name, found[f"policy{place}"], one) for place, one in enumerate(texts))


def _policy(name: str, written: Mapping[str, Any], text: str) -> Policy:
    said: dict[str, str] = {key: str(value or "") for key, value in written.get("annotations", {}).items()}
    if said.keys() != _ANNOTATIONS or not all(said.values()):
        raise PoliciesUnfit("annotations")
    try:
        review = date.fromisoformat(said["review"])
    except ValueError:
        raise PoliciesUnfit("review") from None
    whole = f"@id({text.strip()}"
    body = "\n".join(line for line in whole.splitlines() if not line.startswith(("@", "//"))).strip()
    return Policy(
        said["id"], str(written["effect"]), said["title"], said["says"], said["law"], said["owner"], review, name, body
    )


def _digest(files: Mapping[str, str], schema: str) -> str:
    """SHA-256 over all files and the schema, by name."""
    digest = sha256()
    for name, text in sorted({**files, SCHEMA: schema}.items()):
        digest.update(name.encode() + b"\x00" + sha256(text.encode()).digest())
    return digest.hexdigest()


def _uid(kind: str, name: str) -> dict[str, Json]:
    return {"type": f"Hub::{kind}", "id": name}


def _cited(policy: Policy) -> Cited:
    return Cited(rule=policy.id, citation=policy.law, says=policy.says)
