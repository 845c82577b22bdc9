"""Sets a document as a tagged PDF (ISO 14289-1, PDF/UA-1) by one of our layouts; every value reaches it as text only.

A layout imports and reads nothing, and a value is never taken for its code. Nothing is opened but the layout and the
fonts, and nothing is fetched.
"""

import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

import typst

from hub.domain.errors import CannotSet
from hub.domain.paper import Document, Layout, plain

# What a court's bundle is to be set in, or what has the same widths; the last is in the library itself.
FONTS: Final = ("Arial", "Liberation Sans", "Arimo", "DejaVu Sans", "Noto Sans", "Libertinus Serif")
NOWHERE: Final = Path("/nonexistent")  # where packages would be looked for: no layout asks for any


class Typesetting:
    """Sets documents with the fonts of this machine, or without."""

    def __init__(self, *, own_fonts_only: bool = False) -> None:
        """With `own_fonts_only`, only what the library brings: the same on every machine."""
        self._own_fonts_only = own_fonts_only

    def __call__(self, layout: Layout, document: Document) -> bytes:
        """The PDF. Raises CannotSet.

        Where no font has a letter's shape, the document says so, and is tagged but not called PDF/UA.
        """
        told = plain(document)
        made = self._made(layout, {"document": json.dumps(told)}, strict=True)
        if made is None:
            made = self._made(layout, {"document": json.dumps(told), "shapes": "missing"}, strict=False)
        if made is None:
            raise CannotSet("not_set")
        return made

    def _made(self, layout: Layout, inputs: dict[str, str], *, strict: bool) -> bytes | None:
        fonts = _fonts(own_only=self._own_fonts_only)
        names = [one for one in FONTS if one in fonts.families()]
        layouts = Path(str(resources.files("hub.adapters").joinpath("layouts")))
        compiler = typst.Compiler(
            layouts / f"{layout}.typ",
            root=layouts,
            font_paths=fonts,
            sys_inputs={"shapes": "", "fonts": json.dumps(names), **inputs},
            package_path=NOWHERE,
            package_cache_path=NOWHERE,
        )
        try:
            made = compiler.compile(format="pdf", pdf_standards=["ua-1"] if strict else None)
        except typst.TypstError:
            return None  # its words may hold a value of the document
        return made if isinstance(made, bytes) else None


@cache
def _fonts(*, own_only: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=not own_only)
