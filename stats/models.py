"""What is kept of visits: numbers only, never an address, a user agent, an account or a trail of pages."""
from django.db import models


class Presence(models.Model):
    """Somebody seen in the last two hours: a cookie's random number, or the hash of a client without one.

    Moments are milliseconds since 1970: whole batches of them pass through Python every two seconds. There is no index
    on `last_seen` on purpose: it would make every update write the index too.
    """

    key = models.BigIntegerField("khóa", primary_key=True)  # odd: a cookie's number; even: a hash
    claimant = models.BigIntegerField("số nhận", null=True)  # on a hash: the number in the cookie last handed out
    since = models.BigIntegerField("bắt đầu lượt")
    last_seen = models.BigIntegerField("lần cuối")
    before = models.BigIntegerField("kết thúc lượt trước", null=True)

    class Meta:
        verbose_name = "người đang truy cập"
        verbose_name_plural = "người đang truy cập"

    def __str__(self):
        return f"{self.key:x}"


class Spool(models.Model):
    """How far a worker's spool file has been counted; moves in the same transaction as the figures."""

    name = models.CharField("tên", max_length=64, primary_key=True)
    offset = models.BigIntegerField("đã đếm đến byte", default=0)
    removed_at = models.DateTimeField("đã xóa tệp lúc", null=True)

    class Meta:
        verbose_name = "tệp ghi lượt truy cập"
        verbose_name_plural = "tệp ghi lượt truy cập"

    def __str__(self):
        return self.name


class Salt(models.Model):
    """The key of one day's hashes; thrown away an hour after that day."""

    day = models.DateField("ngày", primary_key=True)
    key = models.BinaryField("khóa")

    class Meta:
        verbose_name = "khóa băm của ngày"
        verbose_name_plural = "khóa băm của ngày"

    def __str__(self):
        return str(self.day)


class Snapshot(models.Model):
    """The figures that pages show: one row, written by the collector, read in the background by every worker."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    online = models.BigIntegerField("đang truy cập", default=0)
    today = models.BigIntegerField("hôm nay", default=0)
    month = models.BigIntegerField("tháng này", default=0)
    total = models.BigIntegerField("tổng truy cập", default=0)
    lost = models.BigIntegerField("lượt xem bị mất hôm nay", default=0)
    counted_at = models.DateTimeField("đếm người đang truy cập lúc")
    written_at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "số liệu hiển thị"
        verbose_name_plural = "số liệu hiển thị"
        constraints = [models.CheckConstraint(name="stats_snapshot_one_row", condition=models.Q(id=1))]

    def __str__(self):
        return f"{self.total}"


class HourTotal(models.Model):
    hour = models.DateTimeField("giờ", primary_key=True)
    visits = models.BigIntegerField("lượt truy cập", default=0)
    views = models.BigIntegerField("lượt xem", default=0)

    class Meta:
        verbose_name = "số liệu theo giờ"
        verbose_name_plural = "số liệu theo giờ"

    def __str__(self):
        return f"{self.hour:%d-%m-%Y %H}"


class DayTotal(models.Model):
    day = models.DateField("ngày", primary_key=True)
    visits = models.BigIntegerField("lượt truy cập", default=0)
    views = models.BigIntegerField("lượt xem", default=0)
    bots = models.BigIntegerField("lượt máy bị loại", default=0)
    lost = models.BigIntegerField("lượt xem bị mất", default=0)

    class Meta:
        verbose_name = "số liệu theo ngày"
        verbose_name_plural = "số liệu theo ngày"

    def __str__(self):
        return f"{self.day:%d-%m-%Y}"


class ArticleTotal(models.Model):
    """Views of an article since counting began; `article` is its id, and outlives a new address."""

    article = models.BigIntegerField("bài viết", primary_key=True)
    views = models.BigIntegerField("lượt xem", default=0)

    class Meta:
        verbose_name = "lượt xem bài viết"
        verbose_name_plural = "lượt xem bài viết"

    def __str__(self):
        return f"{self.article}: {self.views}"


class ArticleDay(models.Model):
    day = models.DateField("ngày")
    article = models.BigIntegerField("bài viết")
    views = models.BigIntegerField("lượt xem", default=0)

    class Meta:
        verbose_name = "lượt xem bài viết theo ngày"
        verbose_name_plural = "lượt xem bài viết theo ngày"
        constraints = [
            models.UniqueConstraint(name="stats_articleday_key", fields=["day", "article"], include=["views"]),
        ]

    def __str__(self):
        return f"{self.day:%d-%m-%Y} {self.article}: {self.views}"


class MostViewed(models.Model):
    """The most viewed articles of the last `days` days, worked out by the collector once a minute."""

    days = models.PositiveSmallIntegerField("số ngày")
    rank = models.PositiveSmallIntegerField("hạng")
    article = models.BigIntegerField("bài viết")
    views = models.BigIntegerField("lượt xem")

    class Meta:
        verbose_name = "bài đọc nhiều"
        verbose_name_plural = "bài đọc nhiều"
        constraints = [models.UniqueConstraint(name="stats_mostviewed_key", fields=["days", "rank"])]

    def __str__(self):
        return f"{self.days}: {self.article}"


class ReferrerDay(models.Model):
    day = models.DateField("ngày")
    host = models.CharField("trang giới thiệu", max_length=100, blank=True)  # empty: all hosts beyond the day's limit
    hits = models.BigIntegerField("lượt đến", default=0)

    class Meta:
        verbose_name = "trang giới thiệu theo ngày"
        verbose_name_plural = "trang giới thiệu theo ngày"
        constraints = [models.UniqueConstraint(name="stats_referrerday_key", fields=["day", "host"], include=["hits"])]

    def __str__(self):
        return f"{self.day:%d-%m-%Y} {self.host}"


class DeviceDay(models.Model):
    class Device(models.IntegerChoices):
        COMPUTER = 1, "Máy tính"
        PHONE = 2, "Điện thoại"
        TABLET = 3, "Máy tính bảng"

    day = models.DateField("ngày")
    device = models.PositiveSmallIntegerField("thiết bị", choices=Device.choices)
    visits = models.BigIntegerField("lượt truy cập", default=0)

    class Meta:
        verbose_name = "thiết bị theo ngày"
        verbose_name_plural = "thiết bị theo ngày"
        constraints = [models.UniqueConstraint(name="stats_deviceday_key", fields=["day", "device"])]

    def __str__(self):
        return f"{self.day:%d-%m-%Y} {self.get_device_display()}"
