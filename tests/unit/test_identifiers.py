"""Does each identifier's check say what its register says, and does nothing but a passed check find a person?"""

import pytest

from contracts.identifiers import Identifier, Scheme, check_state, identifier, is_temporary_upn, parse_identifier
from contracts.vocabulary import CheckState

PASSED, FAILED = CheckState.PASSED, CheckState.FAILED
PLACEHOLDER, BAD_FORMAT, NO_CHECK_RULE = CheckState.PLACEHOLDER, CheckState.BAD_FORMAT, CheckState.NO_CHECK_RULE

FULL_WIDTH = "".join(chr(ord("０") + int(digit)) for digit in "9990000018")
ARABIC_INDIC = "".join(chr(ord("٠") + int(digit)) for digit in "9990000018")

NHS_NUMBERS = (
    ("943 476 5919", PASSED),
    ("9434765919", PASSED),
    ("943-476-5919", PASSED),
    ("999 000 0018", PASSED),
    ("999 000 0019", FAILED),
    ("9876543210", PLACEHOLDER),  # passes the sum; on the deny list because people type it
    ("1234567890", FAILED),  # nine digits whose check would be 10: no such number
    *((f"999000000{digit}", FAILED) for digit in range(10)),
    ("1111111111", PLACEHOLDER),
    ("0000000000", PLACEHOLDER),
    (FULL_WIDTH, BAD_FORMAT),
    (ARABIC_INDIC, BAD_FORMAT),
    ("9434765919\n", BAD_FORMAT),
    ("943476591", BAD_FORMAT),
    ("94347659190", BAD_FORMAT),
    ("", BAD_FORMAT),
    ("943476591O", BAD_FORMAT),
)

OTHERS = (
    (Scheme.UPN, "B801200005001", PASSED),
    (Scheme.UPN, "b801 200-005001", PASSED),
    (Scheme.UPN, "A801200005001", FAILED),
    (Scheme.UPN, "Y823412323001", PASSED),
    (Scheme.UPN, "M80120000500A", PASSED),
    (Scheme.UPN, "I801200005001", BAD_FORMAT),
    (Scheme.UPN, "S801200005001", BAD_FORMAT),
    (Scheme.UPN, "B80120000500", BAD_FORMAT),
    (Scheme.UPN, "UN1", BAD_FORMAT),
    (Scheme.FORMER_UPN, "B801200005001", PASSED),
    (Scheme.PNC, "2002/0073319Z", PASSED),
    (Scheme.PNC, "1981/0000034U", PASSED),
    (Scheme.PNC, "81/34U", PASSED),
    (Scheme.PNC, "2003/0011985Z", FAILED),
    (Scheme.PNC, "0073319Z", BAD_FORMAT),
    (Scheme.CRO, "065656/91H", PASSED),
    (Scheme.CRO, "65656/91H", PASSED),
    (Scheme.CRO, "085227/65G", FAILED),
    (Scheme.ULN, "1000000019", PASSED),
    (Scheme.ULN, "1234567899", PASSED),
    (Scheme.ULN, "1234567890", FAILED),
    (Scheme.ULN, "0000000019", BAD_FORMAT),
    (Scheme.NOMS, "A1234BC", NO_CHECK_RULE),
    (Scheme.NOMS, "A12345C", BAD_FORMAT),
    (Scheme.CRN, "X318822", NO_CHECK_RULE),
    (Scheme.LA_CHILD, "201/C0044871", NO_CHECK_RULE),
    (Scheme.LA_CHILD, "C0044871", BAD_FORMAT),
    (Scheme.LOCAL, "force-46/88213", NO_CHECK_RULE),
    (Scheme.LOCAL, "", BAD_FORMAT),
    (Scheme.LOCAL, "a\u202eb", BAD_FORMAT),
    (Scheme.ODS, "RZZ01", NO_CHECK_RULE),
    (Scheme.SCHOOL_URN, "999871", NO_CHECK_RULE),
    (Scheme.SCHOOL_URN, "99987", BAD_FORMAT),
    (Scheme.UPRN, "100099887766", NO_CHECK_RULE),
    (Scheme.UPRN, "1000998877661", BAD_FORMAT),
    (Scheme.HUB, "6f1d4c5e-6f0b-5c3a-9d0e-3a5a0f6f7d11", NO_CHECK_RULE),
)


@pytest.mark.parametrize(("raw", "state"), NHS_NUMBERS)
def test_nhs_number(raw: str, state: CheckState) -> None:
    assert identifier(Scheme.NHS_NUMBER, raw).check is state


@pytest.mark.parametrize(("scheme", "raw", "state"), OTHERS)
def test_other_schemes(scheme: Scheme, raw: str, state: CheckState) -> None:
    assert identifier(scheme, raw).check is state


def test_one_wrong_digit_never_passes() -> None:
    for place in range(10):
        for digit in "0123456789":
            changed = "9434765919"[:place] + digit + "9434765919"[place + 1 :]
            assert (check_state(Scheme.NHS_NUMBER, changed) is PASSED) == (changed == "9434765919")


def test_a_temporary_upn_is_well_formed_and_finds_nobody() -> None:
    temporary = identifier(Scheme.UPN, "M80120000500A")
    assert is_temporary_upn(temporary.value)
    assert not temporary.may_match
    assert identifier(Scheme.UPN, "B801200005001").may_match


@pytest.mark.parametrize(
    "text",
    [
        "nhs:9990000019",
        "nhs:1111111111",
        "nhs:9876543210",
        "upn:A801200005001",
        "uln:1000000019",
        "la:C1",
        "pnc:81/34U",
    ],
)
def test_only_a_passed_check_or_a_local_number_finds_a_person(text: str) -> None:
    assert not parse_identifier(text).may_match


@pytest.mark.parametrize("text", ["nhs:9990000018", "NHS:999 000 0018", "upn:B801200005001", "la:201/C1", "local:77"])
def test_what_finds_a_person(text: str) -> None:
    assert parse_identifier(text).may_match


@pytest.mark.parametrize("value", ["9990000019", "999 000 0018", "1111111111"])
def test_a_senders_word_that_a_check_passed_is_not_enough(value: str) -> None:
    claimed = Identifier(scheme=Scheme.NHS_NUMBER, value=value, check=PASSED)
    assert not claimed.may_match


@pytest.mark.parametrize("raw", ["ſ1234AB", "a1234bﬀ"])
def test_no_letter_of_another_script_becomes_ascii(raw: str) -> None:
    kept = identifier(Scheme.NOMS, raw)
    assert kept.check is BAD_FORMAT
    assert kept.value == raw


def test_what_cannot_be_read_is_kept_in_part_and_never_matches() -> None:
    long = identifier(Scheme.LOCAL, "x" * 70)
    assert (len(long.value), long.check, long.may_match) == (64, BAD_FORMAT, False)
    assert identifier(Scheme.NHS_NUMBER, " - ").value == "-"


@pytest.mark.parametrize("text", ["9990000018", "passport:9990000018", ":9990000018", ""])
def test_an_unknown_scheme_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match="starts with one of") as refused:
        parse_identifier(text)
    assert "9990000018" not in str(refused.value)
    assert "passport" not in str(refused.value)


def test_an_identifier_reads_back_as_people_type_it() -> None:
    assert str(parse_identifier("nhs:999 000 0018")) == "nhs:9990000018"
    assert parse_identifier("hub:6f1d4c5e-6f0b-5c3a-9d0e-3a5a0f6f7d11").value == "6F1D4C5E6F0B5C3A9D0E3A5A0F6F7D11"
