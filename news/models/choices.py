"""The fixed words of the newsroom: states of a text, kinds of articles, what a revision records."""
from django.db import models


class State(models.TextChoices):
    DRAFT = "draft", "Bản nháp"
    WAITING = "waiting", "Chờ duyệt"
    RETURNED = "returned", "Trả lại"
    APPROVED = "approved", "Đã duyệt"
    PUBLISHED = "published", "Đã xuất bản"
    WITHDRAWN = "withdrawn", "Đã gỡ"


# Where a text is before readers get it; a change to what they already have goes the same way.
BEFORE_READERS = (State.DRAFT, State.WAITING, State.RETURNED, State.APPROVED)
# Once readers have had a text, it stays theirs until the next one is published.
AFTER_READERS = (State.PUBLISHED, State.WITHDRAWN)


class Genre(models.TextChoices):
    """What fees (nhuận bút) are counted by, after the groups of Nghị định 18/2014/NĐ-CP."""

    NEWS = "tin", "Tin"
    REPORT = "phan-anh", "Bài phản ánh"
    INTERVIEW = "phong-van", "Phỏng vấn"
    FEATURE = "phong-su", "Phóng sự, ký"
    COMMENT = "chinh-luan", "Chính luận"
    RESEARCH = "nghien-cuu", "Bài nghiên cứu"
    PHOTO = "anh", "Tin ảnh, phóng sự ảnh"
    VIDEO = "video", "Video, đa phương tiện"
    GRAPHIC = "do-hoa", "Đồ họa thông tin"
    NOTICE = "thong-bao", "Thông báo, văn bản"
    ANSWER = "tra-loi", "Trả lời bạn đọc"
    REPRINT = "dan-lai", "Dẫn lại, tổng hợp"


class Did(models.TextChoices):
    """What happened to an article in one revision."""

    BASELINE = "baseline", "Bản có sẵn"
    CREATE = "create", "Viết bài mới"
    SAVE = "save", "Lưu"
    RESCHEDULE = "reschedule", "Đổi giờ đăng"
    NOTE = "note", "Ghi chú nội bộ"
    RESTORE = "restore", "Lấy lại bản cũ"
    REPLACE = "replace", "Tìm và thay"
    UNDO_REPLACE = "undo-replace", "Hoàn tác tìm và thay"
    MOVE = "move", "Chuyển chuyên mục"
    SUBMIT = "submit", "Gửi duyệt"
    RETURN = "return", "Trả lại"
    APPROVE = "approve", "Duyệt"
    PUBLISH = "publish", "Xuất bản"
    WITHDRAW = "withdraw", "Gỡ bài"
    DISCARD = "discard", "Bỏ bản sửa"
    TRASH = "trash", "Bỏ vào thùng rác"
    UNTRASH = "untrash", "Khôi phục"


# Revisions whose author wrote something that readers would get.
WRITING = (Did.CREATE, Did.SAVE, Did.RESTORE, Did.REPLACE, Did.UNDO_REPLACE, Did.MOVE)
