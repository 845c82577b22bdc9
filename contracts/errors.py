"""What can be wrong with something that claims to be of the published language; messages carry codes, never values."""


class ContractError(Exception):
    """Base of this package's errors. `code` is what a sender is told; `where` points at a field, never at a value."""

    def __init__(self, code: str, where: str = "") -> None:
        """Hold the code and the place."""
        super().__init__(f"{code} at {where}" if where else code)
        self.code = code
        self.where = where


class NotReadable(ContractError):
    """The bytes are not strict JSON, XML or text of the declared kind."""


class NotOfShape(ContractError):
    """The content does not fit the shape that its type requires."""


class UnknownType(ContractError):
    """No fact of this type and version is in the catalogue."""


class NotGenuine(ContractError):
    """The signature does not prove that the named agency stated these bytes under these attributes."""


class NotForUs(ContractError):
    """The content is sealed to another recipient, or was altered while sealed."""


class AgreementBroken(ContractError):
    """The data-sharing agreement does not let this agency do this."""
