"""The look of an administrative paper in Word, after Nghị định 30/2020/NĐ-CP, Phụ lục I: page, heads, titles, tables.

Every page says that it is a draft. A paper made here bears neither a number nor a signature: people give both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from dondoc.reports.wording import DRAFT, DRAFT_NOTE, OfficeName, printable

FONT = "Times New Roman"
BODY, CELL, SMALL_CELL, NOTE = "Thân văn bản", "Ô bảng", "Ô phụ lục", "Dòng giữa"

# Millimetres; Nghị định 30/2020/NĐ-CP allows 20–25 above and below, 30–35 left, 15–20 right.
_TOP, _BOTTOM, _LEFT, _RIGHT = 20, 20, 30, 15
PORTRAIT_WIDTH = 210 - _LEFT - _RIGHT
LANDSCAPE_WIDTH = 297 - _LEFT - _RIGHT
_LEFT_HEAD = 68  # the name of the country needs 88 mm at 13 points

LEFT, CENTRE, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its width in millimetres, whether its cells are centred."""

    name: str
    width: float
    centred: bool = False


class Paper:
    """A Word document that grows from top to bottom."""

    def __init__(self, office: OfficeName, title: str, as_of: datetime) -> None:
        self._document = Document()
        self._office = office
        properties = self._document.core_properties
        properties.author = properties.last_modified_by = printable(office.name)[:255]
        properties.title, properties.comments = title, DRAFT_NOTE
        properties.created = properties.modified = as_of.astimezone(UTC).replace(tzinfo=None)
        properties.language = "vi-VN"
        self._styles()
        section = self._document.sections[0]
        _page(section, landscape=False)
        section.different_first_page_header_footer = True
        _draft_block(section.first_page_header)
        _running_head(section, PORTRAIT_WIDTH)

    def head(self, on: date, *, about: str | None = None) -> None:
        """The head of the first page. The number and the day are left open; ``about`` is the subject of a letter."""
        table = self._frame((_LEFT_HEAD, PORTRAIT_WIDTH - _LEFT_HEAD), rows=2)
        left, right = table.rows[0].cells
        _line(left, self._office.organ.upper(), 13, first=True)
        _line(left, self._office.name.upper(), 13, bold=True)
        _rule(left, _LEFT_HEAD, 26)
        _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True, first=True)
        _line(right, "Độc lập - Tự do - Hạnh phúc", 14, bold=True)
        _rule(right, PORTRAIT_WIDTH - _LEFT_HEAD, 58)
        left, right = table.rows[1].cells
        _line(left, "Số:          /…", 13, first=True)
        if about:
            _line(left, about, 12).paragraph_format.space_before = Pt(6)
        month = f"{on.month:02d}" if on.month <= 2 else str(on.month)
        _line(right, f"{self._office.place}, ngày      tháng {month} năm {on.year}", 14, italic=True, first=True)

    def title(self, kind: str, subject: str, *, under: str | None = None) -> None:
        """The kind of the paper, its subject and the line below them."""
        kind_line = self._line(kind.upper(), 14, bold=True)
        kind_line.paragraph_format.space_before = Pt(18)
        self._line(subject, 14, bold=True)
        _rule(self._document, PORTRAIT_WIDTH, 45)
        if under:
            self._line(under, 14, italic=True).paragraph_format.space_after = Pt(12)

    def heading(self, text: str) -> None:
        """A numbered heading of the body."""
        self._document.add_heading(printable(text), level=1)

    def say(self, text: str, *, bold: bool = False, italic: bool = False) -> None:
        """A paragraph of the body."""
        run = self._document.add_paragraph(style=BODY).add_run(printable(text))
        run.bold, run.italic = bold or None, italic or None

    def address(self, names: Sequence[str]) -> None:
        """ "Kính gửi": one receiver on the line itself, several below it."""
        if len(names) == 1:
            line = self._line(f"Kính gửi: {names[0]}", 14)
            line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(12)
            return
        self._line("Kính gửi:", 14).paragraph_format.space_before = Pt(12)
        for place, name in enumerate(names, 1):
            line = self._document.add_paragraph(f"- {printable(name)}{'.' if place == len(names) else ';'}")
            line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Mm(58), Mm(-3)
            line.paragraph_format.space_after = Pt(12 if place == len(names) else 0)

    def table(self, columns: Sequence[Column], lines: Iterable[Sequence[str] | str], *, small: bool = False) -> None:
        """A ruled table whose headings repeat on each page. A line that is one string is a heading across the table."""
        # The style by its id: looking it up by name for each cell takes most of the time of a long table.
        style = self._document.styles[SMALL_CELL if small else CELL].style_id
        table = self._document.add_table(rows=0, cols=len(columns))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for grid, column in zip(table.columns, columns, strict=True):
            grid.width = Mm(column.width)
        head = table.add_row()
        for cell, column in zip(head.cells, columns, strict=True):
            _fill(cell, column.name, style, CENTRE, width=column.width, bold=True)
        _mark(head, "w:tblHeader")
        _mark(head, "w:cantSplit")
        for line in lines:
            row = table.add_row()
            _mark(row, "w:cantSplit")
            if isinstance(line, str):
                _fill(_span(row), line, style, LEFT, width=sum(c.width for c in columns), bold=True, keep=True)
                continue
            for cell, column, text in zip(row.cells, columns, line, strict=True):
                _fill(cell, text, style, CENTRE if column.centred else LEFT, width=column.width)
        self._document.add_paragraph(style=NOTE)

    def receivers(self, names: Sequence[str]) -> None:
        """ "Nơi nhận", with the place of the signature left empty."""
        self._document.add_paragraph(style=NOTE)
        table = self._frame((85, PORTRAIT_WIDTH - 85), rows=1)
        cell = table.rows[0].cells[0]
        _line(cell, "Nơi nhận:", 12, bold=True, italic=True, first=True).alignment = LEFT
        for place, name in enumerate(names, 1):
            _line(cell, f"- {name}{'.' if place == len(names) else ';'}", 11).alignment = LEFT

    def appendix(self, name: str, title: str, basis: str) -> None:
        """Begin an appendix on a new page across. ``basis`` says which paper it belongs to."""
        again = self._document.sections[-1].orientation == WD_ORIENT.LANDSCAPE
        if not again:
            section = self._document.add_section(WD_SECTION.NEW_PAGE)
            _page(section, landscape=True)
            section.different_first_page_header_footer = False
            section.header.is_linked_to_previous = False
            _running_head(section, LANDSCAPE_WIDTH)
        self._line(name, 14, bold=True).paragraph_format.page_break_before = again
        self._line(title.upper(), 14, bold=True)
        self._line(f"({basis})", 14, italic=True).paragraph_format.space_after = Pt(8)

    def note(self, text: str) -> None:
        """A line between tables of an appendix, in small letters."""
        self._document.add_paragraph(printable(text), style=NOTE)

    def save(self, path: Path | str) -> None:
        """Write the paper to a file."""
        self._document.save(str(path))

    def _line(self, text: str, size: int, *, bold: bool = False, italic: bool = False) -> Paragraph:
        return _set(self._document.add_paragraph(), text, size, bold=bold, italic=italic)

    def _frame(self, widths: Sequence[float], rows: int) -> Table:
        """A table without lines that places things side by side."""
        table: Table = self._document.add_table(rows=rows, cols=len(widths))
        table.autofit = False
        margins = OxmlElement("w:tblCellMar")
        for side in ("left", "right"):
            margin = OxmlElement(f"w:{side}")
            margin.set(qn("w:w"), "0")
            margin.set(qn("w:type"), "dxa")
            margins.append(margin)
        table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # the schema wants them in this order
        for index, width in enumerate(widths):
            table.columns[index].width = Mm(width)
            for cell in table.columns[index].cells:
                cell.width = Mm(width)
        return table

    def _styles(self) -> None:
        styles = self._document.styles
        for language in styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), "vi-VN")
        _letter(styles["Normal"], 14)
        styles["Normal"].paragraph_format.space_after = Pt(0)
        heading = styles["Heading 1"]
        _letter(heading, 14, bold=True)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(10), Pt(6)
        heading.paragraph_format.first_line_indent = Mm(12.7)
        body = styles.add_style(BODY, WD_STYLE_TYPE.PARAGRAPH)
        _letter(body, 14)
        body.paragraph_format.alignment = JUSTIFY
        body.paragraph_format.first_line_indent = Mm(12.7)
        body.paragraph_format.space_after = Pt(6)
        for name, size in ((CELL, 12), (SMALL_CELL, 11), (NOTE, 11)):
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            _letter(style, size)
            style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)


def _letter(style: Any, size: int, *, bold: bool = False) -> None:
    """Give a style the one type face, black, for every script, without the template's theme fonts."""
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    for colour in style.element.rPr.findall(qn("w:color")):
        style.element.rPr.remove(colour)


def _page(section: Section, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.header_distance, section.footer_distance = Mm(9), Mm(9)


def _draft_block(header: Any) -> None:
    mark = header.paragraphs[0]
    _set(mark, DRAFT, 14, bold=True).alignment = LEFT
    note = _set(header.add_paragraph(), DRAFT_NOTE, 11, italic=True)
    note.alignment, note.paragraph_format.space_after = LEFT, Pt(8)


def _running_head(section: Section, width: float) -> None:
    """The page number in the middle of the upper margin, the draft's mark at its right."""
    line = section.header.paragraphs[0]
    stops = line.paragraph_format.tab_stops
    for stop in list(line.style.paragraph_format.tab_stops) if line.style else []:
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Mm(width / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    run = line.add_run("\t")
    run.font.size = Pt(14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number = line.add_run("2")
    number.font.size = Pt(14)
    field.append(number._r)
    line._p.append(field)
    mark = line.add_run(f"\t{DRAFT}")
    mark.font.size, mark.bold = Pt(11), True


def _set(line: Paragraph, text: str, size: int, *, bold: bool = False, italic: bool = False) -> Paragraph:
    line.alignment = CENTRE
    line.paragraph_format.space_after = Pt(0)
    run = line.add_run(printable(text))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return line


def _line(
    cell: _Cell, text: str, size: int, *, bold: bool = False, italic: bool = False, first: bool = False
) -> Paragraph:
    """A line in a cell; the first takes the paragraph that every cell is born with."""
    return _set(cell.paragraphs[0] if first else cell.add_paragraph(), text, size, bold=bold, italic=italic)


def _rule(where: Any, width: float, length: float) -> None:
    """A line ``length`` mm long in the middle of ``width`` mm, drawn as the border of an empty, tiny paragraph."""
    line = where.add_paragraph()
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm((width - length) / 2)
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(2), Pt(4)
    line.paragraph_format.line_spacing = Pt(2)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    properties = line._p.get_or_add_pPr()
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _fill(
    cell: _Cell,
    text: str,
    style: str,
    alignment: Any,
    *,
    width: float,
    bold: bool = False,
    keep: bool = False,
) -> None:
    line = cell.paragraphs[0]
    line._p.style = style
    if alignment is not LEFT:
        line.alignment = alignment
    run = line.add_run(printable(text))
    if bold:
        run.bold = True
    if keep:
        line.paragraph_format.keep_with_next = True
    cell.width = Mm(width)


def _span(row: _Row) -> _Cell:
    """Make one cell of a new row. python-docx's merge() counts all rows above it each time."""
    first, *others = row._tr.tc_lst
    for cell in others:
        row._tr.remove(cell)
    first.grid_span = len(others) + 1
    return row.cells[0]


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
