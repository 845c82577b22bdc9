"""The first version of `concern.raised`: one answer, `family_told`, for the whole family; and the step up from it."""

from contracts.errors import NotOfShape
from contracts.strict_json import Json

_FAMILY_TOLD: tuple[Json, ...] = ("yes", "no", "not_known")


def tell_each_person(v1: dict[str, Json]) -> dict[str, Json]:
    """Version 1 held one answer for the whole family; that cannot say who was told, so nobody is claimed to have been.

    `family_told` becomes a note, and each parent or carer becomes `not_known`. Raises NotOfShape.
    """
    if "telling" in v1:
        raise NotOfShape("schema", "telling")
    v2 = dict(v1)
    answer = v2.pop("family_told", None)
    if answer not in _FAMILY_TOLD:
        raise NotOfShape("schema", "family_told")
    people = v2.get("people")
    adults = [
        person.get("ref")
        for person in (people if isinstance(people, list) else [])
        if isinstance(person, dict) and person.get("role") == "parent_or_carer"
    ]
    v2["telling"] = [{"person": ref, "state": "not_known", "reason": f"v1_family_told_{answer}"} for ref in adults]
    return v2


def schema(v2: dict[str, Json]) -> dict[str, Json]:
    """The JSON Schema of version 1, made from that of version 2. Raises NotOfShape."""
    fields, required = v2["properties"], v2["required"]
    if not isinstance(fields, dict) or not isinstance(required, list):
        raise NotOfShape("schema")
    answer: Json = {
        "description": "Whether the family has been told; version 2 says it for each person",
        "enum": [*_FAMILY_TOLD],
    }
    kept: Json = {name: field for name, field in fields.items() if name != "telling"} | {"family_told": answer}
    return v2 | {"properties": kept, "required": [*required, "family_told"]}
