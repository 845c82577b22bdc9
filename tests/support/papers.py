"""Documents as somebody else reads them: every word on each page, its tags, and what the file holds besides."""

import io
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF, read: the words on each page, the tags in order, and whether each font is in the file."""

    pages: tuple[str, ...]
    tags: tuple[str, ...]
    embedded: bool
    title: str
    language: str
    marked: bool
    beside: tuple[str, ...]
    wide: bool

    @property
    def text(self) -> str:
        """All words, with one space between them."""
        return " ".join(" ".join(self.pages).split())


def read(content: bytes) -> Paper:
    """The PDF. `beside` names what a document should not hold: attachments, scripts, forms, layers, links out."""
    reader = PdfReader(io.BytesIO(content))
    root = reader.root_object
    fonts = [font for page in reader.pages for font in _fonts(_below(page, "/Resources"))]
    names = _below(root, "/Names")
    found = [one for one in ("/EmbeddedFiles", "/JavaScript") if one in names]
    found += [one for one in ("/OpenAction", "/AA", "/AcroForm", "/OCProperties", "/Collection") if one in root]
    found += ["/Annots" for page in reader.pages if "/Annots" in page]
    box = reader.pages[0].mediabox
    return Paper(
        pages=_words(content),
        tags=tuple(_tags(_below(root, "/StructTreeRoot"))),
        embedded=bool(fonts) and all(fonts),
        title=reader.metadata.title or "" if reader.metadata is not None else "",
        language=str(root["/Lang"]) if "/Lang" in root else "",
        marked="/Marked" in _below(root, "/MarkInfo"),
        beside=tuple(found),
        wide=box.width > box.height,
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on a page: how large it is set, in points, and how far its foot is from the foot of the page."""

    page: int
    letter: str
    size: float
    up: float


def letters(content: bytes) -> Iterator[Letter]:
    """Every letter of the PDF but spaces, page by page."""
    document = pypdfium2.PdfDocument(content)
    try:
        for number, page in enumerate(document, start=1):
            yield from _letters(page, number)
    finally:
        document.close()


def _letters(page: pypdfium2.PdfPage, number: int) -> Iterator[Letter]:
    text = page.get_textpage()
    for place in range(text.count_chars()):
        left, up = c_double(), c_double()
        letter = chr(pypdfium2.raw.FPDFText_GetUnicode(text, place))
        pypdfium2.raw.FPDFText_GetCharOrigin(text, place, left, up)
        if letter.strip():
            yield Letter(number, letter, pypdfium2.raw.FPDFText_GetFontSize(text, place), up.value)
    text.close()
    page.close()


def _below(of: DictionaryObject, name: str) -> DictionaryObject:
    """The dictionary under a name; an empty one where there is none."""
    found = of[name].get_object() if name in of else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _words(content: bytes) -> tuple[str, ...]:
    """What stands within the edges of each page: what has run off a page is not read."""
    document = pypdfium2.PdfDocument(content)
    try:
        return tuple(_page_words(document[number]) for number in range(len(document)))
    finally:
        document.close()


def _page_words(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    found = str(text.get_text_bounded()).replace("\r\n", "\n")
    text.close()
    page.close()
    return found


def _tags(node: DictionaryObject) -> Iterator[str]:
    """The structure, as it is read aloud: the kind of each element, in order."""
    if "/S" in node:
        yield str(node["/S"]).removeprefix("/")
    for child in _each(node, "/K"):
        if "/S" in child or "/K" in child:
            yield from _tags(child)


def _fonts(resources: DictionaryObject) -> Iterator[bool]:
    """Whether each font that a page uses, or a drawing on it, is in the file."""
    for font in _values(_below(resources, "/Font")):
        described = [_below(one, "/FontDescriptor") for one in (*_each(font, "/DescendantFonts"), font)]
        yield any(name in one for one in described for name in ("/FontFile", "/FontFile2", "/FontFile3"))
    for drawing in _values(_below(resources, "/XObject")):
        yield from _fonts(_below(drawing, "/Resources"))


def _values(of: DictionaryObject) -> Iterator[DictionaryObject]:
    for name in of:
        yield _below(of, name)


def _each(of: DictionaryObject, name: str) -> Iterator[DictionaryObject]:
    """The dictionaries of a list that stands under a name, or the one that does."""
    found = of[name].get_object() if name in of else None
    for one in found if isinstance(found, ArrayObject) else [found]:
        child = one.get_object() if isinstance(one, PdfObject) else None
        if isinstance(child, DictionaryObject):
            yield child
