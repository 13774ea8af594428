"""What a heading's words promise: duties below it, or none."""

from __future__ import annotations

import re

_NONE = re.compile(
    r"^\W*(?:\(?\w{1,3}\)?\s*)?(?:(?:ve )?muc dich|muc tieu|yeu cau(?: chung| doi voi.*)?\W*$|yeu cau danh gia"
    r"|quan diem|can cu|danh gia"
    r"|(?:ve )?(?:cac |nhung |mot so )?(?:ket qua|tinh hinh|ton tai|han che|uu diem|khuyet diem|nguyen nhan"
    r"|thuan loi|kho khan|kien nghi(?!,? (?:bien phap )?xu ly))"
    r"|doi tuong|pham vi|kinh phi|thanh phan|thoi gian|dia diem|chi tieu|ho so|dieu kien|le phi|tieu chi|phan loai"
    r"|tham quyen|trinh tu"
    r"|phuong thuc|khai niem|giai thich|nguyen tac|hinh thuc|phuong phap|thoi han|chuyen nganh|khen thuong|bieu mau"
    r"|huong dan"
    r"|noi dung (?:bao cao|danh gia|kiem tra|thi|hoi nghi|cuoc hop|thong bao|hop)|ve (?:chuc nang)|thong bao ket qua"
    r"|dac diem|thuc trang"
    r"|phuong huong, nhiem vu va giai phap thuc hien cong tac|uu,? khuyet)"
)
_DUTY = re.compile(
    r"\b(?:nhiem vu|giai phap|to chuc thuc hien|phan cong|trach nhiem|noi dung thuc hien|cong viec|bien phap"
    r"|trien khai|cong tac trong tam"
    r"|che do (?:thong tin,? )?bao cao|phuong huong|tien do thuc hien|viec can lam|thoi gian toi|thoi gian den"
    r"|y kien chi dao|ket luan|(?:kien nghi|bien phap|kien nghi bien phap),? xu ly)\b"
    r"|^\W*(?:cac )?(?:noi dung|nhiem vu|cong viec)(?: (?:cu the|trien khai|chinh|chu yeu|can thuc hien|cong viec))*\W*$"
    r"|^\W*mot so noi dung"
)


def promises_none(flat_title: str) -> bool:
    """Whether the title heads findings, aims, conditions or other matter without duties."""
    return _NONE.match(flat_title) is not None


def promises_duties(flat_title: str) -> bool:
    """Whether the title heads duties."""
    return not promises_none(flat_title) and _DUTY.search(flat_title) is not None
