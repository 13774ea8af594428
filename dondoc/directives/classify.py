"""What kind of follow-up a duty is proposed for, and how sure its reading is."""

from __future__ import annotations

import re

from dondoc.directives.drafts import TaskClass
from dondoc.directives.layout import flatten

_STANDING = re.compile(
    r"^\W*(?:tang cuong|tiep tuc|nang cao|chu trong|quan tam|phat huy|day manh|thuc hien (?:tot|nghiem|hieu qua"
    r"|co hieu qua|day du|dung)"
    r"|quan triet|duy tri|bao dam|dam bao|thuong xuyen|phoi hop|chu dong|nghiem tuc|tich cuc|doi moi|tap trung"
    r"|tham gia|theo doi"
    r"|nam bat|nam tinh hinh|phong ngua|khuyen khich|gan|cai thien|tuyen truyen|huong dan|chi dao|giu vung"
    r"|tao dieu kien|bo tri|cung co)\b"
)
_PAPERS = (
    r"(?:ke hoach|bao cao|de an|du thao|van ban|danh sach|danh muc|to trinh|quy che|quyet dinh|nghi quyet|phuong an|de cuong"
    r"|ho so|bien ban|chuong trinh|huong dan|so lieu|bieu mau|nhu cau|tai lieu|quy hoach|du toan|phong su|chuyen muc"
    r"|thong ke)"
)
_PRODUCT = re.compile(
    r"\b(?:xay dung|lap|ban hanh|trinh|hoan thien|hoan chinh|soan thao|gui|nop|hoan thanh|phe duyet|de xuat|tham muu|du thao"
    r"|dang ky|cung cap|thong ke|tong hop(?= (?:nhu cau|so lieu|danh sach|bao cao)))"
    rf"\b(?:(?!\b(?:(?<!va )trien khai|(?<!va )thuc hien|theo|cho)\b)[^.;]){{0,50}}\b{_PAPERS}\b"
    rf"|\bco {_PAPERS}\b|\bbao cao ket qua\b"
    r"|^\W*(?:bao cao|bao ket qua|gui|nop|lap danh sach|thong ke)\b"
)


_BLUR = re.compile(
    r"[#£¬†‡§¡¿¢¥€¶©®±{}~^\\]|[^\W\d_]\d/|/\d?[^\W\d_]\d?/|\d[ịÍÌÏÔÖÂÁÉÊ]|\b\d{1,2}/\s?\d\s\d\s?/|\s['`´¨]\s|\bngày[^\s\W]+\d"
)


def propose_class(content: str, *, dated: bool, soft: bool) -> TaskClass:
    """Có thời hạn, có sản phẩm or thường xuyên: a product is only seen where a paper is to be made."""
    if dated:
        return "dated"
    flat = flatten(content[:200])
    if soft or (_PRODUCT.search(flat) and not _STANDING.match(flat)):
        return "product"
    return "standing"


def is_blurred(quote: str) -> bool:
    """Whether the words show what scans do to text: signs that no text has, letters within dates, stray single signs."""
    return _BLUR.search(quote) is not None


def confidence(*, how: str, source: str, dated: bool, damaged: bool, blurred: bool = False) -> float:
    """0–1: more when the text orders expressly, names the unit and gives a day; less in a damaged scan."""
    score = {"request": 0.7, "submission": 0.65, "imperative": 0.6, "must": 0.5, "table": 0.75}.get(how, 0.4)
    score += {"own": 0.15, "label": 0.15, "heading": 0.15, "default": 0.05, "addressee": 0.05}.get(source, -0.1)
    score += 0.1 if dated else 0.0
    score -= 0.15 if damaged else 0.0
    score -= 0.1 if blurred else 0.0
    return round(min(0.95, max(0.1, score)), 2)
