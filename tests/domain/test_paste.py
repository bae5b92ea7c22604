from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aep_tui.domain.paste import LONGEST_PASTE, bearer_prefix_removed, read_paste
from tests.kit.canary import CANARY

ODD = st.text(
    st.one_of(
        st.sampled_from(list(" \t\n\r\x0b\x0c\x1b\x00\x85\u2028\"'`“”«»\ufeff\u200b\u200d\u00a0abé")),
        st.characters(),
    ),
    max_size=24,
)


@pytest.mark.parametrize("is_secret", [True, False])
@pytest.mark.parametrize(
    ("pasted", "notes"),
    [
        (f"{CANARY}\n", ("Removed 1 newline at the end.",)),
        (f"{CANARY}\r\n", ("Removed 1 newline at the end.",)),
        (f"\n\n{CANARY}", ("Removed 2 newlines at the beginning.",)),
        (
            f" {CANARY}\t \n",
            ("Removed 1 blank at the beginning.", "Removed 1 newline at the end.", "Removed 2 blanks at the end."),
        ),
        (CANARY, ()),
    ],
)
def test_white_space_around_is_removed_and_told_issue_2_section_2(
    pasted: str, notes: tuple[str, ...], is_secret: bool
) -> None:
    paste = read_paste(pasted, is_secret=is_secret)
    assert (paste.text, paste.notes, paste.refusal) == (CANARY, notes, "")
    assert not paste.has_offer


@pytest.mark.parametrize("is_secret", [True, False])
def test_what_is_nothing_but_white_space_is_told_once(is_secret: bool) -> None:
    paste = read_paste("  ", is_secret=is_secret)
    assert (paste.text, paste.notes) == ("", ("Removed 2 blanks at the beginning.",))


@pytest.mark.parametrize("is_secret", [True, False])
@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\u2028", "\x85", "\x0b"])
def test_an_inner_line_break_is_refused_in_words_and_changes_nothing_issue_2_section_2(
    break_: str, is_secret: bool
) -> None:
    paste = read_paste(f"one{break_}two", is_secret=is_secret)
    assert paste.text == f"one{break_}two"
    assert "2 lines" in paste.refusal
    assert paste.notes == ()
    assert not paste.has_offer


def test_a_text_that_is_longer_than_any_value_is_refused_and_not_shown() -> None:
    assert read_paste("a" * LONGEST_PASTE, is_secret=False).text == "a" * LONGEST_PASTE
    paste = read_paste("a" * (LONGEST_PASTE + 1), is_secret=False)
    assert (paste.text, paste.cleaned, paste.has_offer) == ("", "", False)
    assert paste.refusal.startswith(f"This is {LONGEST_PASTE + 1} characters long")


def test_a_pasted_key_is_called_a_key() -> None:
    refusal = read_paste(f"-----BEGIN PRIVATE KEY-----\n{CANARY}\n-----END PRIVATE KEY-----", is_secret=True).refusal
    assert "key or certificate of 3 lines" in refusal
    assert CANARY not in refusal


@pytest.mark.parametrize(
    ("pasted", "note"),
    [
        ("\ufeffacme", "Removed 1 invisible character."),
        ("ac\u200bme\u200b", "Removed 2 invisible characters."),
        ('"acme"', "Removed the quotation marks around it."),
        ('" acme"', "Removed the quotation marks around it. Removed the white space inside them."),
        ("“acme”", "Removed the quotation marks around it."),
        ("\x1bacme", "Removed 1 invisible character."),
    ],
)
def test_an_ordinary_field_is_cleaned_and_told_issue_4_section_4(pasted: str, note: str) -> None:
    paste = read_paste(pasted, is_secret=False)
    assert (paste.text, " ".join(paste.notes), paste.has_offer) == ("acme", note, False)


@pytest.mark.parametrize(
    ("pasted", "note"),
    [
        (f"\ufeff{CANARY}", "There is 1 invisible character in it. It was kept."),
        (f"'{CANARY}'", "There are quotation marks around it. They were kept."),
    ],
)
def test_a_secret_keeps_oddities_until_the_person_consents_issue_4_section_4(pasted: str, note: str) -> None:
    paste = read_paste(pasted, is_secret=True)
    assert (paste.text, paste.notes) == (pasted, (note,))
    assert paste.has_offer
    assert paste.cleaned == CANARY


def test_quotation_marks_that_belong_to_the_words_stay() -> None:
    assert read_paste('"A" and "B"', is_secret=False).text == '"A" and "B"'
    assert read_paste("it's", is_secret=False).text == "it's"
    assert read_paste('"', is_secret=False).text == '"'
    assert read_paste("“a“b”", is_secret=False).text == "“a“b”"
    assert read_paste("“a”b”", is_secret=False).text == "“a”b”"
    assert read_paste('""', is_secret=False).text == ""


def test_joiners_that_make_an_emoji_or_a_persian_word_stay() -> None:
    for text in ("👩\u200d💻", "می\u200cخواهم", "a👩\u200d💻b"):
        assert read_paste(text, is_secret=False).text == text


@pytest.mark.parametrize("text", ["ac\u200dme", "acme\u200d", "\u200dé", "é\u200ca"])
def test_a_joiner_beside_a_plain_letter_or_at_an_end_goes(text: str) -> None:
    paste = read_paste(text, is_secret=False)
    assert "\u200c" not in paste.text
    assert "\u200d" not in paste.text
    assert paste.notes == ("Removed 1 invisible character.",)


def test_the_repr_does_not_show_what_was_pasted() -> None:
    assert CANARY not in repr(read_paste(f'"{CANARY}"', is_secret=True))


@given(ODD, st.booleans())
def test_no_paste_is_changed_silently_and_reading_twice_changes_nothing(text: str, is_secret: bool) -> None:
    paste = read_paste(text, is_secret=is_secret)
    if paste.text != text:
        assert paste.notes or paste.refusal
    if paste.refusal:
        assert paste.text == text
        return
    again = read_paste(paste.text, is_secret=is_secret)
    assert again.text == paste.text
    if paste.has_offer:
        assert paste.notes
        assert read_paste(paste.cleaned, is_secret=is_secret).cleaned == paste.cleaned


@given(ODD, st.booleans())
def test_no_character_is_lost_but_blanks_marks_and_invisible_ones(text: str, is_secret: bool) -> None:
    paste = read_paste(text, is_secret=is_secret)
    for kept in (paste.text, paste.cleaned):
        characters = iter(text)
        removed = []
        for character in kept:
            for passed in characters:
                if passed == character:
                    break
                removed.append(passed)
            else:
                raise AssertionError("a character that was not pasted")
        removed.extend(characters)
        assert all(
            gone.isspace() or gone in "\"'`“”‘’«»„‚\u00ad\u180e" or unicodedata.category(gone) in {"Cc", "Cf", "Cs"}
            for gone in removed
        )
    if is_secret and not paste.refusal:
        assert paste.text == text.strip()


@given(ODD)
def test_a_text_that_may_stand_in_a_field_has_no_line_break(text: str) -> None:
    paste = read_paste(text, is_secret=False)
    if not paste.refusal:
        assert len(paste.text.splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Bearer {CANARY}", (CANARY, True)),
        (f"bearer\t{CANARY}\n", (CANARY, True)),
        (f"Authorization: Bearer {CANARY}", (CANARY, True)),
        (f"Bearer Bearer {CANARY}", (CANARY, True)),
        (f"authorization:bearer {CANARY}", (CANARY, True)),
        (CANARY, (CANARY, False)),
        (f" {CANARY}", (f" {CANARY}", False)),
        ("Bearer", ("", True)),
        ("Bearer a b  c", ("a b  c", True)),
        (f"Bearer{CANARY}", (f"Bearer{CANARY}", False)),
        ("", ("", False)),
    ],
)
def test_a_bearer_prefix_is_dropped_issue_2_section_6(text: str, expected: tuple[str, bool]) -> None:
    assert bearer_prefix_removed(text) == expected


TERMINAL_TEXTS = [
    f"\x1b[32m{CANARY}\x1b[0m",
    f"\x1b[32m{CANARY}\nPart2\x1b[0m",
    f"{CANARY}\x1b]11;rgb:0000/0000/0000\x1b\\",
    f"\x9b32m{CANARY}",
    f"]11;rgb:1e1e/1e1e/2e2e{CANARY}",
    f"{CANARY}\x1bP>|XTerm(390)\x1b\\",
    f">|XTerm(390){CANARY}",
    f"_Gi=31;OK{CANARY}",
    f"[?64;1;9c{CANARY}",
    f"[200~{CANARY}[201~",
]


@pytest.mark.parametrize("is_secret", [True, False])
@pytest.mark.parametrize("text", TERMINAL_TEXTS)
def test_codes_and_replies_of_a_terminal_are_refused(text: str, is_secret: bool) -> None:
    paste = read_paste(text, is_secret=is_secret)
    assert "codes for a terminal" in paste.refusal
    assert CANARY not in paste.refusal
    assert not paste.has_offer


@pytest.mark.parametrize("character", ["\0", "\x07", "\x08", "\x1b", "\x7f", "\x84"])
def test_no_control_character_gets_into_a_secret(character: str) -> None:
    paste = read_paste(f"{CANARY[:4]}{character}{CANARY[4:]}", is_secret=True)
    assert "control character" in paste.refusal
    assert not paste.has_offer


@pytest.mark.parametrize("text", ["a[0m", "[1;1R", "]x>|", "p@ss]10;word", "Gi=x", "a>|b"])
def test_signs_that_only_look_a_little_like_codes_stay(text: str) -> None:
    assert read_paste(text, is_secret=True).text == text
    assert read_paste(text, is_secret=True).refusal == ""


@pytest.mark.parametrize(
    "text", ["Authorization: Basic abc", "0123456789abcdBearer abc", "Authorization:", "bearers abc"]
)
def test_what_only_looks_a_little_like_a_bearer_header_stays(text: str) -> None:
    assert bearer_prefix_removed(text) == (text, False)
