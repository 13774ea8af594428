"""The look of an administrative paper in Word, after Nghị định 30/2020/NĐ-CP, Phụ lục I: page, heads, titles, tables.

Every page says that it is a draft. A paper made here bears neither a number nor a signature: people give both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from dondoc.reports.word_parts import (
    CENTRE,
    JUSTIFY,
    LANDSCAPE_WIDTH,
    LEFT,
    PORTRAIT_WIDTH,
    cell_line,
    fill_cell,
    mark_draft,
    mark_row,
    rule,
    running_head,
    set_line,
    set_page,
    span_row,
    use_face,
    write,
)
from dondoc.reports.wording import DRAFT_NOTE, OfficeName, printable

BODY, CELL, SMALL_CELL, NOTE = "Thân văn bản", "Ô bảng", "Ô phụ lục", "Dòng giữa"
_LEFT_HEAD = 68  # the name of the country needs 88 mm at 13 points


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
        set_page(section, landscape=False)
        section.different_first_page_header_footer = True
        mark_draft(section.first_page_header)
        running_head(section, PORTRAIT_WIDTH)

    def head(self, on: date, *, about: str | None = None) -> None:
        """The head of the first page. The number and the day are left open; ``about`` is the subject of a letter."""
        table = self._frame((_LEFT_HEAD, PORTRAIT_WIDTH - _LEFT_HEAD), rows=2)
        left, right = table.rows[0].cells
        cell_line(left, self._office.organ.upper(), 13, first=True)
        cell_line(left, self._office.name.upper(), 13, bold=True)
        rule(left, _LEFT_HEAD, 26)
        cell_line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True, first=True)
        cell_line(right, "Độc lập - Tự do - Hạnh phúc", 14, bold=True)
        rule(right, PORTRAIT_WIDTH - _LEFT_HEAD, 58)
        left, right = table.rows[1].cells
        cell_line(left, "Số:          /…", 13, first=True)
        if about:
            cell_line(left, about, 12).paragraph_format.space_before = Pt(6)
        month = f"{on.month:02d}" if on.month <= 2 else str(on.month)
        cell_line(right, f"{self._office.place}, ngày      tháng {month} năm {on.year}", 14, italic=True, first=True)

    def title(self, kind: str, subject: str, *, under: str | None = None) -> None:
        """The kind of the paper, its subject and the line below them."""
        kind_line = self._line(kind.upper(), 14, bold=True)
        kind_line.paragraph_format.space_before = Pt(18)
        self._line(subject, 14, bold=True)
        rule(self._document, PORTRAIT_WIDTH, 45)
        if under:
            self._line(under, 14, italic=True).paragraph_format.space_after = Pt(12)

    def heading(self, text: str) -> None:
        """A numbered heading of the body."""
        self._document.add_heading(printable(text), level=1)

    def say(self, text: str, *, bold: bool = False, italic: bool = False) -> None:
        """A paragraph of the body."""
        run = write(self._document.add_paragraph(style=BODY), text)
        run.bold, run.italic = bold or None, italic or None

    def address(self, names: Sequence[str]) -> None:
        """ "Kính gửi": one receiver on the line itself, several below it."""
        if len(names) == 1:
            line = self._line(f"Kính gửi: {names[0]}", 14)
            line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(12)
            return
        self._line("Kính gửi:", 14).paragraph_format.space_before = Pt(12)
        for place, name in enumerate(names, 1):
            line = self._document.add_paragraph()
            write(line, f"- {name}{'.' if place == len(names) else ';'}")
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
            fill_cell(cell, column.name, style, CENTRE, width=column.width, bold=True)
        mark_row(head, "w:tblHeader")
        mark_row(head, "w:cantSplit")
        for line in lines:
            row = table.add_row()
            mark_row(row, "w:cantSplit")
            if isinstance(line, str):
                fill_cell(span_row(row), line, style, LEFT, width=sum(c.width for c in columns), bold=True, keep=True)
                continue
            for cell, column, text in zip(row.cells, columns, line, strict=True):
                fill_cell(cell, text, style, CENTRE if column.centred else LEFT, width=column.width)
        self._document.add_paragraph(style=NOTE)

    def receivers(self, names: Sequence[str]) -> None:
        """ "Nơi nhận", with the place of the signature left empty."""
        self._document.add_paragraph(style=NOTE)
        table = self._frame((85, PORTRAIT_WIDTH - 85), rows=1)
        cell = table.rows[0].cells[0]
        cell_line(cell, "Nơi nhận:", 12, bold=True, italic=True, first=True).alignment = LEFT
        for place, name in enumerate(names, 1):
            cell_line(cell, f"- {name}{'.' if place == len(names) else ';'}", 11).alignment = LEFT

    def appendix(self, name: str, title: str, basis: str) -> None:
        """Begin an appendix on a new page across. ``basis`` says which paper it belongs to."""
        again = self._document.sections[-1].orientation == WD_ORIENT.LANDSCAPE
        if not again:
            section = self._document.add_section(WD_SECTION.NEW_PAGE)
            set_page(section, landscape=True)
            section.different_first_page_header_footer = False
            section.header.is_linked_to_previous = False
            running_head(section, LANDSCAPE_WIDTH)
        self._line(name, 14, bold=True).paragraph_format.page_break_before = again
        self._line(title.upper(), 14, bold=True)
        self._line(f"({basis})", 14, italic=True).paragraph_format.space_after = Pt(8)

    def note(self, text: str) -> None:
        """A line between tables of an appendix, in small letters."""
        write(self._document.add_paragraph(style=NOTE), text)

    def save(self, path: Path | str) -> None:
        """Write the paper to a file."""
        self._document.save(str(path))

    def _line(self, text: str, size: int, *, bold: bool = False, italic: bool = False) -> Paragraph:
        return set_line(self._document.add_paragraph(), text, size, bold=bold, italic=italic)

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
        use_face(styles["Normal"], 14)
        styles["Normal"].paragraph_format.space_after = Pt(0)
        heading = styles["Heading 1"]
        use_face(heading, 14, bold=True)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(10), Pt(6)
        heading.paragraph_format.first_line_indent = Mm(12.7)
        body = styles.add_style(BODY, WD_STYLE_TYPE.PARAGRAPH)
        use_face(body, 14)
        body.paragraph_format.alignment = JUSTIFY
        body.paragraph_format.first_line_indent = Mm(12.7)
        body.paragraph_format.space_after = Pt(6)
        for name, size in ((CELL, 12), (SMALL_CELL, 11), (NOTE, 11)):
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            use_face(style, size)
            style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
