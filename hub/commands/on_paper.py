"""A document that may be printed, set and written into a folder as a PDF."""

from pathlib import Path

from hub.adapters.private_file import write_through
from hub.adapters.typesetting import Typesetting
from hub.application.print_chronology import Printed
from hub.commands import serve
from hub.web.paper.cover import Cover
from hub.web.paper.making import file_name, made
from hub.web.rendering import Rendering
from hub.wiring import Hub, titles


def set_on_paper(hub: Hub, printed: Printed, by: str, folder: Path) -> Path:
    """Where the PDF stands; `by` is the name of whoever asked. Raises CannotSet, OSError."""
    cover = Cover(printed, by, titles())
    path = folder / file_name(cover)
    write_through(path, made(cover, Rendering(titles(), serve.about(hub)), Typesetting()))
    return path
