"""What somebody meets on a page where no script runs: whether all of it is there, and whether its forms are sent."""

from urllib.parse import urlsplit

from playwright.sync_api import Locator

from tests.support.laid_out import Laid

# What is there for scripts alone, or waits for one.
_WAITS = """() => {
  const found = [], main = document.querySelector('main');
  if (document.body.classList.contains('js-enabled')) found.push('a script ran');
  if (!main?.checkVisibility() || !main.querySelector('h1')?.checkVisibility()) found.push('no title is seen');
  for (const one of document.querySelectorAll('body *'))
    if (one.hidden) found.push(`hidden: ${one.outerHTML.slice(0, 60)}`);
  for (const one of document.querySelectorAll('button, input[type=submit]')) {
    const to = one.form && (one.getAttribute('formaction') ?? one.form.getAttribute('action'));
    if (one.type !== 'submit' || !to?.startsWith('/')) found.push(`does nothing: ${one.outerHTML.slice(0, 60)}`);
  }
  for (const one of document.querySelectorAll('main form')) {
    const parts = [...one.elements].filter(each => each.type !== 'hidden');
    if (parts.length && !parts.some(each => each.type === 'submit'))
      found.push(`cannot be sent: ${one.outerHTML.slice(0, 60)}`);
  }
  for (const one of document.querySelectorAll('a'))
    if (!/^[/#]/.test(one.getAttribute('href') ?? '')) found.push(`leads nowhere: ${one.outerHTML.slice(0, 60)}`);
  return found;
}"""
_LEADS_TO = "one => one.getAttribute('formaction') ?? one.form.getAttribute('action')"
_HELD = """one => Object.fromEntries([...one.form.querySelectorAll('input[type=hidden]')]
  .map(each => [each.name, each.value]))"""


def waits_for_scripts(laid: Laid, markup: str, pressed: set[str]) -> list[str]:
    """What cannot be used on the page; its main button is pressed, and what leads where nothing `pressed` has yet."""
    laid.open(markup)
    found = [str(one) for one in laid.page.evaluate(_WAITS)]
    buttons = laid.page.locator("main form button:not([type=button])")
    leads = [str(buttons.nth(place).evaluate(_LEADS_TO)) for place in range(buttons.count())]
    main = laid.page.locator("main form button.button:not([type=button])").first
    first = str(main.evaluate(_LEADS_TO)) if main.count() else ""
    pressed_here = False
    for to in dict.fromkeys((first, *leads)):
        if to and (to == first or to not in pressed):
            if pressed_here:
                laid.open(markup)
            found += _pressed(laid, main if to == first else buttons.nth(leads.index(to)), to)
            pressed.add(to)
            pressed_here = True
    return found


def _pressed(laid: Laid, button: Locator, to: str) -> list[str]:
    """What is wrong with what is sent when the button is pressed, as somebody presses it."""
    for fold in button.locator("xpath=ancestor::details[not(@open)]").all():
        fold.locator("> summary").click()
    for choice in button.locator("xpath=ancestor::form//select[@required]").all():
        choice.select_option(index=1)
    held = dict(button.evaluate(_HELD))
    with laid.page.expect_navigation(url=lambda url: urlsplit(url).path == to):
        button.click()
    method, path, fields = laid.sent[0]
    if (method, path) != ("POST", to):
        return [f"{to}: {method} {path} was sent"]
    return [f"{to}: {name} was not sent" for name, value in held.items() if fields.get(name) != value]
