"""A word as people type it in chats, turned into the word they meant: teencode, regional words, broken keys, slips.

Works on one word at a time and never guesses towards "done": what it cannot read stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dondoc.vietnamese.phrases import word_set
from dondoc.vietnamese.text import nfc
from dondoc.vietnamese.typing_slips import compose, is_syllable

_SHORTHAND_ROWS = """
em: e iem
chị: c cj chj
anh chị: ac
bạn: bn
tôi: tui toy
mọi người: mn mng
người: ng ngừi
trường: trg trườg
rồi: r rui rùi roài ròi gòi òi dồi dòi rầu ròy roy rồ zồi zòi zoi
được: dc đc đk dk đx đuợc đươc dcj đcj đượk
chưa: ch chx chửa chư
không: k ko kg kh khg khôg kô kông kog hem hok hk hông hổng hong hôg khum khom khôm nỏ
không biết: kbt kbiet
cũng: cg cx cũg
làm: lm lmf mần
làm gì: lmj lamj lmgi
gì: j gj giề jz
vậy: z v zậy zay vầy dzậy rứa zị
với: vs
biết: bít bik pít bit
hiểu: hỉu hiu
hôm: hum bữa bựa bửa bua
hôm nay: hnay hn homnay
hôm qua: hqua homqua
bây giờ: bh bgio bjo bgiờ bg chừ
giờ: h
trước: trc trk trướk
nói: ns
nhưng: nhg nhưg nhug nhma nhmà nma
số điện thoại: sdt sđt
phần mềm: pm
cảm ơn: tks thanks thank tk ths camon
ok: oki oke okie okê okey okay okela oka uki uk uh ừ ừm ờ ukm okla um uhm ừa ừk
vâng: vg vag vâg dzâng zâng vơng
xong: xog xg xng xoq xonh xôg shong done
luôn: lun
quá: wá wa qá
quên: wên wen
vào: zô dô vô zào
về: zề dề dìa zìa
nhiều: nhìu nhiu
mấy: mí
thôi: thui thoy thuj hoy
xin lỗi: sr sorry sory sori
ạ: ak ạk ah ạh aj áh
nhé: nhoa nhá nhe nhen nghen hen hén nhê nek nè né
đang: đag dag đg dg
gửi: gửj gởi gưi gữi
nộp: nạp submit
sáng: ság
chiều: chìu
này: ni nài nầy
kia: tê
đó: nớ đóa
đâu: mô
chứ: chớ
mà: mờ mừ
mai: mơi
cố gắng: ráng
giúp: giùm dùm gium dum
nhầm: lộn
báo cáo: bc
văn bản: vb
văn phòng: vp
nhiệm vụ: nvu
kế hoạch: khoach
giáo viên: gv
học sinh: hs
danh sách: ds
phút: pt
cập nhật: update
tải lên: upload up upl
chuyên môn: cm
bên: bển
mới: ms
thứ hai: t2
thứ ba: t3
thứ tư: t4
thứ năm: t5
thứ sáu: t6
thứ bảy: t7
chủ nhật: cn
"""
"""One meaning a line with the ways people write it, slips of the pen included."""

_ABBREVIATIONS = {
    "BC": "báo cáo", "KH": "kế hoạch", "VP": "văn phòng", "VB": "văn bản", "NV": "nhiệm vụ", "CV": "công văn",
    "BGH": "ban giám hiệu", "MN": "mầm non", "MG": "mẫu giáo", "PHT": "phó hiệu trưởng", "HP": "hiệu phó", "GV": "giáo viên",
    "HS": "học sinh", "TTr": "tờ trình", "TB": "thông báo", "QĐ": "quyết định", "CT": "chủ tịch", "PCT": "phó chủ tịch",
    "SGD": "sở giáo dục", "PGD": "phòng giáo dục", "GĐ": "giám đốc", "BCH": "ban chỉ huy", "BCĐ": "ban chỉ đạo",
    "VT": "văn thư", "KT": "kế toán", "LĐ": "lãnh đạo", "CB": "cán bộ", "CSVC": "cơ sở vật chất", "KK": "khó khăn",
    "PM": "phần mềm", "BGD": "bộ giáo dục", "DS": "danh sách", "BB": "biên bản", "KQ": "kết quả",
}  # fmt: skip

_FOREIGN = word_set(
    """
    file mail gmail email link excel word zalo form scan drive web app ioffice sms pdf doc docx xls xlsx usb
    otp online offline deadline server internet wifi admin bot hello hi like group check fix test yes no zip
    rar fax sim phone print video clip facebook fb messenger viber google sheet slide data code hot full
    share send ready office win csdl vneid vnedu smas edu gov com vn html portal
    """
)
_ROMAN = frozenset({"II", "III", "IV", "VI", "VII", "VIII", "IX"})
_LONG_RUN = re.compile(r"(\w)\1{2,}")
_DOUBLED_END = re.compile(r"(\w)\1+$")
_SLIPS = {
    "xnog": "xong", "xogn": "xong", "dnag": "đang", "ddnag": "đang", "nopl": "nộp", "chuaw": "chưa", "chuă": "chưa",
    "caos": "cáo", "cáp": "cáo", "baó": "báo", "rôi": "rồi", "nôp": "nộp", "gủi": "gửi", "gừi": "gửi", "guỉ": "gửi",
}  # fmt: skip


_SHORTHAND = {
    nfc(way): meaning
    for row in _SHORTHAND_ROWS.strip().splitlines()
    for meaning, ways in [row.split(": ", 1)]
    for way in ways.split()
}


@lru_cache(maxsize=32_768)
def repair(word: str) -> str:
    """The word meant (sometimes several words), lower case, NFC. ``word`` is one word of a message, NFC."""
    if word in _ABBREVIATIONS:
        return _ABBREVIATIONS[word]
    if word in _ROMAN:
        return word.lower()
    lower = nfc(word.lower())
    if lower in _SHORTHAND:
        return _SHORTHAND[lower]
    if lower in _SLIPS:
        return _SLIPS[lower]
    if lower in _FOREIGN or len(lower) > 12:
        return lower
    squeezed = _LONG_RUN.sub(r"\1", lower)
    if squeezed in _SHORTHAND:
        return _SHORTHAND[squeezed]
    if is_syllable(squeezed):
        return squeezed
    if (made := compose(squeezed)) is not None:
        return _SHORTHAND.get(made, made)
    single = _DOUBLED_END.sub(r"\1", squeezed)
    return _SHORTHAND.get(single, single) if single in _SHORTHAND or is_syllable(single) else squeezed
