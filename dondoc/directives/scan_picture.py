"""The picture of a page made fit for reading: grey, evenly lit, upright, straight, and of a size that letters are read at."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from dondoc.directives.unreadable import UnreadableDocument

MAX_PIXELS = 60_000_000
"""Of a picture as it comes; cameras of telephones make 12 to 50 million. As grey bytes that is 60 MB."""
SHORT_SIDE = (1240, 1653)
"""An A4 page at 150 and at 200 dpi: below, letters are read better enlarged; above, no better and slower."""
MIN_SIDE = 200
"""Below this no line of a paper can be read; icons and ribbons are not tried."""
MAX_RATIO = 10
_ROUGH = tuple(range(-12, 13, 2))
_FINE = tuple(step / 5 for step in range(-9, 10))
_NOISE = 1.5


def open_picture(data: bytes) -> list[Image.Image]:
    """The pages of a picture, grey and turned as the camera says.

    Raises UnreadableDocument ("too_large", or "scan_unreadable" for what is no picture or a broken one).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of large pictures: they are measured here
            picture = Image.open(BytesIO(data))
            if picture.width * picture.height > MAX_PIXELS:
                raise UnreadableDocument("too_large")
            return [_grey(picture, number) for number in range(min(getattr(picture, "n_frames", 1), 100))]
    except UnreadableDocument:
        raise
    except MemoryError as error:
        raise UnreadableDocument("too_large") from error
    except Exception as error:
        # A hostile or broken picture can fail anywhere inside the library; it is always the file's fault.
        raise UnreadableDocument("scan_unreadable") from error


def _grey(picture: Image.Image, number: int) -> Image.Image:
    if number:
        picture.seek(number)
        if picture.width * picture.height > MAX_PIXELS:
            raise UnreadableDocument("too_large")
    if min(picture.size) < MIN_SIDE or max(picture.size) > MAX_RATIO * min(picture.size):
        raise UnreadableDocument("scan_unreadable")
    picture.draft("L", (2 * SHORT_SIDE[1], 2 * SHORT_SIDE[1]))  # a JPEG is decoded smaller at once
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright.convert("RGBA"))
    return fitted(upright.convert("L"))


def fitted(picture: Image.Image) -> Image.Image:
    """The picture with its short side within SHORT_SIDE."""
    short = min(picture.size)
    wanted = min(max(short, SHORT_SIDE[0]), SHORT_SIDE[1])
    if wanted == short:
        return picture
    size = (max(1, picture.width * wanted // short), max(1, picture.height * wanted // short))
    return picture.resize(size, Image.Resampling.LANCZOS)


def straightened(picture: Image.Image) -> Image.Image:
    """The picture of a page without noise and shadow, its lines level; it may stand on its head."""
    page = _evenly_lit(_without_noise(picture))
    ink = ImageOps.invert(page.resize((500, max(1, 500 * page.height // page.width)), Image.Resampling.BOX))
    on_its_side = ink.transpose(Image.Transpose.ROTATE_90)
    angle, other = _level(ink, _ROUGH), _level(on_its_side, _ROUGH)
    if _clearness(on_its_side, other) > 1.5 * _clearness(ink, angle):
        page, ink, angle = page.transpose(Image.Transpose.ROTATE_90), on_its_side, other
    angle = _level(ink, [angle + step for step in _FINE])
    return page.rotate(angle, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255) if angle else page


def _numbers(picture: Image.Image) -> Any:
    return np.asarray(picture, dtype=np.float32)


def _without_noise(picture: Image.Image) -> Image.Image:
    """Specks taken out, and nothing done to a clean page, whose small marks would suffer."""
    middle = picture.filter(ImageFilter.MedianFilter(3))
    difference = float(np.abs(_numbers(picture) - _numbers(middle)).mean())
    return middle if difference > _NOISE else picture


def _evenly_lit(picture: Image.Image) -> Image.Image:
    """Divided by its paper, which is what remains when the letters are brightened away."""
    small = picture.resize((max(1, picture.width // 8), max(1, picture.height // 8)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.GaussianBlur(6))
    light = np.maximum(_numbers(paper.resize(picture.size, Image.Resampling.BILINEAR)), 1)
    return Image.fromarray((255 * np.minimum(1, _numbers(picture) / light)).astype(np.uint8))


def _level(ink: Image.Image, angles: Sequence[float]) -> float:
    """By which of these degrees to turn the page so that its lines are level."""
    return max(angles, key=lambda angle: _clearness(ink, angle))


def _clearness(ink: Image.Image, angle: float) -> float:
    """How clearly there are lines: level ones make the sums of rows go up and down most."""
    rows = _numbers(ink.rotate(angle, resample=Image.Resampling.BILINEAR) if angle else ink).sum(axis=1)
    return float((np.diff(rows) ** 2).sum()) / max(1.0, float(rows.sum()))
