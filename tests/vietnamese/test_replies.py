"""What single replies mean: one table a subject, each row a thing that people write."""

from __future__ import annotations

from datetime import date, time

import pytest

from dondoc.vietnamese.replies import INTENTS, understand
from tests.vietnamese.labelled import DEADLINE, NOW, WRITINGS, say


@pytest.mark.parametrize(
    "text",
    [
        "đã nộp",
        "Em nộp hôm qua rồi ạ, anh xem giúp em",
        "Trường gửi báo cáo ạ",
        "xong từ tuần trước rồi chị",
        "Phòng đã trình UBND ký ban hành",
        "Không phát sinh, xã báo cáo không ạ",
        "nộp muộn mất 2 ngày, mong anh thông cảm",
        "tưởng chưa nộp hóa ra cô Nga gửi từ chiều qua rồi",
        "hôm qua mất mạng, sáng nay nộp được rồi ạ",
        "nộp cả bản giấy và bản mềm rồi",
    ],
)
def test_finished_and_clear_enough_to_close(text: str) -> None:
    reply = say(text)
    assert (reply.intent, reply.closes) == ("hoan_thanh", True), reply.why


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "vâng",
        "👍",
        "dạ em cảm ơn",
        "Em báo cáo anh là bên em chưa xong",
        "trưa em gửi",
        "xong 2/3 rồi",
        "nộp bản mềm, bản ký gửi sau",
        "xong em gửi",
        "làm xong rồi, đợi hiệu trưởng ký",
        "nghe nói cô Lan nộp rồi",
        "hình như gửi rồi",
        "trường bên nộp rồi, trường em chưa",
        "các trường khác nộp hết rồi",
        "năm ngoái nộp rồi",
        "đã nộp đâu",
        "xong chưa anh",
        "nộp rồi hả chị?",
        "em nộp rồi sao vẫn nhắc",
        "nộp rồi mà anh",
        "gửi rồi nhưng bị trả lại",
        "nộp nhầm file rồi",
        "dự thảo xong rồi",
        "cơ bản xong",
        "coi như xong",
        "cả 3 việc xong",
        "xong bữa nhậu",
        "con nộp bài tập rồi cô ơi",
        "gửi xe rồi",
        "cảm ơn anh đã gửi",
        "đã nhận được báo cáo anh gửi",
        "đã gửi lãnh đạo duyệt",
        "Đề nghị các trường nộp báo cáo trước ngày 28/6",
        "nếu nộp rồi thì thôi",
        "mai nộp là xong",
        "xã em không có hộ nào",
        "✅",
        "rồi ạ",
        "có phải báo cáo không ạ",
        "xong rồi, mất hết dữ liệu rồi",
    ],
)
def test_doubt_never_closes(text: str) -> None:
    assert not say(text).closes, say(text).why


CLAIMS = ("em nộp rồi", "xong rồi", "đã nộp", "em gửi báo cáo rồi", "trường đã hoàn thành", "đã thực hiện xong")
DOUBTFUL = """
nếu {}
khi nào {} em báo
sau khi {} em báo
tưởng {}
hình như {}
nghe nói {}
chắc {}
{} chưa ạ
{} hả
{} đúng không
{} phải không ạ
trường bạn {}
các trường khác {}
hy vọng {}
giá mà {}
sắp {}
chưa {}
mai {}
chiều mai {}
{} một phần
{} một nửa
{} nhưng thiếu biểu 2
{} mà bị trả lại
{} nhầm file
{} bản nháp
{} bản mềm
{} 80%
{} phần 1
cố gắng {}
phấn đấu {}
đang {}
dự kiến {}
cô Lan bảo em nộp rồi, {}
lẽ ra {}
suýt {}
năm ngoái {}
kỳ trước {}
việc khác {}
thôn 3 {}
{} sao vẫn nhắc
ủa {} mà
{} trình lãnh đạo
{} mà chưa ký
{} còn chờ dấu
tạm {}
cơ bản {}
coi như {}
gần như {}
{} nếu kịp
{} trong tuần này
{} ngày 30/6
{} nhưng bị lỗi
{} xong thì hệ thống báo lỗi
{} có đúng mẫu không
{}, phần còn lại mai
{}, chờ phê duyệt
{}, chưa có số
{} thì tốt
ai {}
""".strip().splitlines()


@pytest.mark.parametrize("frame", DOUBTFUL)
@pytest.mark.parametrize("writing", ["as written", "without marks"])
def test_no_claim_closes_in_a_frame_of_doubt(frame: str, writing: str) -> None:
    said = [WRITINGS[writing](frame.format(claim)) for claim in CLAIMS]
    assert [text for text in said if say(text).closes] == []


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Em nộp rồi sao vẫn nhắc ạ, trường gửi qua trục từ hôm 20", "hoi_lai"),
        ("chị nhận được báo cáo chưa ạ", "hoi_lai"),
        ("việc này xã có phải báo cáo không anh", "hoi_lai"),
        ("mẫu nào vậy em", "hoi_lai"),
        ("nghe cô kế toán bảo nộp rồi", "hoan_thanh"),
        ("xã em không có trường hợp nào", "hoan_thanh"),
        ("việc khác xong cả, riêng việc này chưa", "chua_lam"),
        ("mới mở ra đọc, chưa làm gì", "chua_lam"),
        ("khi nào có dấu em gửi", "dang_lam"),
        ("gửi 3 lần rồi mà toàn bị trả lại", "vuong_mac"),
        ("còn chờ kho bạc xác nhận", "vuong_mac"),
        ("làm được 60% thì phần mềm lỗi", "vuong_mac"),
        ("gần xong rồi mà mất điện, cho em khất tới thứ hai", "xin_gia_han"),
        ("em xin nộp trễ 2 hôm", "xin_gia_han"),
        ("cái này của Phòng Nội vụ chứ không phải của trường", "tra_lai"),
        ("việc này trước giờ bên Trạm Y tế làm", "tra_lai"),
        ("đã chuyển văn thư ạ", "xac_nhan"),
        ("Vâng để em nhắc các tổ", "xac_nhan"),
        ("số này không phải của trường nữa", "khong_lien_quan"),
        ("cô Hà nghỉ hưu rồi", "khong_lien_quan"),
        ("/start", "khong_lien_quan"),
        ("https://example.org/qua-tang", "khong_lien_quan"),
        ("", "khong_lien_quan"),
        ("dạ", "xac_nhan"),
    ],
)
def test_what_matters_first_decides(text: str, intent: str) -> None:
    assert say(text).intent == intent, say(text).why


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("mai em nộp", date(2024, 6, 26), None),
        ("10h sáng mai em nộp", date(2024, 6, 26), time(10)),
        ("chiều mai 3h em mang lên", date(2024, 6, 26), time(15)),
        ("30 phút nữa em gửi", date(2024, 6, 25), time(10, 30)),
        ("t6 em nộp", date(2024, 6, 28), None),
        ("thứ ba em nộp", date(2024, 7, 2), None),
        ("đầu tuần sau có", date(2024, 7, 1), None),
        ("cuối tháng gửi", date(2024, 6, 30), None),
        ("3 ngày nữa em gửi", date(2024, 6, 28), None),
        ("vài hôm nữa em gửi", None, None),
        ("mai mốt em gửi", None, None),
        ("xin thêm 3 ngày", date(2024, 7, 1), None),
        ("xin gia hạn thêm 3 ngày làm việc", date(2024, 7, 3), None),
        ("xin lùi từ 28/6 sang 5/7", date(2024, 7, 5), None),
        ("xin hoãn đến hết tuần", date(2024, 6, 30), None),
        ("xin hoãn sang quý III", date(2024, 9, 30), None),
        ("mất mạng 2 hôm nay, chiều em nộp", date(2024, 6, 25), None),
        ("vâng em biết hạn là 28/6 rồi", None, None),
        ("đã nộp ngày 24/6", None, None),
    ],
)
def test_the_day_promised_or_asked_for(text: str, day: date | None, hour: time | None) -> None:
    reply = say(text)
    assert (reply.date, reply.time) == (day, hour), reply


def test_added_days_name_no_day_without_a_deadline() -> None:
    assert understand("xin thêm 3 ngày", NOW).date is None
    assert understand("xin thêm 3 ngày", NOW, DEADLINE).date == date(2024, 7, 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("xin lùi đến 5/7 vì đang thi tốt nghiệp ạ", "đang thi tốt nghiệp"),
        ("dự thảo xong rồi, đang chờ góp ý của Sở, xin lùi đến 19/7", "đang chờ góp ý của Sở"),
        ("xin gia hạn ạ", None),
        ("dạ mạng trường hỏng từ hôm qua ạ", "mạng trường hỏng từ hôm qua"),
        ("xong rồi ạ", None),
    ],
)
def test_the_reason_in_their_own_words(text: str, reason: str | None) -> None:
    assert say(text).reason == reason


@pytest.mark.parametrize(
    ("text", "codes", "document", "letters", "everything"),
    [
        ("nv12 và NV-007 xong rồi", ("NV-012", "NV-007"), None, (), False),
        ("em gửi báo cáo số 45/BC-THCS ngày 26/6", (), "45/BC-THCS", (), False),
        ("trường gửi công văn số 45 ngày 24/6 rồi", (), "45", (), False),
        ("đã xong theo Công văn số 312/PGDĐT ngày 12/6", (), None, (), False),
        ("trình tại TTr 88/TTr-PGDĐT", (), "88/TTr-PGDĐT", (), False),
        ("thiếu phụ lục số 3", (), None, (), False),
        ("A và B1 xong", (), None, ("A", "B1"), False),
        ("a2 xong, việc c chưa", (), None, ("A2", "C"), False),
        ("A ơi em nộp rồi", (), None, (), False),
        ("trường em có cả c1 và c2", (), None, (), False),
        ("cả ba việc đang làm", (), None, (), True),
    ],
)
def test_what_is_mentioned(
    text: str, codes: tuple[str, ...], document: str | None, letters: tuple[str, ...], everything: bool
) -> None:
    reply = say(text)
    assert (reply.codes, reply.document, reply.letters, reply.everything) == (codes, document, letters, everything)


def test_every_answer_can_be_explained() -> None:
    assert say("em nộp rồi ạ").why == ("done: nop roi",)
    assert say("nộp rồi, còn phụ lục 2").why[0].startswith("under way")
    assert say("xyzzy").why == ("no rule spoke",)
    assert all(say(text).intent in INTENTS for text in ("đang làm", "xyzzy", "xin gia hạn"))


def test_a_pasted_document_closes_nothing() -> None:
    assert (
        say("đã nộp báo cáo. " + "Thực hiện Công văn của cấp trên, nhà trường báo cáo như sau. " * 30).closes is False
    )


@pytest.mark.parametrize(
    ("text", "intent", "closes"),
    [
        ("NV-002 em gửi báo cáo", "hoan_thanh", True),
        ("em nộp NV-012 rồi", "hoan_thanh", True),
        ("nv12: đã nộp", "hoan_thanh", True),
        ("NV-001 xong NV-002 chưa", "dang_lam", False),
        ("báo cáo NV-3 mai em nộp", "dang_lam", False),
        ("NV-012", "khong_lien_quan", False),
    ],
)
def test_a_code_says_which_task_and_not_what_became_of_it(text: str, intent: str, closes: bool) -> None:
    assert (say(text).intent, say(text).closes) == (intent, closes), say(text).why
