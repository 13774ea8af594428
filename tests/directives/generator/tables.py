"""Tables of tasks: rows with what, who, with whom and by when, in columns of any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from tests.directives.generator import moments
from tests.directives.generator.marked import ExpectedTask, Moment
from tests.directives.generator.phrasing import capital
from tests.directives.generator.sentences import Writer

_HEADERS = {
    "content": ("Nội dung công việc", "Nhiệm vụ", "Nội dung", "Công việc", "Nội dung thực hiện"),
    "lead": ("Đơn vị chủ trì", "Cơ quan chủ trì", "Đơn vị thực hiện", "Cơ quan thực hiện", "Chủ trì"),
    "cooperate": ("Đơn vị phối hợp", "Cơ quan phối hợp", "Phối hợp"),
    "deadline": ("Thời gian hoàn thành", "Thời hạn", "Tiến độ", "Thời gian", "Hạn hoàn thành", "Thời gian thực hiện"),
    "product": ("Sản phẩm", "Kết quả dự kiến"),
}
_ORDERS = (
    ("content", "lead", "cooperate", "deadline"),
    ("content", "lead", "deadline"),
    ("content", "deadline", "lead"),
    ("content", "lead", "cooperate", "deadline", "product"),
    ("deadline", "content", "lead"),
    ("content", "product", "lead", "deadline"),
)


def task_table(writer: Writer) -> list[str]:
    """The rows of a table, with its header, and now and then a row that only heads a group."""
    rng = writer.rng
    order = rng.choice(_ORDERS)
    lines = [_row([rng.choice(("STT", "TT")), *(rng.choice(_HEADERS[name]) for name in order)])]
    if rng.random() < 0.4:
        lines.append(_row(["---"] * (len(order) + 1)))
    for number in range(1, rng.randint(3, 6)):
        if rng.random() < 0.15:
            lines.append(_row(["I", "Nhóm nhiệm vụ về tuyên truyền", *[""] * (len(order) - 1)]))
        unit = writer.units(1)
        other = writer.units(1)
        moment = _cell_moment(rng, writer.issued)
        expected = ExpectedTask(lead=unit, cooperate=other if "cooperate" in order else (), moment=moment)
        cells = {
            "content": writer.answers.task(capital(writer.works.duty()), replace(expected)),
            "lead": capital(unit[0]),
            "cooperate": capital(other[0]),
            "deadline": capital(moment.words),
            "product": rng.choice(("Báo cáo", "Kế hoạch", "Văn bản triển khai")),
        }
        lines.append(_row([str(number), *(cells[name] for name in order)]))
    return lines


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell_moment(rng: Random, issued: date) -> Moment:
    kind = rng.choice(["absolute", "bare", "month", "quarter", "standing"])
    if kind == "bare":
        day = moments.after(rng, issued)
        return Moment(f"{day.day:02d}/{day.month:02d}/{day.year}", day, "on", family="A11")
    if kind in ("month", "quarter"):
        moment = moments.period(rng, issued)
        while moment.family not in ("B1", "B2"):
            moment = moments.period(rng, issued)
        return replace(moment, words=moment.words.removeprefix("trong "))
    if kind == "standing":
        return Moment(rng.choice(("Thường xuyên", "")))
    moment = moments.absolute(rng, issued)
    while moment.family not in ("A1", "A3", "A4"):
        moment = moments.absolute(rng, issued)
    return moment
