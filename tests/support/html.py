"""What can be wrong with a page that a reader of its source can see: read with Python's own parser."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})
LABELLED = frozenset({"input", "select", "textarea"})
REFERRING = ("aria-labelledby", "aria-describedby")
_CLOSES_NOT = "closes what is not open"

Attributes = dict[str, str]


@dataclass
class Element:
    """An element as it opened: name, attributes, and the names of those it stands in."""

    name: str
    attributes: Attributes
    within: tuple[str, ...]


@dataclass
class Markup(HTMLParser):
    """The elements of a page in order, with what did not nest."""

    elements: list[Element] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    title: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        twice = [name for name, count in Counter(name for name, _ in attrs).items() if count > 1]
        self.wrong += [f"{tag} has {name} twice" for name in twice]
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close it, if it is the innermost one open."""
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.wrong.append(f"</{tag}> {_CLOSES_NOT}")

    def handle_data(self, data: str) -> None:
        """Keep the title."""
        if self.open[-1:] == ["title"] and "svg" not in self.open:
            self.title += data


def faults(text: str) -> tuple[str, ...]:
    """Everything found wrong with the page; none when it is well made."""
    page = Markup()
    page.feed(text)
    page.close()
    checks = (_nesting, _frame, _ids, _fields, _tables, _headings, _inline)
    return tuple(fault for check in checks for fault in check(page))


def _nesting(page: Markup) -> Iterator[str]:
    yield from page.wrong
    yield from (f"<{name}> is never closed" for name in page.open)


def _named(page: Markup, name: str) -> list[Element]:
    return [element for element in page.elements if element.name == name]


def _frame(page: Markup) -> Iterator[str]:
    html = _named(page, "html")
    if [one.attributes.get("lang") for one in html] != ["en-GB"]:
        yield "one html element, in en-GB"
    for name in ("title", "main", "h1", "header", "footer"):
        found = [one for one in _named(page, name) if not {"article", "svg"} & set(one.within)]
        if len(found) != 1:
            yield f"{len(found)} of {name}, not one"
    if not page.title.strip():
        yield "no title"
    if not any("skip" in one.attributes.get("class", "").split() for one in _named(page, "a")):
        yield "no link past the menu"


def _ids(page: Markup) -> Iterator[str]:
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    yield from (f"id {name} stands twice" for name, count in Counter(ids).items() if count > 1)
    for one in page.elements:
        for attribute in REFERRING:
            for name in one.attributes.get(attribute, "").split():
                if name not in ids:
                    yield f"{attribute} names {name}, which is not there"
        target = one.attributes.get("href", "")
        if target.startswith("#") and target[1:] not in ids:
            yield f"link to {target}, which is not there"


def _fields(page: Markup) -> Iterator[str]:
    labels = {one.attributes.get("for") for one in _named(page, "label")}
    for one in page.elements:
        if one.name in LABELLED and one.attributes.get("type") != "hidden" and one.attributes.get("id") not in labels:
            yield f"field {one.attributes.get('name')} has no label"
        if one.name == "form" and one.attributes.get("method") != "post":
            yield "a form that is not sent by POST puts its fields in the address"
    for one in _named(page, "fieldset"):
        place = page.elements.index(one)
        if page.elements[place + 1].name != "legend":
            yield "a fieldset without a legend first"


def _tables(page: Markup) -> Iterator[str]:
    for one in _named(page, "th"):
        if one.attributes.get("scope") not in {"col", "row", "rowgroup"}:
            yield "a table heading without a scope"
    if len(_named(page, "table")) != len(_named(page, "thead")):
        yield "a table without column headings"


def _headings(page: Markup) -> Iterator[str]:
    before = 0
    for one in page.elements:
        if len(one.name) == 2 and one.name[0] == "h" and one.name[1].isdigit():
            level = int(one.name[1])
            if level > max(before, 1) + 1:  # the summary of what is wrong stands above the h1, as h2
                yield f"h{level} after h{before}"
            before = level


def _inline(page: Markup) -> Iterator[str]:
    for one in page.elements:
        if one.name in {"style", "iframe", "object", "embed", "base", "foreignobject", "animate", "set"}:
            yield f"<{one.name}> on a page"
        if one.name == "script" and set(one.attributes) != {"src"}:
            yield "a script that is not a file of ours"
        for name, value in one.attributes.items():
            if name == "style" or name.startswith("on"):
                yield f"{name} on {one.name}"
            if name in {"href", "src", "action"} and not value.startswith(("/", "#")):
                yield f"{name} leads away: {one.name}"
