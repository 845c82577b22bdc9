"""A question of law as somebody writes it down in TOML, read strictly into what `consent` is asked.

`act` is hold, share, read, erase or refuse; the other words are the fields of `consent.request`,
`consent.circumstances` and `consent.refusals`, with the codes of the vocabulary. What is left out claims nothing. An
unknown word is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeVar
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from consent import explain, refusals
from consent.circumstances import Circumstances, Refusal
from consent.decide import LawSettings, decide
from consent.refusals import Refusing
from consent.request import FactsInLaw, Item, PersonBasis, PersonTelling, Request

Shape = TypeVar("Shape", Request, Item, Circumstances, Refusing)
_REQUEST = {"purpose": None, "role": None, "need": None, "urgent": False}
_REFUSING = {"words": None, "decided_by": None, "approved_by": None, "review_on": None, "purpose": None}
_ITEM = {"happened": None, "tags": (), "restricted": (), "bases": (), "tellings": ()}
_BASIS = {
    **dict.fromkeys(("article6", "annex1", "article9", "no_consent_reason", "gateway", "authority_36_4")),
    **{"article10": False, "policy_document": False},
    **{"regime": "gdpr", "confidence": "not_engaged", "consent": "not_basis"},
}
_INSIDE: Mapping[str, type] = {"bases": PersonBasis, "tellings": PersonTelling, "more_detrimental": Refusal}


class NotAQuestion(Exception):
    """The words do not make a question; the message names the place, never the value."""


@dataclass(frozen=True, slots=True)
class LawQuestion:
    """A request with its facts."""

    request: Request
    facts: FactsInLaw


def read_question(written: Mapping[str, object]) -> LawQuestion | Refusing:
    """The question that was written down. Raises NotAQuestion."""
    words = dict(written)
    if words.get("act") == "refuse":
        del words["act"]
        return _shaped(Refusing, {**_REFUSING, **words}, "refusal")
    around = _table(words.pop("around", {}), "around")
    items = tuple(
        _item(_table(each, "items"), number) for number, each in enumerate(_rows(words.pop("items", ())), start=1)
    )
    request = _shaped(Request, {**_REQUEST, **words}, "request")
    return LawQuestion(request, FactsInLaw(items, _shaped(Circumstances, around, "around")))


def answer(question: LawQuestion | Refusing, settings: LawSettings) -> str:
    """The note on the question."""
    if isinstance(question, Refusing):
        return explain.refusal_note(question, refusals.judge(question, settings), settings)
    outcome = decide(question.request, question.facts, settings=settings)
    return explain.note(question.request, question.facts, outcome, settings)


def _item(words: Mapping[str, object], number: int) -> Item:
    bases = tuple({**_BASIS, **_table(each, "bases")} for each in _rows(words.get("bases", ())))
    return _shaped(Item, {**_ITEM, "item_id": UUID(int=number), **words, "bases": bases}, f"items.{number}")


def _shaped(kind: type[Shape], words: Mapping[str, object], place: str) -> Shape:
    _refuse_unknown(kind, words, place)
    try:
        return TypeAdapter(kind).validate_python(words)
    except ValidationError as wrong:
        where = ".".join(str(part) for part in wrong.errors(include_input=False, include_url=False)[0]["loc"])
        raise NotAQuestion(f"{place}.{where}") from None


def _refuse_unknown(kind: type, words: Mapping[str, object], place: str) -> None:
    known = {field.name for field in fields(kind)} if is_dataclass(kind) else set()
    for name, value in words.items():
        if name not in known:
            raise NotAQuestion(f"{place}: a word that is not one of {', '.join(sorted(known))}")
        inside = _INSIDE.get(name)
        if inside is not None:
            for each in _rows(value if isinstance(value, list | tuple) else (value,)):
                _refuse_unknown(inside, _table(each, name), f"{place}.{name}")


def _rows(value: object) -> tuple[object, ...]:
    if not isinstance(value, list | tuple):
        raise NotAQuestion("a list is missing")
    return tuple(value)


def _table(value: object, place: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise NotAQuestion(f"{place}: a table is missing")
    return dict(value)
