"""What an item of a list of duties opens with: a verb of work, or the noun of something that is only told.

All patterns read flat text: no marks, small letters. They hold for openings only: further in a sentence many of these
words are parts of names ("đơn vị thi công", "cấp xã").
"""

from __future__ import annotations

import re

from dondoc.directives.duty_words import VERB_AT, alternatives
from dondoc.directives.more_verbs import further_verb_at, further_verb_behind

_VERBS = """
    bai bo, bam sat, ban giao, ban hanh, bao dong, bao duong, bao hanh, bao ho, bao mat, bao quan, bao ton, bao
    tri, bao tro, bat dau, bau bo sung, bau cu, bau truong, bien phap hoa, bien soan, bien tap, biet phai, bo
    khuyet, boi thuong, cach ly, cam bien, cam co, cam moc, can doi, canh bao, canh gac, cap doi, cap giay, cap
    kinh phi, cap phat, cap phep, cap so, cat bo, cat giam, cat to, cham bon, cham diem, cham thi, chia se, chinh
    trang, chiu su, chon, chong tham nhung, chong that thoat, chot, chu y, chuan hoa, chuan y, chuc mung, chung
    thuc, chup anh, chuyen, chuyen giao, chuyen trang, co gang, coi thi, cong nhan, cu dai bieu, cu dai dien, cu
    doan, cu giao vien, cu hoc sinh, cu lanh dao, cu luc luong, cu thanh vien, cu the hoa, cung cap, cung ung, dac
    biet chu y, dac biet quan tam, dam nhan, dam nhiem, dam trach, dan dung, dang bai, dang cong khai, dang phat,
    dang tin, dap ung, dat hang, dat muc, dau gia, dau noi, dau thau, dau tranh, day nhanh, de cao, de ra, dien
    tap, dieu chuyen, dieu dong, dieu phoi, dieu tiet, dieu tri, dinh gia, dinh huong, do dac, doc va, doi thoai,
    don dep, don gian hoa, don tiep, don ve sinh, dong bo du lieu, dong bo hoa, dong cua, dong gop, dong phi, dong
    vien, du bao, du tru, dua, dua don, dung hoat dong, dung ngay, ghi chep, ghi hinh, ghi nhat ky, gia co, gia
    han, giai phong mat bang, giai tan, giai thich, giai toa, giam chi, giam dinh, giam ngheo, giam nhe, giam so,
    giam tai, giam thieu, giam ty le, giang day, giao luu, gieo, gin giu, gioi thieu, giu, giup do, gop phan, gop
    von, guong mau, hach toan, hiep thuong, hoa giai, hoach dinh, hoan to chuc, hoan tra, hoan ung, hoc hoi, hoc
    tap, hop nhat, hop tac, hop thuc hoa, huan luyen, hung ung, huy bo, huy ket qua, ke thua, keo dai, ket nap,
    keu goi, khai bao, khai thac, khai thong, khai thue, kham, khang dinh, khep kin, khich le, khoa so, khoanh
    nuoi, khoanh vung, khoi dong, khoi phuc, khoi thong, khoi to, khong bo tri, khong cho, khong chu quan, khong
    giao, khong ky, khong mua, khong nhan, khong su dung, khong thanh toan, khong thuc hien, khong tiep, khong to
    chuc, khu khuan, khu trung, khuyen cao, kiem chung, kiem dem, kiem diem, kiem dinh, kiem ke, kiem nghiem, kien
    quyet, kien tri, ky cam ket, ky luat, lam, lam moi, lam sach, lap ban, lap dat, lap doan, lap dong, lap ho so,
    lap lai, lap to, lay mau, lay phieu, lay y kien, lien ket, lien thong, linh hoat, loai bo, loai tru, loc danh
    sach, luan chuyen, luu giu, luu ho so, luu thong, luu y, mien nhiem, mo, mo lop, moi cac, moi dai bieu, moi
    lanh dao, mua bao hiem, mua sam, mua tai lieu, nang cap, nang muc, nang ty le, nao vet, neo dau, neu cao, neu
    guong, ngan ngua, nghien ngam, ngung, nhac nho, nhac viec, nhan ban, nhan dan cu, nhan don, nhan ho so, nhan
    luc, nhan manh, nhap diem, nhap du lieu, nhap hoc, nhap kho, nhap so lieu, nhap thong tin, niem phong, niem
    yet, no luc, noi long, noi mang, on luyen, on tap, phan anh, phan bien, phan cap, phan chia, phan dau, phan
    hoi, phan khai, phan luong, phan nhom, phan quyen, phan tach, phat hoa, phat quang, phat song, phat tai lieu,
    phat thanh, phat to roi, phat trien, phe binh, pho cap, phong chong, phong toa, phu song, phu xanh, phuc hoi,
    phuc vu, phun, quang ba, quay phim, quet, quet don, quyet tam, ra mat, ra thong bao, ra van ban, rao don, ren
    luyen, rut, rut ngan, san lap, sang loc, sang tao, sap nhap, sinh hoat, so sanh, so tan, so tuyen, soan, soat
    xet, son sua, sua doi, sua lai, sua sang, suu tam, tai dan, tai len, tai ung dung, tam hoan, tam ngung, tang
    cuoc, tang cuong, tang dien tich, tang qua, tang so, tang thu, tang toc, tang ty le, tham du day du, tham hoi,
    tham khao, tham nam, tham quan, than trong, thay doi, thay moi, thay the, thi cong, thi diem, thi tuyen, thiet
    ke, thiet lap, thong qua, thong tin cho, thong tin den, thong tin kip thoi, thong tin rong rai, thong tin ve,
    thu du, thu gom, thu hoach, thu ly, thu ngan sach, thu nghiem, thu phi, thu thap, thu thue, thu tuc hoa, thu
    xep, thue don vi, thuong thao, thuyet phuc, tich hop, tich thu, tiem phong, tiem vac xin, tiep can, tiep cong
    dan, tiep dan, tiep don, tiep xuc, tieu doc, tieu huy, tim hieu, tim kiem, tinh giam, tinh toan, toi uu, tong
    ve sinh, tra, tra ket qua, tra loi, tra luong, tra no, tra soat, tran ap, trang tri, tranh de, tranh tinh
    trang, trao doi, trao qua, trao tang, trao thuong, treo, trich, trien lam, trieu tap, trinh dien, trong cay,
    trong dam, trong moi, trong rung, trong va cham soc, truc ban, truc chien, truc lanh dao, trung bay, trung tu,
    truy quet, truy vet, truyen dat, truyen tai, truyen thong, tu bo, tu choi, tu dong hoa, tu duong, tu giac, tu
    kiem tra, tu sua, tu van, tuan tra, tuyen dung, tuyen sinh, tuyet doi, ung cuu, ung ho, ung pho, ung truc, uy
    quyen, van chuyen, van hanh, vay, ve sinh, viet bai, viet bao cao, viet tin, xa lu, xac lap, xay cat, xay lap,
    xay moi, xep hang, xep lich, xep loai, xet nang, xet nghiem, xet tang, xet tuyen, xin chu truong, xin y kien,
    xoa, xoa bo, xu phat, xuat ban, xuat cap, xuat kinh phi, xuc tien
"""

_EXTRA_AT = re.compile(rf"(?:{alternatives(_VERBS)})\b(?!\s*:| (?:nghiep|hinh|uy)\b)")

_NOUNS = """
    ba, ban, bao cao nay, bao gom, bieu, buoi, ca nhan, cac, cach, che do, chi thi nay, chi tieu, chieu, chuong,
    chuong trinh, co che, co quan, co so, cong chung, cong tac, cong trinh, cuoc hop, cuoc thi, da, dac diem,
    dang, day la, de an, den nay, den ngay, dia chi, dia diem, dien thoai, dieu kien, do, doi tuong, don vi, dong
    chi, du an, duoc, email, ghi chu, giai, giai thuong, gom, hang, he thong, hien nay, hinh thuc, ho dan, ho so,
    hoat dong, hoc sinh, hoi nghi, hoi thi, ke hoach, ket qua, khi, kinh phi, la, le, lich, luc, luu y, mau, moi,
    moi nguoi, moi truong hop, mot so, muc, muc dich, muc tieu, nam, neu, ngay, nguoi, nguon, nguyen tac, nhan
    dan, nhiem vu cua, nhung, noi dung, ong, pham vi, phan, phien hop, phu luc, phuong phap, phuong thuc, qua,
    quy, quy mo, quyen, quyet dinh nay, sang, sau khi, so lieu, so luong, tai, ten, tham quyen, thang, thanh phan,
    the loai, theo, thi, thi sinh, thoi gian, thong bao nay, tieu chi, tieu chuan, tinh hinh, to chuc nao, toan
    bo, toan the, tong, tong kinh phi, tong so, trach nhiem, tren, tren co so, trinh tu, trong, truoc khi, truong
    hop, tu nam, tu ngay, tu thang, tuan, tuy, ty le, van ban, vi, viec, yeu cau doi voi
"""

_BEHIND = re.compile(
    r"(?:đẩy nhanh|đảm nhận|đảm nhiệm|đảm trách|bám sát|kêu gọi|kiểm đếm|nâng cấp|thiết lập|rút ngắn|cắt giảm|gia hạn"
    r"|phân khai|điều động|luân chuyển|sơ tán|khơi thông|nạo vét|thay thế|sửa đổi|trích|đưa|lấy|treo|(?<!sắp )xếp"
    r"|dọn dẹp|tổng vệ sinh|đóng góp|đề cao|đăng tải|đăng tin|hưởng ứng|hoàn trả|khai báo|nhập dữ liệu|chia sẻ|tích hợp"
    r"|chú ý|lưu ý|cam kết|mua sắm|mời|mở(?= (?:rộng|\d|lớp|các lớp|đợt|chuyên mục|sổ))|phản ánh|phản hồi"
    r"|kiến nghị|phục hồi|giới thiệu|giải thích|giúp đỡ"
    r"|thông tin (?:đầy đủ|kịp thời|chính xác|rộng rãi|về|cho|đến)"
    r"|(?<![Tt]rợ )giúp(?! việc)|tư vấn cho|trao đổi|tặng|thăm|phun|truy vết|cách ly|chuyển(?! đổi| giao)|thu gom"
    r"|chịu|tránh|nghiêm túc|nỗ lực|quyết tâm|kiên quyết)\b"
)
"""Verbs behind the name of a unit that without their marks would be found in names: "viễn thông bảo đảm"."""

_MARKED = {"thong bao": "thông báo", "ban hanh": "ban hành", "dang ky": "đăng ký"}
"""Verbs that fold like the seam of two other words: for these the marks decide."""

TELLS_AT = re.compile(rf"(?:{alternatives(_NOUNS)})\b|\d")
"""Openings that tell of something: an item beginning so is taken for a duty only for other reasons."""


def verb_behind_unit(text: str, flat: str, position: int) -> bool:
    """Whether a verb of work in small letters stands at this place, behind the name of a unit."""
    match = VERB_AT.match(flat, position)
    if match is not None and text[position : match.end()].islower():
        return _MARKED.get(match.group(), text[position : match.end()]) == text[position : match.end()]
    return _BEHIND.match(text, position) is not None or further_verb_behind(text, position)


def opens_with_verb(flat: str, position: int) -> bool:
    """Whether a verb of work stands at this place, which is the beginning of a sentence or clause."""
    if VERB_AT.match(flat, position) or _EXTRA_AT.match(flat, position):
        return True
    return further_verb_at(flat, position)
