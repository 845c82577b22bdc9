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
# own, since the pages allow no style but that of their file. Told: how wide the page is then, and what hides some of
# its words. Not judged: what is there to be heard alone (its whole box is cut away), fields, the words of a drawing.
_SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('body * { line-height: 1.5 !important; letter-spacing: .12em !important; '
    + 'word-spacing: .16em !important; } body p { margin-bottom: 2em !important; }');
  document.adoptedStyleSheets = [sheet];
  const wide = document.documentElement.scrollWidth, cut = [];
  for (const one of document.querySelectorAll('body, body *')) {
    const style = getComputedStyle(one);
    const across = /hidden|clip/.test(style.overflowX), down = /hidden|clip/.test(style.overflowY);
    if (!across && !down || style.display === 'inline' || style.clipPath !== 'none') continue;
    if (one.closest('svg, input, select, textarea') || !one.checkVisibility() || !one.textContent.trim()) continue;
    if (across && one.scrollWidth > one.clientWidth + 1 || down && one.scrollHeight > one.clientHeight + 1)
      cut.push(one.outerHTML.slice(0, 60));
  }
  document.adoptedStyleSheets = [];
  return {wide, cut};
}"""
_TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
# A link may be smaller where the words it stands among set its height (WCAG 2.5.8, inline): words of the same block
# that are no target themselves. Signs of a drawing have a test of their own. `within`: only what lies in that.
_SMALL = """([targets, least, within]) => {
  const block = one => { while (getComputedStyle(one).display === 'inline') one = one.parentElement; return one; };
  const among = one => {
    if (getComputedStyle(one).display !== 'inline') return false;
    const around = block(one), texts = document.createTreeWalker(around, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const holder = texts.currentNode.parentElement;
      if (/[\\p{L}\\p{N}]/u.test(texts.currentNode.data) && !holder.closest(targets) && block(holder) === around)
        return true;
    }
    return false;
  };
  return [...document.querySelectorAll(targets)]
    .filter(one => one.checkVisibility() && !one.closest('svg, .skip') && one.closest(within))
    .filter(one => { const box = one.getBoundingClientRect(); return Math.min(box.width, box.height) < least; })
    .filter(one => !among(one)).map(one => one.outerHTML.slice(0, 60));
}"""
# What shows that something has the keyboard's attention: a line or a shadow about it that was not there before.
_UNSEEN = """([targets, within]) => {
  const about = one => {
    const style = getComputedStyle(one);
    const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      && !/^rgba.*, 0\\)$/.test(style.outlineColor);
    return [drawn ? style.outlineStyle + style.outlineWidth + style.outlineColor : 'none', style.boxShadow];
  };
  document.activeElement?.blur();
  const found = [], bar = document.querySelector('.child-bar');
  const before = [...document.querySelectorAll(targets)]
    .filter(one => one.checkVisibility() && !one.closest('svg') && one.closest(within))
    .map(one => [one, about(one)]);
  for (const [one, was] of before) {
    one.focus({focusVisible: true});
    const box = one.getBoundingClientRect();
    const under = bar && getComputedStyle(bar).position === 'sticky' && !bar.contains(one)
      && box.bottom <= bar.getBoundingClientRect().bottom && bar.getBoundingClientRect().top <= 0;
    const shown = about(one).some((now, place) => now !== 'none' && now !== was[place]);
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
        found += self._spaced(width) if width in (320, 1024) else []
        if width not in (320, 1440):
            return found + [f"at {width}: {one}" for one in hindrances(self.page, LAYOUT_RULES)]
        found += [f"at {width}: {one}" for one in hindrances(self.page)]
        found += self._reached(width, "html")
        if self.page.evaluate(_OPEN):
            if self._wide() > width:
                found.append(f"has to be pushed sideways at {width} with its folds open")
            found += [f"at {width}, folds open: {one}" for one in hindrances(self.page)]
            found += self._reached(width, "[data-walked]")
            self.page.evaluate(_CLOSE)
        return found

    def _reached(self, width: int, within: str) -> list[str]:
        """What of that which is pressed or typed into is small, or does not show that the keyboard has come to it."""
        small = self.page.evaluate(_SMALL, [_TARGETS, LEAST_TARGET, within])
        unseen = self.page.evaluate(_UNSEEN, [_TARGETS, within])
        return [*(f"small at {width}: {one}" for one in small), *(f"focus at {width}: {one}" for one in unseen)]

    def _spaced(self, width: int) -> list[str]:
        """What goes wrong where somebody sets the words further apart."""
        spaced = self.page.evaluate(_SPACED)
        wide = [f"has to be pushed sideways at {width} when the words are spaced"] if spaced["wide"] > width else []
        return wide + [f"cut off at {width} when the words are spaced: {one}" for one in spaced["cut"]]

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
        if not request.url.startswith(f"{self.address}/"):
            self.wrong.append(f"asked elsewhere: {request.method}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status not in (302, 303):
            self._answer = response
