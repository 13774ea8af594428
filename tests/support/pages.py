"""A page of a Vietnamese paper drawn as a picture, and what a scanner or a telephone makes of it. Nothing in it is real."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

LEFT_HEAD = ("UBND HUYỆN HÒA SƠN", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "", "Số: 148/TB-PGDĐT")
RIGHT_HEAD = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "",
    "Hòa Sơn, ngày 12 tháng 6 năm 2024",
)
TITLES = ("THÔNG BÁO", "Kết luận của Trưởng phòng tại cuộc họp giao ban tháng 6 năm 2024")
BODY = (
    "Ngày 11/6/2024, tại phòng họp số 2, Trưởng phòng Lê Thị Bích Ngọc đã chủ trì họp giao ban với hiệu trưởng các trường "
    "trực thuộc. Sau khi nghe báo cáo và ý kiến của các đại biểu, Trưởng phòng kết luận và giao nhiệm vụ như sau:",
    "1. Các trường mầm non và tiểu học rà soát tủ thuốc y tế, thay thuốc quá hạn; gửi báo cáo về Phòng Giáo dục và Đào "
    "tạo (qua bộ phận Y tế học đường) trước ngày 28/6/2024.",
    "2. Trường Trung học cơ sở Nguyễn Huệ chủ trì, phối hợp với các trường lập danh sách phòng học xuống cấp, báo cáo "
    "Phòng Giáo dục và Đào tạo chậm nhất ngày 05/7/2024.",
    "3. Bộ phận Kiểm tra nội bộ:",
    "a) Đôn đốc các đơn vị khắc phục tồn tại đã nêu tại Kết luận số 37/KL-PGDĐT ngày 20/3/2024;",
    "b) Tổng hợp kết quả, báo cáo Trưởng phòng trước 16 giờ 30 phút ngày 15/7/2024.",
    "4. Hằng tháng, chậm nhất ngày 25, các đơn vị cập nhật số liệu vào cơ sở dữ liệu ngành.",
    "Yêu cầu thủ trưởng các đơn vị nghiêm túc triển khai thực hiện; kịp thời phản ánh khó khăn, vướng mắc về Phòng để được "
    "hướng dẫn giải quyết./.",
)
RECIPIENTS = ("Nơi nhận:", "- Như trên;", "- UBND huyện (để báo cáo);", "- Lưu: VT.")
SIGNATURE = ("TRƯỞNG PHÒNG", "", "", "Lê Thị Bích Ngọc")

_LIKE_TIMES = Path("/usr/share/fonts/truetype/liberation2")
_INK = 12


def drawn_page(dpi: int = 200, *, stamp: str = "") -> Image.Image:
    """The page at this resolution, with a stamp above the head if there is one."""
    return _Sheet(dpi).filled(stamp)


def degraded(
    page: Image.Image, *, angle: float, blur: float, noise: float, quality: int, shadow: float, seed: int = 1
) -> Image.Image:
    """The page as it comes: turned by degrees, blurred, with grain, shadow from the left, specks, packed as JPEG."""
    chance = np.random.default_rng(seed)
    turned = page.rotate(angle, fillcolor=245, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(blur))
    grey: Any = np.asarray(turned, dtype=float)
    grey = grey * np.linspace(1 - shadow, 1, grey.shape[1]) * np.linspace(1, 1 - shadow / 2, grey.shape[0])[:, None]
    grey += chance.normal(0, noise, grey.shape)
    specks = chance.random(grey.shape)
    grey[specks < 0.0005], grey[specks > 0.9995] = 0, 255
    packed = BytesIO()
    Image.fromarray(grey.clip(0, 255).astype(np.uint8)).save(packed, "JPEG", quality=quality)
    return Image.open(BytesIO(packed.getvalue())).convert("L")


def as_bytes(picture: Image.Image, kind: str) -> bytes:
    """The picture as a file: "PNG", "JPEG", "TIFF", "WEBP", "PDF"."""
    packed = BytesIO()
    picture.save(packed, kind, **({"resolution": 200} if kind == "PDF" else {}))
    return packed.getvalue()


class _Sheet:
    """An A4 sheet in the measures of Nghị định 30/2020/NĐ-CP."""

    def __init__(self, dpi: int) -> None:
        self._dpi = dpi
        self._picture = Image.new("L", (self._mm(210), self._mm(297)), 255)
        self._draw = ImageDraw.Draw(self._picture)

    def filled(self, stamp: str) -> Image.Image:
        self._centred((stamp,), 60, self._mm(10), 14)
        top = self._mm(20)
        self._centred(LEFT_HEAD, 60, top, 12)
        top = self._centred(RIGHT_HEAD, 145, top, 11.5) + self._mm(8)
        top = self._centred(TITLES, 105, top, 13) + self._mm(3)
        for paragraph in BODY:
            top = self._paragraph(paragraph, top) + self._mm(2)
        top += self._mm(4)
        self._centred(SIGNATURE, 150, top, 13)
        for line in RECIPIENTS:
            self._draw.text((self._mm(30), top), line, font=self._font(11), fill=_INK)
            top += self._mm(5.2)
        return self._picture

    def _mm(self, millimetres: float) -> int:
        return round(millimetres * self._dpi / 25.4)

    def _font(self, points: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        """The measures of Times New Roman where Debian's fonts are, else what comes with matplotlib."""
        path = _LIKE_TIMES / ("LiberationSerif-Bold.ttf" if bold else "LiberationSerif-Regular.ttf")
        if not path.exists():
            name = "DejaVuSerif-Bold.ttf" if bold else "DejaVuSerif.ttf"
            path, points = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name, points * 0.8
        return ImageFont.truetype(str(path), round(points * self._dpi / 72))

    def _centred(self, lines: tuple[str, ...], middle: float, top: int, points: float) -> int:
        font = self._font(points, bold=True)
        for line in lines:
            self._draw.text((self._mm(middle), top), line, font=font, fill=_INK, anchor="ma")
            top += round(points * 1.3 * self._dpi / 72)
        return top

    def _paragraph(self, text: str, top: int) -> int:
        font, line, left = self._font(13.5), "", self._mm(40)
        for word in [*text.split(), ""]:
            wider = f"{line} {word}".strip()
            if word and self._draw.textlength(wider, font=font) < self._mm(193) - left:
                line = wider
                continue
            self._draw.text((left, top), line, font=font, fill=_INK)
            top, line, left = top + self._mm(6.5), word, self._mm(30)
        return top
