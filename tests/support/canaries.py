"""A mark in every place of every kind of report where a word can be; and what finds it again, however it is written."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from contracts.catalogue import REPORTS
from contracts.report import Change, Handling, LawfulBasis, Name, Person, Place, Provenance, Record, Report, Told
from contracts.report import Statement as Said
from contracts.vocabulary import ChangeKind, NeedLevel, PersonRole, Purpose, SensitivityTag, Telling
from tests.support.given import a_child, a_sound_basis, an_id
from tests.support.story import clock

STEM = "CanaryQuail7Zq"  # in what agencies stated
TYPED = "TypedQuail7Zq"  # in what somebody typed, and no page may say again


def mark(place: str, number: int = 0, stem: str = STEM) -> str:
    """A word that stands nowhere else: it begins with the stem."""
    return f"{stem}{number}{place.replace('_', '').title()}"


def reports() -> Iterator[Report]:
    """One of every kind, each with a mark in each word that it can carry."""
    for number, kind in enumerate(REPORTS):
        yield marked(kind, number)


def marked(kind: type[Report], number: int) -> Report:
    """A report of this kind about Robin."""
    statements = tuple(
        Said(field=rule.name, kind=rule.kinds[0], value=mark(rule.name, number), about="child", by=mark("by", number))
        for rule in kind.FIELDS
    )
    return kind(
        record=Record(system="made-up", record_id=mark("record", number)),
        change=_change(kind, number),
        happened=clock(2026, 9, 1 + number % 28),
        recorded=clock(2026, 9, 1 + number % 28),
        about="child",
        people=(_child(number), _mother(number)),
        statements=statements,
        place=Place(text=f"{number} {mark('place', number)} Road", postcode="ZZ99 3CZ"),
        handling=Handling(
            purpose=Purpose.SECTION_47,
            need=NeedLevel.SIGNIFICANT_HARM,
            sensitivity=(SensitivityTag.OFFICIAL_SENSITIVE,),
        ),
        bases=(a_sound_basis(), LawfulBasis(person="mother", article6="6e")),
        telling=(
            Told(person="child", state=Telling.TOLD_AT),
            Told(
                person="mother",
                state=Telling.NOT_TOLD_SAFETY,
                reason=mark("why_not_told", number),
                decided_by=mark("decided_by", number),
                approved_by=mark("approved_by", number),
            ),
        ),
        provenance=Provenance(native_sha256="0" * 64, adapter="made-up", adapter_version="1"),
    )


def _change(kind: type[Report], number: int) -> Change:
    named = {"record.corrected": ChangeKind.CORRECTION, "record.retracted": ChangeKind.RETRACTION}.get(kind.TYPE)
    return Change() if named is None else Change(kind=named, of=an_id("other"), reason=mark("reason", number))


def _child(number: int) -> Person:
    """Robin, whose number is the same each time; a different family name, so that each is a mark of its own."""
    return a_child(given=mark("given"), family=mark("family"), born="2022-05-11").model_copy(
        update={"address": Place(text=f"1 {mark('address', number)} Lane", postcode="ZZ99 3CZ")}
    )


def _mother(number: int) -> Person:
    return Person(
        ref="mother",
        role=PersonRole.PARENT_OR_CARER,
        names=(Name(text=mark("mother", number)),),
        relationship=mark("relationship", number)[:40],
    )


def forms(stem: str = STEM) -> tuple[bytes, ...]:
    """The stem as it may be written: plain, in any case, as UTF-16, in hex, and in base64 wherever it begins in it."""
    plain, size = stem.encode(), len(stem)
    coded = tuple(
        base64.b64encode(b"\0" * start + plain + b"\0" * 3)[-(-start * 8 // 6) : (start + size) * 8 // 6]
        for start in range(3)  # what stands at either end hangs on the neighbours, and is not looked for
    )
    return (plain.lower(), stem.encode("utf-16-le").lower(), plain.hex().encode(), *coded)


def leaks(sinks: Mapping[str, Iterable[bytes]]) -> list[str]:
    """The sinks in which a mark stands, by name; of what somebody typed, in any; of what agencies stated, in most."""
    typed, stated = forms(TYPED), forms()
    found = {name for name, held in sinks.items() for one in held if _holds(one, typed)}
    return sorted(
        found | {name for name, held in sinks.items() for one in held if name != MAY_SEE and _holds(one, stated)}
    )


MAY_SEE = "pages of those who may see"


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file under a folder as it lies there, with its path; names are looked at as well as what is in them."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        yield name, name.encode()
        if path.is_file():
            yield name, path.read_bytes()


def _holds(held: bytes, wanted: tuple[bytes, ...]) -> bool:
    plain, wide, hexed, *coded = wanted
    low = held.lower()
    return plain in low or wide in low or hexed in low or any(one in held for one in coded)
