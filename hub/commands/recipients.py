"""The agencies that may be given a document, each with the agreement by which it may have what the document says."""

from collections.abc import Mapping

from agencies import registry as partners
from hub.domain.printing import Recipient
from hub.domain.relied_basis import Party
from hub.wiring import agreement_of


def recipients() -> Mapping[str, Recipient]:
    """The partners by source."""
    return {one.source: Recipient(Party(one.source, one.kind), agreement_of(one.name)) for one in partners.AGENCIES}
