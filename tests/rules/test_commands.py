"""Commands as people type them."""

from __future__ import annotations

import pytest

from dondoc.rules.commands import ALIASES, read_bare, read_command

NAMES = ("start", "trogiup", "nhiemvu", "giaoviec", "duyet", "giahan", "tiendo", "xuat", "vanban")


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/tiendo", "tiendo", ""),
        ("/tien do", "tiendo", ""),
        ("/Tiến Độ 203/TB-UBND", "tiendo", "203/TB-UBND"),
        ("/TIẾN ĐỘ", "tiendo", ""),
        ("/tiendo@dondoc_bot tuần này", "tiendo", "tuần này"),
        ("/tien_do", "tiendo", ""),
        ("/ tiendo", "tiendo", ""),
        ("/giao nhiệm vụ TH Hoa Sen: báo cáo", "giaoviec", "TH Hoa Sen: báo cáo"),
        ("/giaonhiemvu TH Hoa Sen: báo cáo", "giaoviec", "TH Hoa Sen: báo cáo"),
        ("/giaoviec TH Hoa Sen:\n  hai dòng", "giaoviec", "TH Hoa Sen:\n  hai dòng"),
        ("/help", "trogiup", ""),
        ("/start ABCDEFGH", "start", "ABCDEFGH"),
    ],
)
def test_a_command_in_any_spelling(text: str, name: str, argument: str) -> None:
    command = read_command(text, NAMES)
    assert command is not None
    assert (command.name, command.argument, command.known, command.guessed) == (name, argument, True, False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("/tiendoo", "tiendo"),
        ("/tendo", "tiendo"),
        ("/tiemdo", "tiendo"),
        ("/tinedo", "tiendo"),
        ("/giaoviecc", "giaoviec"),
    ],
)
def test_a_slip_of_the_finger_is_put_right(text: str, name: str) -> None:
    command = read_command(text + " TH Hoa Sen", NAMES)
    assert command is not None
    assert (command.name, command.argument, command.guessed) == (name, "TH Hoa Sen", True)


@pytest.mark.parametrize("text", ["/baocaothang", "/xuta", "/", "/ ", "/x", "/tiendoooo"])
def test_what_is_too_far_away_is_not_guessed(text: str) -> None:
    command = read_command(text, NAMES)
    assert command is not None
    assert not command.known


def test_two_names_as_near_are_not_chosen_between() -> None:
    command = read_command("/giaoviez", ("giaoviea", "giaovieb"))
    assert command is not None
    assert not command.known


@pytest.mark.parametrize("text", ["tiến độ", "tien do", "Tien do?", "TIENDO", "giao viec", "trợ giúp", "gia hạn"])
def test_a_whole_message_may_be_a_command_without_the_slash(text: str) -> None:
    command = read_bare(text, NAMES)
    assert command is not None
    assert command.name in NAMES


@pytest.mark.parametrize("text", ["tiến độ 70%", "em xin gia hạn", "", "tiendoo", "nhiệm vụ này của ai ạ", "dondoc"])
def test_an_answer_is_no_command(text: str) -> None:
    assert read_bare(text, NAMES) is None


def test_a_message_without_a_slash_is_no_command() -> None:
    assert read_command("tiendo", NAMES) is None


def test_other_names_are_written_as_they_are_compared() -> None:
    assert all(name.isascii() and name.islower() and name.isalpha() for pair in ALIASES.items() for name in pair)
