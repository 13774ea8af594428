"""Text typed for the fonts of the years before Unicode comes out in Unicode, and other text is left alone."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from hypothesis import given
from hypothesis import strategies as st

from dondoc.directives.legacy_fonts import TCVN3, VNI, converted, draws_capitals, encoding_of_font, repaired
from dondoc.directives.reading import UnreadableDocument, read_bytes
from tests.support.documents import as_docx

UNICODE = "Thông báo kết luận của Trưởng phòng về công tác y tế; khẳng định kết quả trước ngày 28/6/2024"
IN_TCVN3 = "Th«ng b¸o kÕt luËn cña Tr­ëng phßng vÒ c«ng t¸c y tÕ; kh¼ng ®Þnh kÕt qu¶ tr­íc ngµy 28/6/2024"
IN_VNI = "Thoâng baùo keát luaän cuûa Tröôûng phoøng veà coâng taùc y teá; khaúng ñònh keát quaû tröôùc ngaøy 28/6/2024"
SMALL = [
    unicodedata.normalize("NFC", base + tone)
    for base, tone in product("aăâeêioôơuưy", ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"))
] + ["đ"]


TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_windows_1258(text: str) -> bytes:
    """As Windows writes Vietnamese: letters such as "ê" and "ơ" in one, tones apart."""
    apart = ""
    for letter in text:
        base = "".join(mark for mark in unicodedata.normalize("NFD", letter) if mark not in TONES)
        tone = "".join(mark for mark in unicodedata.normalize("NFD", letter) if mark in TONES)
        apart += unicodedata.normalize("NFC", base) + tone
    return apart.encode("cp1258")


@pytest.mark.parametrize(("encoding", "text"), [(TCVN3, IN_TCVN3), (VNI, IN_VNI)])
def test_a_sentence(encoding: str, text: str) -> None:
    assert converted(text, encoding) == UNICODE
    assert converted(UNICODE, encoding) == UNICODE


@pytest.mark.parametrize("encoding", [TCVN3, VNI])
def test_every_letter_has_a_place(encoding: str) -> None:
    """Whatever Western letters and their marks are typed: all 73 small letters come out, in VNI all capitals, too."""
    western = [chr(code) for code in range(0x20, 0x100)]
    made = {converted(first + second, encoding) for first, second in product(western, ["", *western[95:]])}
    made |= {converted(letter, encoding) for letter in western}
    assert set(SMALL) <= made
    assert encoding == TCVN3 or {letter.upper() for letter in SMALL} <= made


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", TCVN3, False),
        (".VnTimeH", TCVN3, True),
        (".VnArialH", TCVN3, True),
        (".VNTIME", TCVN3, False),
        ("ABCDEF+.VnTime,Bold", TCVN3, False),
        ("ABCDEF+VnTimeH,Bold", TCVN3, True),
        ("VNI-Times", VNI, False),
        ("GHIJKL+VNI-Helve", VNI, False),
        ("Times New Roman", None, False),
        ("Vni", VNI, False),
        ("Vntopia", None, False),
        ("", None, False),
    ],
)
def test_what_the_name_of_a_font_says(font: str, encoding: str | None, capitals: bool) -> None:
    assert encoding_of_font(font) == encoding
    assert draws_capitals(font) is capitals


@pytest.mark.parametrize(
    "text",
    [
        UNICODE,
        "Señor Muñoz irá mañana a Málaga, después del café, con su niña pequeña y más información.",
        "Größe und Maß der Straße ändern für die Schüler der nächsten Prüfung",
        "à la carte, déjà vu, où êtes-vous passé après l'été",
        "Temperature 25°C ± 2, 3½ × 4 µm",
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize("text", [IN_TCVN3, IN_VNI])
def test_text_without_the_name_of_its_font(text: str) -> None:
    assert read_bytes(f"{text}.\n".encode()).text == f"{UNICODE}.\n"


@pytest.mark.parametrize(
    "data",
    [IN_TCVN3.encode("latin-1"), IN_VNI.encode("latin-1"), in_windows_1258(UNICODE)],
    ids=["TCVN3", "VNI", "Windows-1258"],
)
def test_files_with_a_byte_a_letter(data: bytes) -> None:
    assert read_bytes(data).text == UNICODE


def test_bytes_that_no_encoding_explains_are_refused() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(bytes(range(0x80, 0x100)) * 8)
    assert caught.value.reason in ("encoding", "binary")


def test_runs_of_a_docx_each_in_its_font() -> None:
    def build(document: Document) -> None:
        document.styles.add_style("Cu", 1).font.name = ".VnTime"
        paragraph = document.add_paragraph(style="Cu")
        paragraph.add_run("Th«ng b¸o ")
        paragraph.add_run("® Unicode giữ nguyên ").font.name = "Times New Roman"
        paragraph.add_run("phßng gi¸o dôc").font.name = ".VnTimeH"
        parted = document.add_paragraph()
        for piece in ("cuo", "äc h", "oïp"):  # a letter and its mark in two runs
            parted.add_run(piece).font.name = "VNI-Times"
        hyphen = document.add_paragraph()
        for piece in ("Tr", None, "ëng"):
            run = hyphen.add_run(piece or "")
            run.font.name = ".VnTime"
            if piece is None:
                run._r.append(OxmlElement("w:softHyphen"))

    lines = read_bytes(as_docx(build)).text.split("\n")
    assert lines[3:] == ["Thông báo ® Unicode giữ nguyên PHÒNG GIÁO DỤC", "cuộc họp", "Trưởng"]


@given(st.text(max_size=300))
def test_no_text_is_lost_or_breaks_it(text: str) -> None:
    assert repaired(text).count("\n") == text.count("\n")
    for encoding in (TCVN3, VNI):
        assert len(converted(text, encoding)) <= len(text)
