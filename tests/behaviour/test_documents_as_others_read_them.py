"""Is a document whole, tagged and plain in the hands of others: every word on a page, nothing run, nothing beside?"""

import sys
from dataclasses import replace
from datetime import date
from importlib import resources
from time import perf_counter

import pytest

from contracts.events.hub import IdentityQuestioned, Withheld
from contracts.events.printing import PrintDecided, PrintReason, Product
from contracts.vocabulary import FieldClass, Purpose
from hub.adapters.typesetting import Typesetting
from hub.application.print_chronology import Printed
from hub.domain.chronology import Chronology, Entry
from hub.domain.errors import CannotSet
from hub.domain.paper import Document, Layout, plain
from hub.domain.requests import Request
from hub.domain.silence import Silence, SilenceKind
from hub.web.paper.cover import Cover, left_out
from hub.web.paper.making import file_name, made
from hub.web.rendering import Rendering
from tests.support.given import an_actor, an_id
from tests.support.hostile import ALL
from tests.support.long_life import TITLES, TODAY, Said, busy, life
from tests.support.papers import Paper, read
from tests.support.read_life import chronology_of

NAMED = {f"urn:childhub:agency:{name}": title for name, title in TITLES.items()}
PRODUCTS: tuple[Product, ...] = ("meeting_pack", "court_chronology")
SETTING = Typesetting()


def cover(shown: Chronology, product: Product, meant_for: str = "Safeguarding lead") -> Cover:
    """A document of a chronology, as it stands on record."""
    stated = PrintDecided(
        decision_id=an_id("print"),
        at=TODAY,
        person_id=shown.person_id,
        actor=an_actor(),
        purpose=Purpose.SECTION_47,
        product=product,
        reason=PrintReason.STRATEGY if product == "meeting_pack" else PrintReason.PROCEEDINGS,
        recipient="urn:childhub:agency:school" if product == "meeting_pack" else "",
        meant_for=meant_for,
        effect="permitted",
        copy_number=3,
        items=len(shown.entries),
    )
    return Cover(Printed(shown, stated), "Priya Anand", NAMED)


def paper(shown: Chronology, product: Product, setting: Typesetting = SETTING) -> Paper:
    """The document, read again."""
    return read(made(cover(shown, product), Rendering(NAMED, {}), setting))


def joined(text: str) -> str:
    """The text without the spaces, where a column or a page may break it."""
    return "".join(text.split())


def every_text(entries: tuple[Entry, ...]) -> list[str]:
    """Every statement of every entry, and of what changes it."""
    found: list[str] = []
    for entry in entries:
        found += [line.text for line in (*entry.facts, *entry.views, *entry.child_words)]
        found += every_text(entry.later)
    return found


@pytest.fixture(scope="module", params=PRODUCTS)
def product(request: pytest.FixtureRequest) -> Product:
    """Each document."""
    return next(one for one in PRODUCTS if one == request.param)


def test_every_word_of_every_entry_is_on_a_page_once_its_number_is_given(product: Product) -> None:
    shown = chronology_of(life())
    found = paper(shown, product)
    text = joined(found.text)
    assert not [one for one in every_text(shown.entries) if joined(one) not in text]
    for number in range(1, len(shown.entries) + 1):
        assert f"{number}." in found.text if product == "meeting_pack" else f" {number} " in found.text


def test_it_is_tagged_in_order_with_title_and_language_and_its_fonts(product: Product) -> None:
    found = paper(chronology_of(life()), product)
    assert found.marked
    assert found.language == "en-GB"
    assert found.embedded
    headings = [one for one in found.tags if one in ("H1", "H2", "H3")]
    assert headings[0] == "H1"
    assert headings.count("H1") == 1
    assert [one for one in found.tags if one in ("Table", "TR", "TH")][:3] == ["Table", "TR", "TH"]
    assert ("Figure" in found.tags) is (product == "meeting_pack")
    assert found.wide is (product == "meeting_pack")


def test_neither_its_title_nor_its_file_name_says_who_it_is_about(product: Product) -> None:
    shown = chronology_of(life())
    found, named = paper(shown, product), cover(shown, product)
    for one in (found.title, file_name(named)):
        assert "copy 3" in one.replace("copy3", "copy 3")
        assert not [name for name in shown.names for part in name.split() if part in one]


def test_there_is_nothing_in_it_beside_its_pages(product: Product) -> None:
    assert paper(chronology_of(life()), product).beside == ()


def test_who_has_not_replied_stands_on_a_page(product: Product) -> None:
    probation = "urn:childhub:agency:probation"
    owed = Request(an_id("r"), an_id("robin"), probation, "care", Purpose.SECTION_47, ("known",), TODAY, TODAY)
    silent = (Silence(probation, SilenceKind.NOTHING_RECEIVED),)
    text = paper(replace(chronology_of(life(), silent), requests=(owed,)), product).text
    assert "Northborough Probation was asked about this child and had not replied by 20 November 2026, 14:15." in text
    assert "sent nothing about this child" not in text
    assert ("Asked, still to answer" in text) is (product == "meeting_pack")


def test_each_page_of_a_pack_says_whose_copy_it_is_and_a_courts_bears_no_watermark() -> None:
    shown = chronology_of(life())
    pack, court = paper(shown, "meeting_pack"), paper(shown, "court_chronology")
    for number, page in enumerate(pack.pages, start=1):
        assert "Copy 3. On record as number" in page
        assert f"Page {number} of {len(pack.pages)}" in page
        assert "PRIYA ANAND · COPY 3" in " ".join(page.split())
    assert "PRIYA ANAND" not in court.text
    for severity in ("Significant harm", "Serious concern", "Background or agency action"):
        assert severity not in court.text
        assert severity in pack.text
    assert "Checked against the source documents by" in court.text


@pytest.mark.parametrize(("number", "they"), [(1, "it is"), (2, "they are")])
def test_what_is_left_out_is_counted_in_plain_words(number: int, they: str) -> None:
    life_of_two = chronology_of((Said("school", date(2026, 1, 1)), Said("school", date(2026, 1, 2))))
    part = Withheld(report_id=an_id("part"), content=FieldClass.LOCATION, reason="not_needed")
    entries = tuple(
        replace(entry, withheld=(part,)) if place < number else entry for place, entry in enumerate(life_of_two.entries)
    )
    asked = IdentityQuestioned(
        report_id=an_id("asked"), person_id=life_of_two.person_id, candidates=(), why="no_number", at=TODAY
    )
    shown = replace(life_of_two, entries=entries, in_question=(asked,) * number)
    said = " ".join(left_out(cover(shown, "court_chronology")))
    assert "(s)" not in said
    assert f"may be about this child; somebody must look whose {they}." in said
    assert ("One report may" in said, "Parts of one of the entries" in said) == (number == 1, number == 1)


def test_words_of_others_are_only_words(product: Product) -> None:
    """No markup, formula or code of the typesetter is run, and none is lost: each stands there as it was written."""
    tellings = tuple(Said("school", date(2026, 1, 1 + place), words) for place, words in enumerate(ALL))
    shown = chronology_of(tellings)
    found = paper(replace(shown, names=(ALL[0], *shown.names)), product)
    text = joined(found.text)
    assert not [one for one in ALL if joined(plain_text(one)) not in text]
    assert found.beside == ()


def plain_text(text: str) -> str:
    """The text as it is set."""
    done = plain(text)
    assert isinstance(done, str)
    return done


def test_the_drawing_takes_in_no_markup_and_no_file() -> None:
    shown = chronology_of((Said("school", date(2026, 1, 1), ALL[3]),))
    named = replace(shown, names=(ALL[3], ALL[4]))
    svg = Rendering(NAMED | {"urn:childhub:agency:school": ALL[3]}, {})
    taken: list[str] = []

    def keeping(_layout: Layout, document: Document) -> bytes:
        taken.append(str(document.get("picture", "")))
        return b""

    made(cover(named, "meeting_pack"), svg, keeping)
    assert "<image" not in taken[0]
    assert "<script" not in taken[0]


def test_no_layout_reads_imports_or_evaluates() -> None:
    for one in resources.files("hub.adapters").joinpath("layouts").iterdir():
        code = one.read_text(encoding="utf-8")
        for word in ("import", "include", "read(", "eval(", "plugin(", "@preview", "link(", "xml(", "yaml(", "csv("):
            assert word not in code, (one.name, word)
        assert code.count("json(") == code.count("json(bytes(sys.inputs.")
        assert code.count("image(") == code.count("image(bytes(")


def test_what_shows_nothing_or_turns_the_words_around_it_is_written_out(product: Product) -> None:
    shown = chronology_of((Said("school", date(2026, 1, 1), "Said \u202eolleh\u202c and \u200bleft\x07"),))
    found = paper(shown, product)
    assert "Said[U+202E]olleh[U+202C]and[U+200B]left[U+0007]" in joined(found.text)


def test_letters_that_no_font_has_are_kept_and_the_document_says_so(product: Product) -> None:
    shown = chronology_of((Said("school", date(2026, 1, 1), "Called \U00010600\U00010601 at home"),))
    own = Typesetting(own_fonts_only=True)
    found = paper(shown, product, own)
    assert "Some letters have no shape" in found.text
    assert found.marked
    assert "Table" in found.tags
    assert "Some letters have no shape" not in paper(chronology_of(life()), product, own).text


def test_an_entry_longer_than_a_page_goes_on_and_none_of_it_runs_off(product: Product) -> None:
    words = " ".join(f"word{number}" for number in range(2000))
    lines = "\n".join(f"line{number}" for number in range(300))
    shown = chronology_of((Said("school", date(2026, 1, 1), words), Said("police", date(2026, 1, 2), lines)))
    text = paper(shown, product).text
    assert not [number for number in range(2000) if f"word{number}" not in text]
    assert not [number for number in range(300) if f"line{number}" not in text]


def test_what_cannot_be_set_is_an_answer_without_a_word_of_it() -> None:
    with pytest.raises(CannotSet) as caught:
        SETTING("court", {"title": "CANARY"})
    assert "CANARY" not in repr(caught.value)


def test_three_hundred_entries_are_set_whole(product: Product, capsys: pytest.CaptureFixture[str]) -> None:
    shown = chronology_of(busy(300))
    start = perf_counter()
    content = made(cover(shown, product), Rendering(NAMED, {}), SETTING)
    took = perf_counter() - start
    found = read(content)
    with capsys.disabled():
        told = f"{len(shown.entries)} entries, {len(found.pages)} pages, {len(content)} bytes, {took:.2f} s"
        sys.stdout.write(f"\n  {product}: {told}\n")
    text = joined(found.text)
    assert not [one for one in every_text(shown.entries) if joined(one) not in text]
