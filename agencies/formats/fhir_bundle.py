"""A FHIR file as its native records: a resource, or the entries of a Bundle, and what they may refer to.

References are followed only inside the file. Nothing is ever fetched.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element as Node

from agencies.formats import fhir_r4, fhir_xml
from agencies.formats.fhir_r4 import Body
from agencies.formats.fhir_values import members, text
from contracts import strict_json
from contracts.errors import NotReadable
from contracts.strict_json import Json

MAX_BYTES = 8 * 1024 * 1024
MAX_NODES = 250_000
_BUNDLE_TYPES = frozenset(
    {
        "document",
        "message",
        "transaction",
        "transaction-response",
        "batch",
        "batch-response",
        "history",
        "searchset",
        "collection",
    }
)
_CONDITIONS = frozenset({"ifNoneExist", "ifMatch", "ifNoneMatch", "ifModifiedSince"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One native record. `code` says why it cannot be read (empty when it can); `body` is None when it holds none."""

    place: str
    body: Body | None
    code: str = ""
    full_url: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """The native records of a file, and which of them a reference leads to."""

    entries: tuple[Entry, ...]
    by_reference: Mapping[str, tuple[Entry, ...]]


def read(raw: bytes) -> File:
    """The records that a FHIR R4 file holds, in XML or JSON.

    Raises NotReadable when it is no such file: not_of_form, bundle_type, doctype, not_xml, schema, implicit_rules,
    wrong_type, bad_date, or a code of `strict_json.read`.
    """
    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<":
        return _from_xml(fhir_xml.parse(raw, max_bytes=MAX_BYTES, max_nodes=MAX_NODES))
    try:
        value = strict_json.read(raw, max_bytes=MAX_BYTES, max_nodes=MAX_NODES)
    except NotReadable as refused:
        if refused.code == "not_json" and start not in (b"{", b"["):
            raise NotReadable("not_of_form") from None
        raise
    if not isinstance(value, dict) or "resourceType" not in value:
        raise NotReadable("not_of_form")
    return _from_json(value)


def _from_json(value: Body) -> File:
    if fhir_r4.type_of(value) != "Bundle":
        return _file((_single(value),))
    found = value.get("entry", [])
    if not isinstance(found, list):
        raise NotReadable("wrong_type", "Bundle")
    wrapper = {name: part for name, part in value.items() if name != "entry"}
    kind = _bundle_type(wrapper)
    entries = tuple(_entry(number, one, kind) for number, one in enumerate(found))
    return _file(entries)


def _from_xml(root: Node) -> File:
    name = fhir_xml.local_name(root)
    if not fhir_r4.is_resource_type(name):
        raise NotReadable("not_of_form")
    if name != "Bundle":
        return _file((_single_xml(root),))
    nodes = [child for child in root if fhir_xml.local_name(child) == "entry"]
    for node in nodes:
        root.remove(node)
    wrapper = fhir_xml.resource(root)
    kind = _bundle_type(wrapper)
    entries = tuple(_entry_xml(number, node, kind) for number, node in enumerate(nodes))
    return _file(entries)


def _bundle_type(wrapper: Body) -> str:
    fhir_r4.check_part(wrapper, "Bundle")
    kind = text(wrapper, "type")
    if kind not in _BUNDLE_TYPES:
        raise NotReadable("bundle_type")
    return kind


def _single(body: Body) -> Entry:
    return Entry("resource", body, _code_of(body))


def _single_xml(node: Node) -> Entry:
    try:
        return _single(fhir_xml.resource(node))
    except NotReadable as refused:
        return Entry("resource", None, refused.code)


def _entry_xml(number: int, node: Node, kind: str) -> Entry:
    try:
        return _entry(number, fhir_xml.part(node, "BundleEntry"), kind)
    except NotReadable as refused:
        return Entry(f"entry[{number}]", None, refused.code)


def _entry(number: int, value: Json, kind: str) -> Entry:
    place = f"entry[{number}]"
    if not isinstance(value, dict):
        return Entry(place, None, "wrong_type")
    body = value.get("resource")
    around = {name: part for name, part in value.items() if name != "resource"}
    request = around.get("request")
    asked = request if isinstance(request, dict) else {}
    try:
        fhir_r4.check_part(around, "BundleEntry")
        if body is not None and not isinstance(body, dict):
            raise NotReadable("wrong_type")
        if text(asked, "method") in ("DELETE", "PATCH"):
            raise NotReadable("delete_or_patch")
        if kind in ("transaction", "batch"):
            _refuse_request(asked, body)
    except NotReadable as refused:
        return Entry(place, None, refused.code)
    return Entry(place, body, _code_of(body) if body is not None else "", text(around, "fullUrl"))


def _refuse_request(request: Body, body: Body | None) -> None:
    """A request that would act on whatever record happens to fit, or on another than it carries, is not read."""
    url = text(request, "url") or ""
    method = text(request, "method")
    if _CONDITIONS & set(request) or (method not in ("GET", "HEAD") and "?" in url):
        raise NotReadable("conditional_request")
    if method == "PUT" and body is not None and url != f"{body.get('resourceType')}/{body.get('id')}":
        raise NotReadable("request_of_another")


def _code_of(body: Body) -> str:
    try:
        if fhir_r4.type_of(body) == "Bundle":
            return "nested_bundle"
        fhir_r4.check(body)
    except NotReadable as refused:
        return refused.code
    return ""


def _file(entries: tuple[Entry, ...]) -> File:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        if entry.body is None:
            continue
        names = {f"{entry.body.get('resourceType')}/{entry.body.get('id')}", entry.full_url or ""} - {""}
        for name in names:
            found[name] = (*found.get(name, ()), entry)
    return File(entries, found)


def resolve(reference: str, holder: Body, file: File) -> Body | None:
    """The resource that a reference in `holder` leads to inside the file; None when it leads outside it.

    Raises NotReadable: reference_loop, reference_ambiguous, reference_unreadable (it leads to a record that cannot be
    read).
    """
    if reference.startswith("#"):
        if reference == "#":
            raise NotReadable("reference_loop")
        return next((one for one in members(holder, "contained") if one.get("id") == reference[1:]), None)
    reached = file.by_reference.get(re.sub(r"/_history/[^/]*$", "", reference), ())
    bodies = [entry.body for entry in reached]
    if not bodies:
        return None
    if any(body != bodies[0] for body in bodies):
        raise NotReadable("reference_ambiguous")
    if reached[0].code:
        raise NotReadable("reference_unreadable")
    return bodies[0]


def refuse_loops(resource: Body) -> None:
    """Nothing, unless contained resources refer to each other in a ring. Raises NotReadable: reference_loop."""
    leads: dict[str, set[str]] = {}
    for inner in members(resource, "contained"):
        leads.setdefault(f"#{inner.get('id')}", set()).update(_references(inner))
    while leads:
        ends = {name for name, onward in leads.items() if not onward & leads.keys()}
        if not ends:
            raise NotReadable("reference_loop")
        for name in ends:
            del leads[name]


def _references(value: Json) -> set[str]:
    if isinstance(value, dict):
        here = value.get("reference")
        inside = {one for part in value.values() for one in _references(part)}
        return inside | ({here} if isinstance(here, str) and len(here) > 1 and here.startswith("#") else set())
    if isinstance(value, list):
        return {one for part in value for one in _references(part)}
    return set()
