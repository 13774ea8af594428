"""Dates that are no deadlines, of the twelve kinds: within duties, and in sentences that tell something."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.directives.generator.marked import Answers
from tests.directives.generator.moments import after, written
from tests.directives.generator.offices import Office
from tests.directives.generator.works import Works


def earlier(rng: Random, issued: date, least: int = 5, most: int = 400) -> date:
    return issued - timedelta(days=rng.randint(least, most))


def number(rng: Random, code: str) -> str:
    kind = rng.choice(("KH", "CV", "TB", "CT", "QĐ", "HD"))
    return f"{rng.randint(3, 4200)}/{kind}-{code}"


def citation(rng: Random, office: Office, issued: date, answers: Answers) -> str:
    """F1, F10: a document with number and day."""
    day = earlier(rng, issued)
    answers.not_deadlines.add(day)
    words = rng.choice((written(rng, day), f"{day.day:02d}/{day.month:02d}/{day.year}"))
    kind, sort = rng.choice(
        (("Kế hoạch", "KH"), ("Công văn", "CV"), ("Quyết định", "QĐ"), ("Chỉ thị", "CT"), ("Thông báo", "TB"))
    )
    above = rng.choice((*office.above, office.short))
    comma = rng.choice(("", "", ","))
    return rng.choice(
        (
            f"{kind} số {rng.randint(3, 4200)}/{sort}-{office.code}{comma} ngày {words} của {above}",
            f"{kind} số {rng.randint(3, 4200)}/{sort}-UBND{comma} ngày {words}",
            f"Nghị định số {rng.randint(10, 180)}/{day.year}/NĐ-CP ngày {words} của Chính phủ",
            f"Thông tư số {rng.randint(10, 60)}/{day.year}/TT-BTC{comma} ngày {words} của Bộ Tài chính",
        )
    )


def within_duty(rng: Random, office: Office, issued: date, answers: Answers) -> str:
    """Words with a date or number behind a duty that change nothing about its deadline (F1, F5–F7, F9–F12)."""
    kind = rng.choice(["citation", "citation", "scope", "scope", "holiday", "slash", "law", "sense", "target", "data"])
    if kind == "citation":
        return f" theo {citation(rng, office, issued, answers)}"
    if kind == "scope":
        year = issued.year
        return rng.choice(
            (f" giai đoạn {year} - {year + 5}", f" năm học {year}-{year + 1}", f" nhiệm kỳ {year}-{year + 5}")
        )
    if kind == "holiday":
        return rng.choice(
            (
                " dịp lễ 30/4 và 01/5",
                " chào mừng Quốc khánh 2/9",
                f" nhân kỷ niệm 80 năm Cách mạng tháng Tám (19/8/1945 - 19/8/{issued.year})",
            )
        )
    if kind == "slash":
        return rng.choice(
            (", bảo đảm trực 24/24 giờ", " theo bản đồ tỷ lệ 1/5.000", ", phân công trực 24/7", " (02 buổi/ngày)")
        )
    if kind == "law":
        return f" theo Luật số {rng.randint(20, 99)}/{issued.year - 1}/QH15"
    if kind == "sense":
        return rng.choice(
            (
                ", lấy ý kiến nhân dân trước khi trình ký",
                ", trước mắt ưu tiên các thôn vùng trũng",
                ", gửi trước bản mềm qua thư điện tử",
            )
        )
    if kind == "target":
        return f", phấn đấu đạt 95% vào năm {issued.year + rng.randint(1, 4)}"
    start = earlier(rng, issued, 100, 200)
    end = issued - timedelta(days=rng.randint(3, 40))
    answers.not_deadlines |= {start, end}
    return f" (số liệu tính từ ngày {written(rng, start)} đến ngày {written(rng, end)})"


def statement(rng: Random, office: Office, issued: date, answers: Answers, works: Works) -> str:
    """A sentence that tells something and holds a date (F2–F6, F12), with its full stop."""
    kind = rng.choice(["past", "effect", "transition", "event", "target", "quoted", "stretch"])
    day = earlier(rng, issued, 20, 200)
    if kind == "past":
        answers.not_deadlines.add(day)
        words = f"Đến ngày {written(rng, day)}, toàn địa bàn có {rng.randint(11, 99)}% hộ dân tham gia."
    elif kind == "effect":
        later = after(rng, issued, 5, 60)
        answers.not_deadlines.add(later)
        words = f"Các quy định mới về lệ phí có hiệu lực từ ngày {written(rng, later)}."
    elif kind == "transition":
        later = after(rng, issued, 5, 60)
        answers.not_deadlines.add(later)
        words = f"Hồ sơ đã tiếp nhận trước ngày {written(rng, later)} thì tiếp tục được giải quyết theo quy định cũ."
    elif kind == "event":
        later = after(rng, issued, 5, 60)
        answers.not_deadlines.add(later)
        words = f"Hội nghị sơ kết dự kiến diễn ra vào lúc 08 giờ 00, ngày {written(rng, later)} tại hội trường."
    elif kind == "target":
        words = f"Tỷ lệ hộ sử dụng nước sạch phấn đấu đến năm {issued.year + 3} đạt trên 92%."
    elif kind == "quoted":
        answers.not_deadlines.add(day)
        old = f"Công văn số {rng.randint(11, 900)}/{office.code}-TH yêu cầu báo cáo trước ngày {written(rng, day)}"
        words = f"{old}, tuy nhiên đến nay vẫn còn nhiều đơn vị chưa thực hiện."
    else:
        start = earlier(rng, issued, 100, 200)
        answers.not_deadlines |= {start, day}
        words = (
            f"Từ ngày {written(rng, start)} đến ngày {written(rng, max(start, day))}, {works.next('finding').lower()}."
        )
    return answers.decoy(words[:-1]) + "."
