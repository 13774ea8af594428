"""Made-up offices: who writes, to whom, and which units they give work to."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_SURNAMES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Lương",
    "Mai",
    "Trịnh",
    "Tạ",
    "Cao",
    "Kiều",
]
_MIDDLE = [
    "Văn",
    "Thị",
    "Đức",
    "Minh",
    "Thanh",
    "Hữu",
    "Quốc",
    "Ngọc",
    "Xuân",
    "Thị",
    "Thu",
    "Hồng",
    "Công",
    "Đình",
    "Bá",
    "Khắc",
    "Kim",
    "Mỹ",
]
_GIVEN = [
    "An",
    "Bảo",
    "Châu",
    "Dũng",
    "Giang",
    "Hạnh",
    "Hòa",
    "Khánh",
    "Lâm",
    "Linh",
    "Nam",
    "Nga",
    "Phúc",
    "Quyên",
    "Sơn",
    "Thảo",
    "Toàn",
    "Trung",
    "Uyên",
    "Vinh",
    "Yến",
]
_PROVINCES = ["Thuận Hải", "Đông Khê", "Lạc Sơn", "Hà Châu", "Tây Đồng", "Bắc Lĩnh", "An Giao", "Nam Hà"]
_COMMUNES = [
    "Phú Lâm",
    "Vĩnh Hòa",
    "Ea Rốc",
    "Mường Lạn",
    "Tân Thạnh Đông",
    "Yên Phụ",
    "Cẩm Trung",
    "Đắk Sin",
    "Thạch Bàn",
    "Long Điền",
    "Sơn Cẩm",
]
_PEOPLE_OF_SCHOOLS = [
    "Chu Văn An",
    "Võ Thị Sáu",
    "Kim Đồng",
    "Hoa Hồng",
    "Trần Phú",
    "Lương Thế Vinh",
    "Ánh Dương",
    "Nguyễn Trãi",
]
_FIELDS = [
    "Y tế",
    "Nội vụ",
    "Tài chính",
    "Xây dựng",
    "Công Thương",
    "Tư pháp",
    "Nông nghiệp và Môi trường",
    "Khoa học và Công nghệ",
    "Giáo dục và Đào tạo",
    "Văn hóa, Thể thao và Du lịch",
]

_DEPUTY = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


@dataclass(frozen=True, slots=True)
class Office:
    """One issuing office. ``capitals`` are the lines of the head's left column, ``short`` is how it calls itself.

    ``units`` are those it gives work to, in the words of its papers; ``via`` those that gather reports for it.
    """

    capitals: tuple[str, ...]
    name: str
    short: str
    leader: str
    code: str
    place: str
    territory: str
    titles: tuple[str, ...]
    units: tuple[str, ...]
    via: tuple[str, ...]
    above: tuple[str, ...]
    party: bool = False


def person(rng: Random) -> str:
    return f"{rng.choice(_SURNAMES)} {rng.choice(_MIDDLE)} {rng.choice(_GIVEN)}"


def office(rng: Random) -> Office:
    """Any office."""
    return rng.choice((_province, _province, _commune, _commune, _commune, _department, _department, _district, _party,
                       _party, _division, _school))(rng)  # fmt: skip


def _province(rng: Random) -> Office:
    place, communes = rng.choice(_PROVINCES), rng.sample(_COMMUNES, 3)
    city = rng.random() < 0.25
    kind, word = ("thành phố", "THÀNH PHỐ") if city else ("tỉnh", "TỈNH")
    fields = rng.sample(_FIELDS, 6)
    units = (
        *(f"Sở {name}" for name in fields),
        f"Công an {kind}", f"Bộ Chỉ huy Quân sự {kind}", f"Thanh tra {kind}", f"Bảo hiểm xã hội {kind}",
        f"Ban Quản lý Khu kinh tế {kind}", f"Văn phòng UBND {kind}", f"UBND phường {communes[0]}",
        f"UBND xã {communes[1]}", "UBND các xã, phường", "các sở, ban, ngành", "Chủ tịch UBND các xã, phường",
        f"Công ty Điện lực {place}", f"Ủy ban MTTQ Việt Nam {kind}", f"Ban Dân tộc {kind}", "Kho bạc Nhà nước khu vực VII",
        "Ban Quản lý dự án đầu tư xây dựng công trình giao thông", f"Thuế {kind} {place}", "Giám đốc các sở",
    )  # fmt: skip
    return Office(
        (rng.choice(("ỦY BAN NHÂN DÂN", "UBND")), f"{word} {place.upper()}"),
        f"Ủy ban nhân dân {kind} {place}", f"UBND {kind}", f"Chủ tịch UBND {kind}", "UBND", place, f"{kind} {place}",
        rng.choice((_DEPUTY, ("CHỦ TỊCH",), ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"))),
        units, tuple(f"Sở {name}" for name in fields[:3]), ("Chính phủ", "Bộ Nội vụ", "Thủ tướng Chính phủ"),
    )  # fmt: skip


def _commune(rng: Random) -> Office:
    place, province = rng.choice(_COMMUNES), rng.choice(_PROVINCES)
    kind = rng.choice(("xã", "xã", "phường"))
    schools = rng.sample(_PEOPLE_OF_SCHOOLS, 3)
    units = (
        "Phòng Kinh tế", "Phòng Văn hóa - Xã hội", f"Văn phòng HĐND và UBND {kind}", f"Công an {kind}", f"Trạm Y tế {kind}",
        "Trung tâm Phục vụ hành chính công", f"Ban Chỉ huy Quân sự {kind}", f"Trường Mầm non {schools[0]}",
        f"Trường Tiểu học {schools[1]}", f"Trường THCS {schools[2]}", f"các trường học trên địa bàn {kind}",
        f"Hội Nông dân {kind}", f"Hội Liên hiệp Phụ nữ {kind}", f"Ủy ban MTTQ Việt Nam {kind}", "Trưởng các thôn",
        "các thôn, tổ dân phố", f"Đài Truyền thanh {kind}", f"Ban Quản lý chợ {place}", f"Đoàn Thanh niên {kind}",
        "các cơ quan, đơn vị", "Trung tâm Cung ứng dịch vụ công",
    )  # fmt: skip
    return Office(
        (rng.choice(("ỦY BAN NHÂN DÂN", "UBND")), f"{kind.upper()} {place.upper()}"),
        f"Ủy ban nhân dân {kind} {place}", f"UBND {kind}", f"Chủ tịch UBND {kind}", "UBND", place, f"{kind} {place}",
        rng.choice((("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), _DEPUTY)),
        units, ("Phòng Văn hóa - Xã hội", "Phòng Kinh tế", f"Văn phòng HĐND và UBND {kind}"),
        (f"UBND tỉnh {province}", "UBND tỉnh", "Sở Nội vụ"),
    )  # fmt: skip


def _department(rng: Random) -> Office:
    place, field = rng.choice(_PROVINCES), rng.choice(_FIELDS)
    communes = rng.sample(_COMMUNES, 2)
    units = (
        "Văn phòng Sở", "Phòng Tổ chức cán bộ", "Phòng Kế hoạch - Tài chính", "Thanh tra tỉnh", "các đơn vị trực thuộc Sở",
        "các phòng chuyên môn thuộc Sở", "UBND các xã, phường", f"UBND xã {communes[0]}", f"UBND phường {communes[1]}",
        "Trung tâm Kiểm soát bệnh tật tỉnh", f"Trung tâm Y tế khu vực {communes[0]}", "Bệnh viện Đa khoa tỉnh",
        f"Trường THPT {rng.choice(_PEOPLE_OF_SCHOOLS)}", "các cơ sở giáo dục trực thuộc", "Chi cục Kiểm lâm",
        "thủ trưởng các đơn vị", "Trung tâm Công nghệ thông tin", "Phòng Quản lý chất lượng", "Ban Quản lý các dự án",
    )  # fmt: skip
    code = "S" + "".join(word[0].upper() for word in field.replace(",", "").split() if word != "và")
    return Office(
        (rng.choice((f"ỦY BAN NHÂN DÂN TỈNH {place.upper()}", f"UBND TỈNH {place.upper()}")), f"SỞ {field.upper()}"),
        f"Sở {field} tỉnh {place}", f"Sở {field}", "Giám đốc Sở", code, place, f"tỉnh {place}",
        rng.choice((("GIÁM ĐỐC",), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"))),
        units, ("Văn phòng Sở", "Phòng Tổ chức cán bộ", "Phòng Kế hoạch - Tài chính"), ("UBND tỉnh", f"Bộ {field}"),
    )  # fmt: skip


def _district(rng: Random) -> Office:
    place, communes = rng.choice(_PROVINCES), rng.sample(_COMMUNES, 2)
    units = (
        "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch", "Phòng Tài nguyên và Môi trường", "Phòng Kinh tế và Hạ tầng",
        "Phòng Nông nghiệp và Phát triển nông thôn", "Phòng Lao động - Thương binh và Xã hội", "Phòng Giáo dục và Đào tạo",
        "Thanh tra huyện", "Công an huyện", "Chi cục Thuế khu vực", "Trung tâm Y tế huyện", "UBND các xã, thị trấn",
        f"UBND xã {communes[0]}", f"UBND thị trấn {communes[1]}", "các phòng, ban chuyên môn", "Hạt Kiểm lâm huyện",
        "Văn phòng HĐND&UBND huyện", "Trung tâm Văn hóa - Thông tin và Thể thao",
    )  # fmt: skip
    return Office(
        ("ỦY BAN NHÂN DÂN", f"HUYỆN {place.upper()}"),
        f"Ủy ban nhân dân huyện {place}", "UBND huyện", "Chủ tịch UBND huyện", "UBND", place, f"huyện {place}",
        _DEPUTY,
        units, ("Phòng Nội vụ", "Phòng Tài chính - Kế hoạch"), ("UBND tỉnh", "Sở Nội vụ"),
    )  # fmt: skip


def _party(rng: Random) -> Office:
    place, province = rng.choice(_COMMUNES), rng.choice(_PROVINCES)
    kind = rng.choice(("xã", "phường"))
    units = (
        f"Đảng ủy UBND {kind}", "Ban Xây dựng Đảng", f"Văn phòng Đảng ủy {kind}", "Ủy ban Kiểm tra Đảng ủy",
        "các chi bộ trực thuộc", "Chi bộ Quân sự", "Chi bộ Công an", f"Ủy ban MTTQ Việt Nam {kind}",
        f"các tổ chức chính trị - xã hội {kind}", "cấp ủy các chi bộ", f"Hội Cựu chiến binh {kind}", f"Công an {kind}",
        f"Thường trực HĐND {kind}", "các chi bộ trường học", f"Đoàn Thanh niên {kind}", "Trung tâm Chính trị",
    )  # fmt: skip
    return Office(
        (f"ĐẢNG BỘ TỈNH {province.upper()}", f"ĐẢNG ỦY {kind.upper()} {place.upper()}"),
        f"Đảng ủy {kind} {place}", f"Đảng ủy {kind}", f"Ban Thường vụ Đảng ủy {kind}", "ĐU", place, f"{kind} {place}",
        rng.choice((("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), ("T/M ĐẢNG ỦY", "BÍ THƯ"))),
        units, (f"Văn phòng Đảng ủy {kind}", "Ban Xây dựng Đảng"), ("Tỉnh ủy", "Ban Thường vụ Tỉnh ủy"), party=True,
    )  # fmt: skip


def _division(rng: Random) -> Office:
    place = rng.choice(_COMMUNES)
    schools = rng.sample(_PEOPLE_OF_SCHOOLS, 4)
    units = (
        "các trường mầm non", "các trường tiểu học", "các trường THCS", f"Trường Mầm non {schools[0]}",
        f"Trường TH&THCS {schools[1]}", f"Trường Tiểu học {schools[2]}", f"Trường THCS {schools[3]}",
        "Hiệu trưởng các trường", "Trung tâm Văn hóa - Thể thao xã", "các cơ sở giáo dục mầm non độc lập", "Trạm Y tế xã",
        "Trung tâm học tập cộng đồng",
    )  # fmt: skip
    return Office(
        (f"UBND XÃ {place.upper()}", "PHÒNG VĂN HÓA - XÃ HỘI"),
        f"Phòng Văn hóa - Xã hội xã {place}", "Phòng Văn hóa - Xã hội", "Trưởng phòng", "VHXH", place, f"xã {place}",
        rng.choice((("TRƯỞNG PHÒNG",), ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"))),
        units, ("Văn phòng HĐND và UBND xã",), ("UBND xã", "Sở Giáo dục và Đào tạo"),
    )  # fmt: skip


def _school(rng: Random) -> Office:
    place, name = rng.choice(_COMMUNES), rng.choice(_PEOPLE_OF_SCHOOLS)
    units = (
        "Tổ Khoa học tự nhiên", "Tổ Văn phòng", "Tổ Ngữ văn", "Công đoàn trường", "Đoàn Thanh niên", "giáo viên chủ nhiệm",
        "Bộ phận kế toán", "các tổ chuyên môn", "Ban đại diện cha mẹ học sinh", "Tổ trưởng các tổ chuyên môn", "Liên đội",
    )  # fmt: skip
    return Office(
        (f"UBND XÃ {place.upper()}", f"TRƯỜNG THCS {name.upper()}"),
        f"Trường THCS {name} xã {place}", "nhà trường", "Hiệu trưởng", "THCS", place, f"xã {place}", ("HIỆU TRƯỞNG",),
        units, ("Tổ Văn phòng",), ("Phòng Văn hóa - Xã hội", "UBND xã"),
    )  # fmt: skip
