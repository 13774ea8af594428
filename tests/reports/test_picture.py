"""The picture: its size, its order, and that it says the same without colour."""

from __future__ import annotations

import io
import subprocess
import sys
from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from dondoc.reports import picture
from dondoc.reports.picture import MOST_UNITS, WIDTH, UnitBar, progress_picture, worst_first
from dondoc.rules.progress import Counts

LONG = "Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở liên xã Sơn Trà – Sơn Hải – Sơn Tịnh số 2 $x$"
STAMP = "Số liệu đến 07 giờ 15 ngày 30/7/2024"


def draw(bars: list[UnitBar], counts: Counts | None = None) -> Image.Image:
    png = progress_picture(counts or Counts(tasks=3, on_time=8, overdue=2), bars, title="Tiến độ", stamp=STAMP)
    assert png.startswith(b"\x89PNG")
    return Image.open(io.BytesIO(png))


def unit(name: str, **figures: int) -> UnitBar:
    return UnitBar(name, Counts(**figures))


def test_it_is_as_wide_as_a_telephone_and_grows_with_the_units() -> None:
    few, more = draw([unit("A", on_time=1)]), draw([unit("A", on_time=1), unit("B", overdue=2)])
    assert few.width == more.width == WIDTH
    assert few.height < more.height < few.height + 150


def test_worst_units_come_first_and_idle_ones_not_at_all() -> None:
    bars = [
        unit("Không có việc"),
        unit("Xong", on_time=9),
        unit("Chậm", overdue=2, in_time=1),
        unit("Chậm lâu", overdue=2, overdue_long=1),
        unit("Chậm nhiều", overdue=3),
        unit("Đang làm", in_time=4),
    ]
    assert [bar.name for bar in worst_first(bars)] == ["Chậm nhiều", "Chậm lâu", "Chậm", "Đang làm", "Xong"]


def test_beyond_twenty_units_the_rest_is_one_line() -> None:
    bars = [unit(f"Trường số {n}", overdue=1, on_time=n) for n in range(60)]
    full, cut = draw(bars[:MOST_UNITS]), draw(bars)
    assert full.height < cut.height < full.height + 100
    assert cut.height == draw(bars[:40]).height


def test_a_long_name_takes_two_lines_and_no_more() -> None:
    short, long, longer = (draw([unit(name, overdue=1)]) for name in ("Trường", LONG, LONG * 4))
    assert short.height < long.height == longer.height


def test_nothing_to_show_is_said() -> None:
    assert draw([], Counts()).height > 150


def test_nothing_is_drawn_beyond_the_edges() -> None:
    image = draw(
        [unit(LONG, overdue_long=1, overdue=1200, in_time=1, undated=1, awaiting=1, on_time=1), unit("Ủ" * 99, late=1)]
    )
    grey = image.convert("L")
    for box in (
        (0, 0, 20, image.height),
        (WIDTH - 20, 0, WIDTH, image.height),
        (0, image.height - 20, WIDTH, image.height),
    ):
        assert grey.crop(box).getextrema() == (255, 255)


def test_a_single_assignment_among_a_thousand_still_shows_its_number() -> None:
    def red(*bars: UnitBar) -> int:
        pixels = np.asarray(draw(list(bars)).convert("RGB"))
        return int((pixels == (0xC0, 0x39, 0x2B)).all(axis=-1).sum())

    assert red(unit("A", overdue=1, on_time=1000)) > red(unit("A", on_time=1000)) + 100


@pytest.mark.parametrize(("one", "other"), list(combinations(picture._KINDS, 2)), ids=lambda kind: kind.name)
def test_without_colour_any_two_kinds_differ_by_hatch_or_clearly_by_grey(one, other) -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert one.hatch != other.hatch or abs(grey(one.colour) - grey(other.colour)) > 50


def test_loading_the_reports_loads_no_heavy_library() -> None:
    code = (
        "import sys, dondoc.reports.picture, dondoc.reports.register, dondoc.reports.paper, dondoc.reports.letter\n"
        "print(sorted({'matplotlib', 'openpyxl', 'docx'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
