"""A message made to fit a channel."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.chat.messages import Attachment, Capabilities, Choice, Outbound
from dondoc.chat.rendering import BOLD, HEADROOM, fit, numbered_choice, split
from dondoc.vietnamese.text import utf16_length

BUTTONS = Capabilities(buttons=True, files_in=True, files_out=True, edit=True, max_chars=4096, groups=True)
PLAIN = replace(BUTTONS, buttons=False, max_chars=2000)
ASKED = ((Choice("ok", "Đúng"), Choice("sent", "Đã nộp")), (Choice("other", "Khác"),))


def numbered(number: int, label: str) -> str:
    return f"{number} – {label}"


def test_a_short_message_stays_as_it_is() -> None:
    message = Outbound("Đã nhận.", choices=ASKED, about=("assignment:1",), reply_to="5")
    assert fit(message, BUTTONS, numbered=numbered) == [message]


def test_the_first_part_answers_and_the_last_part_asks() -> None:
    text = "\n\n".join(f"Đoạn {n}: " + "nội dung chỉ đạo " * 60 for n in range(6))
    file = Attachment("bao_cao.xlsx", sha256="0" * 64)
    message = Outbound(text, choices=ASKED, attachments=(file,), about=("assignment:1",), reply_to="5", replaces="4")
    parts = fit(message, replace(BUTTONS, max_chars=2000, max_caption=1500), numbered=numbered)
    assert len(parts) > 2
    assert [part.reply_to for part in parts] == ["5"] + [None] * (len(parts) - 1)
    assert [part.replaces for part in parts] == ["4"] + [None] * (len(parts) - 1)
    assert [part.choices for part in parts] == [()] * (len(parts) - 1) + [ASKED]
    assert [part.attachments for part in parts] == [()] * (len(parts) - 1) + [(file,)]
    assert all(part.about == ("assignment:1",) for part in parts)
    assert all(part.text.startswith("Đoạn ") for part in parts)


def test_the_text_with_a_file_ends_in_a_caption() -> None:
    text = "Kính gửi nhà trường.\n\n" + "Nội dung. " * 150 + "\n\nĐề nghị xem tệp kèm theo."
    first, last = fit(Outbound(text, attachments=(Attachment("a.docx", sha256="1"),)), BUTTONS, numbered=numbered)
    assert first.attachments == ()
    assert first.text.startswith("Kính gửi")
    assert last.text == "Đề nghị xem tệp kèm theo."
    assert last.attachments


def test_room_is_left_for_the_mark_of_a_message_sent_again() -> None:
    for part in fit(Outbound("chữ " * 3000), BUTTONS, numbered=numbered):
        assert utf16_length(part.marked("(gửi lại)").text) <= BUTTONS.max_chars


def test_length_is_counted_in_utf16_units() -> None:
    text = "🟢" * 2100
    assert len(text) < BUTTONS.max_chars - HEADROOM
    parts = fit(Outbound(text), BUTTONS, numbered=numbered)
    assert [utf16_length(part.text) <= BUTTONS.max_chars - HEADROOM for part in parts] == [True, True]
    assert "".join(part.text for part in parts) == text


@pytest.mark.parametrize(
    ("separator", "what"), [("\n\n", "paragraph"), ("\n", "line"), (". ", "sentence"), (" ", "word")]
)
def test_the_best_place_is_taken(separator: str, what: str) -> None:
    text = separator.join(["một hai ba bốn"] * 20)
    parts = split(text, 100)
    assert all(part.startswith("một hai") or what == "word" for part in parts)
    assert all(re.fullmatch(r"\S.*\S", part, re.DOTALL) for part in parts)
    assert " ".join(parts).split() == text.split()


def test_a_bold_mark_is_not_broken() -> None:
    text = "chữ " * 20 + "**" + "đậm " * 6 + "hết** " + "chữ " * 20
    parts = split(text, 100)
    assert [match for part in parts for match in BOLD.findall(part)] == ["đậm " * 6 + "hết"]


def test_a_bold_mark_longer_than_a_part_is_closed_and_opened_again() -> None:
    parts = split("**" + "đậm " * 60 + "hết**", 100)
    assert all(part.startswith("**") and part.endswith("**") for part in parts)
    assert " ".join(BOLD.fullmatch(part)[1] for part in parts).split() == ["đậm"] * 60 + ["hết"]  # type: ignore[index]


def test_a_quotation_goes_on_as_a_quotation() -> None:
    parts = split("Trích:\n> " + "nguyên văn " * 40 + "\nHết trích.", 100)
    assert all(part.startswith(("> ", "Trích")) for part in parts)
    assert not any(part.strip() in (">", "Trích:") for part in parts[1:])
    assert parts[-1].endswith("\nHết trích.")


def test_a_letter_keeps_its_marks_and_a_joined_emoji_its_parts() -> None:
    family = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
    for part in split(family * 30, 64):
        assert part.replace(family, "") == ""
    for part in split("a\u0323\u0302" * 60, 64):
        assert part.replace("a\u0323\u0302", "") == ""


LETTERS = st.text(alphabet=st.sampled_from("aạ*> \n🟢.đ\u0301\u200d"), max_size=400)


@given(LETTERS)
def test_nothing_is_lost_and_nothing_is_too_long(text: str) -> None:
    parts = split(text, 64)
    assert all(utf16_length(part) <= 64 for part in parts)
    assert _letters("".join(parts)) == _letters(text)


def _letters(text: str) -> str:
    return re.sub(r"[\s*>]", "", text)


def test_without_buttons_choices_become_numbered_lines() -> None:
    (part,) = fit(Outbound("Có đúng không ạ?", choices=ASKED), PLAIN, numbered=numbered)
    assert part.text == "Có đúng không ạ?\n1 – Đúng\n2 – Đã nộp\n3 – Khác"
    assert part.choices == ()


def test_a_link_is_written_out_and_an_own_number_is_kept() -> None:
    choices = (
        (Choice("more", "0 – Xem tiếp"),),
        (Choice("page", "Trang của đơn vị", "https://donvi.example/p/1"),),
        (Choice("yes", "Đúng"),),
    )
    (part,) = fit(Outbound("Chọn:", choices=choices), PLAIN, numbered=numbered)
    assert part.text == "Chọn:\n0 – Xem tiếp\nTrang của đơn vị: https://donvi.example/p/1\n1 – Đúng"
    assert numbered_choice("0", choices) == "more"
    assert numbered_choice("0 – xem tiếp", choices) == "more"
    assert numbered_choice("1", choices) == "yes"


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("1", "ok"),
        (" 2. ", "sent"),
        ("3)", "other"),
        ("1 – Đúng", "ok"),
        ("2-da nop", "sent"),
        ("4", None),
        ("0", None),
        ("1 việc xong", None),
        ("1 – Khác", None),
        ("1.5", None),
        ("28/6/2024", None),
        ("Đúng", None),
        ("", None),
    ],
)
def test_a_number_names_the_choice_it_was_shown_with(text: str, choice: str | None) -> None:
    assert numbered_choice(text, ASKED) == choice
