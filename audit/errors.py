"""What can go wrong with a sealed log, in one family."""


class AuditError(Exception):
    """The base of every error of this package. Messages hold positions, file names and codes only."""


class Malformed(AuditError):
    """Bytes are not of the format they claim to be."""


class NotSigned(AuditError):
    """No known key signed the note, or a known key's signature does not verify."""


class ProofFails(AuditError):
    """A Merkle proof does not lead to the root it was given for."""


class NotInLog(AuditError):
    """The index or size asked for lies beyond what the log holds or has signed."""


class OutsideProfile(AuditError):
    """A body cannot be written in the canonical form of the log."""


class OutOfOrder(AuditError):
    """An entry does not bear the next index, or its time goes back."""


class AnotherLog(AuditError):
    """The folder holds the log of another origin or key."""


class LogInUse(AuditError):
    """Another process, or another object of this one, holds the folder open for writing."""


class LogDamaged(AuditError):
    """The folder does not agree with the checkpoint signed over it."""


class CannotKeep(AuditError):
    """The machine did not keep what was written. The log must be opened again before it is used."""


class CannotRead(AuditError):
    """The machine did not give back a file that is there."""
