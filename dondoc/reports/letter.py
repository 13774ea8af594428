"""The draft letter "Công văn đôn đốc" to the units that are overdue, with their tasks named in an appendix."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dondoc.reports.wording import (
    OfficeName,
    deadline_words,
    directive_words,
    moment_words,
    receiver_words,
    remarks,
    task_words,
)
from dondoc.rules.progress import Category, Judge, Row
from dondoc.rules.states import State
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.words import capital, count, format_day

if TYPE_CHECKING:
    from dondoc.reports.layout import Paper

MOST_ADDRESSEES = 12  # with more, the letter refers to its list
MOST_DIRECTIVES = 5


class NothingOverdue(Exception):
    """No unit is overdue, so there is nobody to write to."""


def write_reminder_letter(
    path: Path | str,
    rows: Iterable[Row],
    *,
    office: OfficeName,
    as_of: datetime,
    calendar: WorkCalendar,
    reply_by: date | None = None,
    recipients: Sequence[str] = (),
) -> int:
    """Write the draft and return how many assignments it names; raises `NothingOverdue`.

    Left out is what awaits a decision of the office: a task that its unit asks to be given to somebody else.
    ``reply_by`` is the day asked for; without it the draft leaves the date open.
    """
    judge = Judge(as_of.date(), calendar)
    overdue = [
        row
        for row in rows
        if row.state != State.DECLINED and judge.category(row) in (Category.OVERDUE, Category.OVERDUE_LONG)
    ]
    if not overdue:
        raise NothingOverdue
    units: dict[int, list[Row]] = defaultdict(list)
    for row in overdue:
        units[row.unit_id].append(row)

    from dondoc.reports.layout import Paper  # imported here: the bot starts without Word's library

    paper = Paper(office, "Công văn đôn đốc thực hiện nhiệm vụ", as_of)
    paper.head(as_of.date(), about="V/v đôn đốc thực hiện\nnhiệm vụ quá hạn")
    names = [same[0].unit_name for same in units.values()]
    paper.address(names if len(names) <= MOST_ADDRESSEES else ["Các cơ quan, đơn vị có tên tại Phụ lục kèm theo"])
    _body(paper, office, overdue, len(units), moment_words(as_of), reply_by)
    paper.receivers(recipients or ["Như trên", f"Lãnh đạo {office.organ} (để báo cáo)", "Lưu: VT"])
    paper.appendix("Phụ lục", "Danh sách nhiệm vụ quá hạn", f"Kèm theo Công văn đôn đốc của {office.name}")
    _list(paper, units, judge)
    paper.save(path)
    return len(overdue)


def _body(
    paper: Paper, office: OfficeName, overdue: Sequence[Row], units: int, moment: str, reply_by: date | None
) -> None:
    cited = list(dict.fromkeys(row.directive for row in overdue if row.directive))
    rest = f" và {count(len(cited) - MOST_DIRECTIVES)} văn bản khác" if len(cited) > MOST_DIRECTIVES else ""
    under = f"các nhiệm vụ giao tại {'; '.join(cited[:MOST_DIRECTIVES])}{rest}" if cited else "các nhiệm vụ được giao"
    paper.say(
        f"Qua theo dõi việc thực hiện {under}, đến {moment} còn {count(len(overdue))} lượt giao của {count(units)} đơn vị "
        f"đã quá thời hạn nhưng {office.name} chưa ghi nhận kết quả (danh sách tại Phụ lục kèm theo)."
    )
    day = format_day(reply_by) if reply_by else "ngày …/…/…"
    paper.say(
        f"{office.name} đề nghị các cơ quan, đơn vị khẩn trương hoàn thành, gửi kết quả về nơi nhận ghi tại Phụ lục và "
        f"báo cáo nguyên nhân chậm, chậm nhất {day}."
    )
    paper.say(
        "Trường hợp đã gửi kết quả, đề nghị cho biết số, ngày văn bản để đối chiếu. Trường hợp có khó khăn, vướng mắc, "
        "đề nghị nêu cụ thể kèm đề xuất, thời gian hoàn thành để tổng hợp, báo cáo lãnh đạo."
    )
    paper.say("Trân trọng./.")


def _list(paper: Paper, units: dict[int, list[Row]], judge: Judge) -> None:
    from dondoc.reports.layout import Column

    lines: list[Sequence[str] | str] = []
    number = 0
    for same in units.values():
        lines.append(f"{same[0].unit_name}: {count(len(same))} nhiệm vụ quá hạn")
        for row in sorted(same, key=lambda row: -judge.status(row).days):
            number += 1
            lines.append(
                (
                    str(number),
                    task_words(row),
                    directive_words(row),
                    deadline_words(row.due),
                    f"{count(judge.status(row).days)} ngày",
                    receiver_words(row),
                    capital("; ".join(remarks(row, judge.today))),
                )
            )
    paper.table(
        (
            Column("STT", 12, centred=True),
            Column("Nhiệm vụ", 76),
            Column("Văn bản giao", 38),
            Column("Thời hạn", 27, centred=True),
            Column("Quá hạn (ngày lịch)", 19, centred=True),
            Column("Nơi nhận (qua)", 40),
            Column("Ghi chú", 38),
        ),
        lines,
        small=True,
    )
