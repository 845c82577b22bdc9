"""What the hub's use cases can answer other than yes; messages hold codes, ids and counts, never a value."""

from typing import Final


class HubError(Exception):
    """Base of the hub's errors."""


class AccessRefused(HubError):
    """The decision was no, and it is on record. The same words answer a child who is not there."""

    SAYS = "Nothing can be shown to you for this person and this purpose."

    def __init__(self, *, on_record: bool = True) -> None:
        """Hold whether the asking was kept."""
        super().__init__(self.SAYS)
        self.on_record = on_record


class WaitsForWitnesses(HubError):
    """Nobody outside has confirmed the record of access for too long; the asking is on record, whoever it was about."""

    SAYS = (
        "Other agencies have not confirmed the record of access for too long. Until they do, only emergencies are read."
    )

    def __init__(self) -> None:
        """Nothing to hold: it says nothing of who is known."""
        super().__init__(self.SAYS)


class Conflict(HubError):
    """Something was kept between reading and deciding; read and decide again."""


class Erased(Conflict):
    """The record was erased: nothing is added to it any more."""


class AlreadyKept(HubError):
    """What may be kept only once is there already."""


class StoreUnavailable(HubError):
    """The store cannot keep or read just now; nothing is shown."""


class TopicRefuses(StoreUnavailable):
    """A topic does not take what is sent to it, which says nothing of any other."""

    def __init__(self, code: str, rests: float = 0.0) -> None:
        """Hold for how many seconds it is not tried again: what goes well meanwhile says nothing of it."""
        super().__init__(code)
        self.rests = rests


class DoorShut(StoreUnavailable):
    """The process that opens what is held apart does not answer; the asking is on record."""


# Why a row that a newer edition wrote does not open: its kind, its version or a field is not known here.
NEWER: Final = frozenset({"record_code", "type", "version", "schema"})


class Unreadable(HubError):
    """A kept record does not open: altered, moved, its key is gone, or a newer edition wrote it.

    `position` says which.
    """

    def __init__(self, position: int, code: str) -> None:
        """Hold where and a code."""
        super().__init__(f"{code} at position {position}")
        self.position = position
        self.code = code

    @property
    def is_newer(self) -> bool:
        """Whether it opens, and says what this edition cannot read yet."""
        return self.code in NEWER


class NotPermitted(HubError):
    """Content was asked for without the receipt of a kept decision that allows it."""


class NotSetAside(HubError):
    """No message was set aside under that number."""


class RatedOtherwise(HubError):
    """Somebody else has rated the enquiry since the page was shown that asked for a rating."""


class OpenedMeanwhile(HubError):
    """Somebody has opened an enquiry about the child since the page was shown that asked whether to open one."""


class NotOnRecord(HubError):
    """Nothing is kept under that number."""


class PoliciesUnfit(HubError):
    """The policies on who may act cannot be used; nobody is served without them."""


class NotEnrolled(HubError):
    """No such agency or member of staff is on the hub's registry."""


class EnrolledOtherwise(HubError):
    """The agency is enrolled with other keys; they are never replaced unasked."""


class SignInRefused(HubError):
    """The name and pass phrase were not accepted."""


class TooBusy(HubError):
    """Too many ask at this moment for what is costly; nothing was done, and it can be asked again."""


class CannotSet(HubError):
    """No PDF can be made on this machine, or of this document; the code says which."""
