"""FHIR in XML brought to its JSON form (HL7 FHIR 4.0.1 formats), with no DTD, no entity and UTF-8 only."""

import re
from io import BytesIO
from xml.etree.ElementTree import Element as Node
from xml.etree.ElementTree import ParseError, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from agencies.formats.fhir_r4 import Body, Element, Kind, elements, is_resource_type
from contracts import strict_json
from contracts.errors import NotReadable
from contracts.strict_json import Json

_FHIR = "{http://hl7.org/fhir}"
_SCHEMA_HINT = "{http://www.w3.org/2001/XMLSchema-instance}"
_DECLARED = re.compile(r"""<\?xml[^>]*\bencoding\s*=\s*["']([^"']*)["']""")
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_DECIMAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?")


def parse(raw: bytes, *, max_bytes: int, max_nodes: int) -> Node:
    """The root element of an XML document.

    Raises NotReadable: too_big, encoding (not UTF-8 throughout, or declared as anything else), doctype, not_xml,
    too_deep, too_many, string.
    """
    if len(raw) > max_bytes:
        raise NotReadable("too_big")
    _refuse_encoding(raw)
    try:
        return _grown(raw, max_nodes)
    except DefusedXmlException:
        raise NotReadable("doctype") from None
    except (ParseError, ValueError):
        raise NotReadable("not_xml") from None


def _grown(raw: bytes, max_nodes: int) -> Node:
    """The root, once the whole has been read; a document that is too big is left as soon as that shows."""
    path: list[Node] = []
    nodes = 0
    root: Node | None = None
    for event, node in iterparse(BytesIO(raw), events=("start", "end"), forbid_dtd=True):
        if event == "end":
            path.pop()
            continue
        root = node if root is None else root
        path.append(node)
        nodes += 1 + len(node.attrib)
        _refuse_size(node, nodes > max_nodes, len(path))
    if root is None:
        raise NotReadable("not_xml")
    return root


def _refuse_encoding(raw: bytes) -> None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise NotReadable("encoding") from None
    if "\x00" in text:
        raise NotReadable("encoding")
    declared = _DECLARED.match(text.removeprefix("\ufeff"))
    if declared is not None and declared[1].lower() not in ("utf-8", "utf8"):
        raise NotReadable("encoding")


def _refuse_size(node: Node, too_many: bool, depth: int) -> None:
    if too_many:
        raise NotReadable("too_many")
    if depth > strict_json.MAX_DEPTH:
        raise NotReadable("too_deep")
    if any(len(value) > strict_json.MAX_STRING_LENGTH for value in node.attrib.values()):
        raise NotReadable("string")


def local_name(node: Node) -> str:
    """The name of a FHIR element; empty when it is in another namespace."""
    return node.tag.removeprefix(_FHIR) if node.tag.startswith(_FHIR) else ""


def resource(node: Node) -> Body:
    """The JSON form of a resource element. Raises NotReadable: resource_type, schema, wrong_type."""
    name = local_name(node)
    if not is_resource_type(name):
        raise NotReadable("resource_type")
    return {"resourceType": name, **part(node, name)}


def part(node: Node, type_name: str) -> Body:
    """The JSON form of an element of a type. Raises NotReadable: resource_type, schema, wrong_type."""
    known = elements(type_name)
    found: Body = _attributes(node, type_name)
    _refuse_text(node, type_name)
    groups: dict[str, list[Node]] = {}
    for child in node:
        groups.setdefault(_name(child), []).append(child)
    for name, children in groups.items():
        element = known.get(name)
        if element is None or name.startswith("_") or name in found:
            raise NotReadable("schema", type_name)
        if not element.many and len(children) > 1:
            raise NotReadable("schema", type_name)
        found.update(_values(name, element, children, type_name))
    return found


def _name(child: Node) -> str:
    return "div" if child.tag == "{http://www.w3.org/1999/xhtml}div" else local_name(child)


def _attributes(node: Node, type_name: str) -> Body:
    found: Body = {}
    for name, value in node.attrib.items():
        if name.startswith(_SCHEMA_HINT):
            continue
        if name != "id" and (name, type_name) != ("url", "Extension"):
            raise NotReadable("schema", type_name)
        found[name] = value
    return found


def _refuse_text(node: Node, where: str) -> None:
    if (node.text or "").strip() or any((child.tail or "").strip() for child in node):
        raise NotReadable("schema", where)


def _values(name: str, element: Element, children: list[Node], where: str) -> Body:
    if element.kind is Kind.RESOURCE:
        inner: list[Json] = [_inner_resource(child, where) for child in children]
        return {name: inner if element.many else inner[0]}
    if element.kind is Kind.PART:
        parts: list[Json] = [part(child, element.part) for child in children]
        return {name: parts if element.many else parts[0]}
    if name == "div":
        return {name: tostring(children[0], encoding="unicode").strip()}
    values: list[Json] = [_primitive(child, element, where) for child in children]
    extras: list[Json] = [_extras(child, where) for child in children]
    found: Body = {}
    if any(value is not None for value in values):
        found[name] = values if element.many else values[0]
    if any(extra is not None for extra in extras):
        found["_" + name] = extras if element.many else extras[0]
    return found


def _inner_resource(node: Node, where: str) -> Body:
    if len(node) != 1:
        raise NotReadable("schema", where)
    return resource(node[0])


def _primitive(node: Node, element: Element, where: str) -> Json:
    value = node.get("value")
    if value is None or element.kind not in (Kind.BOOLEAN, Kind.INTEGER, Kind.DECIMAL):
        return value
    if element.kind is Kind.BOOLEAN:
        if value not in ("true", "false"):
            raise NotReadable("wrong_type", where)
        return value == "true"
    if element.kind is Kind.INTEGER:
        if not _INTEGER.fullmatch(value):
            raise NotReadable("wrong_type", where)
        return int(value)
    if not _DECIMAL.fullmatch(value):
        raise NotReadable("wrong_type", where)
    return float(value)


def _extras(node: Node, where: str) -> Json:
    """The id and extensions of a primitive, which JSON holds beside its value."""
    _refuse_text(node, where)
    if set(node.attrib) - {"value", "id"} or any(local_name(child) != "extension" for child in node):
        raise NotReadable("schema", where)
    found: Body = {"id": node.attrib["id"]} if "id" in node.attrib else {}
    if len(node):
        found["extension"] = [part(child, "Extension") for child in node]
    return found or None
