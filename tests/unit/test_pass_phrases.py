"""Is a phrase that anybody would try first refused, one that is hard to guess taken, and each hashed at its cost?"""

import threading

import pytest

from hub.adapters.pass_phrases import ScryptPhrases, Turns, costs_of
from hub.domain.errors import TooBusy
from hub.domain.pass_phrase import LEAST_COST, LONGEST, SHORTEST, PhraseFault, fault_of
from tests.support.processes import until

ABOUT = ("Priya Anand", "priya", "urn:childhub:agency:social-care")


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("", "too_short"),
        ("plum ferry oak", "too_short"),
        ("x" * (LONGEST + 1), "too_long"),
        ("123456789012345", "usual"),
        ("passwordpassword", "usual"),
        ("P@$$w0rd-P@$$w0rd!", "usual"),
        ("qwertyuiopasdfghjkl", "usual"),
        ("poiuytrewq lkjhgfdsa", "usual"),
        ("1q2w3e4r5t6y7u8i9o0p", "usual"),
        ("aaaaaaaaaaaaaaaaaaaa", "usual"),
        ("plumplumplumplumplum", "usual"),
        ("iloveyou 1234567890", "usual"),
        ("Summer2026 Summer2026", "usual"),
        ("Liverpool Chelsea 99", "usual"),
        ("priya anand priya 2026", "usual"),
        ("Anand, social care 1", "usual"),
        ("safeguarding hub 2026", "usual"),
        ("correct horse battery staple", "usual"),
        ("               ", "usual"),
        ("!!!!!!!!!!!!!!!!!!!!", "usual"),
    ],
)
def test_what_is_tried_first_is_refused(phrase: str, fault: PhraseFault) -> None:
    assert fault_of(phrase, ABOUT) == fault


WIDE = "".join(chr(ord(one) + 0xFEE0) for one in "sept")  # as East Asian keyboards write them


@pytest.mark.parametrize("typed", ["sept cafe\u0301s a\u0300 midi, neuf lampes", f"{WIDE} cafés à midi, neuf lampes"])
def test_a_phrase_is_the_same_however_its_letters_are_written(typed: str) -> None:
    phrases, one = ScryptPhrases(cost=LEAST_COST), "sept cafés à midi, neuf lampes"
    assert phrases.matches(typed, phrases.hashed_chosen(one))
    assert phrases.matches(one, phrases.hashed_chosen(typed))
    assert not phrases.matches("sept cafes a midi, neuf lampes", phrases.hashed_chosen(one))


def test_another_way_to_write_letters_makes_no_usual_phrase_unusual_and_no_short_one_long() -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) for one in "passwordliverpool")
    assert fault_of(wide, ABOUT) == "usual"
    assert fault_of("e\u0301" * 14, ABOUT) == "too_short"


@pytest.mark.parametrize(
    "phrase",
    [
        "seven kettles hum at dusk",
        "x7$k!q9@z#m2&w%p",
        "my dog barks at monday's bin lorry",
        "Ысокая гора и тихая река",
        "四つの静かな青い山と川の音がきこえる",
        "a" + " plover" + " gnome wicket" + " thimble" * 3,
        "7c1e-09d4-b35a-f268-4e91-0a7d",
    ],
)
def test_what_is_hard_to_guess_is_taken_whatever_it_is_made_of(phrase: str) -> None:
    assert fault_of(phrase, ABOUT) is None


def test_what_leads_to_somebody_counts_for_them_alone() -> None:
    assert fault_of("priyaanandpriyaanand wren", ABOUT) == "usual"
    assert fault_of("bartholomew okonkwo", ABOUT) is None
    assert fault_of("bartholomew okonkwo", ("Bartholomew Okonkwo",)) == "usual"


def test_the_shortest_and_the_longest_are_taken() -> None:
    long = "".join(f"{number:04x}" for number in range(7, 65_000, 131))[:LONGEST]
    assert (len(long), fault_of(long, ())) == (LONGEST, None)
    short = "plum ferry oaks"
    assert (len(short), fault_of(short, ())) == (SHORTEST, None)


def test_the_cost_stands_with_each_hash_and_is_that_of_the_setting_for_what_people_choose() -> None:
    phrases = ScryptPhrases(15)
    made, chosen = phrases.hashed("one"), phrases.hashed_chosen("one")
    assert made.split("$")[:4] == ["scrypt", "16384", "8", "1"]
    assert chosen.split("$")[:4] == ["scrypt", "32768", "8", "1"]
    for hashed in (made, chosen):
        assert ScryptPhrases(16).matches("one", hashed)
        assert not ScryptPhrases(16).matches("One", hashed)
    assert (phrases.is_cheap(made), phrases.is_cheap(chosen), ScryptPhrases(16).is_cheap(chosen)) == (True, False, True)


def test_what_an_earlier_release_hashed_still_matches() -> None:
    name, _, _, _, salt, found = ScryptPhrases(14).hashed("one").split("$")
    old = f"{name}${salt}${found}"
    assert ScryptPhrases(15).matches("one", old)
    assert not ScryptPhrases(15).matches("two", old)
    assert ScryptPhrases(15).is_cheap(old)


def test_it_is_as_much_work_for_a_name_that_nobody_has() -> None:
    phrases = ScryptPhrases(15)
    made, chosen = phrases.hashed("one"), phrases.hashed_chosen("two")
    everybodys = (made, chosen)
    assert {costs_of(one, everybodys) for one in (made, chosen, "")} == {(2**14, 2**15)}
    assert costs_of("", ()) == (2**14,)
    for phrase, hashed in (("one", made), ("two", chosen), ("wrong", made), ("wrong", chosen), ("", "")):
        assert phrases.matches(phrase, hashed, everybodys) is (phrase in ("one", "two"))


def test_so_many_work_at_a_time_so_many_wait_and_the_next_is_told_to_come_again() -> None:
    turns, go_on, within = Turns(2, 1), threading.Event(), threading.Semaphore(0)
    done: list[str] = []

    def work() -> None:
        with turns.one():
            within.release()
            assert go_on.wait(600)
        done.append("done")

    def refused() -> bool:
        try:
            with turns.one():
                return False
        except TooBusy:
            return True

    workers = [threading.Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    assert all(within.acquire(timeout=600) for _ in workers)
    waiting = threading.Thread(target=work)
    waiting.start()
    until(lambda: True if turns.full else None, "the third waits")
    assert refused()
    assert not within.acquire(blocking=False)
    go_on.set()
    for one in (*workers, waiting):
        one.join(600)
    assert (done, refused()) == (["done"] * 3, False)
