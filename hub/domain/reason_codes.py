"""What each code of the hub's answers means, and what the sender does about it. See docs/reason-codes.md."""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Explained:
    """What a code means, and what its sender is to do."""

    means: str
    to_do: str


_MEND = "Correct the record at its source, or mend what writes it, and send it again"
_KEYS = "Nobody sends it again until the agency has checked its own sending, and the hub has checked which key is whose"
_EDGE = "The agency brings its edge to the hub's edition and sends again"
_CALL = "The agency and the hub's information-governance officer settle the agreement; then it is replayed"
_WAIT = "Nothing: it is kept, and tried again by itself once the hub is brought to that edition"
_LOOK = "Somebody at the agency looks at once what was sent under its name; it is not sent again before that"
_CLOCK = "The agency puts the clock of its edge right"
_UNREADABLE = Explained("The bytes are past a limit, or not strict UTF-8 JSON", _MEND)

_CODES = MappingProxyType(
    {
        "type": Explained("Update needed: this edition of the hub does not know that kind of report", _WAIT),
        "version": Explained("Update needed: the report is of a newer edition of the language", _WAIT),
        "not_a_report": Explained("It is not something that an agency states", _EDGE),
        "schema": Explained(
            "A field is missing, is not written as agreed (a day must be like 2026-03-27), or is not known here", _MEND
        ),
        "object": Explained("What was signed is not an object", _MEND),
        "dup_key": Explained("An object has a key twice, so two readers would see two things", _MEND),
        "altered_repeat": Explained("The same id came before over other bytes; what came first stands", _LOOK),
        "id_not_of_this_record": Explained("It stands under the id of another record", _LOOK),
        "not_its_own_report": Explained("It changes what another agency stated", _LOOK),
        "topic_forged": Explained("It was signed for another topic than the one on which it came", _KEYS),
        "time_forged": Explained("The time outside the seal is not the one that was signed", _KEYS),
        "pii_in_context": Explained("The message carries outside its seal what it may not carry there", _EDGE),
        "specversion": Explained(
            'The envelope around the message is not the one agreed (CloudEvents 1.0, specversion "1.0")', _EDGE
        ),
        "clock_ahead": Explained("It is dated after it came, by more than clocks differ", _CLOCK),
        "sig_revoked": Explained("It is signed by a key of the agency that was taken back before it came", _LOOK),
        "not_opened": Explained("What the seal held could not be proved", _KEYS),
        **dict.fromkeys(
            ("empty", "too_big", "too_deep", "too_many", "encoding", "number", "string", "not_json"), _UNREADABLE
        ),
    }
)
_FAMILIES = MappingProxyType(
    {
        "sig_": Explained("The signature does not prove who stated it", _KEYS),
        "source_": Explained("The agency named is not enrolled here, or did not sign it", _KEYS),
        "seal_": Explained("It is not sealed to this hub, or was altered on the way", _EDGE),
        "agreement_": Explained("The data-sharing agreement does not cover it", _CALL),
        "share_": Explained("It acknowledges a share that was not sent to this agency", _LOOK),
    }
)
_UNKNOWN = Explained("This edition has no words for the code", "Ask those who run the hub")

# What may be readable to a later edition; everything else stays as it is until somebody changes something.
UPDATE_NEEDED = frozenset({"type", "version", "schema"})


def is_explained(code: str) -> bool:
    """Whether there are words for a code."""
    return explained(code) is not _UNKNOWN


def explained(code: str) -> Explained:
    """The words for a code."""
    family = next((said for start, said in _FAMILIES.items() if code.startswith(start)), _UNKNOWN)
    return _CODES.get(code, family)


def codes() -> tuple[str, ...]:
    """Every code that has words of its own, and the beginning of each family of codes."""
    return (*_CODES, *_FAMILIES)
