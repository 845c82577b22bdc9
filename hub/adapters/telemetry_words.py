"""All that telemetry can say: the names of what is watched, and for each attribute the closed set of its values.

A value outside its set becomes `other`, so no name, number or sentence can be said at all; nor can an id.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from agencies.registry import AGENCIES
from contracts import errors as contract_errors
from hub.domain import errors as hub_errors
from hub.views.all_views import VIEWS

SCOPE = "safeguarding_hub.hub"
OTHER = "other"
_LARGEST = 1_000_000  # a count; too small for any identifier


class Doing(StrEnum):
    """What a span is about."""

    TAKE_IN = "take_in"  # an edge translates a native file and puts its facts in its outbox
    PUBLISH = "publish"  # messages go on the bus
    RECEIVE = "receive"  # the hub takes a batch off the bus
    ANSWER = "answer"  # one message, from its arrival until it is done with
    KEEP = "keep"  # the store keeps facts
    DECIDE = "decide"  # the store keeps who asked to see what, and what was decided
    SHARE = "share"  # the store keeps what was decided about sharing
    FOLLOW = "follow"  # the views follow the store
    SEAL = "seal"  # the log follows the store
    PAGE = "page"  # one request for a page


class Attribute(StrEnum):
    """The attributes that spans and metrics may have."""

    AGENCY = "hub.agency"
    OUTCOME = "hub.outcome"
    CODE = "hub.code"
    EFFECT = "hub.effect"
    ABOUT = "hub.about"
    FOLLOWER = "hub.follower"
    COUNT = "hub.count"
    ERROR = "error.type"
    ROUTE = "http.route"
    METHOD = "http.request.method"
    STATUS = "http.response.status_code"


class Measure(StrEnum):
    """What is counted or measured."""

    MESSAGES = "hub.messages"
    DECISIONS = "hub.decisions"
    RECEIPT_LATENCY = "hub.receipt.latency"
    KEEP_DURATION = "hub.keep.duration"
    PAGE_DURATION = "hub.page.duration"
    SEAL_DELAY = "hub.seal.delay"
    LAG = "hub.bus.lag"
    WAITING = "hub.bus.waiting"
    BEHIND = "hub.follower.behind"
    QUARANTINED = "hub.quarantine.depth"
    DROPPED = "hub.telemetry.dropped"


# What each counts, and in which unit: docs/operations.md tells what to watch from this.
MEASURES: Mapping[Measure, tuple[str, str]] = {
    Measure.MESSAGES: ("{message}", "Messages answered, by agency, outcome and code"),
    Measure.DECISIONS: ("{decision}", "Decisions kept, by what they are about and their effect"),
    Measure.RECEIPT_LATENCY: ("s", "From a message's arrival to its answer on the bus"),
    Measure.KEEP_DURATION: ("s", "How long the store takes to keep"),
    Measure.PAGE_DURATION: ("s", "How long a page takes, by route, method and status"),
    Measure.SEAL_DELAY: ("s", "From keeping to sealing, of the oldest that was sealed"),
    Measure.LAG: ("{message}", "Messages on an agency's topic that the hub has not done with"),
    Measure.WAITING: ("{message}", "Messages in an agency's outbox that are not yet on the bus"),
    Measure.BEHIND: ("{position}", "How far a follower is behind the store"),
    Measure.QUARANTINED: ("{message}", "Messages set aside that wait for somebody"),
    Measure.DROPPED: ("{item}", "Spans and metrics held back because they said what may not be said"),
}

_ERRORS = tuple(
    kind.__name__
    for module in (contract_errors, hub_errors)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Exception)
)
# The answers of the hub to a message (docs/reason-codes.md); a field's place is never said.
CODES = frozenset(
    (
        "agreement_ended",
        "agreement_missing",
        "agreement_not_started",
        "agreement_type",
        "altered_repeat",
        "base64",
        "clock_ahead",
        "doctype",
        "dup_key",
        "empty",
        "encoding",
        "id_not_of_this_record",
        "not_a_receipt",
        "not_a_report",
        "not_for_this_reader",
        "not_its_own_report",
        "not_json",
        "not_opened",
        "not_shared",
        "number",
        "object",
        "pii_in_context",
        "schema",
        "seal_bundle",
        "seal_context",
        "seal_form",
        "seal_open",
        "share_not_theirs",
        "share_not_yet_sent",
        "share_unknown",
        "sig_algorithm",
        "sig_bytes",
        "sig_form",
        "sig_header",
        "sig_key",
        "sig_path",
        "sig_revoked",
        "source_forged",
        "source_unknown",
        "specversion",
        "string",
        "time_forged",
        "too_big",
        "too_deep",
        "too_many",
        "topic_forged",
        "type",
        "version",
    )
)
WORDS: Mapping[Attribute, frozenset[str]] = {
    Attribute.AGENCY: frozenset(agency.name for agency in AGENCIES),
    Attribute.OUTCOME: frozenset({"accepted", "duplicate", "quarantined"}),
    Attribute.CODE: CODES,
    Attribute.EFFECT: frozenset({"permitted", "refused"}),
    Attribute.ABOUT: frozenset(
        {"chronology", "access_record", "identity_question", "telling", "shares", "sharing", "refusal_to_share"}
    ),
    Attribute.FOLLOWER: frozenset({*(view.name for view in VIEWS), "sealed_log", "disclosures_followed"}),
    Attribute.ERROR: frozenset({*_ERRORS, "TypeError", "ValueError", "KeyError", "OSError", "RuntimeError"}),
    Attribute.METHOD: frozenset({"GET", "HEAD", "POST"}),
}
NUMBERS: Mapping[Attribute, int] = {Attribute.COUNT: _LARGEST, Attribute.STATUS: 599}
RESOURCE: Mapping[str, re.Pattern[str]] = {
    "service.name": re.compile("safeguarding-hub"),
    "service.instance.id": re.compile("(serve|work|edge)-[0-9a-f]{8}"),  # drawn anew at each start
}


@dataclass(frozen=True, slots=True)
class Words:
    """The closed sets of one process; `routes` are the templates of its pages, never what was asked for."""

    routes: frozenset[str] = frozenset()

    def text(self, attribute: Attribute, value: str) -> str:
        """The value if it is one of the attribute's own, else `other`."""
        return value if value in self._of(attribute) else OTHER

    def number(self, attribute: Attribute, value: int) -> int:
        """The value, held within the attribute's range."""
        return max(0, min(value, NUMBERS[attribute]))

    def allows(self, name: str, value: object) -> bool:
        """Whether an attribute of that name may have that value."""
        if name not in list(Attribute):
            return False
        attribute = Attribute(name)
        if attribute in NUMBERS:
            return type(value) is int and 0 <= value <= NUMBERS[attribute]
        return isinstance(value, str) and (value == OTHER or value in self._of(attribute))

    def _of(self, attribute: Attribute) -> frozenset[str]:
        return self.routes if attribute is Attribute.ROUTE else WORDS.get(attribute, frozenset())
