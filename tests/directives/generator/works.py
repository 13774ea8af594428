"""What directives ask for, and what they only tell, in words of our own."""

from __future__ import annotations

from random import Random

_LOOK = """
    rà soát|thống kê|kiểm tra|khảo sát|tổng kiểm tra|rà soát, đánh giá|xác minh|kiểm kê|đo đạc|đối soát|tổng
    hợp|phân loại|kiểm đếm|tổng rà soát|cập nhật|rà soát, chốt|thẩm tra|đối chiếu, làm sạch|phúc tra|giám sát|nắm
    chắc
"""
_THINGS = """
    hiện trạng các kho chứa vật tư nông nghiệp|danh sách hộ kinh doanh ngừng hoạt động|các điểm sạt lở ven suối|số
    liệu dân cư tạm trú|tài sản công dôi dư sau sắp xếp|các biển báo hư hỏng trên tuyến liên thôn|nhu cầu giống lúa
    vụ mùa|hồ sơ đất đai chậm trả|đàn gia súc chưa tiêm vắc xin|bếp ăn tập thể của các công ty may|các trạm biến
    áp quá tải|dữ liệu hộ tịch chưa số hóa|danh mục thủ tục còn vướng mắc|phòng học tạm, phòng học nhờ|các cột phát
    sóng trái quy hoạch|quỹ nhà ở công vụ|công trình nước sạch ngừng cấp nước|các đối tượng bảo trợ xã hội|mốc giới
    hành lang an toàn lưới điện|thiết bị dạy học tối thiểu lớp 5|các cơ sở hành nghề y tư nhân|nợ đọng xây dựng cơ
    bản|lò giết mổ nhỏ lẻ trong khu dân cư|bể bơi dịch vụ chưa có giấy phép|số lao động trở về từ nước ngoài|tình
    trạng lấn chiếm vỉa hè|hệ thống camera giám sát|các khoản thu ngoài quy định|di tích xuống cấp|người cao tuổi
    chưa có thẻ bảo hiểm y tế|kênh tiêu thoát nước bị bồi lắng
"""
_MAKE = """
    xây dựng|hoàn thiện|lập|soạn thảo|tham mưu ban hành|tham mưu|dự thảo|trình phê duyệt|điều chỉnh|bổ sung|ban
    hành|thẩm định|trình {leader} ban hành|hoàn chỉnh|cung cấp|biên soạn|xây dựng và công khai|cụ thể hóa thành
"""
_PAPERS = """
    phương án phân luồng giao thông dịp lễ hội|quy chế phối hợp quản lý chợ đêm|dự toán sửa chữa trụ sở làm việc|đề
    án vị trí việc làm|kịch bản ứng phó triều cường|danh mục dự án kêu gọi đầu tư|kế hoạch luân chuyển viên chức y
    tế|phương án cấp nước mùa khô|hồ sơ đề nghị công nhận làng nghề|báo cáo đánh giá tác động của dự án bãi rác|sổ
    tay nghiệp vụ|quy trình tiếp nhận phản ánh qua tổng đài|bản đồ vùng ngập|lịch trực tết|kế hoạch tuyển quân|tờ
    trình thành lập cụm công nghiệp|bộ chỉ số đánh giá chuyển đổi số|hồ sơ thanh lý xe công|phương án tổ chức lại
    các thôn|nội quy khu cách ly|đề cương tuyên truyền|kế hoạch thu hoạch tôm trước mưa bão|danh sách học sinh dự
    thi nghề|thực đơn bán trú theo mùa|hồ sơ quyết toán quỹ phòng chống thiên tai
"""
_ACT = """
    tổ chức lễ ra quân làm sạch bờ kè|bố trí lực lượng gác chắn tại ngầm tràn|niêm yết bảng giá đất tại bộ phận một
    cửa|cử cán bộ đầu mối theo dõi nền tảng học tập số|thu hồi diện tích đất rừng bị lấn chiếm|khơi thông dòng chảy
    kênh N2|thành lập tổ phản ứng nhanh trên không gian mạng|giải ngân hết vốn chương trình mục tiêu|nghiệm thu
    đường nội đồng thôn 4|lắp đặt bảng chỉ dẫn thoát nạn|mở lớp bồi dưỡng kỹ năng cho tổ công nghệ số|tiêu hủy số
    thuốc thú y hết hạn|chi trả chế độ cho người có công|di dời các hộ ven sông đến nơi an toàn|xử lý dứt điểm bãi
    rác tự phát tại cầu Đất|bàn giao mặt bằng nút giao phía Nam|sửa chữa mái tôn dãy nhà B|gắn mã QR cho các cây di
    sản|khóa sổ kế toán năm|ký cam kết không đốt rơm rạ với từng hộ|tiêm nhắc vắc xin dại cho đàn chó nuôi|trồng dặm
    hai nghìn cây phân tán|chấm dứt việc cho thuê mặt bằng trái phép|phát quang hành lang đường liên xã|đấu nối hệ
    thống cảnh báo mưa tự động|công khai kết quả xét hỗ trợ nhà ở|đóng cửa lối đi tự mở qua đường sắt|làm việc với
    chủ đầu tư khu đô thị phía Tây|hoàn trả mặt đường sau khi thi công cống|tập huấn nghiệp vụ lưu trữ điện tử|vận
    hành thử phần mềm một cửa|cấp phát tủ thuốc thôn bản
"""
_STANDING = """
    tăng cường tuần tra ban đêm tại các khu nhà trọ|tiếp tục vận động người dân phân loại rác tại nguồn|nâng cao
    chất lượng sinh hoạt chuyên môn theo cụm|chủ động nắm tình hình tư tưởng của công nhân|duy trì trực ban đầy
    đủ|quan tâm chăm lo đời sống người có uy tín|đẩy mạnh thanh toán không dùng tiền mặt|siết chặt kỷ luật giờ giấc
    làm việc|thường xuyên nhắc nhở phụ huynh không đỗ xe trước cổng trường|phối hợp tốt trong tiếp công dân|bảo đảm
    an toàn hồ chứa|kiên quyết không để tái lấn chiếm lòng đường|chú trọng bồi dưỡng đội ngũ kế cận|tích cực quảng
    bá sản phẩm đặc sản|kịp thời phản bác thông tin sai lệch|thực hiện nghiêm quy định về tiết kiệm điện|giữ gìn
    cảnh quan tuyến đường hoa|không để phát sinh khiếu kiện đông người|chấp hành đúng quy định về hội họp|phát huy
    vai trò của tổ hòa giải cơ sở
"""
_TAILS = """
    bảo đảm đúng đối tượng, không bỏ sót|không để ảnh hưởng đến sinh hoạt của nhân dân|gắn với trách nhiệm người
    đứng đầu|bảo đảm công khai, minh bạch|nhằm hạn chế thấp nhất thiệt hại|phù hợp với tình hình thực tế|trên nguyên
    tắc rõ người, rõ việc|nhằm phục vụ kỳ họp sắp tới|theo đúng trình tự, thủ tục|bảo đảm tiết kiệm, tránh
    hình thức
"""
_FINDINGS = """
    Công tác cải cách hành chính có chuyển biến rõ nét, tỷ lệ hồ sơ đúng hạn đạt 96,4%|Tiến độ giải ngân vốn đầu tư
    công còn chậm so với bình quân chung|Nhiều tuyến đường hoa được nhân dân duy trì chăm sóc|Một số cơ sở chưa chấp
    hành đầy đủ chế độ thông tin|Chất lượng khám, chữa bệnh ban đầu được nâng lên|Tình hình an ninh trật tự cơ bản
    ổn định, không xảy ra điểm nóng|Việc phân loại rác tại hộ gia đình mới đạt kết quả bước đầu|Dịch bệnh trên đàn
    vật nuôi được kiểm soát|Còn tình trạng đùn đẩy, né tránh trong giải quyết công việc|Thu ngân sách 6 tháng đầu
    năm đạt 54% dự toán|Phong trào thi đua có sức lan tỏa trong các tầng lớp nhân dân|Hệ thống kênh mương được nạo
    vét cơ bản đáp ứng nhu cầu tưới tiêu|Một số thầy cô còn ngại ứng dụng công nghệ
"""
_AGREED = """
    Ghi nhận sự cố gắng của tập thể cán bộ, viên chức trong quý vừa qua|Thống nhất với nội dung báo cáo tại cuộc
    họp|Đồng ý chủ trương mở rộng điểm trường lẻ theo đề xuất|Đánh giá cao tinh thần chủ động của lực lượng xung
    kích|Biểu dương các thôn đã hoàn thành sớm chỉ tiêu thu quỹ|Cơ bản nhất trí với phương án do cơ quan chuyên môn
    trình
"""
_AIMS = """
    Nâng cao nhận thức của cán bộ và nhân dân về phòng ngừa rủi ro thiên tai|Từng bước hình thành thói quen đọc
    sách|Bảo đảm sự đồng bộ, thống nhất giữa các cấp|Việc tổ chức phải thiết thực, tiết kiệm, tránh phô trương|Tạo
    chuyển biến về ý thức chấp hành pháp luật giao thông|Các hoạt động bám sát chủ đề của năm
"""
_SUBJECTS = """
    công tác phòng, chống cháy rừng mùa khô|việc sắp xếp các điểm trường lẻ|triển khai dữ liệu số về đất đai|tăng
    cường bảo đảm an toàn thực phẩm|công tác chuẩn bị mùa lễ hội|giải ngân vốn đầu tư công|quản lý hè phố|phòng,
    chống dịch bệnh trên đàn vật nuôi|phát triển phong trào đọc sách trong trường học|tiếp nhận công dân nhập
    ngũ|chuẩn bị các điều kiện khai giảng|nâng cao chất lượng tiếp công dân|ứng phó với hạn mặn|chăm sóc người có
    công
"""


def _listed(words: str) -> list[str]:
    return " ".join(words.split()).split("|")


LOOK, THINGS, MAKE, PAPERS = _listed(_LOOK), _listed(_THINGS), _listed(_MAKE), _listed(_PAPERS)
ACTS, STANDING, TAILS, FINDINGS = _listed(_ACT), _listed(_STANDING), _listed(_TAILS), _listed(_FINDINGS)
AGREED, AIMS, SUBJECTS = _listed(_AGREED), _listed(_AIMS), _listed(_SUBJECTS)


class Works:
    """Duties and statements for one document: nothing comes twice."""

    def __init__(self, rng: Random, leader: str) -> None:
        self._rng = rng
        self._leader = leader
        self._left = {name: self._shuffled(words) for name, words in self._stock().items()}

    def _stock(self) -> dict[str, list[str]]:
        return {
            "thing": THINGS, "paper": PAPERS, "act": ACTS, "standing": STANDING, "finding": FINDINGS, "agreed": AGREED,
            "aim": AIMS, "subject": SUBJECTS,
        }  # fmt: skip

    def _shuffled(self, words: list[str]) -> list[str]:
        copy = list(words)
        self._rng.shuffle(copy)
        return copy

    def next(self, name: str) -> str:
        """The next words of a sort; when all are used up, they begin again with a number that tells them apart."""
        if not self._left[name]:
            self._left[name] = [
                f"{words} (đợt {self._rng.randint(2, 99)})" for words in self._shuffled(self._stock()[name])
            ]
        return self._left[name].pop()

    def duty(self) -> str:
        """A verb phrase in small letters that asks for something to be done once."""
        rng = self._rng
        kind = rng.choice(("thing", "thing", "paper", "paper", "act", "act", "act"))
        if kind == "thing":
            words = f"{rng.choice(LOOK)} {self.next('thing')}"
        elif kind == "paper":
            words = f"{rng.choice(MAKE).replace('{leader}', self._leader)} {self.next('paper')}"
        else:
            words = self.next("act")
        if rng.random() < 0.25:
            words = f"{rng.choice(('khẩn trương', 'chủ động', 'tiếp tục', 'kịp thời', 'tập trung'))} {words}"
        return words

    def standing(self) -> str:
        """A verb phrase for what is always to be done."""
        return self.next("standing")

    def tail(self) -> str:
        """Nothing, or how it is to be done."""
        return f", {self._rng.choice(TAILS)}" if self._rng.random() < 0.3 else ""
