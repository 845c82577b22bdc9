"""From values to pages: every value is escaped, a name that is missing is an error, and nothing is marked as safe."""

from collections.abc import Mapping
from hashlib import sha256
from importlib import resources
from uuid import UUID

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from starlette.responses import HTMLResponse, Response

from hub.domain import seen_words, words
from hub.domain.own_area import NOT_SET
from hub.web import entry_line, entry_parts, glance, said

STATIC_TYPES: Mapping[str, str] = {
    "hub.css": "text/css; charset=utf-8",
    "boot.js": "text/javascript; charset=utf-8",
    "stay.js": "text/javascript; charset=utf-8",
    "walk.js": "text/javascript; charset=utf-8",
    "favicon.svg": "image/svg+xml",
}
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def static_files() -> Mapping[str, bytes]:
    """The static files by name, read from the package."""
    folder = resources.files("hub.web").joinpath("static")
    return {name: folder.joinpath(name).read_bytes() for name in STATIC_TYPES}


class _Compiled(BytecodeCache):
    """What a template was compiled to, in memory alone: once for all renderings of a process."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """See BytecodeCache."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """See BytecodeCache."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class Rendering:
    """The templates, with the partners' titles and what is said of this hub."""

    def __init__(self, titles: Mapping[str, str], about: Mapping[str, str]) -> None:
        """Read the templates from the package."""
        folder = str(resources.files("hub.web"))
        self._env = Environment(
            loader=FileSystemLoader([folder, f"{folder}/pages"]),
            autoescape=True,
            bytecode_cache=_COMPILED,
            auto_reload=False,  # they come with the package, and are not looked at again for every page
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.filters.update(
            when=words.when,
            day=words.day,
            moment=words.moment,
            clock=words.clock,
            by_end=words.by_end,
            short=glance.short,
            reference=reference,
            number=number,
            whole_number=words.whole_number,
            plain=said.plain,
            plain_law=said.law,
            agency=lambda source: titles.get(source, source),
            with_titles=lambda text: _with_titles(text, titles),
            entry_line=entry_line.one_line,
            **entry_parts.FILTERS,
        )
        self._env.globals.update(
            said=said,
            glance=glance,
            seen_words=seen_words,
            duty_number=about.get("duty_number", NOT_SET),
            hub_name=about.get("name", "Safeguarding hub"),
            static={name: _address(name, content) for name, content in static_files().items()},
        )

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """The page that the template makes of the values."""
        return HTMLResponse(self.text(template, **values), status)

    def text(self, template: str, **values: object) -> str:
        """What the template makes of the values, for what is not a page."""
        of = self._env.get_template(template)
        context = of.new_context(values)
        try:
            return "".join(of.root_render_func(context))
        finally:
            # The context and the macros of a template hold each other: emptied, they let go at once of what was opened.
            context.vars.clear()
            context.parent.clear()


def reference(person_id: UUID) -> str:
    """A person's hub reference as people read it aloud: groups of four."""
    return f"hub: {words.whole_number(person_id)}"


def number(of: UUID) -> str:
    """The first two groups of the number: enough to say which of a child's it is."""
    return words.whole_number(of)[:9]


def _with_titles(text: str, titles: Mapping[str, str]) -> str:
    for source, title in titles.items():
        text = text.replace(source, title)
    return text


def _address(name: str, content: bytes) -> str:
    # In letters alone: a number that somebody typed must never seem to be repeated on a page.
    return f"/static/{name}?v={sha256(content).hexdigest()[:12].translate(_LETTERS)}"
