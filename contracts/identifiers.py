"""Identifiers of people, places and bodies: parsed and checked, never repaired, and never a reason to reject a person.

NHS number: modulus 11 (NHS Data Dictionary). Unique Pupil Number: modulus 23 check letter (DfE UPN guide).
Only ASCII digits count; only a number whose check passed may be used to find somebody.
"""

import re
from enum import StrEnum

from pydantic import Field

from contracts.event import Shape
from contracts.vocabulary import CheckState

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_PNC_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
_DENIED = frozenset({"9876543210"})


class Scheme(StrEnum):
    """Which numbering an identifier belongs to; the text before the colon in `nhs:9990001006`."""

    NHS_NUMBER = "nhs"
    UPN = "upn"
    FORMER_UPN = "former_upn"
    LA_CHILD = "la"
    ULN = "uln"
    NOMS = "noms"
    CRN = "crn"
    PNC = "pnc"
    CRO = "cro"
    LOCAL = "local"
    HUB = "hub"
    ODS = "ods"
    SCHOOL_URN = "urn"
    UPRN = "uprn"


class Identifier(Shape):
    """One identifier as the agency gave it (spaces and hyphens stripped, upper case) and what its check showed.

    `traced` says whether the agency confirmed it against the national register; None means not said.
    """

    scheme: Scheme
    value: str = Field(min_length=1, max_length=64)
    check: CheckState
    traced: bool | None = None

    @property
    def may_match(self) -> bool:
        """Whether this identifier may be used to find a person; the sender's word that a check passed is not enough."""
        if self.check is not check_state(self.scheme, self.value):
            return False
        if self.scheme in (Scheme.LA_CHILD, Scheme.LOCAL):
            return self.check is CheckState.NO_CHECK_RULE
        if self.check is not CheckState.PASSED:
            return False
        return self.scheme is Scheme.NHS_NUMBER or (self.scheme is Scheme.UPN and not is_temporary_upn(self.value))

    def __str__(self) -> str:
        """`scheme:value`, the way people type it."""
        return f"{self.scheme}:{self.value}"


def identifier(scheme: Scheme, raw: str, *, traced: bool | None = None) -> Identifier:
    """The identifier that `raw` states under `scheme`, with its check state. An empty `raw` is bad_format `-`."""
    folded = raw.strip(" \t\r\n") if scheme in (Scheme.LA_CHILD, Scheme.LOCAL) else _folded(raw)
    check = check_state(scheme, folded)
    return Identifier(scheme=scheme, value=folded[:64] or "-", check=check, traced=traced)


def parse_identifier(text: str) -> Identifier:
    """The identifier written as `scheme:value`, such as `nhs:9990001006`.

    Raises ValueError without echoing the text when there is no known scheme before the colon.
    """
    name, colon, value = text.partition(":")
    if not colon or name.lower() not in Scheme._value2member_map_:
        known = ", ".join(f"{scheme}:" for scheme in Scheme)
        raise ValueError(f"an identifier starts with one of {known}")
    return identifier(Scheme(name.lower()), value)


def check_state(scheme: Scheme, value: str) -> CheckState:
    """What the scheme's own rule says of a value already stripped and in upper case."""
    if scheme is Scheme.NHS_NUMBER:
        return nhs_number_check(value)
    if scheme in (Scheme.UPN, Scheme.FORMER_UPN):
        return upn_check(value)
    if scheme is Scheme.ULN:
        return _uln_check(value)
    if scheme is Scheme.PNC:
        return _pnc_check(value)
    if scheme is Scheme.CRO:
        return _cro_check(value)
    shape = _SHAPES[scheme]
    return CheckState.NO_CHECK_RULE if re.fullmatch(shape, value) else CheckState.BAD_FORMAT


def _folded(raw: str) -> str:
    stripped = re.sub(r"[ \t-]", "", raw)
    # Upper case turns some letters of other scripts into ASCII ones: that would repair what was not an identifier.
    return stripped.upper() if stripped.isascii() else stripped


_SHAPES: dict[Scheme, str] = {
    Scheme.LA_CHILD: r"[0-9]{3}/[A-Za-z0-9-]{1,20}",
    Scheme.LOCAL: r"[\x21-\x7e][\x20-\x7e]{0,63}",
    Scheme.NOMS: r"[A-Z][0-9]{4}[A-Z]{2}",
    Scheme.CRN: r"[A-Z][0-9]{6}",
    Scheme.HUB: r"[0-9A-F]{32}",
    Scheme.ODS: r"[A-Z0-9]{3,10}",
    Scheme.SCHOOL_URN: r"[0-9]{6}",
    Scheme.UPRN: r"[0-9]{1,12}",
}


def nhs_number_check(value: str) -> CheckState:
    """Modulus 11 over ten ASCII digits; one digit repeated passes the sum and is a placeholder."""
    if not re.fullmatch(r"[0-9]{10}", value):
        return CheckState.BAD_FORMAT
    remainder = 11 - sum((10 - place) * int(digit) for place, digit in enumerate(value[:9])) % 11
    if remainder == 10 or remainder % 11 != int(value[9]):
        return CheckState.FAILED
    if len(set(value)) == 1 or value in _DENIED:
        return CheckState.PLACEHOLDER
    return CheckState.PASSED


def upn_check(value: str) -> CheckState:
    """Modulus 23 letter before twelve places, the last of which is a letter in a temporary number."""
    if not re.fullmatch(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]", value):
        return CheckState.BAD_FORMAT
    total = sum(
        weight * (int(place) if place.isdigit() else _UPN_LETTERS.index(place))
        for weight, place in zip(range(2, 14), value[1:], strict=True)
    )
    return CheckState.PASSED if _UPN_LETTERS[total % 23] == value[0] else CheckState.FAILED


def is_temporary_upn(value: str) -> bool:
    """Whether a well-formed UPN is a temporary one (it ends in a letter); a temporary number never finds a child."""
    return upn_check(value) is CheckState.PASSED and value[-1].isalpha()


def _uln_check(value: str) -> CheckState:
    if not re.fullmatch(r"[1-9][0-9]{9}", value):
        return CheckState.BAD_FORMAT
    remainder = sum((10 - place) * int(digit) for place, digit in enumerate(value[:9])) % 11
    passed = remainder != 0 and int(value[9]) == 10 - remainder
    return CheckState.PASSED if passed else CheckState.FAILED


def _pnc_check(value: str) -> CheckState:
    """Long form `YYYY/NNNNNNND`, or short `YY/ND` without leading noughts; the century takes no part in the letter."""
    match = re.fullmatch(r"(?:[0-9]{2})?([0-9]{2})/([0-9]{1,7})([A-Z])", value)
    if not match:
        return CheckState.BAD_FORMAT
    year, serial, letter = match.groups()
    return CheckState.PASSED if _PNC_LETTERS[int(year + serial.zfill(7)) % 23] == letter else CheckState.FAILED


def _cro_check(value: str) -> CheckState:
    match = re.fullmatch(r"([0-9]{1,6})/([0-9]{2})([A-Z])", value)
    if not match:
        return CheckState.BAD_FORMAT
    serial, year, letter = match.groups()
    return CheckState.PASSED if _PNC_LETTERS[int(year + serial.zfill(6)) % 23] == letter else CheckState.FAILED
