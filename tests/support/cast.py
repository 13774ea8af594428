"""A made-up district with its registry, its directives and its people, for tests of the whole program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dondoc.rules.roles import Role
from dondoc.storage import offices, people, registry
from dondoc.storage.database import Database
from dondoc.storage.outbox import Address
from tests.support.offices import START
from tests.support.running import Installation
from tests.support.sayings import shown
from tests.telegram_world import TOKEN, TelegramPerson, TelegramWorld

OFFICE = "Văn phòng HĐND và UBND huyện Yên Hòa"

REGISTRY = """\
Mã đơn vị,Tên đơn vị,Loại,Đơn vị cấp trên,Tên khác,Người liên hệ,Chức vụ,Điện thoại
UBND-YH,UBND huyện Yên Hòa,UBND huyện,,,,,
VP-YH,Văn phòng HĐND và UBND huyện Yên Hòa,Văn phòng,UBND-YH,VP HĐND&UBND huyện,,,
PGD-YH,Phòng Giáo dục và Đào tạo,Phòng,UBND-YH,PGDĐT;Phòng GD,Vương Đình Khôi,Trưởng phòng,0900000101
PNN-YH,Phòng Nông nghiệp và Phát triển nông thôn,Phòng,UBND-YH,Phòng NN,Hứa Văn Đạt,Trưởng phòng,0900000102
MN-SC,Trường Mầm non Sơn Ca,Mầm non,UBND-YH,MN Sơn Ca,Đinh Thị Duyên,Hiệu trưởng,0900000103
TH-BD,Trường Tiểu học Bến Đò,Tiểu học,UBND-YH,TH Bến Đò,Quách Thị Nhàn,Hiệu trưởng,0900000104
TH-CN,Trường Tiểu học Cầu Ngang,Tiểu học,UBND-YH,TH Cầu Ngang,Lâm Chí Hiếu,Hiệu trưởng,0900000105
TH-GT,Trường Tiểu học Gò Tre,Tiểu học,UBND-YH,TH Gò Tre,Mai Văn Thọ,Hiệu trưởng,0900000106
CS-LT,Trường THCS Lương Thành,THCS,UBND-YH,THCS Lương Thành,Kiều Thị Vân,Hiệu trưởng,0900000107
CS-DX,Trường THCS Đồng Xoan,THCS,UBND-YH,,Tống Minh Nhật,Hiệu trưởng,0900000108
PT-YH,Trường THPT Yên Hòa,THPT,,,Lã Quốc Dũng,Hiệu trưởng,0900000109
XA-BD,UBND xã Bến Đò,UBND xã,UBND-YH,,Trang Văn Sáu,Chủ tịch,0900000110
TT-YH,UBND thị trấn Yên Hòa,UBND thị trấn,UBND-YH,,Phùng Thị Hậu,Phó Chủ tịch,0900000111
"""
SCHOOLS = ("MN-SC", "TH-BD", "TH-CN", "TH-GT", "CS-LT", "CS-DX")

# Dates before which something is owed: all schools, the department, and a duty without a date.
DIRECTIVE = """\
ỦY BAN NHÂN DÂN
HUYỆN YÊN HÒA
Số: 88/TB-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Yên Hòa, ngày 17 tháng 6 năm 2024

THÔNG BÁO

Kết luận của Chủ tịch UBND huyện tại cuộc họp về an toàn trường học trong mùa mưa bão

Sau khi nghe các ý kiến, Chủ tịch UBND huyện kết luận và chỉ đạo như sau:

1. Các trường học thuộc huyện

- Kiểm tra cây xanh, tường rào, hệ thống điện; báo cáo kết quả về UBND huyện (qua Phòng Giáo dục và Đào tạo)
trước ngày 28/6/2024.

- Tăng cường tuyên truyền để học sinh không tắm sông, suối trong dịp hè.

2. Phòng Giáo dục và Đào tạo

- Tổng hợp, báo cáo UBND huyện kết quả kiểm tra của các trường. Hoàn thành trước ngày 05/7/2024.

Nơi nhận:
- Như trên;
- Lưu: VT.

TL. CHỦ TỊCH
CHÁNH VĂN PHÒNG

Âu Dương Tấn
"""

# Telegram ids.
STAFF, CHIEF, LEADER = 2001, 2002, 2003
CONTACTS = {"PGD-YH": 3001, "MN-SC": 3002, "TH-BD": 3003, "TH-CN": 3004, "CS-LT": 3005}


@dataclass(frozen=True, slots=True)
class Cast:
    """People who have joined. Contacts by the code of their unit."""

    staff: TelegramPerson
    leader: TelegramPerson
    contacts: dict[str, TelegramPerson]

    def __getitem__(self, code: str) -> TelegramPerson:
        return self.contacts[code]


async def import_units(installation: Installation) -> None:
    """The registry through the command line."""
    file = installation.folder / "don-vi.csv"
    file.write_text(REGISTRY, encoding="utf-8")
    ended = await installation.command("units", "import", file)
    assert ended.code == 0, ended.err


async def load(installation: Installation, now: str, text: str = DIRECTIVE) -> None:
    """A directive through the command line, assigned at once."""
    file = installation.folder / "thong-bao.txt"
    Path(file).write_text(text, encoding="utf-8")
    ended = await installation.command("load", file, "--approve", now=now)
    assert ended.code == 0, ended.err


async def join(installation: Installation, person: TelegramPerson, *options: str) -> TelegramPerson:
    """Register by deep link, with a code made by the command line."""
    code = await installation.invite(*options)
    await person.say(f"/start {code}")
    await person.hears(shown(f"handlers.join.welcome_{'unit' if '--unit' in options else 'office'}"))
    return person


async def seat(installation: Installation, world: TelegramWorld, *codes: str) -> Cast:
    """Staff, the leader and the contacts of some units, written into the database: for tests that are not about joining."""
    account = TOKEN.partition(":")[0]
    database = Database(installation.url)
    contacts: dict[str, TelegramPerson] = {}
    try:
        async with database.write() as tx:
            office = await offices.the_office(tx)
            office_people: list[TelegramPerson] = []
            for chat, name, role in ((STAFF, "Ông Thị Lệ", Role.STAFF), (LEADER, "Khúc Đình Phong", Role.LEADER)):
                person_id = await people.add_person(tx, START, name=name)
                await people.add_role(tx, person_id, office.id, role)
                await people.join(tx, person_id, Address("telegram", account, str(chat), person_id), START)
                office_people.append(world.user(chat, name))
            for code in codes:
                unit = await registry.unit_by_code(tx, code)
                assert unit is not None, code
                [contact] = await registry.contacts_of(tx, [unit.id])
                contacts[code] = world.user(CONTACTS[code], contact.name)
                to = Address("telegram", account, str(CONTACTS[code]), contact.person_id)
                await people.join(tx, contact.person_id, to, START)
    finally:
        await database.close()
    staff, leader = office_people
    return Cast(staff, leader, contacts)
