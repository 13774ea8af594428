"""Progress by unit as a picture for a telephone: one bar a unit, worst first, legible without colour.

The picture is 1,080 pixels wide. Each kind of status has its own colour, its own hatch and its number, so that a print
in grey says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dondoc.rules.progress import Counts, standard_line
from dondoc.vietnamese.words import count

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 1080
MOST_UNITS = 20
_MARGIN = 32
_FONT = "DejaVu Sans"  # comes with matplotlib and has every Vietnamese letter
_TITLE, _TEXT, _NUMBER = 38, 28, 26  # heights of letters in pixels
_LEADING = 1.3
_BAR = 40
_DPI = 100
_INK, _GREY = "#111111", "#555555"


@dataclass(frozen=True, slots=True)
class UnitBar:
    """One unit of the picture: its name as people write it and its figures."""

    name: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class _Kind:
    """A status as a segment: what it counts and how it looks (``lines`` is the colour of the hatch)."""

    name: str
    figure: Callable[[Counts], int]
    colour: str
    hatch: str
    lines: str


_KINDS = (
    _Kind("quá hạn trên 30 ngày", lambda c: c.overdue_long, "#5c0a0a", "xx", "#ffffff"),
    _Kind("quá hạn đến 30 ngày", lambda c: c.overdue - c.overdue_long, "#c0392b", "//", "#ffffff"),
    _Kind("trong hạn", lambda c: c.in_time, "#e4f2c8", "", "#ffffff"),
    _Kind("không thời hạn", lambda c: c.undated, "#ffffff", "..", "#777777"),
    _Kind("chờ xác nhận", lambda c: c.awaiting, "#a9cdf0", "\\\\", "#1f4e79"),
    _Kind("đã hoàn thành", lambda c: c.done, "#8cc48c", "", "#ffffff"),
)


def worst_first(bars: Sequence[UnitBar]) -> list[UnitBar]:
    """The units that were charged with anything: most overdue first, then most still open, then by name."""
    charged = [bar for bar in bars if bar.counts.total]
    return sorted(charged, key=lambda b: (-b.counts.overdue, -b.counts.overdue_long, -b.counts.open, b.name))


def progress_picture(counts: Counts, bars: Sequence[UnitBar], *, title: str, stamp: str) -> bytes:
    """The PNG. ``counts`` are the figures of the whole, ``stamp`` says as of when they are ("Số liệu đến …")."""
    canvas = _Canvas()
    canvas.text(title, _TITLE, bold=True)
    canvas.text(stamp, _TEXT, colour=_GREY)
    canvas.down(10)
    canvas.text(standard_line(counts), _TEXT)
    canvas.down(14)
    _legend(canvas)
    units = worst_first(bars)
    longest = max((bar.counts.total for bar in units), default=1)
    for bar in units[:MOST_UNITS]:
        _unit(canvas, bar, longest)
    rest = units[MOST_UNITS:]
    if rest:
        open_ones = sum(bar.counts.open for bar in rest)
        overdue = sum(bar.counts.overdue for bar in rest)
        canvas.down(16)
        canvas.text(
            f"và {count(len(rest))} đơn vị khác (chưa hoàn thành {count(open_ones)}, quá hạn {count(overdue)})", _TEXT
        )
    if not units:
        canvas.text("Chưa có lượt giao nào.", _TEXT)
    return canvas.png()


def _legend(canvas: _Canvas) -> None:
    left: float = _MARGIN
    for kind in _KINDS:
        width = 52 + canvas.width(kind.name, _NUMBER)
        if left + width > WIDTH - _MARGIN:
            left = _MARGIN
            canvas.down(_NUMBER * _LEADING + 6)
        canvas.box(left, _NUMBER, 40, kind)
        canvas.write(left + 50, kind.name, _NUMBER)
        left += width + 34
    canvas.down(_NUMBER * _LEADING + 6)


def _unit(canvas: _Canvas, bar: UnitBar, longest: int) -> None:
    counts = bar.counts
    late = bool(counts.overdue)
    # Not "03/06": that would read as a date.
    figures = f"quá hạn {count(counts.overdue)} (tổng {count(counts.total)})" if late else f"tổng {count(counts.total)}"
    beside = canvas.width(figures, _TEXT, bold=late) + 24
    canvas.down(14)
    canvas.write(WIDTH - _MARGIN, figures, _TEXT, bold=late, align="right")
    canvas.text(bar.name, _TEXT, room=WIDTH - 2 * _MARGIN - beside, most_lines=2)
    canvas.down(4)
    shown = [(kind, kind.figure(counts)) for kind in _KINDS if kind.figure(counts)]
    # Every segment has room for its number; what is left of the bar's length is shared out in proportion.
    least = [canvas.width(count(number), _NUMBER) + 18 for _, number in shown]
    room = WIDTH - 2 * _MARGIN
    spare = max(0.0, room * counts.total / longest - sum(least))
    left: float = _MARGIN
    for (kind, number), narrow in zip(shown, least, strict=True):
        width = narrow + spare * number / counts.total
        canvas.box(left, _BAR, width, kind, count(number))
        left += width
    canvas.down(_BAR)


class _Canvas:
    """Draws downwards in pixels and grows as long as it needs to be."""

    def __init__(self) -> None:
        # Imported here: matplotlib takes longer to load than the rest of the bot. The object interface keeps no
        # state of its own, so pictures can be drawn in threads.
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self._figure: Figure = Figure(figsize=(WIDTH / _DPI, 1), dpi=_DPI, facecolor="white")
        agg: Any = FigureCanvasAgg(self._figure)
        self._renderer = agg.get_renderer()
        self._drawn: list[Callable[[float], None]] = []
        self._widths: dict[tuple[str, float, bool], float] = {}
        self._y: float = _MARGIN

    def down(self, pixels: float) -> None:
        """Move the pen down."""
        self._y += pixels

    def text(
        self,
        text: str,
        size: int,
        *,
        bold: bool = False,
        colour: str = _INK,
        room: float = WIDTH - 2 * _MARGIN,
        most_lines: int = 0,
    ) -> None:
        """Text broken into lines no wider than ``room``; with ``most_lines`` the rest is cut with an ellipsis."""
        lines = self._lines(text, size, bold, room)
        if most_lines and len(lines) > most_lines:
            lines = [*lines[: most_lines - 1], " ".join(lines[most_lines - 1 :])]
        for line in lines:
            self.write(_MARGIN, self._cut(line, size, bold, room), size, bold=bold, colour=colour)
            self.down(size * _LEADING)

    def write(
        self, x: float, text: str, size: int, *, bold: bool = False, colour: str = _INK, align: str = "left"
    ) -> None:
        """One line of text whose upper edge is the pen's place; the pen stays."""
        y = self._y + size * 0.98  # the baseline leaves room for marks over capitals
        font: dict[str, Any] = {
            "family": _FONT,
            "size": _points(size),
            "weight": "bold" if bold else "normal",
            "color": colour,
        }

        def draw(height: float) -> None:
            self._figure.text(x / WIDTH, 1 - y / height, text, ha=align, va="baseline", parse_math=False, **font)

        self._drawn.append(draw)

    def box(self, x: float, height: float, width: float, kind: _Kind, number: str = "") -> None:
        """A segment at the pen's place with its number on a white ground; the pen stays."""
        from matplotlib.patches import Rectangle

        y = self._y

        def draw(total: float) -> None:
            place: dict[str, Any] = {
                "xy": (x / WIDTH, 1 - (y + height) / total),
                "width": width / WIDTH,
                "height": height / total,
            }
            place["transform"] = self._figure.transFigure
            # The hatch takes the colour of the edge, so the edge is drawn apart.
            filled = Rectangle(**place, facecolor=kind.colour, edgecolor=kind.lines, hatch=kind.hatch, linewidth=0)
            edge = Rectangle(**place, fill=False, edgecolor=_INK, linewidth=1)
            self._figure.add_artist(filled)
            self._figure.add_artist(edge)
            if number:
                ground = {"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none"}
                middle = ((x + width / 2) / WIDTH, 1 - (y + height / 2) / total)
                font: dict[str, Any] = {"family": _FONT, "size": _points(_NUMBER), "color": _INK}
                self._figure.text(*middle, number, ha="center", va="center_baseline", bbox=ground, **font)

        self._drawn.append(draw)

    def width(self, text: str, size: int, *, bold: bool = False) -> float:
        """How wide the text will be, in pixels."""
        from matplotlib.font_manager import FontProperties

        key = (text, size, bold)
        if key not in self._widths:
            font = FontProperties(family=_FONT, size=_points(size), weight="bold" if bold else "normal")
            self._widths[key] = self._renderer.get_text_width_height_descent(text, font, False)[0]
        return self._widths[key]

    def png(self) -> bytes:
        """The picture as far as it was drawn."""
        height = self._y + _MARGIN
        self._figure.set_size_inches(WIDTH / _DPI, height / _DPI)
        for draw in self._drawn:
            draw(height)
        file = BytesIO()
        self._figure.savefig(file, format="png")
        return file.getvalue()

    def _lines(self, text: str, size: int, bold: bool, room: float) -> list[str]:
        lines: list[str] = []
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self.width(longer, size, bold=bold) > room:
                lines.append(line)
                longer = word
            line = longer
        return [*lines, line]

    def _cut(self, text: str, size: int, bold: bool, room: float) -> str:
        if self.width(text, size, bold=bold) <= room:
            return text
        fits, too_long = 0, len(text)
        while too_long - fits > 1:
            half = (fits + too_long) // 2
            if self.width(f"{text[:half]}…", size, bold=bold) <= room:
                fits = half
            else:
                too_long = half
        return f"{text[:fits].rstrip()}…"


def _points(pixels: float) -> float:
    return pixels * 72 / _DPI
