"""Slips of invitation to cut and hand out: A4 pages as PDF, one slip a unit with name, code, QR code, and how to join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from textwrap import wrap
from typing import Any

import segno

from dondoc.vietnamese.words import format_date

# Millimetres on A4; 2 × 4 slips a page.
_WIDTH, _HEIGHT = 210, 297
_ACROSS, _DOWN = 2, 4
_MARGIN = 6
_QR = 34
_MM = 1 / 25.4
_FONT = "DejaVu Sans"  # comes with matplotlib and has every Vietnamese letter
_NAME_WIDTH = 40  # letters a line

_HOW = "Quét mã QR rồi bấm Start (Bắt đầu), hoặc nhắn mã trên cho tài khoản đôn đốc nhiệm vụ của Văn phòng."
_HOW_WITHOUT_LINK = "Mở tài khoản đôn đốc nhiệm vụ của Văn phòng, bấm Start (Bắt đầu) rồi nhắn mã trên."
_ONCE = "Mã dùng một lần, đến hết ngày {until}; không chuyển cho người ngoài đơn vị."
_KEPT = "Hệ thống chỉ lưu họ tên, chức vụ, số điện thoại công vụ và nội dung trao đổi để theo dõi nhiệm vụ."


@dataclass(frozen=True, slots=True)
class Slip:
    """One invitation: for whom, the code, and the link that carries it where a platform has one."""

    unit: str
    person: str
    code: str
    link: str | None = None


def invitation_sheet(slips: Sequence[Slip], *, office: str, until: date) -> bytes:
    """The PDF. ``until`` is the last day of the codes."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    out = BytesIO()
    per_page = _ACROSS * _DOWN
    with rc_context({"pdf.fonttype": 42, "font.family": _FONT}), PdfPages(out) as pages:
        for start in range(0, len(slips), per_page):
            figure = Figure(figsize=(_WIDTH * _MM, _HEIGHT * _MM))
            axes = figure.add_axes((0, 0, 1, 1))
            axes.set_xlim(0, _WIDTH)
            axes.set_ylim(_HEIGHT, 0)
            axes.axis("off")
            for place, slip in enumerate(slips[start : start + per_page]):
                left = place % _ACROSS * _WIDTH / _ACROSS
                top = place // _ACROSS * _HEIGHT / _DOWN
                _draw(axes, slip, left, top, office=office, until=until)
            _cutting_lines(axes)
            pages.savefig(figure)
    return out.getvalue()


def _draw(axes: Any, slip: Slip, left: float, top: float, *, office: str, until: date) -> None:
    x, y = left + _MARGIN, top + _MARGIN
    for line in wrap(office.upper(), _NAME_WIDTH + 8)[:2]:
        y += 3.5
        axes.text(x, y, line, fontsize=6.5)
    y += 1.5
    for line in wrap(slip.unit, _NAME_WIDTH)[:3]:
        y += 5
        axes.text(x, y, line, fontsize=10, fontweight="bold")
    if slip.person:
        y += 4.5
        axes.text(x, y, wrap(slip.person, _NAME_WIDTH + 8)[0], fontsize=7.5)
    y = max(y, top + 27)
    axes.text(x, y + 8, slip.code, fontsize=17, fontweight="bold", family="monospace")
    y += 12
    how = _HOW if slip.link else _HOW_WITHOUT_LINK
    for text in (how, _ONCE.format(until=format_date(until)), _KEPT):
        for line in wrap(text, 38):
            y += 3.3
            axes.text(x, y, line, fontsize=6.6)
        y += 0.8
    _draw_code(axes, slip.link or slip.code, left + _WIDTH / _ACROSS - _MARGIN - _QR, top + 27)


def _draw_code(axes: Any, content: str, left: float, top: float) -> None:
    matrix = [[1 - cell for cell in row] for row in segno.make(content, error="m", micro=False).matrix_iter(border=2)]
    axes.imshow(
        matrix,
        cmap="gray",
        vmin=0,
        vmax=1,
        interpolation="none",
        extent=(left, left + _QR, top + _QR, top),
        aspect="auto",
    )


def _cutting_lines(axes: Any) -> None:
    # imshow fits the view to the last picture.
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(_HEIGHT, 0)
    for column in range(1, _ACROSS):
        axes.plot([column * _WIDTH / _ACROSS] * 2, [0, _HEIGHT], linestyle=(0, (4, 4)), linewidth=0.4, color="#888888")
    for row in range(1, _DOWN):
        axes.plot([0, _WIDTH], [row * _HEIGHT / _DOWN] * 2, linestyle=(0, (4, 4)), linewidth=0.4, color="#888888")
