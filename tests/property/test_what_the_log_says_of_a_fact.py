"""Does the sealed log say who did each thing, for what and how much, and no word that somebody wrote freely?"""

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.commitment import body_bytes
from contracts.event import Fact
from contracts.events.hub import Actor
from contracts.vocabulary import Purpose
from hub.adapters.fact_codes import CODES
from hub.domain.sealed_body import said_of
from hub.domain.sealed_words import by_whom, plain
from tests.support.facts import example, facts

KINDS = tuple(CODES)
WORDS = "Ellis Marlowe, 12 Refuge Road"
# Texts that are codes, ids, hashes or sign-in names by the way they are made, so that the log may say them.
SAID = frozenset(
    {
        *("what", "law", "scheme", "recipient", "asked_by", "source", "by", "approved_by", "report_type", "code"),
        *("body_sha256", "key_id", "edition", "rulebook", "witnesses", "sha256", "issuer", "subject", "owners"),
        *("policies", "policy", "policy_sha256", "why"),  # ids in the hub's own files; codes by their pattern
        *("signs", "owner", "reason"),  # of a refusal to share: a code by its pattern
    }
)
WRITTEN_FREELY = (
    *(("telling.stated", field) for field in ("told_by", "reason", "approved_by", "child_words")),
    *(("sharing.refused", field) for field in ("asked_for", "words", "approved_by", "note")),
    ("disclosure.decided", "note"),
    *(("report.quarantined", field) for field in ("topic", "source", "event_id", "held", "where")),
    *(
        ("telling.undone", "reason"),
        ("report.unlinked", "reason"),
        ("staff.tied", "value"),
        ("conflict.declared", "child"),
        ("team.changed", "team"),
        ("enquiry.rated", "rating"),
        ("receipt.issued", "where"),
    ),
    *(("staff.enrolled", field) for field in ("name", "pass_hash")),
    *(("acknowledgement.kept", field) for field in ("jws", "body")),
    *(("heartbeat.kept", field) for field in ("jws", "body")),
    *(("receipt.issued", field) for field in ("source", "event_id")),
    ("print.decided", "meant_for"),
    *(("reply.attached", field) for field in ("words", "agency")),
    *(("family.asked", field) for field in ("asker", "also")),
)
PLACE = frozenset({"v", "row", "stream", "version", "code", "sha256"})  # where the row stands, which comes first
BY_TYPE = {kind.TYPE: kind for kind in KINDS}
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.TYPE)


def texts(kind: type[Fact]) -> Iterator[str]:
    """The fields of a fact that hold text, alone or several."""
    for name, field in kind.model_fields.items():
        given_as = field.annotation
        options = get_args(given_as) if get_origin(given_as) is UnionType else (given_as,)
        if any(option is str or get_args(option)[:1] == (str,) for option in options if option is not NoneType):
            yield name


def spoken(fact: Fact, field: str) -> Fact:
    """The fact, with words in one of its fields that no rule of form would let in there."""
    held = getattr(fact, field)
    return fact.model_copy(update={field: (WORDS,) if isinstance(held, tuple) else WORDS})


@each_kind
@settings(max_examples=25)
@given(st.data())
def test_every_fact_can_be_sealed_and_says_who_acted(kind: type[Fact], data: st.DataObject) -> None:
    fact = data.draw(facts(kind))
    said = said_of(fact)
    assert body_bytes(said).startswith(b"{")
    assert not PLACE & said.keys()
    for name in kind.model_fields:
        if isinstance(value := getattr(fact, name), Actor):
            assert said["to" if kind.TYPE == "staff.enrolled" else "actor"] == plain(by_whom(value))


@each_kind
def test_the_log_says_who_acted_when_and_why(kind: type[Fact]) -> None:
    fact = example(kind)
    said = said_of(fact)
    assert said["kind"]
    whole = body_bytes(said).decode()
    for name in kind.model_fields:
        value = getattr(fact, name)
        if isinstance(value, Actor):
            who = {"iss": value.issuer, "sub": value.subject, "org": value.agency, "role": value.role.value}
            told = said["to" if kind.TYPE == "staff.enrolled" else "actor"]
            assert isinstance(told, dict)
            assert told.items() >= {**who, "acr": value.assurance, "via": value.via}.items()
        if isinstance(value, Purpose):
            assert said["purpose"] == value.value
        if name in ("decision_id", "disclosure_id", "refusal_id", "telling_id") and value is not None:
            assert str(value) in whole
    if kind.TYPE != "log.begun":
        assert "at" in said


@pytest.mark.parametrize(("type_", "field"), WRITTEN_FREELY)
def test_what_was_written_freely_is_not_said(type_: str, field: str) -> None:
    kind = BY_TYPE[type_]
    assert WORDS not in body_bytes(said_of(spoken(example(kind), field))).decode()


@each_kind
def test_a_text_that_is_no_code_is_not_said(kind: type[Fact]) -> None:
    fact = example(kind)
    told = [
        field
        for field in texts(kind)
        if field not in SAID and WORDS in body_bytes(said_of(spoken(fact, field))).decode()
    ]
    assert told == []


def test_a_message_that_nobody_proved_claims_a_source_that_is_not_said() -> None:
    fact = example(BY_TYPE["report.quarantined"])
    claimed = fact.model_copy(update={"proved": False, "source": "urn:childhub:agency:ellis-marlowe"})
    assert "ellis" not in body_bytes(said_of(claimed)).decode()


def test_a_report_says_only_that_something_came() -> None:
    assert said_of(None) == {"kind": "collection"}
