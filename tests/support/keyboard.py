"""Somebody with a keyboard and nothing else: each thing they do is a step, counted, timed by rule and printed.

Times follow the keystroke-level model (Card, Moran, Newell 1980): a key 0.28 s, each Tab too; a word read 0.24 s; a
decision 1.35 s, before what is looked for and before what leads on, not before the key that carries it out.
"""

from dataclasses import dataclass, field

from playwright.sync_api import Page

KEY_SECONDS, DECISION_SECONDS, WORD_SECONDS = 0.28, 1.35, 0.24
MOST_TABS = 400
JOURNEY = "journey"  # under which a test has its steps printed


@dataclass
class Keys:
    """What is pressed on a page, and what it comes to."""

    page: Page
    steps: list[str] = field(default_factory=list)
    presses: int = 0
    seconds: float = 0.0

    def to(self, what: str, said: str) -> None:
        """Tab until this has the keyboard's attention. Fails where no number of Tabs leads there."""
        for _ in range(MOST_TABS):
            if self.page.evaluate("what => document.activeElement?.matches(what) ?? false", what):
                self._step(f"to {said}", 0, decided=True)
                return
            self.page.keyboard.press("Tab")
            self.presses += 1
            self.seconds += KEY_SECONDS
        raise AssertionError(f"no Tab leads to {said}")

    def type(self, text: str, said: str) -> None:
        """Type into what has the attention; the step names it and never what is typed."""
        self.page.keyboard.type(text)
        self.presses += len(text)
        self._step(f"type {said}", len(text), decided=False)

    def press(self, key: str, said: str, *, leads: bool = False) -> None:
        """Press a key; `leads`: to another page, which is waited for."""
        if leads:
            with self.page.expect_navigation():
                self.page.keyboard.press(key)
        else:
            self.page.keyboard.press(key)
        self.presses += 1
        self._step(f"{key}: {said}", 1, decided=leads)

    def read(self, words: str, said: str) -> None:
        """Read words."""
        count = len(words.split())
        self.seconds += count * WORD_SECONDS
        self.steps.append(f"read {said} ({count} words)")

    def told(self, title: str) -> str:
        """The steps, to be printed when the tests have run (see tests/conftest.py)."""
        lines = [f"{number}. {step}" for number, step in enumerate(self.steps, start=1)]
        head = f"{title}: {len(self.steps)} steps, {self.presses} keys, about {self.seconds:.0f} s by the model"
        return "\n   ".join([head, *lines])

    def _step(self, said: str, keys: int, *, decided: bool) -> None:
        self.seconds += DECISION_SECONDS * decided + keys * KEY_SECONDS
        self.steps.append(said)
