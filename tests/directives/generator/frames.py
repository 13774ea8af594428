"""Heads and feet: one column under the other, side by side, or in the cells of a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from tests.directives.generator.marked import ExpectedHead
from tests.directives.generator.offices import Office, person
from tests.directives.generator.phrasing import capital

_CODES = {"Thông báo": "TB", "Kết luận": "KL", "Kế hoạch": "KH", "Chỉ thị": "CT", "Công điện": "CĐ", "Quyết định": "QĐ"}
_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True, slots=True)
class Frame:
    """The lines above and below a body, and what they say."""

    above: tuple[str, ...]
    below: tuple[str, ...]
    head: ExpectedHead


def frame(rng: Random, office: Office, kind: str, issued: date, subject: str, addressees: tuple[str, ...]) -> Frame:
    """A head and a foot for a document of an office."""
    number = _number(rng, office, kind)
    signer = person(rng)
    dated = f"{office.place}, ngày {issued.day:02d} tháng {issued.month:02d} năm {issued.year}"
    if issued.month > 2 and rng.random() < 0.5:
        dated = dated.replace(f"tháng {issued.month:02d}", f"tháng {issued.month}")
    written = number.replace("/", " /", 1) if rng.random() < 0.1 else number
    numbered = f"{'Số' if office.party else 'Số:'} {written}"
    letter = kind == "Công văn"
    about = f"{rng.choice(('V/v', 'V/v'))} {subject}" if letter else ""
    above = _columns(rng, office, numbered, dated, about)
    if letter:
        above += ["", *_addressed(rng, addressees), ""]
    else:
        above += ["", kind.upper(), *_subject_lines(rng, kind, subject), ""]
    head = ExpectedHead(kind, number, office.name, office.place, issued, subject, signer)
    return Frame(tuple(above), tuple(_foot(rng, office, signer)), head)


def _number(rng: Random, office: Office, kind: str) -> str:
    digits = rng.choice((f"{rng.randint(1, 9):02d}", str(rng.randint(10, 999)), str(rng.randint(1000, 4999))))
    if office.party:
        return f"{digits}-{_CODES.get(kind, 'CV')}/{office.code}"
    if kind == "Công văn":
        return f"{digits}/{office.code}-{rng.choice(('VX', 'TH', 'NV', 'KT', 'VP'))}"
    return f"{digits}/{_CODES[kind]}-{office.code}"


def _columns(rng: Random, office: Office, numbered: str, dated: str, about: str) -> list[str]:
    left = [*office.capitals, numbered, *([about] if about else [])]
    if office.party:
        left = [*office.capitals, "*", numbered, *([about] if about else [])]
        right = ["ĐẢNG CỘNG SẢN VIỆT NAM", dated]
    else:
        right = [_NATION, _MOTTO, dated]
    style = rng.choice(["stacked", "stacked", "beside", "beside", "cells"])
    if style == "stacked":
        return [*left, "", *right]
    rows = max(len(left), len(right))
    left += [""] * (rows - len(left))
    right += [""] * (rows - len(right))
    if style == "cells":
        return [f"| {a} | {b} |" for a, b in zip(left, right, strict=True)]
    gap = rng.choice((" " * 12, "\t\t", " " * 24))
    return [f"{a}{gap}{b}".rstrip() for a, b in zip(left, right, strict=True)]


def _addressed(rng: Random, addressees: tuple[str, ...]) -> list[str]:
    if len(addressees) == 1:
        return [f"Kính gửi: {capital(addressees[0])}{rng.choice(('.', ''))}"]
    ends = [";"] * (len(addressees) - 1) + ["."]
    return ["Kính gửi:", *(f"- {capital(name)}{end}" for name, end in zip(addressees, ends, strict=True))]


def _subject_lines(rng: Random, kind: str, subject: str) -> list[str]:
    if kind in ("Quyết định", "Chỉ thị", "Công điện"):
        return [f"Về {subject}" if subject.startswith(("việc", "công tác")) else f"Về việc {subject}"]
    return [capital(subject)]


def _foot(rng: Random, office: Office, signer: str) -> list[str]:
    short = "VT" if not office.party else "VPĐU"
    receivers = [f"- {capital(office.units[0])};", f"- {capital(office.above[0])} (b/c);", f"- Lưu: {short}."]
    if rng.random() < 0.4:
        rows = max(len(receivers), len(office.titles)) + 1
        left = ["Nơi nhận:", *receivers, *[""] * rows][: rows + 1]
        right = [*office.titles, *[""] * rows][: rows + 1]
        lines = [f"{a}{' ' * 20}{b}".rstrip() if b else a for a, b in zip(left, right, strict=True)]
        return ["", *lines, "", " " * 40 + signer]
    return ["", "Nơi nhận:", *receivers, "", *office.titles, "", rng.choice(("", "(Đã ký)")), signer]
