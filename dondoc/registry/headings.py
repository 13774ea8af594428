"""Recognises the columns of a sheet of units by their Vietnamese headings, in any order and spelling of case or marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dondoc.vietnamese.text import fold


class Column(StrEnum):
    """The columns that are understood; the value is the heading as the office's own template writes it."""

    CODE = "Mã đơn vị"
    NAME = "Tên đơn vị"
    KIND = "Loại"
    PARENT = "Đơn vị cấp trên"
    ALIASES = "Tên khác"
    VALID_FROM = "Hiệu lực từ"
    VALID_TO = "Hiệu lực đến"
    SUCCESSORS = "Đơn vị kế thừa"
    CONTACT_NAME = "Người liên hệ"
    CONTACT_TITLE = "Chức vụ"
    CONTACT_PHONE = "Điện thoại"
    CONTACT_ADDRESS = "Xưng hô"
    CONTACT_FUNCTION = "Vai trò đầu mối"


_WORDS = {
    Column.CODE: "ma don vi|ma|ma dv|ma so|ma so don vi|ma truong|ma co quan|ma dinh danh|ky hieu|code|unit code",
    Column.NAME: "ten don vi|don vi|ten|ten dv|ten day du|ten co quan|ten co quan don vi|co quan don vi|ten truong|name|unit",
    Column.KIND: "loai|loai don vi|loai hinh|loai hinh don vi|phan loai|nhom|khoi|cap hoc|kind|type",
    Column.PARENT: "don vi cap tren|cap tren|cap tren truc tiep|truc thuoc|don vi chu quan|co quan chu quan|co quan cap tren|"
    "don vi quan ly|co quan quan ly|thuoc|parent",
    Column.ALIASES: "ten khac|ten goi khac|cac ten khac|ten viet tat|viet tat|ten ngan|ten rut gon|ten thuong goi|alias|"
    "aliases",
    Column.VALID_FROM: "hieu luc tu|tu ngay|ngay thanh lap|thanh lap tu|hoat dong tu|ngay bat dau|valid from",
    Column.VALID_TO: "hieu luc den|den ngay|ngay ket thuc|ngay giai the|hoat dong den|het hieu luc|valid to",
    Column.SUCCESSORS: "don vi ke thua|ke thua|duoc ke thua boi|thay the boi|duoc thay the boi|don vi thay the|sap nhap vao|"
    "hop nhat thanh|chia thanh|ma don vi ke thua|successor|successors",
    Column.CONTACT_NAME: "nguoi lien he|lien he|dau moi|dau moi lien he|nguoi dau moi|can bo dau moi|ho ten|ho va ten|"
    "ho ten nguoi lien he|ho va ten nguoi lien he|ho ten dau moi|ho va ten dau moi|ten nguoi lien he|contact",
    Column.CONTACT_TITLE: "chuc vu|chuc danh|chuc vu nguoi lien he|chuc danh nguoi lien he|title",
    Column.CONTACT_PHONE: "dien thoai|so dien thoai|sdt|so dt|dt|dtdd|di dong|so di dong|dien thoai di dong|so may|so zalo|"
    "zalo|dien thoai lien he|so dien thoai lien he|phone",
    Column.CONTACT_ADDRESS: "xung ho|danh xung|cach xung ho",
    Column.CONTACT_FUNCTION: "vai tro dau moi|vai tro|loai dau moi",
}
_EXACT = {word: column for column, words in _WORDS.items() for word in words.split("|")}
CONTACT_COLUMNS = (
    Column.CONTACT_NAME,
    Column.CONTACT_TITLE,
    Column.CONTACT_PHONE,
    Column.CONTACT_ADDRESS,
    Column.CONTACT_FUNCTION,
)
_SEARCHED_ROWS = 30


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings stand. ``columns`` are the places of the unit's own columns; ``contacts`` of each set of contact
    columns ("Điện thoại", "Điện thoại 2"); ``titles`` are the headings as written, by place."""

    row: int
    columns: dict[Column, int]
    contacts: tuple[dict[Column, int], ...]
    titles: dict[int, str]


def column_of(heading: str) -> Column | None:
    """The column that a heading names, None if it is none of ours."""
    words = re.sub(r"\([^)]*\)?", " ", fold(heading))
    words = " ".join(re.sub(r"[^a-z0-9]+", " ", words).split())
    words = re.sub(r" \d+$", "", words)
    if words in _EXACT:
        return _EXACT[words]
    fitting = [word for word in _EXACT if " " in word and words.startswith(word + " ")]
    return _EXACT[max(fitting, key=len)] if fitting else None


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """The row with the most known headings among the first; it must have a code and a name. Rows count from 1."""
    best: Header | None = None
    most = 0
    for number, row in enumerate(rows[:_SEARCHED_ROWS], start=1):
        header = _read(number, row)
        known = len(header.titles)
        if Column.CODE in header.columns and Column.NAME in header.columns and known > most:
            best, most = header, known
    return best


def known_columns(rows: Sequence[Sequence[str]]) -> set[Column]:
    """The columns known in the row that looks most like a row of headings: to say what is missing."""
    found = [{column for cell in row if (column := column_of(cell))} for row in rows[:_SEARCHED_ROWS]]
    return max(found, key=len, default=set())


def _read(number: int, row: Sequence[str]) -> Header:
    columns: dict[Column, int] = {}
    contacts: list[dict[Column, int]] = []
    titles: dict[int, str] = {}
    for place, heading in enumerate(row):
        column = column_of(heading)
        if column is None:
            continue
        if column in CONTACT_COLUMNS:
            holder = next((one for one in contacts if column not in one), None)
            if holder is None:
                holder = {}
                contacts.append(holder)
            holder[column] = place
        elif column in columns:
            continue
        else:
            columns[column] = place
        titles[place] = heading
    return Header(number, columns, tuple(contacts), titles)
