"""A page as somebody finds it: pushed sideways, small targets, hidden focus, cramped words, what it asked for."""

from dataclasses import dataclass, field

from playwright.sync_api import Page, Request, Response

from tests.support.browser import hindrances
from tests.support.html import faults

WIDTHS = (320, 390, 768, 1024, 1440)
LEAST_TARGET = 24
# The rules of axe whose answer may change with the width: where things stand, what is shown, and over what.
LAYOUT_RULES = (
    "aria-hidden-focus",
    "button-name",
    "bypass",
    "color-contrast",
    "empty-heading",
    "empty-table-header",
    "heading-order",
    "label",
    "landmark-banner-is-top-level",
    "landmark-contentinfo-is-top-level",
    "landmark-main-is-top-level",
    "landmark-no-duplicate-banner",
    "landmark-no-duplicate-contentinfo",
    "landmark-no-duplicate-main",
    "landmark-one-main",
    "landmark-unique",
    "link-in-text-block",
    "link-name",
    "page-has-heading-one",
    "region",
    "scrollable-region-focusable",
    "skip-link",
    "target-size",
)
# Every fold in sight that is closed is opened, and marked, so that it alone is closed again.
_OPEN = """() => {
  const folds = [...document.querySelectorAll('details:not([open])')]
    .filter(one => one.querySelector('summary')?.checkVisibility());
  folds.forEach(one => { one.open = true; one.toggleAttribute('data-walked', true); });
  return folds.length;
}"""
_CLOSE = """document.querySelectorAll('[data-walked]')
  .forEach(one => { one.open = false; one.removeAttribute('data-walked'); })"""
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
    _answer: Response | None = None

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self._console(said.type, said.text))
        self.page.on("pageerror", lambda error: self.wrong.append(type(error).__name__))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    @property
    def markup(self) -> str:
        """The page that is open, as it was sent; empty for one that was put into the browser.

        It is read here and not as it comes: what has been navigated away from by then cannot be read any more.
        """
        return "" if self._answer is None else self._answer.text()

    def look(self, name: str) -> None:
        """Look at the page at every width; what is asked of markup is asked of what was sent.

        Axe looks at every width of one document: by all its rules at the narrowest and the widest, with every fold as
        it was sent and again with all of them open, and between these by the rules whose answer may change.
        """
        self.seen.append(name)
        found: list[str] = list(faults(self.markup))
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            found += self._at(width)
        # 400 % of a screen of 1280 by 1024.
        self.page.set_viewport_size({"width": 320, "height": 256})
        if self._wide() > 320:
            found.append("has to be pushed sideways at 400 %")
        self.page.set_viewport_size({"width": 1440, "height": 900})
        self.wrong += [f"{name}: {one}" for one in found]

    def _at(self, width: int) -> list[str]:
        """What is wrong at one width."""
        found = [f"has to be pushed sideways at {width}"] if self._wide() > width else []
        if width not in (320, 1440):
            return found + [f"at {width}: {one}" for one in hindrances(self.page, LAYOUT_RULES)]
        found += [f"at {width}: {one}" for one in hindrances(self.page)]
        found += [f"small at {width}: {one}" for one in self.page.evaluate(_SMALL, LEAST_TARGET)]
        found += [f"focus at {width}: {one}" for one in self.page.evaluate(_UNSEEN)]
        if width == 320 and int(self.page.evaluate(_SPACED)) > width:
            found.append("has to be pushed sideways when the words are spaced")
        if self.page.evaluate(_OPEN):
            if self._wide() > width:
                found.append(f"has to be pushed sideways at {width} with its folds open")
            found += [f"at {width}, folds open: {one}" for one in hindrances(self.page)]
            self.page.evaluate(_CLOSE)
        return found

    def _wide(self) -> int:
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

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
            self._answer = response
