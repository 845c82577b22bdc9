"""Facts of every type in the catalogue, built by hypothesis as an agency or the hub could state them."""

from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen
from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from contracts.event import Fact, Shape
from contracts.identifiers import Identifier, Scheme, identifier
from contracts.report import Change, LawfulBasis, Person, Report, Statement, Told
from contracts.vocabulary import ChangeKind, Precision
from contracts.when import When
from tests.support.source_tree import ROOT

F = TypeVar("F", bound=Fact)
S = TypeVar("S", bound=Shape)
Strategy = st.SearchStrategy[Any]  # of whatever type a field's annotation names; known only when a test runs

# What a strict reader takes back: no lone surrogate (not a character) and no NUL (no database text holds one).
_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
_LONGEST = 40
_FIRST, _LAST = datetime.fromisoformat("1900-01-01T00:00:00"), datetime.fromisoformat("2099-12-31T00:00:00")
_OFFSETS = st.sampled_from([UTC, *(timezone(timedelta(hours=hours)) for hours in (-5, 1))])
_PLAIN: dict[object, Strategy] = {
    NoneType: st.none(),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    UUID: st.uuids(),
    date: st.dates(),
    datetime: st.datetimes(_FIRST, _LAST, timezones=_OFFSETS),
    str: st.text(_CHARACTERS, max_size=_LONGEST),
}


def example(kind: type[F]) -> F:
    """The fact as it is published."""
    raw = (ROOT / "contracts" / "examples" / f"{kind.TYPE}.v{kind.VERSION}.json").read_bytes()
    return kind.from_kept_bytes(raw, kind.VERSION)


def facts(kind: type[Fact]) -> st.SearchStrategy[Fact]:
    """Any fact of that type."""
    return reports(kind) if issubclass(kind, Report) else shapes(kind)


@st.composite
def reports(draw: st.DrawFn, kind: type[Report]) -> Report:
    """A report whose parts point at its people and whose statements are those that its type may carry."""
    refs = draw(st.lists(st.sampled_from(["child", "adult_2"]), min_size=1, unique=True))
    some = st.sampled_from(refs)
    return draw(
        shapes(
            kind,
            people=st.tuples(*(shapes(Person, ref=st.just(ref)) for ref in refs)),
            about=some,
            statements=st.lists(statements(kind, some), max_size=3).map(tuple),
            bases=st.lists(shapes(LawfulBasis, person=some), max_size=2).map(tuple),
            telling=st.lists(shapes(Told, person=some), max_size=2).map(tuple),
        )
    )


@st.composite
def statements(draw: st.DrawFn, kind: type[Report], about: st.SearchStrategy[str]) -> Statement:
    """A statement that this type of report may carry."""
    rule = draw(st.sampled_from(kind.FIELDS))
    kinds = st.sampled_from(rule.kinds)
    return draw(shapes(Statement, field=st.just(rule.name), kind=kinds, about=st.none() | about))


@st.composite
def times(draw: st.DrawFn) -> When:
    """A time to any precision, or none."""
    precision = draw(st.sampled_from(Precision))
    if precision is Precision.UNKNOWN:
        return When(precision=precision)
    length = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}.get(precision)
    return When(value=draw(_PLAIN[datetime]).isoformat()[:length], precision=precision, ambiguous=draw(st.booleans()))


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """New, or a change of an earlier report."""
    kind = draw(st.sampled_from(ChangeKind))
    of = None if kind is ChangeKind.NEW else draw(st.uuids())
    return Change(kind=kind, of=of, reason=draw(st.none() | _PLAIN[str]))


@st.composite
def identifiers(draw: st.DrawFn) -> Identifier:
    """An identifier as an adapter makes one."""
    raw = draw(st.sampled_from(["9990000018", "999 000 0019", "B801200005001", "201/C1", ""]) | _PLAIN[str])
    return identifier(draw(st.sampled_from(Scheme)), raw, traced=draw(st.none() | st.booleans()))


def shapes(shape: type[S], /, **given: Strategy) -> st.SearchStrategy[S]:
    """A value of that shape: each field as `given`, or as its annotation allows."""
    fields = {name: given[name] if name in given else _of_field(field) for name, field in shape.model_fields.items()}
    return st.fixed_dictionaries(fields).map(lambda found: shape(**found))


_SPECIAL: dict[object, Strategy] = {When: times(), Change: changes(), Identifier: identifiers()}


def _of_field(field: FieldInfo) -> Strategy:
    return _of(field.annotation, tuple(field.metadata))


def _of(annotation: object, metadata: tuple[object, ...] = ()) -> Strategy:
    """What an annotation allows, within the limits that its metadata sets."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of(arguments[0], arguments[1:])
    if origin in (Union, UnionType):
        return st.one_of([_of(argument, metadata) for argument in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        least = next((limit.min_length for limit in metadata if isinstance(limit, MinLen)), 0)
        return st.lists(_of(arguments[0]), min_size=least, max_size=max(least, 2)).map(tuple)
    if annotation in (str, int):
        return _texts(metadata) if annotation is str else _integers(metadata)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return _SPECIAL[annotation] if annotation in _SPECIAL else shapes(annotation)
    return _PLAIN[annotation]


def _integers(metadata: tuple[object, ...]) -> Strategy:
    least = next((limit.ge for limit in metadata if isinstance(limit, Ge)), -(2**53) + 1)
    most = next((limit.le for limit in metadata if isinstance(limit, Le)), 2**53 - 1)
    return st.integers(int(str(least)), int(str(most)))


def _texts(metadata: tuple[object, ...]) -> Strategy:
    patterns = [pattern for limit in metadata if isinstance(pattern := getattr(limit, "pattern", None), str)]
    if patterns:
        return st.from_regex(patterns[0], fullmatch=True)
    shortest = next((limit.min_length for limit in metadata if isinstance(limit, MinLen)), 0)
    longest = next((limit.max_length for limit in metadata if isinstance(limit, MaxLen)), _LONGEST)
    return st.text(_CHARACTERS, min_size=shortest, max_size=min(longest, _LONGEST))
