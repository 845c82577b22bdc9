"""A real browser before a real server: Debian's chromium, driven by Playwright, and the pages on a loopback port."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from time import monotonic, sleep

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.types import ASGIApp

from tests.support.required import missing

AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
CHROMIUM = Path("/usr/bin/chromium")


@contextmanager
def browser() -> Iterator[Browser]:
    """The browser. Ends the test where there is none (see support.required)."""
    if not CHROMIUM.exists():
        missing("browser", "chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield running
        finally:
            running.close()


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The address at which the application answers while the block lasts."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", access_log=False, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = monotonic() + 10
    while not server.started and monotonic() < until:
        sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def hindrances(page: Page, only: tuple[str, ...] = ()) -> list[str]:
    """What axe finds in people's way on the page, as rule and place: by all its rules, or by those named."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        "([type, values]) => axe.run(document, {runOnly: {type, values}, resultTypes: ['violations'],"
        " preload: type === 'tag'})"
        ".then(found => found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target.join(' ')}`)))",
        ["rule", list(only)] if only else ["tag", list(AXE_TAGS)],
    )
    return [str(one) for one in found]
