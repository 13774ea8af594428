"""Rarer shapes of duties: labels below a task, matters before the order, pairs of periods, chains of events, persons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.directives.generator import moments
from tests.directives.generator.marked import NEVER, ExpectedTask, Moment
from tests.directives.generator.offices import person
from tests.directives.generator.phrasing import capital, joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.directives.generator.sentences import Writer

Units = tuple[str, ...] | None


def rare(writer: Writer, units: Units, base: ExpectedTask) -> str:
    """One item of a rare shape. ``units`` None: they come from a heading."""
    return writer.rng.choice(_SHAPES if units else _SHAPES_BELOW_HEADINGS)(writer, units, base)


def _named(writer: Writer, units: Units) -> str:
    return joined(writer.rng, units) if units else ""


def _labelled(writer: Writer, units: Units, base: ExpectedTask) -> str:
    """A task, below it in labels who does it and by when."""
    rng = writer.rng
    moment = moments.absolute(rng, writer.issued)
    while moment.family not in ("A1", "A3", "A4"):
        moment = moments.absolute(rng, writer.issued)
    head = writer.answers.task(capital(writer.works.duty()), replace(base, moment=moment, inherited=False))
    who = rng.choice(("Đơn vị chủ trì", "Đơn vị thực hiện", "Chủ trì", "Cơ quan chủ trì"))
    when = rng.choice(("Thời gian hoàn thành", "Thời hạn hoàn thành", "Thời gian thực hiện"))
    joint = rng.choice(("\n", " "))
    return f"{head}.{joint}{who}: {capital(_named(writer, units))}.{joint}{when}: {moment.words}."


def _matter_first(writer: Writer, units: Units, base: ExpectedTask) -> str:
    """ "Về …: giao …", "Đối với …, yêu cầu …"."""
    rng = writer.rng
    moment = moments.absolute(rng, writer.issued)
    words = writer.answers.task(writer.works.duty(), replace(base, moment=moment, inherited=False))
    opening = rng.choice(("Về {}: giao {} ", "Đối với {}: {} ", "Về {}, đề nghị {} ", "Liên quan đến {}, giao {} "))
    return opening.format(writer.works.next("subject"), _named(writer, units)) + f"{words}, hoàn thành {moment.words}."


def _half_years(writer: Writer, units: Units, base: ExpectedTask) -> str:
    """C5: a report for each half of the year, two tasks of their own rule."""
    rng = writer.rng
    who = f"{capital(_named(writer, units))} định kỳ" if units else "Định kỳ"
    every = rng.choice(("hằng", "hàng"))
    june, december = rng.randint(10, 25), rng.randint(10, 25)
    first = Moment(
        "trước ngày", None, "before", None, ("yearly",), f"FREQ=YEARLY;BYMONTH=6;BYMONTHDAY={june}", family="C5"
    )
    second = replace(first, recurrence_rule=f"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY={december}")
    one = writer.answers.task(
        f"báo cáo 6 tháng trước ngày {june:02d}/6 {every} năm", replace(base, moment=first, inherited=False)
    )
    two = writer.answers.task(
        f"báo cáo năm trước ngày {december:02d}/12 {every} năm", replace(base, moment=second, inherited=False)
    )
    return f"{who} gửi {one}, {two}."


def _or_when_asked(writer: Writer, units: Units, base: ExpectedTask) -> str:
    """C8, C9: a rule with "hoặc đột xuất", or with what holds on days off."""
    rng = writer.rng
    moment = moments.recurring(rng, writer.issued)
    who = f"{capital(_named(writer, units))} t" if units else "T"
    tail = rng.choice(
        (
            " hoặc đột xuất khi có yêu cầu",
            " (trường hợp trùng ngày nghỉ thì báo cáo vào ngày làm việc liền trước)",
            " và báo cáo đột xuất khi phát sinh",
        )
    )
    words = writer.answers.task(
        f"ổng hợp {writer.works.next('thing')}",
        replace(base, moment=moment, report_to=writer.office.short, inherited=False),
    )
    return f"{who}{words} báo cáo {writer.office.short} {moment.words}{tail}."


def _after_event(writer: Writer, units: Units, base: ExpectedTask) -> str:
    """D5: when something has happened; with a day of its own, or without any."""
    rng = writer.rng
    event = rng.choice(
        (
            f"Sau khi {rng.choice(writer.office.above)} ban hành hướng dẫn",
            "Kết thúc đợt cao điểm",
            "Ngay sau khi có kết quả kiểm tra",
        )
    )
    who = f"{_named(writer, units)} " if units else ""
    if rng.random() < 0.6:
        moment = moments.absolute(rng, writer.issued)
        while moment.family == "A5":  # "… chưa số hóa đến hết ngày X" could be what the matter is
            moment = moments.absolute(rng, writer.issued)
        words = writer.answers.task(
            f"báo cáo {writer.office.short} về {writer.works.next('thing')}",
            replace(base, moment=moment, report_to=writer.office.short, inherited=False),
        )
        return f"{event}, {who}{words} {moment.words}."
    if event.startswith("Ngay"):  # these words of its own stand before the day of a heading
        base = replace(base, moment=NEVER, inherited=False)
    words = writer.answers.task(writer.works.duty(), base)
    return f"{event}, {who}{words}."


def _person(writer: Writer, units: Units, base: ExpectedTask) -> str:
    """A person with an office held."""
    rng = writer.rng
    title = rng.choice(("Phó Chủ tịch UBND xã", "Trưởng phòng Nội vụ", "Phó Giám đốc Sở", "Phó Bí thư Thường trực"))
    name = f"{rng.choice(('đồng chí', 'đồng chí', 'ông', 'bà'))} {person(rng)}, {title}"
    moment = moments.absolute(rng, writer.issued)
    words = writer.answers.task(writer.works.duty(), replace(base, lead=(name,), moment=moment, inherited=False))
    opening = rng.choice((f"Giao {name} ", f"{capital(name)} ", f"Phân công {name} "))
    return f"{opening}{words}, hoàn thành {moment.words}."


def _explained(writer: Writer, units: Units, base: ExpectedTask) -> str:
    """A duty with a sentence behind it that only says how."""
    rng = writer.rng
    moment = moments.any_dated(rng, writer.issued)
    who = f"{rng.choice(('Giao', 'Yêu cầu', 'Đề nghị'))} {_named(writer, units)} " if units else ""
    duty = writer.works.duty()
    words = writer.answers.task(duty if units else capital(duty), replace(base, moment=moment, inherited=False))
    how = rng.choice(
        (
            "Quá trình thực hiện phải bảo đảm an toàn cho người và tài sản",
            "Kinh phí thực hiện từ nguồn dự toán đã giao",
            "Nội dung này phải được công khai tại trụ sở",
        )
    )
    return f"{who}{words}, hoàn thành {moment.words}. {how}."


def _opinion(writer: Writer, units: Units, base: ExpectedTask) -> str:
    """An opinion asked for in writing."""
    rng = writer.rng
    moment = moments.absolute(rng, writer.issued)
    to = writer.office.short
    who = f"{rng.choice(('Đề nghị', 'Yêu cầu'))} {_named(writer, units)} " if units else ""
    verb = rng.choice(("nghiên cứu, tham gia ý kiến", "góp ý bằng văn bản", "cho ý kiến"))
    what = f"{verb} đối với {rng.choice(('dự thảo', 'nội dung'))} {writer.works.next('paper')}"
    expected = replace(base, moment=moment, report_to=to, inherited=False)
    words = writer.answers.task(what if units else capital(what), expected)
    return f"{who}{words}, gửi về {to} {moment.words} để tổng hợp."


def _reported_as(writer: Writer, units: Units, base: ExpectedTask) -> str:
    """ "Việc … phải hoàn thành trước ngày …": the matter is the subject."""
    rng = writer.rng
    moment = moments.absolute(rng, writer.issued)
    expected = replace(base, lead=base.lead if not units else (), moment=moment, inherited=False)
    words = writer.answers.task(f"Việc {writer.works.duty()} phải hoàn thành {moment.words}", expected)
    return f"{words}."


_SHAPES: tuple[Callable[[Writer, Units, ExpectedTask], str], ...] = (
    _labelled, _matter_first, _half_years, _or_when_asked, _after_event, _person, _explained, _explained, _opinion,
    _reported_as,
)  # fmt: skip
_SHAPES_BELOW_HEADINGS: tuple[Callable[[Writer, Units, ExpectedTask], str], ...] = (
    _half_years, _or_when_asked, _after_event, _explained, _explained, _opinion, _reported_as,
)  # fmt: skip
