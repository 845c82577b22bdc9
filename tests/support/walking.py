"""A page as somebody finds it: pushed sideways, small targets, hidden focus, cramped words, what it asked for."""

from dataclasses import dataclass, field

from playwright.sync_api import Page, Request, Response

from tests.support.browser import hindrances
from tests.support.html import faults

WIDTHS = (320, 390, 768, 1024, 1440)
LEAST_TARGET = 24
# WCAG 1.4.12: what somebody may set for themselves without anything being cut off. Put in as a sheet of the browser's
# own, since the pages allow no style but that of their file.
_SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('main * { line-height: 1.5 !important; letter-spacing: .12em !important; '
    + 'word-spacing: .16em !important; } main p { margin-bottom: 2em !important; }');
  document.adoptedStyleSheets = [sheet];
  const wide = document.documentElement.scrollWidth;
  document.adoptedStyleSheets = [];
  return wide;
}"""
# A link inside running words may be smaller (WCAG 2.5.8, inline), and so may what a larger label stands for.
_SMALL = """least => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
  .filter(one => one.checkVisibility() && !one.closest('p, li, dd, td, svg, .skip') && !one.matches('.skip'))
  .filter(one => { const box = one.getBoundingClientRect(); return Math.min(box.width, box.height) < least; })
  .map(one => one.outerHTML.slice(0, 60))"""
_UNSEEN = """() => {
  const found = [];
  for (const one of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    if (!one.checkVisibility() || one.closest('svg')) continue;
    one.focus({focusVisible: true});
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const bar = document.querySelector('.child-bar');
    const under = bar && getComputedStyle(bar).position === 'sticky' && !bar.contains(one)
      && box.bottom <= bar.getBoundingClientRect().bottom && bar.getBoundingClientRect().top <= 0;
    const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none';
    if (document.activeElement === one && (!shown || under)) found.push(one.outerHTML.slice(0, 60));
  }
  document.activeElement?.blur();
  return found;
}"""


@dataclass
class Walker:
    """Looks at whatever page is open, and gathers what is wrong by the name given to it."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    markup: str = ""

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self._console(said.type, said.text))
        self.page.on("pageerror", lambda error: self.wrong.append(type(error).__name__))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def look(self, name: str, *, key: bool = False) -> None:
        """Look at the page at every width; what is asked of markup is asked of what was sent.

        The slowest look, by axe, is at the width of a telephone, and at that of a desk too where it is a `key` page.
        """
        self.seen.append(name)
        found: list[str] = []
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            if int(self.page.evaluate("document.documentElement.scrollWidth")) > width:
                found.append(f"has to be pushed sideways at {width}")
            if width == 320 or (key and width == 1440):
                found += [f"at {width}: {one}" for one in hindrances(self.page)]
            if width in (320, 1440):
                found += [f"small at {width}: {one}" for one in self.page.evaluate(_SMALL, LEAST_TARGET)]
                found += [f"focus at {width}: {one}" for one in self.page.evaluate(_UNSEEN)]
            if width == 320 and int(self.page.evaluate(_SPACED)) > width:
                found.append("has to be pushed sideways when the words are spaced")
        # 400 % of a screen of 1280 by 1024.
        self.page.set_viewport_size({"width": 320, "height": 256})
        if int(self.page.evaluate("document.documentElement.scrollWidth")) > 320:
            found.append("has to be pushed sideways at 400 %")
        self.page.set_viewport_size({"width": 1440, "height": 900})
        found += faults(self.markup)
        self.wrong += [f"{name}: {one}" for one in found]

    def told(self) -> str:
        """All that is wrong, each once, a line for each."""
        return "\n".join(dict.fromkeys(self.wrong))

    def press(self, what: str) -> None:
        """Press what leads to another page."""
        with self.page.expect_navigation():
            self.page.locator(what).first.click()

    def _console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not text.startswith("Failed to load resource: the server responded"):
            self.wrong.append(f"console: {text[:120]}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self.address):
            self.wrong.append(f"asked elsewhere: {request.method}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status not in (302, 303):
            self.markup = response.text()
