"""Why a native record could not be read for certain: a code, never a value."""


class Unsound(Exception):
    """A native record cannot be read for certain. `code` is the reason that its outcome carries."""

    def __init__(self, code: str) -> None:
        """Hold the code."""
        super().__init__(code)
        self.code = code
