"""Why a picture is not taken: to people in Vietnamese, to logs and commands in English. Knows nothing of Django."""

_REASONS = {
    "empty": ("Tệp ảnh trống.", "the file is empty"),
    "bytes": ("Ảnh lớn quá 20 MB.", "the file is larger than 20 MB"),
    "no_picture": ("Tệp này không phải ảnh JPEG, PNG, WebP, GIF hoặc HEIC.",
                   "not a JPEG, PNG, WebP, GIF or HEIC picture"),
    "other_kind": ("Đây là tệp {name}, không phải ảnh JPEG, PNG, WebP, GIF hoặc HEIC.",
                   "a file of {name}, not a JPEG, PNG, WebP, GIF or HEIC picture"),
    "no_size": ("Tệp {name} bị hỏng: ảnh không có kích thước.", "the {name} file is broken: it has no size"),
    "side": ("Ảnh quá lớn ({width} × {height} điểm ảnh); mỗi cạnh tối đa 12.000 điểm ảnh.",
             "too large ({width} x {height} pixels): at most 12,000 pixels a side"),
    "pixels": ("Ảnh quá lớn ({width} × {height} điểm ảnh); tối đa {most} triệu điểm ảnh.",
               "too large ({width} x {height} pixels): at most {most} million pixels"),
    "too_many_pixels": ("Ảnh quá lớn; tối đa 40 triệu điểm ảnh.", "too large: at most 40 million pixels"),
    "moving_pixels": ("Ảnh quá lớn ({width} × {height} điểm ảnh); ảnh động WebP tối đa {most} triệu điểm ảnh.",
                      "too large ({width} x {height} pixels): an animated WebP has at most {most} million pixels"),
    "frames": ("Ảnh động có quá 300 khung hình.", "more than 300 frames"),
    "broken": ("Tệp {name} bị hỏng hoặc bị cắt cụt nên không mở được.", "the {name} file is broken or cut short"),
    "memory": ("Ảnh cần quá nhiều bộ nhớ để mở: hãy thu nhỏ rồi gửi lại.", "opening it takes too much memory"),
    "slow": ("Ảnh mất quá nhiều thời gian để mở nên không nhận được: hãy lưu lại bằng phần mềm khác.",
             "opening it takes too long"),
    "crash": ("Tệp ảnh bị hỏng nên không mở được.", "the file is broken: its decoder ended early"),
    "busy": ("Máy chủ đang bận nên chưa mở được ảnh: hãy thử lại sau ít phút.", "the machine is too busy to open it"),
    "queue": ("Đang có nhiều ảnh chờ xử lý: hãy thử lại sau ít phút.", "too many pictures wait to be opened"),
    "full": ("Máy chủ hết chỗ chứa nên chưa lưu được tệp: hãy báo người quản trị.", "the disk is full"),
    "disk": ("Máy chủ chưa lưu được tệp: hãy thử lại, hoặc báo người quản trị.", "it could not be written"),
    "no_file": ("Không có tệp ảnh {name}.", "there is no file {name}"),
    "unreadable": ("Không đọc được ảnh {name} ({why}).", "{name} cannot be read ({why})"),
    "lost": ("Tệp gốc của ảnh không còn trên máy chủ.", "its original is gone from the disk"),
}  # fmt: skip


def sentence(code: str, values: dict) -> str:
    return _REASONS[code][0].format(**values)


def reason(code: str, values: dict) -> str:
    return _REASONS[code][1].format(**values)


class RefusedError(Exception):
    """The picture cannot be taken; the code says why."""

    def __init__(self, code: str, **values):
        super().__init__(reason(code, values))
        self.code, self.values = code, values
