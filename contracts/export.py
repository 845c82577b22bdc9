"""The published language written out for partners: JSON Schema 2020-12 for each fact, AsyncAPI 3.0.0 for the exchange.

Generated from the classes, so that what we publish is what we read; the committed files are checked for drift.
"""

import json
from collections.abc import Iterator, Mapping

import yaml
from pydantic.json_schema import GenerateJsonSchema

from contracts import catalogue, envelope
from contracts.event import Fact
from contracts.events.feed import FeedHeartbeat
from contracts.events.hub import ReceiptIssued
from contracts.events.sharing import ReportShared, ShareAcknowledged
from contracts.report import FieldRule, Report
from contracts.strict_json import Json
from contracts.trace_context import TRACE_HEADER

SCHEMA_ADDRESS = "https://childhub.example/schemas/"
ASYNCAPI_FILE = "asyncapi.yaml"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCHEMA_FORMAT = "application/schema+json;version=draft-2020-12"
_BINDING_VERSION = "0.5.0"
_RETENTION_DAYS = 7
_ROOM_FOR_HEADERS = 8192

Object = dict[str, Json]


class _Shapes(GenerateJsonSchema):
    """Schemas without a title on each field: the field's own name says as much."""

    def field_title_should_be_set(self, schema: object) -> bool:
        """No: see the class."""
        return False


def files(agencies: tuple[str, ...]) -> Mapping[str, bytes]:
    """Every generated file, by its path under `contracts/`; `agencies` are folder names, such as `police`."""
    written = {f"schemas/{name}.json": _as_json(schema) for name, schema in schemas().items()}
    written[ASYNCAPI_FILE] = _as_yaml(asyncapi(agencies))
    return written


def schemas() -> Mapping[str, Object]:
    """The JSON Schema of every version of every fact, by `<TYPE>.v<version>`."""
    return {_name(fact, version): schema for fact in catalogue.EVENTS for version, schema in _versions(fact)}


def asyncapi(agencies: tuple[str, ...]) -> Object:
    """The AsyncAPI document of the exchange, from the hub's side."""
    reports = [_name(report, version) for report in catalogue.REPORTS for version in range(1, report.VERSION + 1)]
    receipt = _name(ReceiptIssued, ReceiptIssued.VERSION)
    shared = _name(ReportShared, ReportShared.VERSION)
    besides = [_name(one, n) for one in (ShareAcknowledged, FeedHeartbeat) for n in range(1, one.VERSION + 1)]
    return {
        "asyncapi": "3.0.0",
        "info": _info(),
        "defaultContentType": envelope.CONTENT_TYPE,
        "servers": {"exchange": _server()},
        "channels": {
            "reports": _channel(
                "in.{agency}.v1", "What one agency states; only it may write here.", [*reports, *besides], agencies
            ),
            "receipts": _channel(
                "receipts.{agency}.v1", "What the hub answers one agency; only it may read here.", [receipt], agencies
            ),
            "shares": _channel(
                "out.{agency}.v1", "What the hub shares with one agency; only it may read here.", [shared], agencies
            ),
        },
        "operations": {
            "receive_report": _operation("receive", "reports", "Take in what agencies state", group="hub-ingest"),
            "send_receipt": _operation("send", "receipts", "Answer each message with a signed receipt"),
            "send_share": _operation("send", "shares", "Share what may go; it is answered with share.acknowledged"),
        },
        "components": {
            "messages": {_key(name): _message(name) for name in (*reports, receipt, shared, *besides)},
            "messageTraits": {"sealed": {"headers": _headers(), "bindings": {"kafka": _message_binding()}}},
            "securitySchemes": {
                "agency_certificate": {
                    "type": "X509",
                    "description": "Each agency has its own certificate; the broker's rules name it.",
                }
            },
        },
    }


def _versions(fact: type[Fact]) -> Iterator[tuple[int, Object]]:
    schema = _schema(fact)
    for version in range(fact.VERSION, 0, -1):
        if version < fact.VERSION:
            schema = fact.OLD_SCHEMAS[version](schema)
        head: Object = {"$schema": _DIALECT, "$id": f"{SCHEMA_ADDRESS}{_name(fact, version)}.json"}
        yield version, head | schema


def _schema(fact: type[Fact]) -> Object:
    schema: Object = fact.model_json_schema(schema_generator=_Shapes)
    if issubclass(fact, Report):
        schema["title"] = fact.TITLE
        parts = _part(schema, "$defs")
        parts["Statement"] = _part(parts, "Statement") | {"anyOf": [_statement(rule) for rule in fact.FIELDS]}
        parts["When"] = _part(parts, "When") | {"oneOf": _when()}
        parts["Change"] = _part(parts, "Change") | {"oneOf": _change()}
    return schema


def _statement(rule: FieldRule) -> Json:
    return {
        "description": rule.meaning,
        "properties": {"field": {"const": rule.name}, "kind": {"enum": [kind.value for kind in rule.kinds]}},
    }


def _when() -> list[Json]:
    """The shape that a time's precision asks of its value."""
    day = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    clock = "T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
    known: tuple[tuple[list[Json], str], ...] = (
        (["year"], "^[0-9]{4}$"),
        (["month"], "^[0-9]{4}-(0[1-9]|1[0-2])$"),
        (["day"], f"^{day}$"),
        (["hour", "minute", "second"], f"^{day}{clock}$"),
    )
    unknown: Json = {"properties": {"precision": {"const": "unknown"}, "value": {"type": "null"}}}
    return [_when_known(precisions, pattern) for precisions, pattern in known] + [unknown]


def _when_known(precisions: list[Json], pattern: str) -> Json:
    return {
        "properties": {"precision": {"enum": precisions}, "value": {"type": "string", "pattern": pattern}},
        "required": ["value"],
    }


def _change() -> list[Json]:
    new: Json = {"properties": {"kind": {"const": "new"}, "of": {"type": "null"}}}
    later: Json = {
        "properties": {"kind": {"enum": ["correction", "retraction"]}, "of": {"type": "string", "format": "uuid"}},
        "required": ["kind", "of"],
    }
    return [new, later]


def _info() -> Json:
    return {
        "title": "Safeguarding hub exchange",
        "version": "1.0.0",
        "description": (
            "Reports from agencies to the hub, and the hub's receipts. Each message is signed by its sender over the "
            "exact bytes of the body (detached JWS, Ed25519, RFC 7797) and then sealed to its reader (HPKE, RFC 9180). "
            "What is stated at once may be signed at once, by one signature over a Merkle tree (RFC 6962 s.2.1), and "
            "sealed in one bundle: four bytes of length before each statement, each proved by itself. "
            "The broker sees only random names and times. The schema of each payload is that of the body once opened."
        ),
        "license": {"name": "MIT"},
    }


def _server() -> Json:
    return {
        "host": "broker.childhub.example:9093",
        "protocol": "kafka-secure",
        "description": "Inside the hub's own process in a demonstration; a Kafka cluster in service.",
        "security": [{"$ref": "#/components/securitySchemes/agency_certificate"}],
    }


def _channel(address: str, description: str, names: list[str], agencies: tuple[str, ...]) -> Json:
    return {
        "address": address,
        "description": description,
        "parameters": {
            "agency": {"description": "The agency's name in the hub's registry", "enum": [*sorted(agencies)]}
        },
        "messages": {_key(name): {"$ref": f"#/components/messages/{_key(name)}"} for name in names},
        "bindings": {
            "kafka": {
                "topicConfiguration": {
                    "cleanup.policy": ["delete"],
                    "retention.ms": _RETENTION_DAYS * 24 * 60 * 60 * 1000,
                    "max.message.bytes": envelope.MAX_VALUE_BYTES + _ROOM_FOR_HEADERS,
                },
                "bindingVersion": _BINDING_VERSION,
            }
        },
    }


def _operation(action: str, channel: str, summary: str, group: str | None = None) -> Json:
    operation: Object = {"action": action, "channel": {"$ref": f"#/channels/{channel}"}, "summary": summary}
    if group is not None:
        binding: Json = {"groupId": {"type": "string", "enum": [group]}, "bindingVersion": _BINDING_VERSION}
        operation["bindings"] = {"kafka": binding}
    return operation


def _message(name: str) -> Json:
    return {
        "name": f"uk.childhub.{name}",
        "contentType": envelope.CONTENT_TYPE,
        "traits": [{"$ref": "#/components/messageTraits/sealed"}],
        "payload": {
            "schemaFormat": _SCHEMA_FORMAT,
            "schema": {
                "type": "string",
                "contentMediaType": envelope.CONTENT_TYPE,
                "contentSchema": {"$ref": f"schemas/{name}.json"},
            },
        },
    }


def _headers() -> Json:
    """The CloudEvents attributes that travel in the clear, and no other header."""
    fields: Object = {
        "ce_specversion": {"const": envelope.SPEC_VERSION},
        "ce_id": {"type": "string", "format": "uuid", "description": "Made from the record at its source"},
        "ce_source": {"type": "string", "pattern": "^urn:childhub:", "description": "Who states it"},
        "ce_type": {
            "enum": [envelope.SEALED_TYPE, envelope.BUNDLE_TYPE],
            "description": "One signed statement, or a bundle of them; the true type of each is sealed",
        },
        "ce_time": {"type": "string", "format": "date-time", "description": "When it was signed; UTC, whole seconds"},
        "content-type": {"const": envelope.CONTENT_TYPE},
    }
    trace: Object = {"type": "string", "description": "W3C Trace Context: random numbers, proved by nothing, optional"}
    properties: Object = {**fields, TRACE_HEADER: trace}
    return {"type": "object", "additionalProperties": False, "required": [*sorted(fields)], "properties": properties}


def _message_binding() -> Json:
    key: Json = {
        "type": "string",
        "format": "uuid",
        "description": "Keeps the messages about one person in order; made with a secret key, so it names nobody.",
    }
    return {"key": key, "bindingVersion": _BINDING_VERSION}


def _part(schema: Object, name: str) -> Object:
    part = schema[name]
    if not isinstance(part, dict):
        raise TypeError(f"{name} is not an object")
    return part


def _name(fact: type[Fact], version: int) -> str:
    return f"{fact.TYPE}.v{version}"


def _key(name: str) -> str:
    return name.replace(".", "_")


def _as_json(value: Object) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def _as_yaml(value: Object) -> bytes:
    text: str = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=110)
    return text.encode("utf-8")
