"""The shapes of FHIR R4 resources, and whether a resource in JSON form keeps to them (HL7 FHIR 4.0.1).

The only file that touches `fhir.resources`: its R4B models are slow and mutable, so they check and are thrown away.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import get_args

from fhir.resources.R4B import get_fhir_model_class
from fhir_core.types import FhirBase
from fhir_core.utils import is_list_type
from pydantic import ValidationError

from contracts.errors import NotReadable
from contracts.strict_json import Json

Body = dict[str, Json]


class Kind(Enum):
    """What the content of an element is."""

    TEXT = "text"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    MOMENT = "moment"
    PART = "part"
    RESOURCE = "resource"


@dataclass(frozen=True, slots=True)
class Element:
    """An element that a type may hold. `part` is the type of a part that is itself made of elements."""

    kind: Kind
    many: bool
    part: str = ""


_PRIMITIVES: tuple[tuple[type, Kind], ...] = (
    (bool, Kind.BOOLEAN),
    (int, Kind.INTEGER),
    (Decimal, Kind.DECIMAL),
    (datetime, Kind.MOMENT),
    (date, Kind.DATE),
    (time, Kind.TEXT),
)
_JSON_TYPES: Mapping[Kind, tuple[type, ...]] = {
    Kind.BOOLEAN: (bool,),
    Kind.INTEGER: (int,),
    Kind.DECIMAL: (int, float),
    Kind.DATE: (str,),
    Kind.MOMENT: (str,),
    Kind.TEXT: (str,),
}
_NOT_ELEMENTS = frozenset({"fhir_comments", "resource_type", "resourceType"})
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_CLOCK = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])"
)


@cache
def is_resource_type(name: str) -> bool:
    """Whether R4 has a resource of that name."""
    if not re.fullmatch(r"[A-Z][A-Za-z]{2,60}", name):
        return False
    try:
        return bool(get_fhir_model_class(name).has_resource_base())
    except ValueError:
        return False


@cache
def elements(type_name: str) -> Mapping[str, Element]:
    """The elements of a type, by their names in JSON; primitive extensions under their underscored names."""
    found: dict[str, Element] = {}
    for key, info in get_fhir_model_class(type_name).model_fields.items():
        name = info.alias or key
        if name not in _NOT_ELEMENTS:
            found[name] = _element(info.annotation, many=is_list_type(info))
    return found


def _element(annotation: object, *, many: bool) -> Element:
    leaves = _leaves(annotation)
    for leaf in leaves:
        if isinstance(leaf, type) and issubclass(leaf, FhirBase):
            name = leaf.__name__.removesuffix("Type")
            return Element(Kind.RESOURCE if name == "Resource" else Kind.PART, many, name)
    for primitive, kind in _PRIMITIVES:
        if primitive in leaves:
            return Element(kind, many)
    return Element(Kind.TEXT, many)


def _leaves(annotation: object) -> list[object]:
    inside = get_args(annotation)
    return [leaf for part in inside for leaf in _leaves(part)] if inside else [annotation]


def check(resource: Body) -> None:
    """Nothing, if the resource keeps to R4 and we can be sure that it means what its elements say.

    Raises NotReadable: resource_type, nested_contained, modifier_extension, implicit_rules, wrong_type, bad_date,
    schema (an element unknown to R4, or one that R4 requires is missing).
    """
    name = type_of(resource)
    _refuse_contained(resource)
    check_part(resource, name)
    try:
        get_fhir_model_class(name).model_validate(deepcopy(_without_narrative(resource)))
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        # A wrong resource is met by the library with whichever of these its inner code stumbles on.
        raise NotReadable("schema", name) from None


def type_of(resource: Body) -> str:
    """The type that the resource says it is of. Raises NotReadable: resource_type."""
    name = resource.get("resourceType")
    if not isinstance(name, str) or not is_resource_type(name):
        raise NotReadable("resource_type")
    return name


def check_part(part: Body, type_name: str) -> None:
    """Nothing, if each element of the part is known to the type and of its JSON type. Raises NotReadable as `check`."""
    known = elements(type_name)
    for name, value in part.items():
        if name == "resourceType" and is_resource_type(type_name):
            continue
        element = known.get(name)
        if element is None:
            raise NotReadable("schema", type_name)
        if name == "modifierExtension" and value:
            raise NotReadable("modifier_extension", type_name)
        if name == "implicitRules":
            raise NotReadable("implicit_rules", type_name)
        if name == "text" and element.part == "Narrative":
            continue
        _check_element(value, element, type_name)


def _check_element(value: Json, element: Element, where: str) -> None:
    if not element.many:
        _check_one(value, element, where)
        return
    if not isinstance(value, list):
        raise NotReadable("wrong_type", where)
    for one in value:
        if one is None and (element.kind not in (Kind.PART, Kind.RESOURCE) or element.part == "FHIRPrimitiveExtension"):
            continue
        _check_one(one, element, where)


def _check_one(value: Json, element: Element, where: str) -> None:
    if element.kind in (Kind.RESOURCE, Kind.PART):
        if not isinstance(value, dict):
            raise NotReadable("wrong_type", where)
        check_part(value, type_of(value) if element.kind is Kind.RESOURCE else element.part)
        return
    if not isinstance(value, _JSON_TYPES[element.kind]) or isinstance(value, bool) != (element.kind is Kind.BOOLEAN):
        raise NotReadable("wrong_type", where)
    if isinstance(value, str) and element.kind in (Kind.DATE, Kind.MOMENT):
        _refuse_date(value, element.kind, where)


def _refuse_date(value: str, kind: Kind, where: str) -> None:
    if not is_date(value, clock=kind is Kind.MOMENT):
        raise NotReadable("bad_date", where)


def is_date(text: str, *, clock: bool) -> bool:
    """Whether the text is a FHIR date, whole or partial, or (with `clock`) a FHIR dateTime; and on the calendar."""
    moment = _CLOCK.fullmatch(text) if clock else None
    if moment is None and not _DATE.fullmatch(text):
        return False
    try:
        if moment is not None:
            return datetime.fromisoformat(moment[1] + moment[3]).year > 0
        return date.fromisoformat((text + "-01-01")[:10]).year > 0
    except ValueError:
        return False


def _refuse_contained(resource: Body) -> None:
    contained = resource.get("contained", [])
    for inner in contained if isinstance(contained, list) else []:
        if isinstance(inner, dict) and "contained" in inner:
            raise NotReadable("nested_contained")


def _without_narrative(resource: Body) -> Body:
    """The resource without its HTML, which is never read (a contained resource may have its own)."""
    bare = {name: value for name, value in resource.items() if not _is_narrative(resource, name)}
    contained = bare.get("contained")
    if isinstance(contained, list):
        bare["contained"] = [_without_narrative(inner) if isinstance(inner, dict) else inner for inner in contained]
    return bare


def _is_narrative(resource: Body, name: str) -> bool:
    found = elements(type_of(resource)).get(name) if name == "text" else None
    return found is not None and found.part == "Narrative"


def has_narrative(resource: Body) -> bool:
    """Whether the resource carries HTML, which is dropped."""
    return "text" in resource and _is_narrative(resource, "text")
