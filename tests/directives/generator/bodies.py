"""The bodies of directives, kind by kind: what leads up to the duties, the duties, and what closes the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.directives.generator import moments, other_dates
from tests.directives.generator.marked import ExpectedTask
from tests.directives.generator.outline import Outline
from tests.directives.generator.phrasing import capital, joined
from tests.directives.generator.sentences import Writer
from tests.directives.generator.tables import task_table

_ANNOUNCED = (
    "thực hiện một số nội dung sau:",
    "triển khai các nhiệm vụ sau:",
    "tập trung thực hiện:",
    "thực hiện nghiêm các nội dung sau:",
)
NOTHING = ExpectedTask()
_DUTY_TITLES = (
    "NHIỆM VỤ TRỌNG TÂM THỜI GIAN TỚI", "Nhiệm vụ, giải pháp thời gian tới", "TỔ CHỨC THỰC HIỆN", "Phân công nhiệm vụ",
    "Một số nhiệm vụ trọng tâm", "PHÂN CÔNG TRÁCH NHIỆM", "Nhiệm vụ cụ thể",
)  # fmt: skip
_FINDING_TITLES = (
    "ĐÁNH GIÁ CHUNG", "Đánh giá tình hình", "KẾT QUẢ ĐẠT ĐƯỢC", "Tồn tại, hạn chế", "Về kết quả thực hiện nhiệm vụ",
    "Tình hình chung",
)  # fmt: skip
_UNIT_HEADINGS = ("{}", "{}:", "Giao {}:", "Đối với {}:", "Đề nghị {}:", "Trách nhiệm của {}", "{}", "Yêu cầu {}:")


def sections(writer: Writer, outline: Outline, level: int, heir: ExpectedTask = NOTHING) -> list[str]:
    """Duties on a level: under headings of units, or as items that name their units; ``heir`` has what a title gives."""
    rng = writer.rng
    style = rng.choice(["headings", "headings", "items", "mixed", "topics"])
    lines = []
    for _ in range(rng.randint(2, 4)):
        kind = style if style != "mixed" else rng.choice(("headings", "items"))
        lines += {"headings": _under_unit, "items": _own_item, "topics": _topic}[kind](writer, outline, level, heir)
    return lines


def _duty_title(writer: Writer) -> tuple[str, ExpectedTask]:
    """The title of a part that holds duties; it may say until when all of them are due."""
    title = writer.rng.choice(_DUTY_TITLES)
    if writer.rng.random() > 0.12:
        return title, ExpectedTask()
    moment = moments.period(writer.rng, writer.issued)
    words = moment.words.upper() if title.isupper() else moment.words
    return f"{title} ({'HOÀN THÀNH' if title.isupper() else 'hoàn thành'} {words})", ExpectedTask(
        moment=moment, inherited=True
    )


def _under_unit(writer: Writer, outline: Outline, level: int, above: ExpectedTask) -> list[str]:
    """A heading that names units, with the items below it; it may hold a deadline for all of them."""
    rng = writer.rng
    units = writer.units(2)
    mark = outline.mark(level)
    inherited = above.moment
    heading = rng.choice(_UNIT_HEADINGS).format(joined(rng, units))
    if rng.random() < 0.15:
        inherited = moments.any_dated(rng, writer.issued)
        heading = f"{heading.rstrip(':')} (hoàn thành {inherited.words}){rng.choice((':', ''))}"
    heir = ExpectedTask(lead=units, moment=inherited, inherited=bool(inherited.words))
    lines = [mark + capital(heading)]
    for _ in range(rng.randint(2, 4)):
        item_mark = outline.mark(level + 1)
        lines.append(item_mark + writer.order(heir=replace(heir, section=outline.section(level + 1))))
    return lines


def _own_item(writer: Writer, outline: Outline, level: int, above: ExpectedTask) -> list[str]:
    """An item that names its units itself, sometimes after a sentence that tells why."""
    rng = writer.rng
    mark = outline.mark(level)
    before = ""
    if rng.random() < 0.15:
        before = other_dates.statement(rng, writer.office, writer.issued, writer.answers, writer.works) + " "
    item = writer.order(writer.units(), heir=replace(above, section=outline.section(level)))
    return [f"{mark}{before}{item}"]


def _topic(writer: Writer, outline: Outline, level: int, above: ExpectedTask) -> list[str]:
    """A heading that names a matter, with items below it that name their units."""
    rng = writer.rng
    mark = outline.mark(level)
    subject = writer.works.next("subject")
    lines = [f"{mark}{rng.choice(('Về', 'Đối với'))} {subject}{rng.choice((':', '', ':'))}"]
    for _ in range(rng.randint(2, 3)):
        item_mark = outline.mark(level + 1)
        lines.append(item_mark + writer.order(writer.units(2), heir=replace(above, section=outline.section(level + 1))))
    return lines


def findings(writer: Writer, outline: Outline, level: int) -> list[str]:
    """What was found, in paragraphs or items: no duty in it."""
    rng = writer.rng
    lines = []
    for _ in range(rng.randint(2, 3)):
        mark = outline.mark(level) if rng.random() < 0.6 else ""
        words = writer.answers.decoy(writer.works.next(rng.choice(("finding", "finding", "agreed")))) + "."
        if rng.random() < 0.4:
            words += " " + other_dates.statement(rng, writer.office, writer.issued, writer.answers, writer.works)
        lines.append(mark + words)
    return lines


def conclusion(writer: Writer) -> list[str]:
    """Thông báo kết luận, Kết luận."""
    rng, office = writer.rng, writer.office
    outline = Outline(rng)
    met = other_dates.earlier(rng, writer.issued, 1, 6)
    writer.answers.not_deadlines.add(met)
    host = rng.choice((office.leader, f"đồng chí {office.leader}"))
    place = rng.choice(("tại hội trường", "tại phòng họp số 2", "tại trụ sở", "bằng hình thức trực tuyến"))
    about = writer.works.next("subject")
    when = f"{rng.choice(('Ngày', 'Sáng ngày', 'Chiều ngày'))} {met.day:02d}/{met.month:02d}/{met.year}"
    opening = f"{when}, {place}, {host} chủ trì cuộc họp về {about}"
    lines = [writer.answers.decoy(opening) + ". Cùng dự có lãnh đạo các cơ quan, đơn vị liên quan."]
    lines.append(
        f"Sau khi nghe báo cáo và ý kiến phát biểu của các đại biểu, {host} "
        + rng.choice(
            (
                "kết luận như sau:",
                "kết luận, chỉ đạo như sau:",
                "có ý kiến kết luận như sau:",
                "thống nhất kết luận các nội dung sau:",
            )
        )
    )
    sectioned = outline.scheme[0] in ("roman", "part")
    if sectioned:
        lines.append(outline.mark(0) + rng.choice(_FINDING_TITLES))
        lines += findings(writer, outline, 1)
        title, heir = _duty_title(writer)
        lines.append(outline.mark(0) + title)
        lines += sections(writer, outline, 1, heir)
    else:
        for _ in range(rng.randint(0, 2)):
            lines.append(outline.mark(0) + writer.answers.decoy(writer.works.next("agreed")) + ".")
        lines += sections(writer, outline, 0)
    teller = rng.choice(("Văn phòng", office.short))
    closing = f"Trên đây là kết luận của {office.leader}, {teller} thông báo để các cơ quan, đơn vị biết, thực hiện./."
    return [*lines, writer.answers.decoy(closing)]


def plan(writer: Writer) -> list[str]:
    """Kế hoạch, Phương án: aims, contents, who does what, a table now and then."""
    rng, office, answers = writer.rng, writer.office, writer.answers
    outline = Outline(
        rng,
        rng.choice(
            (
                ("roman", "number", "dash", "plus"),
                ("roman", "number", "letter", "dash"),
                ("number", "dotted", "dash", "plus"),
            )
        ),
    )
    basis = other_dates.citation(rng, office, writer.issued, answers)
    lines = [
        answers.decoy(f"Thực hiện {basis}, {office.name} xây dựng kế hoạch {writer.works.next('subject')}")
        + rng.choice((" như sau:", ", cụ thể như sau:", ", với các nội dung sau:"))
    ]
    lines.append(outline.mark(0) + rng.choice(("MỤC ĐÍCH, YÊU CẦU", "Mục đích, yêu cầu", "MỤC TIÊU")))
    for _ in range(2):
        lines.append("- " + answers.decoy(writer.works.next("aim")) + ".")
    if rng.random() < 0.5:
        lines.append(outline.mark(0) + rng.choice(("NỘI DUNG", "Nội dung thực hiện", "NHIỆM VỤ VÀ GIẢI PHÁP")))
        for _ in range(rng.randint(2, 3)):
            mark = outline.mark(1)
            lines.append(mark + writer.order(heir=ExpectedTask(section=outline.section(1))))
    if rng.random() < 0.4:
        lines.append(outline.mark(0) + rng.choice(("KINH PHÍ", "Kinh phí thực hiện")))
        lines.append(
            answers.decoy("Kinh phí được bố trí từ nguồn ngân sách theo phân cấp và các nguồn hợp pháp khác") + "."
        )
    lines.append(
        outline.mark(0)
        + rng.choice(("TỔ CHỨC THỰC HIỆN", "Tổ chức thực hiện", "PHÂN CÔNG TRÁCH NHIỆM", "Phân công nhiệm vụ"))
    )
    lines += sections(writer, outline, 1)
    if rng.random() < 0.35:
        lines += ["", *task_table(writer), ""]
    return [
        *lines,
        answers.decoy(
            f"Trên đây là Kế hoạch của {office.name}, đề nghị các cơ quan, đơn vị nghiêm túc triển khai thực hiện"
        )
        + "./.",
    ]


def letter(writer: Writer, addressees: tuple[str, ...]) -> list[str]:
    """Công văn: a basis, a request, its items, where the report goes."""
    rng, office, answers = writer.rng, writer.office, writer.answers
    basis = other_dates.citation(rng, office, writer.issued, answers)
    lines = [
        answers.decoy(f"Thực hiện {basis} về {writer.works.next('subject')}")
        + rng.choice((",", ";"))
        + f" {office.short} "
    ]
    asked = joined(rng, addressees)
    if rng.random() < 0.45:
        verb = rng.choice(("đề nghị", "yêu cầu", "trân trọng đề nghị"))
        words = answers.task(writer.works.duty(), ExpectedTask(lead=addressees, optional=True))
        lines[0] += f"{verb} {asked} {words}."
        lines.append(writer.sending(addressees))
    else:
        lines[0] += f"{rng.choice(('đề nghị', 'yêu cầu'))} {asked} {rng.choice(_ANNOUNCED)}"
        outline = Outline(
            rng,
            rng.choice(
                (
                    ("number", "dash", "plus", "plus"),
                    ("number", "letter", "dash", "plus"),
                    ("dash", "plus", "plus", "plus"),
                )
            ),
        )
        for _ in range(rng.randint(2, 5)):
            mark = outline.mark(0)
            own = rng.random() < 0.3
            heir = ExpectedTask(lead=addressees, section=outline.section(0))
            lines.append(mark + writer.order(writer.units(2) if own else None, heir=heir))
        if rng.random() < 0.4:
            lines.append(writer.sending(addressees))
    if rng.random() < 0.4:
        lines.append(
            answers.decoy(
                "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh kịp thời để được hướng dẫn"
            )
            + "."
        )
    return [
        *lines,
        rng.choice(("Trân trọng./.", "Đề nghị các đơn vị quan tâm phối hợp thực hiện./.", "Trân trọng cảm ơn./.")),
    ]


def instruction(writer: Writer) -> list[str]:
    """Chỉ thị: what is amiss, then the order to each."""
    rng, office, answers = writer.rng, writer.office, writer.answers
    lines = [f"Thời gian qua, {answers.decoy(writer.works.next('finding').lower())}."]
    if rng.random() < 0.6:
        lines[0] += " " + other_dates.statement(rng, office, writer.issued, answers, writer.works)
    lines.append(
        rng.choice(
            (
                f"Để khắc phục tình trạng trên, {office.leader} yêu cầu:",
                f"Nhằm tạo chuyển biến về {writer.works.next('subject')}, {office.leader} chỉ thị:",
                f"Trước tình hình đó, {office.leader} chỉ thị các cơ quan, đơn vị thực hiện tốt các nhiệm vụ sau:",
                f"{office.leader} yêu cầu các cơ quan, đơn vị tập trung thực hiện các nội dung sau đây:",
            )
        )
    )
    outline = Outline(
        rng,
        rng.choice(
            (
                ("number", "dash", "plus", "plus"),
                ("number", "letter", "dash", "plus"),
                ("number", "dotted", "dash", "plus"),
            )
        ),
    )
    lines += sections(writer, outline, 0)
    return [
        *lines,
        answers.decoy(
            f"Yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện {rng.choice(('Chỉ thị', 'nội dung'))} này"
        )
        + "./.",
    ]


def telegram(writer: Writer) -> list[str]:
    """Công điện: what threatens, then orders by the hour."""
    rng, office, answers = writer.rng, writer.office, writer.answers
    seen = writer.issued
    when = f"hồi {rng.randint(4, 22)} giờ ngày {seen.day:02d}/{seen.month:02d}/{seen.year}"
    words = f"Theo tin của Đài Khí tượng thủy văn, {when}, mực nước các sông đang lên nhanh"
    lines = [answers.decoy(words) + ".", f"Để chủ động ứng phó, {office.leader} yêu cầu:"]
    outline = Outline(rng, rng.choice((("number", "dash", "plus", "plus"), ("number", "letter", "dash", "plus"))))
    for _ in range(rng.randint(2, 5)):
        mark = outline.mark(0)
        lines.append(mark + writer.order(writer.units(), heir=ExpectedTask(section=outline.section(0))))
    return [*lines, answers.decoy("Yêu cầu các đơn vị nghiêm túc thực hiện Công điện này") + "./."]


def decision(writer: Writer) -> list[str]:
    """Quyết định: articles, of which some give work."""
    rng, office, answers = writer.rng, writer.office, writer.answers
    lines = [
        answers.decoy("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025") + ";",
        answers.decoy(f"Căn cứ {other_dates.citation(rng, office, writer.issued, answers)}") + ";",
        f"Theo đề nghị của {rng.choice(office.units)}.",
        "QUYẾT ĐỊNH:",
        "Điều 1. " + answers.decoy(f"Ban hành kèm theo Quyết định này Kế hoạch {writer.works.next('subject')}") + ".",
    ]
    article = 1
    for _ in range(rng.randint(1, 3)):
        article += 1
        lines.append(f"Điều {article}. " + writer.order(writer.units(2), heir=ExpectedTask(section=f"Điều {article}")))
    lines.append(f"Điều {article + 1}. {answers.decoy('Quyết định này có hiệu lực kể từ ngày ký')}.")
    all_of_them = f"Thủ trưởng các cơ quan, đơn vị có liên quan và {rng.choice(office.units)}"
    lines.append(f"Điều {article + 2}. {answers.decoy(f'{all_of_them} chịu trách nhiệm thi hành Quyết định này')}./.")
    return lines


BODIES: dict[str, Callable[[Writer], list[str]]] = {
    "Thông báo": conclusion,
    "Kết luận": conclusion,
    "Kế hoạch": plan,
    "Chỉ thị": instruction,
    "Công điện": telegram,
    "Quyết định": decision,
}
