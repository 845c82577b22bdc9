"""From what was printed to a file: its bytes, and a name that says which copy it is and nothing of the child."""

from hub.domain.paper import Typeset
from hub.web.paper.court import court_chronology
from hub.web.paper.cover import Cover
from hub.web.paper.meeting import meeting_pack
from hub.web.rendering import Rendering


def made(cover: Cover, rendering: Rendering, typeset: Typeset) -> bytes:
    """The PDF. Raises CannotSet."""
    if cover.printed.stated.product == "meeting_pack":
        return typeset("meeting", meeting_pack(cover, rendering))
    return typeset("court", court_chronology(cover))


def file_name(cover: Cover) -> str:
    """`1A2B3C4D-meeting-copy3.pdf`."""
    kind = cover.printed.stated.product.partition("_")[0]
    start = cover.printed.chronology.person_id.hex[:8].upper()
    return f"{start}-{kind}-copy{cover.printed.stated.copy_number}.pdf"
