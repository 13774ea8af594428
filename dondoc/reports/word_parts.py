"""Parts of a Word document as Nghị định 30/2020/NĐ-CP, Phụ lục I, wants them: page, face, lines, rules, cells.

Sizes are points for letters and millimetres for everything else.
"""

from __future__ import annotations

import re
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from dondoc.reports.wording import DRAFT, DRAFT_NOTE, printable

FONT = "Times New Roman"

# Millimetres; Nghị định 30/2020/NĐ-CP allows 20–25 above and below, 30–35 left, 15–20 right.
_TOP, _BOTTOM, _LEFT, _RIGHT = 20, 20, 30, 15
PORTRAIT_WIDTH = 210 - _LEFT - _RIGHT
LANDSCAPE_WIDTH = 297 - _LEFT - _RIGHT

# A line break, and a hyphen that must stay inside its line.
_SPECIAL = re.compile(r"(\n|(?<=[A-ZĐ&])-(?=[A-ZĐ&]))")

LEFT, CENTRE, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


def use_face(style: Any, size: int, *, bold: bool = False) -> None:
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


def set_page(section: Section, *, landscape: bool) -> None:
    """A4 with the margins of the decree, upright or across."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.header_distance, section.footer_distance = Mm(9), Mm(9)


def mark_draft(header: Any) -> None:
    """The mark of a draft with its note, in the upper left corner."""
    mark = header.paragraphs[0]
    set_line(mark, DRAFT, 14, bold=True).alignment = LEFT
    note = set_line(header.add_paragraph(), DRAFT_NOTE, 11, italic=True)
    note.alignment, note.paragraph_format.space_after = LEFT, Pt(8)


def running_head(section: Section, width: float) -> None:
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


def write(line: Paragraph, text: str) -> Run:
    """Add text to a paragraph; the number of a document ("203/TB-UBND") is not broken between two lines."""
    run = line.add_run()
    for part in _SPECIAL.split(printable(text)):
        if part == "\n":
            run.add_break()
        elif part == "-":
            run._r.append(OxmlElement("w:noBreakHyphen"))
        elif part:
            run.add_text(part)
    return run


def set_line(line: Paragraph, text: str, size: int, *, bold: bool = False, italic: bool = False) -> Paragraph:
    """Write a centred line with nothing below it."""
    line.alignment = CENTRE
    line.paragraph_format.space_after = Pt(0)
    run = write(line, text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return line


def cell_line(
    cell: _Cell, text: str, size: int, *, bold: bool = False, italic: bool = False, first: bool = False
) -> Paragraph:
    """A line in a cell; the first takes the paragraph that every cell is born with."""
    return set_line(cell.paragraphs[0] if first else cell.add_paragraph(), text, size, bold=bold, italic=italic)


def rule(where: Any, width: float, length: float) -> None:
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


def fill_cell(
    cell: _Cell,
    text: str,
    style: str,
    alignment: Any,
    *,
    width: float,
    bold: bool = False,
    keep: bool = False,
) -> None:
    """Fill a new cell. ``style`` is the id of a paragraph style; ``keep`` holds the row together with the next."""
    line = cell.paragraphs[0]
    line._p.style = style
    if alignment is not LEFT:
        line.alignment = alignment
    run = write(line, text)
    if bold:
        run.bold = True
    if keep:
        line.paragraph_format.keep_with_next = True
    cell.width = Mm(width)


def span_row(row: _Row) -> _Cell:
    """Make one cell of a new row. python-docx's merge() counts all rows above it each time."""
    first, *others = row._tr.tc_lst
    for cell in others:
        row._tr.remove(cell)
    first.grid_span = len(others) + 1
    return row.cells[0]


def mark_row(row: _Row, name: str) -> None:
    """Give a row a property: "w:tblHeader" repeats it on each page, "w:cantSplit" holds it together."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))
