"""Groups of words that the phrases about replies share (the language is told in ``phrases.py``)."""

from __future__ import annotations

GROUPS = {
    "SELF": """
        em tôi mình anh chị cô thầy chú bác ông =bà con cháu trường trường_em nhà_trường trường_mình trường_tôi xã xã_em
        phường phòng phòng_em đơn_vị bên_em bên_mình bên_tôi tụi_em tụi_mình bọn_em chúng_em chúng_tôi tổ_em nhóm_em
        cơ_quan trung_tâm thị_trấn huyện_đoàn tụi_tôi""",
    "OURS": """
        em tôi mình trường trường_em nhà_trường trường_mình trường_tôi xã xã_em phường đơn_vị bên_em bên_mình bên_tôi
        tụi_em tụi_mình bọn_em chúng_em chúng_tôi tổ_em nhóm_em cơ_quan trung_tâm thị_trấn""",
    "PERSON": """
        đồng_chí cô thầy =bạn anh chị kế_toán văn_thư công_chức hiệu_phó phó_hiệu_trưởng cán_bộ chuyên_viên <name>
        phó_chủ_tịch tổ_trưởng""",
    "OUTSIDER": """
        huyện tỉnh =sở so_giáo_dục so_nội_vụ so_tài_chính so_gd kho_bạc ngân_hàng tài_chính cấp_trên công_an công_an_xã
        nhà_thầu tư_vấn chủ_đầu_tư =dân người_dân phụ_huynh trung_tâm thuế bộ nội_vụ đối_tác đơn_vị_tư_vấn bưu_điện hộ_dân
        bà_con đơn_vị_thi_công hđnd hội_đồng""",
    "NEIGHBOUR": "xã ubnd ubnd_xã phòng phòng_* phường thôn",
    "LEADER": """
        lãnh_đạo hiệu_trưởng hiệu_phó phó_hiệu_trưởng sếp bgh ban_giám_hiệu thủ_trưởng giám_đốc chủ_tịch ht trưởng_phòng
        tổ_trưởng bí_thư""",
    "PART": "tổ thôn lớp khối ấp xóm điểm điểm_trường chi_bộ cụm nhóm",
    "DOC": """
        báo_cáo văn_bản file hồ_sơ kế_hoạch danh_sách tờ_trình công_văn kết_quả số_liệu biểu minh_chứng biên_bản bản_ký
        bản_cứng bản_giấy bản_đỏ bản_dấu bản_chính bản_in bản_có bản_đầy_đủ quyết_định phụ_lục tài_liệu bảng_tổng_hợp
        thống_kê đề_xuất giải_trình phương_án phiếu tờ_khai giải_pháp sản_phẩm pdf""",
    "SUBMIT": """
        nộp gửi trình tải_lên đẩy_lên đưa_lên nhập_lên đăng_lên lên_ioffice lên_hệ_thống lên_trục lên_phần_mềm lên_cổng
        phát_hành ban_hành bàn_giao giao_nộp giao_tận_tay giao_trực_tiếp phúc_đáp bấm_nộp bấm_gửi chuyển_báo_cáo
        chuyển_file chuyển_hồ_sơ chuyển_văn_bản chuyển_lên chuyển_về chuyển_qua chuyển_biểu chuyển_số_liệu
        chuyển_kết_quả chuyển_công_văn chuyển_huyện chuyển_ubnd chuyển_bản đóng_tập_gửi""",
    "FINISH": "xong hoàn_thành hoàn_tất hoàn_thiện hoàn_chỉnh ht",
    "WORK": """
        làm man thực_hiện triển_khai rà_soát tổng_hợp nhập cập_nhật tổ_chức kiểm_tra xử_lý giải_quyết xây_dựng soạn
        soạn_thảo viết lập khắc_phục thống_kê tham_mưu khảo_sát điều_tra thu_thập bổ_sung lấy tiến_hành bắt_đầu động đụng
        mở đọc xem chuẩn_bị lên họp báo_cáo in bắt_tay đả_động phân_công""",
    "ACT": """
        làm man thực_hiện triển_khai rà_soát tổng_hợp nhập cập_nhật tổ_chức kiểm_tra xử_lý giải_quyết xây_dựng soạn
        soạn_thảo viết lập khắc_phục thống_kê tham_mưu khảo_sát điều_tra thu_thập bổ_sung tiến_hành chuẩn_bị in""",
    "FEW": "NUM nửa ba vài mấy ít một hai 1 đôi dăm",
    "SPAN": "ngày hôm tuần tháng tiếng giờ phút buổi",
    "LATE": "muộn trễ chậm sau_hạn quá_hạn",
    "PAST": """
        hôm_qua hôm_kia hôm_trước hôm_nọ hôm_thứ hôm_nay sáng_qua chiều_qua tối_qua trưa_qua sáng_nay tuần_trước lúc_=nãy
        ban_=nãy hồi_nãy hồi_sáng hồi_chiều hồi_trưa hồi_hôm hồi_đầu từ_sáng từ_chiều từ_tối từ_trưa từ_hôm từ_tuần từ_đầu
        từ_lâu từ_thứ từ_ngày từ_đời_nào hôm_NUM lâu_rồi nãy_giờ từ_qua từ_nãy khi_nãy""",
}
