"""Words of staff's one-line orders: shorthand, acronyms, and the usual words of offices and schools with their marks."""

from __future__ import annotations

import re

from dondoc.vietnamese.text import fold

SHORTHAND = {
    "vb": "văn bản", "hs": "học sinh", "gv": "giáo viên", "nop": "nộp", "qđ": "quyết định", "gui": "gửi",
    "cbgv": "cán bộ, giáo viên", "gd": "giáo dục", "ds": "danh sách",
    "bc": "báo cáo", "kh": "kế hoạch", "bb": "biên bản", "cv": "công văn", "csvc": "cơ sở vật chất", "xhh": "xã hội hóa",
    "hk": "học kỳ", "hk1": "học kỳ I", "hk2": "học kỳ II", "ph": "phụ huynh", "phhs": "phụ huynh học sinh", "nv": "nhiệm vụ",
    "sl": "số liệu", "kq": "kết quả", "ts": "tuyển sinh", "tk": "tổng kết", "qt": "quyết toán", "dt": "dự toán",
    "đc": "được", "dc": "được", "ko": "không", "k": "không", "hok": "không", "cbql": "cán bộ quản lý", "thtt": "thông tin",
    "nhà trg": "nhà trường", "trg": "trường", "tngt": "tai nạn giao thông", "cđs": "chuyển đổi số", "cds": "chuyển đổi số",
    "đv": "đơn vị", "dv": "đơn vị", "v/v": "về việc", "tt": "tình hình", "tth": "tình hình",
}  # fmt: skip
del (
    SHORTHAND["tt"],
    SHORTHAND["ts"],
    SHORTHAND["dt"],
    SHORTHAND["qt"],
    SHORTHAND["tk"],
    SHORTHAND["v/v"],
    SHORTHAND["nhà trg"],
)
"""Written out wherever they stand alone; "TT", "TS" and the like mean too many things."""

_ACRONYM_WORDS = """
PCCC CNTT BHYT BHXH THCS THPT TH MN UBND HĐND GDĐT GDPT ATTP ATGT ANTT PCGD XMC CSDL CCHC TĐKT PCTN NTM VSATTP SGK GVCN
BGH SKKN QCDC NSNN TSCĐ PCTT TKCN KHCN BVMT CCVC VNeID
"""
ACRONYMS = {word.lower(): word for word in _ACRONYM_WORDS.split()}

ACTION_WORDS = """
báo cáo; rà soát; gửi; nộp; tham mưu; làm; xây dựng; kiểm tra; tổng hợp; thống kê; triển khai; phối hợp; chuẩn bị; cung cấp
hoàn thiện; hoàn thành; bổ sung; đề xuất; hướng dẫn; đôn đốc; lập; cử; cập nhật; thực hiện; tổ chức; khắc phục; nhập; trình
soạn; dự; họp; giải trình; trả lời; góp ý; đăng ký; chỉnh sửa; sửa; phổ biến; tuyên truyền; quyết toán; thanh toán
giải ngân; mua; ra quân; chỉ đạo; bố trí; phân công; tiếp nhận; thu; có văn bản; có kế hoạch; có báo cáo; có ý kiến
nghiên cứu; đánh giá; tăng cường; công khai; niêm yết; xác minh; xử lý; giải quyết; khảo sát; lên; đảm bảo; bảo đảm
tham gia; chủ trì; tham dự; ban hành; quán triệt; theo dõi; kiểm kê; vận động; vệ sinh; phản hồi; xin; góp; báo; phun; dọn
treo; trồng; khám; tiêm; chụp; quay; thu gom; diễn tập; thu thập; điều tra; xác nhận; thẩm định; chỉnh trang; ký; kiểm điểm
rút kinh nghiệm; xem xét; xem lại; làm rõ; trực; nhắc; hỗ trợ; bàn giao
"""
"""Verbs with which an order begins; read without marks."""

OPENING_WORDS = """
khẩn trương; lưu ý; chú ý
nhắc lại; về việc; v/v; nội dung công việc; nội dung; nd; và; thì; là; nhắc; phải; cần; hãy; việc; giao; yêu cầu
đề nghị; nhờ; gấp; khẩn; hỏa tốc; hoả tốc; kính; kinh; deadline; hạn chót; hạn cuối; hạn nộp; thời hạn; hạn
"""
"""Words before the content that say nothing of it; longer ones first."""

CLOSING_WORDS = """
nộp; gửi; gửi về; nộp về; xong; hoàn thành; hoàn thành xong; hạn; thời hạn; hạn nộp; hạn chót; deadline; trả lời; lúc
vào; trước; chậm nhất; trong; gấp; khẩn
"""
"""Words that led to a date or a receiver which has been taken out."""

PARTICLES = "nhé; nhe; nha; nhá; ạ; giúp với; giúp; dùm; giùm; luôn; đi; thôi; please; pls"

SENT_THINGS = """
báo cáo; danh sách; biên bản; kế hoạch; hồ sơ; số liệu; biểu; bảng; tờ trình; minh chứng; dự thảo; dự toán; quyết toán
giải trình; lịch; phiếu; đơn; số lượng; phương án; đề án; quyết định; ảnh; hình ảnh; kết quả; ý kiến; góp ý
"""
"""After "gửi" or "nộp" these are the content by themselves: "nộp báo cáo …" is "báo cáo …"."""


_USUAL = """
báo cáo; bổ sung; biên bản; kiểm tra; kế hoạch; rà soát; danh sách; học sinh; giáo viên; cơ sở vật chất
an toàn trường học; an toàn; trường học; nhà trường; tủ thuốc; y tế; tình hình; kết quả; thực hiện; triển khai
tham mưu; văn bản; hướng dẫn; xã hội hóa; giáo dục; đào tạo; giáo dục và đào tạo; trẻ em; đuối nước; phòng chống
phòng, chống; dịch bệnh; sốt xuất huyết; tay chân miệng; tuyển sinh; tốt nghiệp; công nhận; xét; năm học; học kỳ
học kì; khai giảng; tổng kết; sơ kết; thống kê; tổng hợp; số liệu; cập nhật; phần mềm; cơ sở dữ liệu; chuyển đổi số
hồ sơ; học bạ; điện tử; chữ ký số; công khai; tài chính; quyết toán; dự toán; ngân sách; học phí; các khoản thu
thu chi; mua sắm; tài sản; thiết bị; dạy học; thư viện; sách giáo khoa; phổ cập; xóa mù chữ; chuẩn quốc gia
kiểm định; chất lượng; nâng cao; giải pháp; đề xuất; kiến nghị; khó khăn; vướng mắc; nguyên nhân; biện pháp
khắc phục; hậu quả; mưa bão; thiên tai; lũ lụt; cháy nổ; phòng cháy chữa cháy; bạo lực học đường; an ninh trật tự
giao thông; an toàn giao thông; an toàn thực phẩm; vệ sinh; bếp ăn; bán trú; nước sạch; môi trường; cây xanh
tai nạn; thương tích; bơi; biết bơi; chưa biết bơi; dạy bơi; mùa hè; hè; dịp hè; trực hè; nghỉ hè; nghỉ lễ; nghỉ tết
trực tết; làm lại; chỉnh sửa; hoàn thiện; hoàn thành; gửi; gửi lại; nộp; nộp lại; lập kế hoạch
lập danh sách; cử cán bộ; tham gia
tham dự; dự họp; họp; trực tuyến; hội nghị; tập huấn; bồi dưỡng; chuyên môn; chuyên đề; thi đua; khen thưởng
đánh giá; xếp loại; viên chức; công chức; cán bộ; cán bộ, giáo viên; nhân viên; quản lý; bổ nhiệm; điều động
biên chế; hợp đồng; tuyển dụng; thừa thiếu; nhu cầu; tăng cường; tiếp tục; đẩy mạnh; tuyên truyền; phổ biến
pháp luật; cải cách hành chính; thủ tục hành chính; tiếp công dân; khiếu nại; tố cáo; đơn thư; giải quyết; xử lý
xác minh; giải trình; trả lời; góp ý; ý kiến; dự thảo; tờ trình; quyết định; quy chế; nội quy; quy định; nghị quyết
chỉ thị; thông báo; kết luận; công văn; phương án; đề án; chương trình; dự án; công trình; sửa chữa; xây dựng
đầu tư; bàn giao; nghiệm thu; giải phóng mặt bằng; đất đai; nông thôn mới; hộ nghèo; hộ cận nghèo; chính sách
bảo hiểm; bảo hiểm y tế; khám sức khỏe; sức khỏe; tiêm chủng; vắc xin; dinh dưỡng; khuyết tật; dân tộc
vùng khó khăn; hỗ trợ; học bổng; miễn giảm; phụ huynh; cha mẹ học sinh; ban đại diện; đội viên; đoàn viên; thiếu nhi
trung thu; quốc khánh; kỷ niệm; văn nghệ; thể thao; hội thi; cuộc thi; học sinh giỏi; giáo viên giỏi; sáng kiến
kinh nghiệm; nghiên cứu; khoa học; kỹ thuật; ngoại ngữ; tin học; tiếng anh; lớp; lớp 1; lớp 6; lớp 9; lớp 10; lớp 12
mầm non; tiểu học; trung học; bậc học; cấp học; nhóm trẻ; tư thục; công lập; đơn vị; cơ quan; địa phương; huyện
thị trấn; sử dụng; trên địa bàn; thuộc; của; các; và; về; cho; theo; với; tại; trong; đến; không; chưa; việc
công tác; nhiệm vụ; nội dung; mẫu; biểu mẫu; phụ lục; bảng; bảng tổng hợp; minh chứng; hình ảnh; ảnh; file; đợt; lần
quý; tháng; 6 tháng đầu năm; đầu năm; cuối năm; đầu năm học; cuối năm học; số lượng; chi tiết; cụ thể; đầy đủ
kịp thời; đột xuất; định kỳ; hằng tháng; hằng tuần; chuẩn bị; tài liệu; phát biểu; tham luận; báo cáo viên
hội trường; địa điểm; thời gian; thành phần; đăng ký; phân công; bố trí; đôn đốc; giám sát; thanh tra; kiểm kê
khảo sát; điều tra; rà soát, bổ sung; đối tượng; người dân; bỏ học; nghỉ học; đi học; chuyên cần; thời khóa biểu
lịch công tác; kỷ luật; đạo đức; lối sống; tư tưởng; chính trị; quốc phòng; an ninh; quân sự; bầu cử; đại hội
chi bộ; đảng viên; kết nạp; công đoàn; nữ công; cựu chiến binh; mặt trận; đoàn thể; vệ sinh môi trường; rác thải
kiểm tra, giám sát; camera; số trẻ; danh sách trẻ; trẻ suy dinh dưỡng; suy dinh dưỡng; trẻ 6 tuổi; trẻ khuyết tật
phòng học; nhà vệ sinh; sân chơi; tường rào; cổng trường; xuống cấp; hư hỏng; kỹ năng; kỹ năng sống; sinh hoạt
sinh hoạt chuyên đề; trẻ ăn bán trú; sĩ số; trẻ ra lớp; huy động; duy trì; tỷ lệ; tiến độ; giấy mời; tiêu chí
hạng mục; kinh phí; phân bổ; thanh lý; nhà công vụ; mất an toàn; sạt lở; ngập lụt; cứu nạn; trực ban; tình nguyện
người nước ngoài; tạm trú; thường trú; căn cước; định danh; dịch vụ công; trực tuyến mức độ; một cửa; hòa giải
cưỡng chế; thi tốt nghiệp; thi tuyển; coi thi; chấm thi; đề thi; ôn tập; ôn thi; phụ đạo; dạy thêm; học thêm
liên kết; ngoại khóa; trải nghiệm; hướng nghiệp; phân luồng; giáo dục thể chất; giáo dục đặc biệt; hòa nhập
thực đơn; khẩu phần; nguồn gốc; thực phẩm; ngộ độc; thu phí; kê khai; minh bạch; tiết kiệm; chống lãng phí
kiểm điểm; trách nhiệm; kỷ cương; văn hóa; gia đình; du lịch; di tích; thương binh; liệt sĩ; người có công; việc làm
lao động; đào tạo nghề; giảm nghèo; bình đẳng giới; tảo hôn; ma túy; tệ nạn; môi trường mạng
phòng chống bão; chống bão; ra quân; đánh nhau; vụ việc; lưu ban
an toàn thông tin
chữ ký; tài khoản; đăng nhập; nhập liệu; giống cây trồng; con giống
dữ liệu; báo cáo nhanh; tuần; thứ tự; ưu tiên; cam kết; ký cam kết
bản cam kết; thực trạng; hiện trạng; đề nghị; xem xét; phê duyệt; ban hành; đến nay
"""


def _entries(listed: str) -> list[str]:
    return [entry.strip() for entry in listed.replace("\n", ";").split(";") if entry.strip()]


def alternatives(listed: str) -> str:
    """The entries of a list as one pattern, longer ones first."""
    return "|".join(sorted(map(re.escape, _entries(listed)), key=len, reverse=True))


def _phrases() -> dict[str, str]:
    """Folded words to words with marks; those that fold alike are left out: nobody can tell which was meant."""
    found: dict[str, set[str]] = {}
    for phrase in _entries(_USUAL):
        found.setdefault(fold(phrase), set()).add(phrase)
    phrases = {key: next(iter(ways)) for key, ways in found.items() if len(ways) == 1}
    for key, word in ACRONYMS.items():
        phrases.setdefault(fold(key), word)
    return phrases


PHRASES = _phrases()
