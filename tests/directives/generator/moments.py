"""Deadlines of the families A to E: absolute days, ends of periods, what comes again, what counts from an event."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, time, timedelta
from random import Random

from tests.directives.generator.marked import Moment

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_ROMAN = ("I", "II", "III", "IV")
_EVERY = ("hằng", "hàng")
_NUMBERS = {3: "ba", 5: "năm", 7: "bảy", 10: "mười", 15: "mười lăm"}


def written(rng: Random, day: date) -> str:
    """A day with its year, in one of the ways people write it."""
    zero = rng.random() < 0.5
    number = f"{day.day:02d}" if zero else str(day.day)
    month = f"{day.month:02d}" if zero or (day.month < 3 and rng.random() < 0.5) else str(day.month)
    return rng.choice(
        (f"{number}/{month}/{day.year}",) * 5
        + (f"{number} tháng {month} năm {day.year}",) * 2
        + (f"{number}-{month}-{day.year}", f"{number}.{month}.{day.year}", f"{number} tháng {month}/{day.year}")
    )


def after(rng: Random, issued: date, least: int = 2, most: int = 200) -> date:
    return issued + timedelta(days=rng.randint(least, most))


def _clock(rng: Random) -> tuple[str, time]:
    hour = rng.choice((8, 9, 10, 11, 14, 15, 16, 17))
    minute = rng.choice((0, 0, 30, 45))
    tail = f"{minute:02d}" if minute else rng.choice(("", "00"))
    words = rng.choice(
        (f"{hour}h{tail}", f"{hour} giờ {tail}".strip(), f"{hour} giờ {minute:02d} phút", f"{hour:02d}g{minute:02d}")
    )
    if rng.random() < 0.15:
        words = f"{hour:02d}:{minute:02d}"
    return words, time(hour, minute)


def absolute(rng: Random, issued: date) -> Moment:
    """A1–A5, A8, A9, A12, A13: a cue and a day."""
    day = after(rng, issued)
    words = written(rng, day)
    kind = rng.choice(
        [
            "before",
            "before",
            "before",
            "bare",
            "latest",
            "latest",
            "until",
            "clock",
            "clock",
            "weekday",
            "short",
            "by_reference",
        ]
    )
    if kind == "bare":
        return Moment(f"trước {words}", day, "before", family="A3")
    if kind == "latest":
        cue = rng.choice(
            ("chậm nhất ngày", "chậm nhất là ngày", "chậm nhất vào ngày", "chậm nhất đến ngày", "chậm nhất trước ngày",
             "chậm nhất đến hết ngày", "muộn nhất ngày", "muộn nhất là ngày", "không quá ngày", "chậm nhất trong ngày")
        )  # fmt: skip
        return Moment(f"{cue} {words}", day, "on", family="A4")
    if kind == "until":
        return Moment(f"đến hết ngày {words}", day, "on", family="A5")
    if kind == "clock":
        hour, clock = _clock(rng)
        cue = rng.choice(
            ("trước {} ngày", "chậm nhất {} ngày", "trước {}, ngày", "chậm nhất là {} ngày", "chậm nhất vào {} ngày")
        )
        return Moment(f"{cue.format(hour)} {words}", day, "on", clock, family="A8")
    if kind == "weekday":
        if rng.random() < 0.5:
            return Moment(f"trước ngày {words} ({_WEEKDAYS[day.weekday()]})", day, "before", family="A9")
        return Moment(f"trước {_WEEKDAYS[day.weekday()]}, ngày {words}", day, "before", family="A9")
    if kind == "short":
        while (day.month, day.day) == (2, 29):
            day += timedelta(days=1)
        words = rng.choice((f"{day.day}/{day.month}", f"{day.day:02d}/{day.month:02d}", f"{day.day} tháng {day.month}"))
        cue, rule = rng.choice((("trước ngày", "before"), ("chậm nhất ngày", "on")))
        if day >= issued.replace(year=issued.year + 1, day=min(issued.day, 28)):
            day = day.replace(year=day.year)
        return Moment(f"{cue} {words}", day, rule, family="A12")
    if kind == "by_reference":
        month = rng.randint(1, 12)
        day = date(issued.year + 1, month, rng.randint(1, 28))
        tail = rng.choice(("năm sau", "của năm tiếp theo", "năm sau"))
        return Moment(f"chậm nhất ngày {day.day:02d} tháng {month:02d} {tail}", day, "on", family="A13")
    return Moment(f"trước ngày {words}", day, "before", family="A1")


def period(rng: Random, issued: date) -> Moment:
    """B1–B3, B5: the end of a month, a quarter or a year. Goes behind "hoàn thành"."""
    kind = rng.choice(["month", "month", "quarter", "year", "until", "half"])
    first = after(rng, issued.replace(day=1), 32, 250)
    month_end = first.replace(day=monthrange(first.year, first.month)[1])
    if kind == "month":
        words = rng.choice(
            (f"trong tháng {first.month}/{first.year}", f"trong tháng {first.month:02d} năm {first.year}")
        )
        return Moment(words, month_end, "on", family="B1")
    if kind == "quarter":
        number = (first.month - 1) // 3 + 1
        end = date(first.year, 3 * number, monthrange(first.year, 3 * number)[1])
        name = rng.choice((_ROMAN[number - 1], str(number)))
        joint = rng.choice(("/", " năm "))
        return Moment(f"trong quý {name}{joint}{first.year}", end, "on", family="B2")
    if kind == "until":
        if rng.random() < 0.5:
            day = first.replace(day=1) - timedelta(days=1)
            return Moment(f"trước tháng {first.month}/{first.year}", day, "on", family="B5")
        return Moment(f"đến hết tháng {first.month}/{first.year}", month_end, "on", family="B5")
    if kind == "half" and issued.month < 6:
        return Moment(f"trong 6 tháng đầu năm {issued.year}", date(issued.year, 6, 30), "on", family="B3")
    return Moment(f"trong năm {first.year}", date(first.year, 12, 31), "on", family="B3")


def span(rng: Random, issued: date) -> Moment:
    """B4: from a day to a day. Goes behind a label or a verb of sending."""
    end = after(rng, issued, 10, 120)
    start = end - timedelta(days=rng.randint(2, 8))
    words = rng.choice(
        (
            f"từ ngày {written(rng, start)} đến ngày {written(rng, end)}",
            f"từ ngày {start.day:02d}/{start.month:02d} đến hết ngày {end.day:02d}/{end.month:02d}/{end.year}",
            f"từ ngày ban hành văn bản đến hết ngày {written(rng, end)}",
        )
    )
    return Moment(words, end, "on", family="B4")


def recurring(rng: Random, issued: date) -> Moment:
    """C1–C7: days within periods."""
    every, day, month = rng.choice(_EVERY), rng.randint(1, 28), rng.randint(1, 12)
    cue, rule = rng.choice((("trước ngày", "before"), ("chậm nhất ngày", "on"), ("chậm nhất là ngày", "on")))
    number = f"{day:02d}" if rng.random() < 0.7 else str(day)
    later = rng.choice(("tiếp theo", "kế tiếp", "sau"))
    first_months = f"FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY={day}"
    monthly, quarterly, yearly = ("monthly",), ("quarterly",), ("yearly",)
    choices: tuple[tuple[str, tuple[str, ...], str, str | None, str], ...] = (
        (f"{cue} {number} {every} tháng", monthly, f"FREQ=MONTHLY;BYMONTHDAY={day}", rule, "C1"),
        (f"{cue} {number} của tháng {later}", monthly, f"FREQ=MONTHLY;BYMONTHDAY={day}", rule, "C2"),
        (f"{cue} {number} của tháng cuối quý", quarterly, f"FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY={day}", rule, "C3"),
        (f"{cue} {number} của tháng đầu quý sau", quarterly, f"FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY={day}", rule, "C3"),
        (f"{every} quý, {cue} {number} của tháng đầu tiên quý sau", quarterly, first_months, rule, "C3"),
        (f"{cue} {number} tháng {month} {every} năm", yearly, f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}", rule, "C4"),
        (f"{cue} {number}/{month:02d} {every} năm", yearly, f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}", rule, "C4"),
        (f"định kỳ từ ngày 01 đến ngày 05 {every} tháng", monthly, "FREQ=MONTHLY;BYMONTHDAY=5", "on", "C7"),
    )  # fmt: skip
    if rng.random() < 0.2:
        hour, clock = _clock(rng)
        weekday = rng.choice((("Hai", "MO"), ("Tư", "WE"), ("Năm", "TH"), ("Sáu", "FR")))
        words = rng.choice(
            (f"trước {hour} thứ {weekday[0]} {every} tuần", f"chậm nhất {hour} ngày thứ {weekday[0]} {every} tuần")
        )
        return Moment(words, None, "on", clock, ("weekly",), f"FREQ=WEEKLY;BYDAY={weekday[1]}", family="C6")
    words, periods, rrule, rule_, family = rng.choice(choices)
    return Moment(words, None, rule_, None, periods, rrule, family=family)


def adverb(rng: Random) -> Moment:
    """C10: a period without a day."""
    words, periods = rng.choice(
        (
            ("định kỳ hằng quý", ("quarterly",)),
            ("định kỳ hàng tháng", ("monthly",)),
            ("hằng tuần", ("weekly",)),
            ("định kỳ 6 tháng, hằng năm", ("half-yearly", "yearly")),
        )
    )
    return Moment(words, recurrence=periods, family="C10")


def relative(rng: Random) -> Moment:
    """D1–D3: days that count from something."""
    count = rng.choice(tuple(_NUMBERS))
    number = rng.choice((f"{count:02d}", f"{count:02d} ({_NUMBERS[count]})"))
    unit = rng.choice(("ngày", "ngày làm việc"))
    event = rng.choice(("nhận được văn bản này", "có kết quả thẩm định", "kết thúc đợt kiểm tra", "quyết định được ký"))
    words = rng.choice(
        (
            f"trong thời hạn {number} {unit} kể từ ngày {event}",
            f"trong vòng {number} {unit} kể từ khi {event}",
            f"chậm nhất {number} {unit} sau khi {event}",
            f"chậm nhất {number} {unit} trước ngày khai mạc hội nghị",
            f"trong thời hạn {number} {unit}",
        )
    )
    return Moment(words, relative=True, family="D")


def any_dated(rng: Random, issued: date) -> Moment:
    """A day, absolute or the end of a period, that may stand behind "hoàn thành"."""
    return (absolute if rng.random() < 0.75 else period)(rng, issued)


MAKERS: dict[str, Callable[[Random, date], Moment]] = {
    "absolute": absolute,
    "period": period,
    "recurring": recurring,
    "span": span,
}
