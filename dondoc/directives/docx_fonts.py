"""The font of a run of a .docx, as far as it says in which encoding the letters are: see ``legacy_fonts``."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from dondoc.directives.legacy_fonts import draws_capitals, encoding_of_font

_UNICODE: tuple[str | None, bool] = (None, False)
_DEEP = 12
_PARAGRAPH, _RUN, _PARAGRAPH_STYLE, _RUN_STYLE = qn("w:pPr"), qn("w:rPr"), qn("w:pStyle"), qn("w:rStyle")
_FONTS, _VALUE, _ABOVE_ASCII, _ASCII = qn("w:rFonts"), qn("w:val"), qn("w:hAnsi"), qn("w:ascii")


class Fonts:
    """Looks fonts up: the run's own, its style's, the paragraph's style's, the document's."""

    def __init__(self, document: Any) -> None:
        styles = document.styles.element
        self._own: dict[str, str] = {}
        self._based_on: dict[str, str] = {}
        self._paragraph_style: str | None = None
        for style in styles.iter(qn("w:style")):
            identity = style.get(qn("w:styleId")) or ""
            if (font := _font_in(style.find(qn("w:rPr")))) is not None:
                self._own[identity] = font
            if (base := style.find(qn("w:basedOn"))) is not None:
                self._based_on[identity] = base.get(qn("w:val")) or ""
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on"):
                self._paragraph_style = identity
        self._default = _font_in(styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"))
        self._known: dict[str, tuple[str | None, bool]] = {}

    def of_paragraph(self, paragraph: Any) -> str | None:
        """The font of letters that have none of their own; once a paragraph, because looking it up passes over its runs."""
        own = paragraph.find(_PARAGRAPH)
        named = _style(own, _PARAGRAPH_STYLE) if own is not None else None
        return self._of_style(named or self._paragraph_style) or self._default

    def of_run(self, run: Any, otherwise: str | None) -> tuple[str | None, bool]:
        """The encoding of a run's letters (None for Unicode), and whether its font draws them as capitals."""
        properties = run.find(_RUN) if run is not None else None
        font = _font_in(properties)
        if font is None and properties is not None:
            font = self._of_style(_style(properties, _RUN_STYLE))
        font = font or otherwise
        if font is None:
            return _UNICODE
        if font not in self._known:
            self._known[font] = encoding_of_font(font), draws_capitals(font)
        return self._known[font]

    def _of_style(self, identity: str | None) -> str | None:
        for _ in range(_DEEP):  # styles of a hostile file may be based on each other in a ring
            if identity is None or identity in self._own:
                break
            identity = self._based_on.get(identity)
        return self._own.get(identity) if identity is not None else None


def _font_in(properties: Any) -> str | None:
    fonts = properties.find(_FONTS) if properties is not None else None
    if fonts is None:
        return None
    # Letters above ASCII, the only ones that differ, are drawn in the font for "hAnsi".
    name: str | None = fonts.get(_ABOVE_ASCII) or fonts.get(_ASCII)
    return name


def _style(properties: Any, kind: str) -> str | None:
    found = properties.find(kind)
    name: str | None = found.get(_VALUE) if found is not None else None
    return name
