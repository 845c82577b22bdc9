"""The machine's clock and source of randomness."""

from datetime import UTC, datetime
from uuid import UUID, uuid4


class SystemClock:
    """Now, and random ids, from the operating system."""

    def now(self) -> datetime:
        """See ports.Clock."""
        return datetime.now(tz=UTC)

    def new_id(self) -> UUID:
        """See ports.Clock."""
        return uuid4()
