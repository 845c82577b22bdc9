"""Pages laid before a browser from their markup alone, with the files that they name, and what a press then sends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page, Route

from hub.web.headers import HEADERS
from hub.web.rendering import STATIC_TYPES, static_files

PLACE = "https://hub.example"
LAID = "/laid"


@dataclass
class Laid:
    """Answers the browser's page with markup; whatever leaves the place, or is told on the console, is wrong."""

    page: Page
    wrong: list[str] = field(default_factory=list)
    sent: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    _markup: str = ""
    _files: Mapping[str, bytes] = field(default_factory=static_files)

    def __post_init__(self) -> None:
        self.page.route("**/*", self._answer)
        self.page.on("console", lambda said: self._told(said.type, said.text))
        self.page.on("pageerror", lambda error: self.wrong.append(type(error).__name__))

    def open(self, markup: str, at: str = LAID) -> None:
        """Open the page."""
        self._markup = markup
        self.sent.clear()
        self.page.goto(f"{PLACE}{at}")
        self.sent.clear()

    def _answer(self, route: Route) -> None:
        asked, address = route.request, urlsplit(route.request.url)
        name = address.path.removeprefix("/static/")
        if not asked.url.startswith(f"{PLACE}/"):
            self.wrong.append(f"asked elsewhere: {asked.method}")
            route.abort()
        elif name in self._files:
            route.fulfill(body=self._files[name], content_type=STATIC_TYPES[name], headers=dict(HEADERS))
        else:
            self.sent.append((asked.method, address.path, dict(parse_qsl(asked.post_data or "", True))))
            headers = {**HEADERS, "content-type": "text/html; charset=utf-8"}
            route.fulfill(body=self._markup, headers=headers)

    def _told(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.wrong.append(f"console: {text[:120]}")
