"""``python -m benchmarks.scans``: how well and how fast scans are read, on a page drawn here and spoilt in six ways.

Tesseract as it comes, and with the page prepared as ``dondoc`` does; and AsterOCR, the other maintained reader of Vietnamese
that brings its model along, on the lines that RapidOCR finds, if both are installed (``pip install asterocr rapidocr``).
"""

from __future__ import annotations

import importlib.util
import time
import unicodedata
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image

from dondoc.directives import tesseract
from dondoc.directives.page_lines import Word, page_lines
from dondoc.directives.scan_picture import fitted, straightened
from tests.support.pages import BODY, degraded, drawn_page

Reader = Callable[[Image.Image], str]

PAGES: dict[str, Callable[[], Image.Image]] = {
    "clean, 200 dpi": lambda: drawn_page(200),
    "scan, 200 dpi": lambda: degraded(drawn_page(200), angle=1.3, blur=0.8, noise=18, quality=45, shadow=0.35),
    "askew by 9°": lambda: degraded(drawn_page(200), angle=9.0, blur=0.8, noise=18, quality=45, shadow=0.35),
    "grainy, 150 dpi": lambda: degraded(drawn_page(150), angle=2.5, blur=1.0, noise=22, quality=35, shadow=0.5),
    "messenger, 110 dpi": lambda: degraded(drawn_page(110), angle=1.1, blur=0.4, noise=5, quality=75, shadow=0.25),
    "dark messenger, 110 dpi": lambda: degraded(drawn_page(110), angle=-2.0, blur=0.6, noise=8, quality=60, shadow=0.4),
}


def bare(page: Image.Image) -> str:
    """Tesseract on the page as it is."""
    return _text(page, tesseract.read_words(page)[0])


def prepared(page: Image.Image) -> str:
    """Tesseract on the page made fit for it."""
    ready = straightened(fitted(page))
    return _text(ready, tesseract.read_words(ready)[0])


def other_reader() -> Reader | None:
    """AsterOCR on the same prepared page, if it is installed."""
    if importlib.util.find_spec("asterocr") is None or importlib.util.find_spec("rapidocr") is None:
        return None
    from asterocr import AsterOCR  # type: ignore[import-not-found]
    from rapidocr import RapidOCR  # type: ignore[import-not-found]

    find, recognise = RapidOCR(), AsterOCR()

    def read(page: Image.Image) -> str:
        ready = straightened(fitted(page)).convert("RGB")
        found: Any = find(np.array(ready), use_cls=False, use_rec=False)
        words = []
        for box in found.boxes if found.boxes is not None else ():
            (left, top), (right, bottom) = box.min(axis=0), box.max(axis=0)
            line = recognise.predict(ready.crop((int(left) - 3, int(top) - 3, int(right) + 3, int(bottom) + 3)))
            words.append(Word(line, left, top, right, bottom))
        return _text(ready, words)

    return read


def _text(page: Image.Image, words: list[Word]) -> str:
    return " ".join(line for _, line in page_lines(words, page.width))


def error_rate(text: str) -> float:
    """The wrong letters of the body, as a part of its letters; what stands before and behind it costs nothing."""
    wanted = " ".join(" ".join(BODY).split())
    letters = np.array([ord(letter) for letter in " ".join(unicodedata.normalize("NFC", text).split())])
    places = np.arange(len(letters) + 1)
    row = np.zeros(len(letters) + 1, dtype=int)
    for number, letter in enumerate(wanted, 1):
        replaced = row[:-1] + (letters != ord(letter))
        row = np.concatenate(([number], np.minimum(replaced, row[1:] + 1)))
        row = np.minimum.accumulate(row - places) + places
    return float(row.min()) / len(wanted)


def main() -> None:
    """Print the table."""
    readers: dict[str, Reader] = {"Tesseract bare": bare, "Tesseract prepared": prepared}
    if (other := other_reader()) is not None:
        readers["AsterOCR prepared"] = other
    print("page".ljust(26) + "".join(name.rjust(26) for name in readers))
    for name, make in PAGES.items():
        page = make()
        cells = []
        for read in readers.values():
            start = time.perf_counter()
            text = read(page)
            cells.append(f"{error_rate(text):7.2%} {time.perf_counter() - start:6.1f} s")
        print(name.ljust(26) + "".join(cell.rjust(26) for cell in cells))


if __name__ == "__main__":
    main()
