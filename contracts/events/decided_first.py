"""The first version of decisions about sharing: nothing could be added to one, and nothing was taken back."""

from contracts.errors import NotOfShape
from contracts.event import Upcast
from contracts.strict_json import Json


def as_made(v1: dict[str, Json]) -> dict[str, Json]:
    """As version 2 says it. Raises NotOfShape."""
    if "note" in v1:
        raise NotOfShape("schema", "note")
    if v1.get("cause") == "taken_back":
        raise NotOfShape("schema", "cause")
    return dict(v1)


def schema(description: str) -> Upcast:
    """What makes the JSON Schema of version 1 of that of version 2; it was described so."""

    def older(v2: dict[str, Json]) -> dict[str, Json]:
        fields = v2["properties"]
        if not isinstance(fields, dict):
            raise NotOfShape("schema")
        kept: dict[str, Json] = {name: _older(field) for name, field in fields.items() if name != "note"}
        return v2 | {"description": description, "properties": kept}

    return older


def _older(field: Json) -> Json:
    members = field.get("enum") if isinstance(field, dict) else None
    if not isinstance(field, dict) or not isinstance(members, list):
        return field
    return field | {"enum": [one for one in members if one != "taken_back"]}
