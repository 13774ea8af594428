"""Words that make a sentence a duty, and openings that make it none.

All patterns read flat text: no marks, small letters.
"""

from __future__ import annotations

import re


def alternatives(words: str) -> str:
    """A pattern for any of the comma-separated words, the longest first."""
    listed = sorted({" ".join(word.split()) for word in words.split(",")}, key=lambda word: (-len(word), word))
    return "|".join(word.replace(" ", r"\s+") for word in listed if word)


_VERBS = """
    chu tri, lanh dao, phoi hop, tham muu, to chuc, xay dung, ra soat, bao cao, bao ket qua, tiep tuc, chi dao, tang
    cuong, theo doi, can cu, chiu trach nhiem, co trach nhiem, khan truong, nghiem tuc, tap trung, trien khai, huong
    dan, kiem tra, don doc, gui, nop, lap, hoan thanh, hoan thien, hoan chinh, hoan tat, tiep thu, nghien cuu, cung
    cap, cu can bo, cu cong chuc, cu vien chuc, cu nguoi, thong bao, quan triet, tuyen truyen, de xuat, bo tri, chuan
    bi, cap nhat, xet, thong ke, tong hop, danh gia, quan tam, chu dong, phat huy, nang cao, dam bao, bao dam, duy
    tri, phat dong, dang ky, tien hanh, ho tro, tham dinh, trinh, ban hanh, phe duyet, giai quyet, xu ly, lam viec,
    lien he, tham gia, van dong, khac phuc, thu hoi, di doi, san sang, phat hien, ngan chan, nam bat, nam tinh hinh,
    nam chac, gan, thuc hien, day manh, cong khai, phan cong, phan bo, giao, giam sat, thuong xuyen, dinh ky, kip
    thoi, chu trong, coi trong, quyet liet, tich cuc, boi duong, tap huan, dao tao, kien toan, sap xep, thanh lap, ky
    ket, tiep nhan, ban giao, nhap lieu, in an, rut kinh nghiem, xac dinh, xac minh, lua chon, dieu tra, khao sat, doi
    moi, phan tich, lay y kien, tong ket, so ket, giai trinh, lam ro, chan chinh, nhac nho, xem xet, quyet dinh, cho y
    kien, gop y, tra loi, phuc dap, cham dut, dinh chi, tam dung, nghiem cam, han che, thu nop, thanh toan, quyet
    toan, giai ngan, dau tu, cai tao, sua chua, cai thien, ap dung, su dung, khai thac, quan ly, bao ve, phong ngua,
    chap hanh, tuan thu, thuc thi, khuyen khich, huy dong, tao dieu kien, gop phan, nhan rong, ton vinh, khen thuong,
    xu phat, cong bo, niem yet, luu tru, sao gui, pho bien, phat hanh, dang tai, dua tin, tuyen duong, hop, co van
    ban, co ke hoach, co giai phap, co bien phap, co phuong an, co y kien, co hinh thuc, phai, can, khong de, khong
    duoc, thi hanh, doi chieu, soan thao, khoi cong, nghiem thu, truy cap, xac nhan, bo sung, dieu chinh, thu thap, de
    cu, xet chon, lam tot, vao cuoc, ra quan, dieu hanh, uu tien, kiem soat, tinh gian, so hoa, chuyen doi, ung dung,
    thao go, cham lo, thu hut, phan dau, ke khai, ra quyet dinh, tra cuu, nhan dien, kich hoat, dang nhap, dien thong
    tin, quan tri, cai dat, truc ban, bao tri, chi tra, lap danh sach, danh thoi gian, thanh tra, cung co, da dang
    hoa, giu vung, thong nhat, ket noi, ky, lap ke hoach, trang bi, giu gin, tao moi truong, nhan xet, mo chuyen, mo
    rong, tang thoi luong, phan loai, quy dinh, bo nhiem, tuyen chon, cham soc, cuong che
"""

VERB_AT = re.compile(rf"(?:{alternatives(_VERBS)})\b(?<!giao(?= thong))")
"""A verb of work, or an adverb that leads one, at this place."""

REQUEST = re.compile(
    r"\b(?P<verb>phan cong(?= (?:dong chi|d/c|ong|ba) )|tran trong de nghi|kinh de nghi|de nghi|yeu cau"
    r"|chi thi|giao nhiem vu cho|giao trach nhiem cho|giao cho|giao)"
    r"(?P<colon>\s*:)?\s+(?=\S)"
)
_NOUN_BEFORE = """
    trong do, da, duoc, bi, theo, tai, ve viec, ve, cac, nhung, nhieu, su, cua, dap ung, noi dung, y kien, to trinh, van
    ban, cong van, voi, co, dam bao, don, loi, phieu, so, mot so, ban, ho so, neu, tung, phu hop, giai quyet, xem xet,
    nguoi, cho phep, chi tieu, khong, nhiem vu, chuyen, trach nhiem, kien nghi, phan cap, tham quyen, chinh thuc, bien
    ban, giai dap, thong bao, cong dien, ke hoach, viec, dung, truoc, tiep thu, tong hop, thuc hien, danh gia, ket qua,
    muc dich, quan diem, dieu kien, nhu cau
"""

NOT_A_REQUEST_BEFORE = re.compile(rf"(?:\b(?:{alternatives(_NOUN_BEFORE)})|/[a-z&]+-[\w&.-]*)\s+$")
"""What stands before "yêu cầu", "đề nghị", "giao" where they are nouns, are past, or are another document's words."""

_GENERICS = """
    thuc hien, trien khai, tap trung, to chuc, chi dao, lam tot, quan tam, chu y, phoi hop, tiep tuc, nghiem tuc, khan
    truong, chu dong, quan triet, luu y, tot, nghiem, ngay, va, cac, mot so, nhung, nhiem vu, noi dung, cong viec, viec,
    giai phap, bien phap, yeu cau, van de, mat, cong tac, trong tam, cu the, chu yeu, cap bach, truoc mat, sau day, nhu
    sau, sau, duoi day, dong bo, quyet liet, co hieu qua, hieu qua, them, nhu, chinh, voi, la, duoc giao, lam, can, phai
"""

_GENERIC = alternatives(_GENERICS)
_LIST_END = re.compile(
    r"\b(?:thuc hien|trien khai|tap trung|to chuc|lam tot|quan tam|chi dao|luu y|lam|thuc hien tot)\W+"
    rf"(?:(?:{_GENERIC})\b\W*)+$"
)
_LIST_BARE = re.compile(
    r"\b(?:yeu cau|de nghi|chi thi|giao|nhiem vu|cu the|thuc hien|trien khai)\W*(?:nhu sau|sau)?\W*$"
)
_CONCLUDES = re.compile(
    r"\b(?:ket luan|chi dao|yeu cau|de nghi|chi thi|giao nhiem vu|y kien|quyet nghi|phan cong"
    r"|(?<!tuyen )(?<!ton )(?<!mau )(?<!thay )(?<!co )giao(?! (?:vien|duc|trinh|an|khoa|su|xu|dan|thong|dich|tiep|luu"
    r"|ban)))\b[^.;]{0,90}$"
)
_AGREED = re.compile(r"\b(?:da|hai ben) [^,;]{0,20}thong nhat")
ANNOUNCES = re.compile(r":\W*$|\b(?:nhu\W{0,3}sau|cu the sau|sau day|noi dung sau|nhiem vu sau|cong viec sau)\W*$")
"""The end of a sentence after which a list comes."""


def lists_duties(flat_end: str) -> bool:
    """Whether the words after a request only announce: "tập trung thực hiện một số nội dung sau:"."""
    tail = flat_end.strip(" :.,;-")
    return not tail or _LIST_END.search(tail) is not None or _LIST_BARE.fullmatch(tail) is not None


def concludes(flat_sentence: str) -> bool:
    """Whether a sentence announces a decision: "kết luận và chỉ đạo như sau:". What was agreed already is none."""
    return _CONCLUDES.search(flat_sentence) is not None and _AGREED.search(flat_sentence) is None


_DESCRIPTIVE = """
    trong thoi gian qua, thoi gian qua, trong nhung nam, tuy nhien, nhin chung, hien nay, hien tai, den nay, ghi nhan,
    danh gia cao, bieu duong, co ban nhat tri, co ban thong nhat, co ban cac, thong nhat, dong y, nhat tri, chap thuan,
    cho phep,
    khong dong y, ve co ban, ve nguyen tac, sau khi nghe, sang ngay, chieu ngay, vao ngay, tham du, du hop, du hoi nghi,
    cung du, tai hoi nghi, tai cuoc hop, tai buoi, hoi nghi co, hoi nghi da, qua ket qua, qua bao cao, qua kiem tra, qua
    theo doi, toan huyen, toan tinh, toan thanh pho, ben canh nhung ket qua, ve uu diem, nguyen nhan, uu diem, khuyet
    diem, duoc su dong y, duoc su quan tam, day la, dia diem, thanh phan, thoi gian to chuc, kinh phi, tong diem, muc
    dich, so luong, ghi chu, chu thich, tong so, nhu vay, vi vay, do do, do vay, trong khi do, ket qua dat duoc, ve ket
    qua, cac dai bieu, mang luoi quy mo, doan cong tac, bao gom, tinh den, viec danh gia, ket qua danh gia, ngoai ra
    tren dia ban
"""

_RECITED = """
    luat, nghi quyet so, nghi dinh, quyet dinh, ke hoach so, ke hoach cong tac, cong van, thong tu, thong bao, chi thi
    so, huong dan, van ban, y kien, to trinh, de nghi, chuong trinh so, cong dien, ket luan so, noi dung cong van
"""

DESCRIBES = re.compile(
    rf"^\W*(?:(?:{alternatives(_DESCRIPTIVE)})\b|ngay \d|qua \d"
    r"|(?:ban thuong vu|thuong truc|chu tich|dong chi|hoi nghi|lanh dao)[^.;,]{0,60}?\b(?:thong nhat|nhat tri|dong y"
    r"|ghi nhan|bieu duong)\b"
    r"|(?:hinh thuc|thoi gian|doi tuong|pham vi|muc (?:chi|ho tro|thuong)|che do|quy mo|noi dung|phuong tien)\W*:"
    r"|(?:noi dung|thoi gian|doi tuong|pham vi|dia diem|thanh phan|hinh thuc|phuong thuc|muc dich)(?: \w+){1,4}\W*:"
    r"\W*(?:viec|tinh hinh|ket qua|cac|nhung|tu ngay|ngay|tai|gom)\b"
    r"|hoi (?:nghi|thi|thao)\b[^.;:]{0,60}:\s*(?:to chuc|du kien|tu ngay|ngay)\b"
    r"|viec [^.;]{5,120}? la [^.;]{3,60}, can\b"
    rf"|(?:uy ban nhan dan|ubnd)(?: \w+){{1,3}} (?:nhan duoc|ghi nhan|da )"
    r"|(?:cong van|van ban|thong bao|ke hoach|chi thi) so\b[^;]{0,200}?\b(?:tuy nhien|den nay)\b"
    rf"|(?:can cu|thuc hien|theo|xet|tiep theo|trien khai) (?:{alternatives(_RECITED)})\b)"
)
"""Openings of sentences that tell, find, thank or recite: no duty unless a request follows in them."""

_CLOSING = """
    nay thong bao, tren day la, thua lenh, tran trong cam on, tran trong, moi chi tiet, moi kho khan, moi vuong mac, moi
    thong tin, trong qua trinh thuc hien, trong qua trinh trien khai, trong qua trinh to chuc, neu co kho khan, neu co
    vuong mac, nhan duoc cong van, nhan duoc thong bao, nhan duoc van ban, nhan duoc cong dien, rat mong, mong nhan duoc
"""

CLOSES = re.compile(
    rf"^\W*(?:{alternatives(_CLOSING)})\b"
    r"|^\W*[^.;]{3,90}\bthong bao (?:de|den|y kien|ket luan|cho)\b[^.;]{0,200}\b(?:biet|thuc hien)\W*"
)
"""Closing formulas: duties only when they bring a day or a report with them."""

_COMPLIANT = """
    nghiem tuc, nghiem, trien khai, thuc hien, to chuc, phoi hop, khan truong, tot, dung, day du, cac, nhung, noi dung,
    nhiem vu, tren, nay, neu tren, noi tren, ke hoach, thong bao, cong van, chi thi, ket luan, y kien, chi dao, yeu cau,
    biet, va, de, theo, quy dinh, cua, tai, dam bao, bao dam, hieu qua, chat luong, kip thoi, co, lien quan, can cu,
    chuc nang, duoc giao, quan tam, tinh than, voi, dong bo
"""

_COMPLIANCE = re.compile(rf"\b(?:{alternatives(_COMPLIANT)})\b")


def only_compliance(flat: str) -> bool:
    """Whether words ask for nothing but to do what was said: "nghiêm túc triển khai thực hiện các nội dung trên"."""
    return "thuc hien" in flat and len(re.findall(r"[a-z]{2,}", _COMPLIANCE.sub(" ", flat))) <= 3


_SENT = (
    "bao cao|van ban|ho so|ket qua|danh sach|y kien|so lieu|de xuat|bieu mau|bieu|file|tai lieu|noi dung|phieu|to trinh"
)
SUBMISSION = re.compile(
    rf"\b(?:{_SENT}|ke hoach|dang ky)\b[^.;]{{0,200}}?\b(?:gui|nop|chuyen)\b|\b(?:gui|nop)\b[^.;]{{0,80}}\b(?:ve|den"
    rf"|cho)\b"
    r"|\bbao cao\b[^.;]{0,120}\bve\b|\bket qua\b[^.;]{0,60}\bbao cao\b"
)
"""Sending something somewhere."""

SUBMISSION_SUBJECT = re.compile(rf"^\W*(?:{_SENT})\b[^.;]{{0,240}}?\b(?:xin |duoc |de nghi )?(?:gui|nop)\b")
"""A sentence about where and when to send what another sentence asks for: "Báo cáo gửi về … trước ngày …"."""

MUST = re.compile(
    r"\bphai\b|\bcan (?:phai )?(?=\w)|\bco trach nhiem\b|\bchiu trach nhiem\b|\bnghiem cam\b|\bxong truoc\b"
    r"|\bhan (?:chot|cuoi)\b"
    r"|\bhoan thanh\b"
)
