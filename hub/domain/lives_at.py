"""A home address as one word to compare: it is kept hashed under a key, and only with the person whose it is."""

import re
import unicodedata
from uuid import UUID

from contracts.report import Place, Report

LIVES_AT = "lives at"  # the scheme under which an address, with the person, leads to that person


def address_key(place: Place | None) -> str | None:
    """Postcode and first line, letters and digits alone; None where either is not stated."""
    if place is None or not place.postcode or not place.text:
        return None
    first = place.text.split(",", maxsplit=1)[0].split("\n", maxsplit=1)[0]
    postcode, line = _bare(place.postcode), _bare(first)
    return f"{postcode}/{line}" if postcode and line else None


def address_of(report: Report) -> str | None:
    """The key of the address of whom a report is about; None where it states none."""
    return address_key(report.subject().address)


def bound(person_id: UUID, key: str) -> str:
    """An address with the person whose it is, so that nobody can ask who else lives there."""
    return f"{person_id.hex} {key}"


def _bare(text: str) -> str:
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return re.sub(r"[^a-z0-9]", "", plain.casefold())
