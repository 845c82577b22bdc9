"""Can the shapes and the words of our drawings be told from what they lie on? WCAG 1.4.11: 3 to 1; 1.4.3: 4.5 to 1.

A checker of pages cannot say it of a drawing. Every colour that is drawn is named here, with what it may lie on.
"""

import re
from pathlib import Path

import pytest

from hub.web.picture import shapes
from hub.web.picture.shapes import (
    AGE,
    BAND,
    BROAD,
    EDGE,
    GAP,
    GAP_FAINT,
    GAP_SOFT,
    INK,
    LANE,
    PAPER,
    PLACE,
    PLAN,
    QUIET,
)

WEB = Path(shapes.__file__).parents[1]
COLOUR = re.compile(r"#[0-9a-f]{6}\b|(?<=\")#[0-9a-f]{3}(?=\")")
DOTS, HATCH = "#eeefef", "#fff8e0"  # the grounds of the two patterns
DARK, SHADE = "#383f43", "#e4e7e9"  # of the picture of looks
FADED = "#757d82"
SHAPES_AT_LEAST, WORDS_AT_LEAST = 3.0, 4.5
GROUNDS = {
    "a lane": PAPER, "every second lane": LANE, "a time not seen": GAP_SOFT, "a time not known": GAP_FAINT,
    "dots": DOTS, "stripes": HATCH,
}  # fmt: skip
ON_BAND = {"the child's band": BAND, "a time not seen": GAP_SOFT, "a time not known": GAP_FAINT}
BARE = {name: GROUNDS[name] for name in ("a lane", "every second lane", "a time not seen", "a time not known")}
# A sign is told by the strongest of its colours; the rest is what parts it from others beside it.
SIGNS = {name: GROUNDS for name in (
    "harm", "serious", "concern", "background", "strength", "restricted", "withdrawn", "padlock", "count"
)} | {name: ON_BAND for name in ("seen", "alone", "met", "voice")}  # fmt: skip
DRAWN = {
    "a bar's edge": (EDGE, BARE),
    "a bar's edge on what it encloses": (EDGE, {"a place": PLACE}),
    "no school place, its dashes": (INK, BARE),
    "what is outside the filters": (FADED, GROUNDS),
    "a month or a year without a day": (BROAD, BARE),
    "shared late": (INK, GROUNDS),
    "not seen, its line": (GAP, ON_BAND),
    "the line of today": (INK, GROUNDS | ON_BAND),
    "the line of a past day": (GAP, GROUNDS | ON_BAND),
    "the halo's line": (INK, GROUNDS),
    "a look": (DARK, {"the day": PAPER, "night and weekend": SHADE}),
    "a look that waits": ("#a11616", {"the day": PAPER, "night and weekend": SHADE}),
}
WRITTEN = {
    "names of lanes": (INK, {"a lane": PAPER, "every second lane": LANE, "the child's band": BAND}),
    "what is under a name": (QUIET, {"a lane": PAPER, "every second lane": LANE, "the child's band": BAND}),
    "an age": (INK, {"its block": AGE}),
    "age not known, born": (INK, {"the child's band": BAND}),
    "a plan": (INK, {"its bar": PLAN}),
    "a place": (INK, {"its bar": PLACE}),
    "why it is empty": (INK, {"its plate": PAPER}),
    "not seen": (GAP, {"its plate": PAPER}),
    "not seen for long": (PAPER, {"its plate": GAP}),
    "how many": (PAPER, {"its block": QUIET}),
    "the day": (GAP, {"paper": PAPER}),
    "hours and days of looks": (DARK, {"the page": PAPER}),
}
# Faint on purpose: each helps the eye along, and what it means is written in words as well.
IN_WORDS_TOO = {
    "#b1b4b6": "frames and lines of lanes, which have names",
    "#e6e8ea": "the grid, whose days are written above it",
    "#8d9599": "the dots: not known, said in words on a plate or under the lane's name",
    "#d79a1e": "the stripes: no reply, said in words on a plate or under the lane's name",
}


def light(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    whole = colour if len(colour) == 7 else "#" + "".join(one * 2 for one in colour[1:])
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(whole[place : place + 2], 16) / 255 for place in (1, 3, 5))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, from 1 to 21."""
    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def signs() -> dict[str, tuple[str, ...]]:
    """The colours of each sign, by its name, as the template has them."""
    text = (WEB / "pages" / "picture.html").read_text(encoding="utf-8")
    return {name: tuple(COLOUR.findall(drawn)) for name, drawn in re.findall(r'<g id="g-(\w+)">(.*?)</g>', text)}


def in_use() -> set[str]:
    """Every colour that our drawings have."""
    drawings = [(WEB / "pages" / "picture.html").read_text(encoding="utf-8")]
    drawings.append((WEB / "paper.svg.html").read_text(encoding="utf-8"))
    drawings += re.findall(r"<svg.*?</svg>", (WEB / "pages" / "who_looked.html").read_text(encoding="utf-8"), re.DOTALL)
    found = {one for text in drawings for one in COLOUR.findall(text)}
    named = {value for value in vars(shapes).values() if isinstance(value, str) and COLOUR.fullmatch(value)}
    return {"#ffffff" if one == "#fff" else one for one in found | named}


def pairs(of: dict[str, tuple[str, dict[str, str]]]) -> list[tuple[str, str, str]]:
    """Each with each that it may lie on: how it is called, and the two colours."""
    return [(f"{name} on {where}", colour, ground) for name, (colour, on) in of.items() for where, ground in on.items()]


def test_two_colours_are_as_far_apart_as_the_guidelines_reckon() -> None:
    assert contrast("#000000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ad7000", "#ad7000") == 1


@pytest.mark.parametrize(
    ("name", "where", "ground"), [(name, where, ground) for name, on in SIGNS.items() for where, ground in on.items()]
)
def test_every_sign_stands_out_from_what_it_lies_on(name: str, where: str, ground: str) -> None:
    assert max(contrast(one, ground) for one in signs()[name]) >= SHAPES_AT_LEAST, where


@pytest.mark.parametrize(("name", "colour", "ground"), pairs(DRAWN))
def test_every_shape_stands_out_from_what_it_lies_on(name: str, colour: str, ground: str) -> None:
    assert contrast(colour, ground) >= SHAPES_AT_LEAST, name


@pytest.mark.parametrize(("name", "colour", "ground"), pairs(WRITTEN))
def test_every_word_can_be_read_on_what_it_lies_on(name: str, colour: str, ground: str) -> None:
    assert contrast(colour, ground) >= WORDS_AT_LEAST, name


def test_what_is_washed_out_still_lets_its_words_be_read() -> None:
    beneath = (INK, GAP, BAND, LANE, HATCH)
    washed = [
        "#" + "".join(f"{round(0.9 * 255 + 0.1 * int(one[place : place + 2], 16)):02x}" for place in (1, 3, 5))
        for one in beneath
    ]
    assert min(contrast(GAP, one) for one in washed) >= WORDS_AT_LEAST


def test_every_sign_and_every_colour_is_judged() -> None:
    assert set(signs()) == set(SIGNS)
    judged = {colour for colour, _ in (*DRAWN.values(), *WRITTEN.values())} | set(IN_WORDS_TOO)
    grounds = {one for _, on in (*DRAWN.values(), *WRITTEN.values()) for one in on.values()} | set(GROUNDS.values())
    assert in_use() - {"#ffffff"} == (judged | grounds | {one for each in signs().values() for one in each}) - {
        "#ffffff", "#fff"
    }  # fmt: skip
