"""Small readers of a checked FHIR R4 resource in JSON form: parts, texts, codings, extensions and times."""

import re
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from agencies.formats.fhir_r4 import Body
from contracts.errors import NotReadable
from contracts.report import Code
from contracts.vocabulary import Precision
from contracts.when import When, unknown_time

_FRACTION = re.compile(r"\.([0-9]{1,6})[0-9]*")
_BY_LENGTH = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


@dataclass(frozen=True, slots=True)
class Coding:
    """A coded value; `system` is in lower case, since official messages differ in case."""

    system: str
    code: str
    display: str | None

    @property
    def scheme(self) -> str:
        """The last part of the system's address, in lower case."""
        return self.system.rstrip("/").rpartition("/")[2]


def members(part: Body, name: str) -> tuple[Body, ...]:
    """The parts under a repeating element; none when it is absent."""
    found = part.get(name)
    return tuple(one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()


def member(part: Body, name: str) -> Body:
    """The part under a single element; empty when it is absent."""
    found = part.get(name)
    return found if isinstance(found, dict) else {}


def text(part: Body, name: str) -> str | None:
    """The text of an element; None when it is absent or blank."""
    found = part.get(name)
    return found.strip() or None if isinstance(found, str) else None


def texts(part: Body, name: str) -> tuple[str, ...]:
    """The texts of a repeating element."""
    found = part.get(name)
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def coding(part: Body) -> Coding | None:
    """The coding that the part states; None when it has no code."""
    code = text(part, "code")
    return Coding((text(part, "system") or "").lower(), code, text(part, "display")) if code else None


def codings(concept: Body) -> tuple[Coding, ...]:
    """Every coding of a CodeableConcept, in order."""
    return tuple(found for found in map(coding, members(concept, "coding")) if found is not None)


def wording(concept: Body) -> str | None:
    """The words of a CodeableConcept: its text, else the display of its first coding."""
    return text(concept, "text") or next((found.display for found in codings(concept) if found.display), None)


def as_code(found: Coding, *, recognised: bool) -> Code:
    """The coding as a report carries it."""
    shown = found.display[:400] if found.display is not None else None
    return Code(system=found.system or "none", code=found.code, display=shown, recognised=recognised)


def concept_code(concept: Body) -> Code | None:
    """The first coding of a CodeableConcept, marked as one that our tables do not hold."""
    found = next(iter(codings(concept)), None)
    return as_code(found, recognised=False) if found is not None else None


def when(value: str | None) -> When:
    """The time that a FHIR date, dateTime or instant states, to its own precision; unknown when there is none.

    Raises NotReadable: bad_date (it lies outside the years that a report may hold).
    """
    if value is None:
        return unknown_time()
    shown = _FRACTION.sub(r".\1", value)
    try:
        return When(value=shown, precision=_BY_LENGTH.get(len(shown), Precision.SECOND))
    except ValidationError:
        raise NotReadable("bad_date") from None


def day_of(*values: str | None) -> date | None:
    """The day of the first value given; None when none is."""
    return next((when(value).day() for value in values if value is not None), None)


def updated(resource: Body) -> str | None:
    """When the sender's system last changed the resource, as it says."""
    return text(member(resource, "meta"), "lastUpdated")


def extensions(part: Body, name: str) -> tuple[Body, ...]:
    """The extensions whose address ends in `name`, whatever its case."""
    wanted = "/" + name.lower()
    return tuple(one for one in members(part, "extension") if ("/" + (text(one, "url") or "").lower()).endswith(wanted))


def extension_value(part: Body, name: str) -> Body:
    """The first extension of that name; empty when there is none."""
    return next(iter(extensions(part, name)), {})
