from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from news.dates import EARLIEST, LATEST, validate_moment
from news.derived import derive
from news.fields import CharField, RichTextField, TextField
from news.models.media import Image
from news.models.taxonomy import Category, Tag
from news.vietnamese import slugify


class State(models.TextChoices):
    DRAFT = "draft", "Bản nháp"
    WAITING = "waiting", "Chờ duyệt"
    RETURNED = "returned", "Trả lại"
    APPROVED = "approved", "Đã duyệt"
    PUBLISHED = "published", "Đã xuất bản"
    WITHDRAWN = "withdrawn", "Đã gỡ"


class ArticleQuerySet(models.QuerySet):
    def published(self):
        """What readers see at this moment; dates alone make an article appear and go."""
        now = timezone.now()
        return self.filter(
            Q(expire_at=None) | Q(expire_at__gt=now), state=State.PUBLISHED, publish_at__lte=now
        )  # fmt: skip

    def newest_first(self):
        return self.order_by("-publish_at", "-pk")

    def for_cards(self):
        """Only what a list shows, with the category and the picture that it names."""
        return self.select_related("category", "image").only(
            "title", "slug", "lead", "publish_at",
            "category__name", "category__slug",
            "image__sha256", "image__file", "image__width", "image__height", "image__alt",
        )  # fmt: skip


class Article(models.Model):
    State = State

    title = CharField("tiêu đề", max_length=250)
    slug = models.SlugField("đường dẫn", max_length=120, blank=True, help_text="Để trống thì lấy theo tiêu đề.")
    lead = TextField("sa-pô", max_length=1000, blank=True, help_text="Vài câu mở đầu; hiện ở các danh sách tin.")
    body = RichTextField("nội dung")
    rendered = models.TextField(editable=False)
    category = models.ForeignKey(Category, models.PROTECT, verbose_name="chuyên mục", related_name="articles")
    tags = models.ManyToManyField(Tag, verbose_name="từ khóa", blank=True, related_name="articles")
    image = models.ForeignKey(Image, models.PROTECT, verbose_name="ảnh đại diện", null=True, blank=True,
                              related_name="articles")  # fmt: skip
    caption = CharField("chú thích ảnh", max_length=300, blank=True)
    pen_name = CharField("tác giả", max_length=150, blank=True, help_text="Tên hoặc bút danh ghi dưới bài.")
    source = CharField("nguồn tin", max_length=200, blank=True)

    state = models.CharField("trạng thái", max_length=12, choices=State, default=State.DRAFT, editable=False)
    publish_at = models.DateTimeField("ngày đăng", null=True, blank=True, validators=[validate_moment],
                                      help_text="Để trống thì đăng ngay khi xuất bản; ngày sau này là hẹn giờ đăng.")
    expire_at = models.DateTimeField("hết hạn", null=True, blank=True, validators=[validate_moment],
                                     help_text="Từ lúc này bài không hiện nữa.")
    version = models.PositiveIntegerField(default=1, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False,
                              verbose_name="người viết", related_name="articles")  # fmt: skip
    reason = TextField("lý do", blank=True, editable=False)
    ref = CharField("mã khi nhập", max_length=200, null=True, blank=True, unique=True, editable=False)
    search = SearchVectorField(null=True, editable=False)
    created_at = models.DateTimeField("tạo lúc", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("sửa lần cuối", auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "bài viết"
        verbose_name_plural = "bài viết"
        ordering = [F("publish_at").desc(nulls_first=True), "-pk"]
        permissions = [
            ("change_any_article", "Sửa bài của người khác"),
            ("return_article", "Trả lại bài"),
            ("approve_article", "Duyệt bài"),
            ("publish_article", "Xuất bản bài"),
            ("withdraw_article", "Gỡ bài"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(publish_at__isnull=False), name="published_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(publish_at__gte=EARLIEST, publish_at__lt=LATEST) | Q(publish_at=None),
                name="publish_at_can_be_shown",
            ),
            models.CheckConstraint(
                condition=Q(expire_at__gte=EARLIEST, expire_at__lt=LATEST) | Q(expire_at=None),
                name="expire_at_can_be_shown",
            ),
            models.CheckConstraint(
                condition=Q(expire_at=None) | Q(publish_at=None) | Q(expire_at__gt=F("publish_at")),
                name="expires_after_it_is_published",
                violation_error_message="Bài phải hết hạn sau ngày đăng.",
            ),
        ]
        indexes = [
            models.Index(F("publish_at").desc(), F("id").desc(), condition=Q(state=State.PUBLISHED),
                         name="article_public"),
            models.Index("category", F("publish_at").desc(), F("id").desc(), condition=Q(state=State.PUBLISHED),
                         name="article_public_by_category"),
            models.Index(F("publish_at").desc(nulls_first=True), F("id").desc(), name="article_newsroom"),
            models.Index("state", F("publish_at").desc(), name="article_by_state"),
            GinIndex("search", name="article_search", fastupdate=True),
        ]  # fmt: skip

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.prepare()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("article", args=[self.slug, self.pk])

    def prepare(self):
        """Fills what follows from the text: slug, sanitised and rendered body, search vector."""
        self.slug = self.slug or slugify(self.title)
        derived = derive(self.title, self.lead, self.body)
        self.body, self.rendered, self.search = derived.body, derived.rendered, derived.search

    @property
    def is_public(self) -> bool:
        """The same rule as `published()`, for an article in hand."""
        now = timezone.now()
        return (
            self.state == State.PUBLISHED
            and self.publish_at <= now
            and (self.expire_at is None or self.expire_at > now)
        )

    @property
    def state_label(self) -> str:
        """The state as the newsroom says it: dates turn a published article into a scheduled or an expired one."""
        if self.state == State.PUBLISHED:
            now = timezone.now()
            if self.publish_at > now:
                return "Hẹn giờ đăng"
            if self.expire_at and self.expire_at <= now:
                return "Hết hạn"
        return self.get_state_display()
