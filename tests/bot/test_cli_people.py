"""dondoc invite: the code first, links after it, and no secret anywhere."""

from __future__ import annotations

import socket
from pathlib import Path

import pdfplumber
import pytest

from dondoc.storage.invitations import looks_like_code
from tests.bot.conftest import Shell
from tests.telegram_world import TOKEN, USERNAME, spawned_server


def test_the_code_stands_on_the_first_line(imported: Shell) -> None:
    ended = imported.run("invite", "--unit", "TH1", "--person", "Phan Văn Khải")
    assert ended.code == 0
    assert looks_like_code(ended.out.splitlines()[0])
    assert len(ended.out.splitlines()) == 1


@pytest.mark.parametrize("role", ["staff", "chief", "leader", "admin"])
def test_a_code_for_each_role_of_the_office(imported: Shell, role: str) -> None:
    assert looks_like_code(imported.run("invite", "--role", role).out.strip())


def test_two_codes_are_never_the_same(imported: Shell) -> None:
    assert imported.run("invite", "--role", "staff").out != imported.run("invite", "--role", "staff").out


def test_an_unknown_unit_is_one_clear_line(imported: Shell) -> None:
    ended = imported.run("invite", "--unit", "TH99")
    assert (ended.code, ended.out) == (2, "")
    assert "TH99" in ended.err
    assert len(ended.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [(), ("--unit", "TH1", "--role", "staff"), ("--role", "king"), ("--role", "contact")]
)
def test_wrong_usage(imported: Shell, arguments: tuple[str, ...]) -> None:
    ended = imported.run("invite", *arguments)
    assert (ended.code, ended.out) == (2, "")


def test_with_a_token_the_deep_link_follows(imported: Shell) -> None:
    with spawned_server() as url:
        imported.environment.update(
            DONDOC_TELEGRAM_TOKEN=TOKEN,
            DONDOC_TELEGRAM_BASE_URL=f"{url}/bot",
            DONDOC_TELEGRAM_BASE_FILE_URL=f"{url}/file/bot",
        )
        ended = imported.run("invite", "--unit", "TH1", "--qr", imported.folder / "code.png")
    code, link = ended.out.splitlines()
    assert link == f"https://t.me/{USERNAME}?start={code}"
    assert (imported.folder / "code.png").read_bytes().startswith(b"\x89PNG")


def test_an_unreachable_server_costs_the_link_and_not_the_code(imported: Shell) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        imported.environment.update(
            DONDOC_TELEGRAM_TOKEN=TOKEN, DONDOC_TELEGRAM_BASE_URL=f"http://127.0.0.1:{port}/bot"
        )
        ended = imported.run("invite", "--unit", "TH1")
    assert ended.code == 0
    assert looks_like_code(ended.out.strip())
    assert "no Telegram link" in ended.err
    assert TOKEN.partition(":")[2] not in ended.out + ended.err


def test_without_a_link_the_qr_holds_the_code(imported: Shell, tmp_path: Path) -> None:
    ended = imported.run("invite", "--role", "leader", "--qr", tmp_path / "code.png")
    assert ended.code == 0
    assert (tmp_path / "code.png").read_bytes().startswith(b"\x89PNG")


def test_a_qr_that_cannot_be_written(imported: Shell) -> None:
    ended = imported.run("invite", "--role", "leader", "--qr", imported.folder / "no" / "such" / "code.png")
    assert ended.code == 1
    assert looks_like_code(ended.out.splitlines()[0])
    assert "cannot be written" in ended.err


def test_slips_for_all_units(imported: Shell) -> None:
    ended = imported.run("invite", "--all-units", "--pdf", imported.folder / "slips.pdf")
    assert (ended.code, ended.out) == (0, f"11 slips: {imported.folder / 'slips.pdf'}\n")
    with pdfplumber.open(imported.folder / "slips.pdf") as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
        assert len(pdf.pages) == 2
    assert "Trường Tiểu học Bình Chánh" in text
    assert len({word for word in text.split() if looks_like_code(word) and word.isupper()}) == 11


def test_a_slip_for_one_person(imported: Shell) -> None:
    ended = imported.run("invite", "--unit", "TH1", "--person", "Phan Văn Khải", "--pdf", imported.folder / "slip.pdf")
    code = ended.out.splitlines()[0]
    with pdfplumber.open(imported.folder / "slip.pdf") as pdf:
        text = pdf.pages[0].extract_text()
    assert code in text
    assert "Phan Văn Khải" in text


@pytest.mark.parametrize(
    "arguments",
    [("--all-units",), ("--all-units", "--pdf", "x.pdf", "--qr", "x.png"), ("--unit", "TH1", "--field", "các trường")],
)
def test_options_that_do_not_go_together(imported: Shell, arguments: tuple[str, ...]) -> None:
    ended = imported.run("invite", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 1


def test_a_field_is_never_guessed(imported: Shell) -> None:
    assert imported.run("invite", "--role", "leader", "--field", "các trường mầm non").code == 0
    ended = imported.run("invite", "--role", "leader", "--field", "Trường Nào Đó")
    assert (ended.code, ended.out) == (2, "")
    assert "Nào Đó" in ended.err
