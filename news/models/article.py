import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from news import pictures
from news.addresses import address
from news.dates import EARLIEST, LATEST, validate_moment
from news.derived import derive
from news.fields import CharField, RichTextField, TextField
from news.models.choices import AFTER_READERS, BEFORE_READERS, Genre, State
from news.models.media import Image
from news.models.taxonomy import Category, Tag
from news.richtext.addresses import holds_files
from news.vietnamese import slugify

SITEMAP_SPAN = 1_000  # ids of one part of the sitemap: what it costs must not grow with the archive
SITEMAP_PART = F("id") / SITEMAP_SPAN
CHANGED = Greatest(F("publish_at"), F("updated_at"))  # when readers could first see the text as it is


def in_time(now: dt.datetime) -> Q:
    """Dates alone make a published article appear and go."""
    return Q(Q(expire_at=None) | Q(expire_at__gt=now), publish_at__lte=now)


class ArticleQuerySet(models.QuerySet):
    def published(self, now: dt.datetime | None = None):
        """What readers see at this moment, or at another."""
        return self.filter(in_time(now or timezone.now()), state=State.PUBLISHED)

    def newest_first(self):
        return self.order_by("-publish_at", "-pk")

    def for_cards(self):
        """Only what a list or a feed shows, with the category and the picture that it names."""
        return self.select_related("category", "image").only(
            "title", "slug", "lead", "pen_name", "publish_at",
            "category__name", "category__slug",
            "image__sha256", "image__file", "image__width", "image__height", "image__alt",
            "image__renditions", "image__colour",
        )  # fmt: skip


class Article(models.Model):
    """The text that readers have, or will have first; a change to what they have waits in `pending`."""

    State = State

    title = CharField("tiêu đề", max_length=250)
    # No index of its own: an article is found by its key. Category and owner stand first in longer ones below.
    slug = models.SlugField("đường dẫn", max_length=120, blank=True, db_index=False,
                            help_text="Để trống thì lấy theo tiêu đề.")  # fmt: skip
    lead = TextField("sa-pô", max_length=1000, blank=True, help_text="Vài câu mở đầu; hiện ở các danh sách tin.")
    body = RichTextField("nội dung")
    rendered = models.TextField(editable=False)
    category = models.ForeignKey(Category, models.PROTECT, verbose_name="chuyên mục", related_name="articles",
                                 db_index=False)  # fmt: skip
    also_in = models.ManyToManyField(Category, verbose_name="chuyên mục khác", blank=True, related_name="also_articles",
                                     help_text="Bài cũng hiện ở những chuyên mục này.")  # fmt: skip
    tags = models.ManyToManyField(Tag, verbose_name="từ khóa", blank=True, related_name="articles")
    genre = models.CharField("thể loại", max_length=12, choices=Genre, default=Genre.NEWS)
    image = models.ForeignKey(Image, models.PROTECT, verbose_name="ảnh đại diện", null=True, blank=True,
                              related_name="articles")  # fmt: skip
    attachments = models.ManyToManyField("news.Attachment", verbose_name="tệp đính kèm", blank=True,
                                         related_name="articles")  # fmt: skip
    caption = CharField("chú thích ảnh", max_length=300, blank=True)
    pen_name = CharField("tác giả", max_length=150, blank=True, help_text="Tên hoặc bút danh ghi dưới bài.")
    source = CharField("nguồn tin", max_length=200, blank=True)
    related = models.ManyToManyField("self", verbose_name="tin liên quan", blank=True, symmetrical=False,
                                     related_name="related_from",
                                     help_text="Chọn tối đa 4 bài; thiếu thì tự thêm bài cùng từ khóa.")  # fmt: skip
    social_description = CharField("lời giới thiệu khi chia sẻ", max_length=200, blank=True,
                                   help_text="Để trống thì lấy sa-pô.")  # fmt: skip
    corrections = models.JSONField(default=list, blank=True, editable=False)  # [{"at": ISO 8601, "note": text}]

    state = models.CharField("trạng thái", max_length=12, choices=State, default=State.DRAFT, editable=False)
    pending = models.ForeignKey("news.Revision", models.RESTRICT, null=True, editable=False, related_name="+",
                                verbose_name="bản sửa đang chờ")  # fmt: skip
    pending_state = models.CharField("trạng thái bản sửa", max_length=12, choices=State, blank=True, editable=False)
    state_at = models.DateTimeField("chuyển trạng thái lúc", default=timezone.now, editable=False)
    publish_at = models.DateTimeField("ngày đăng", null=True, blank=True, validators=[validate_moment],
                                      help_text="Để trống thì đăng ngay khi xuất bản; ngày sau này là hẹn giờ đăng.")
    expire_at = models.DateTimeField("hết hạn", null=True, blank=True, validators=[validate_moment],
                                     help_text="Từ lúc này bài không hiện nữa.")
    review_on = models.DateField("hạn rà soát", null=True, blank=True,
                                 help_text="Đến ngày này bài hiện ở mục quá hạn để xem lại còn đúng không.")
    version = models.PositiveIntegerField(default=1, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False,
                              verbose_name="người viết", related_name="articles", db_index=False)  # fmt: skip
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False,
                                    verbose_name="người duyệt", related_name="+")  # fmt: skip
    approval_overridden = models.BooleanField("tự duyệt", default=False, editable=False)
    reason = TextField("lý do", blank=True, editable=False)
    public_reason = TextField("lý do bạn đọc thấy", blank=True, editable=False)
    internal_note = TextField("ghi chú nội bộ", blank=True, max_length=2000, help_text="Chỉ tòa soạn đọc được.")
    deleted_at = models.DateTimeField("bỏ vào thùng rác lúc", null=True, editable=False)
    # Made with the form of a new article, so that pressing its button twice writes one article.
    form_key = models.UUIDField(null=True, unique=True, editable=False)
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
            ("override_approval", "Duyệt bài do chính mình viết"),
            ("publish_article", "Xuất bản bài"),
            ("withdraw_article", "Gỡ bài"),
            ("purge_article", "Xóa hẳn bài trong thùng rác"),
            ("replace_article", "Tìm và thay trong nhiều bài"),
            ("export_fees", "Xuất bảng tính nhuận bút"),
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
            models.CheckConstraint(
                condition=Q(pending=None, pending_state="")
                | Q(pending__isnull=False, pending_state__in=BEFORE_READERS, state__in=AFTER_READERS),
                name="a_pending_change_has_a_state",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None) | ~Q(state=State.PUBLISHED), name="no_reader_reads_the_trash"
            ),
        ]
        indexes = [
            # What published() asks for stands in the index, so that a deep page of a list reads no articles on its way.
            models.Index(F("publish_at").desc(), F("id").desc(), include=["expire_at"],
                         condition=Q(state=State.PUBLISHED), name="article_public_keys"),
            models.Index("category", F("publish_at").desc(), F("id").desc(), include=["expire_at"],
                         condition=Q(state=State.PUBLISHED), name="article_category_keys"),
            models.Index(F("publish_at").desc(nulls_first=True), F("id").desc(), name="article_newsroom"),
            models.Index("owner", F("publish_at").desc(nulls_first=True), F("id").desc(), name="article_by_owner"),
            models.Index("category", F("publish_at").desc(nulls_first=True), F("id").desc(),
                         name="article_by_category"),
            models.Index("state", F("publish_at").desc(nulls_first=True), F("id").desc(), name="article_by_state"),
            models.Index("pending_state", "state_at", condition=~Q(pending_state=""), name="article_pending"),
            models.Index("expire_at", condition=Q(state=State.PUBLISHED, expire_at__isnull=False),
                         name="article_expiring"),
            models.Index("review_on", condition=Q(review_on__isnull=False), name="article_review"),
            models.Index("deleted_at", condition=Q(deleted_at__isnull=False), name="article_trash"),
            models.Index(SITEMAP_PART, CHANGED.desc(), condition=Q(state=State.PUBLISHED), name="article_sitemap"),
            GinIndex("search", name="article_search", fastupdate=True),
        ]  # fmt: skip

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        from news import usage

        self.prepare()
        super().save(*args, **kwargs)
        if holds_files(self.body):
            usage.refresh(self)  # who gets a picture depends on it, whoever wrote the text

    def get_absolute_url(self):
        return address("article", self.slug, self.pk)

    def prepare(self, tags: Iterable[str] | None = None):
        """Fills what follows from the text: slug, sanitised and rendered body, search vector.

        `tags` are the names that the article is about to have, where they are not those of its rows.
        """
        self.slug = self.slug or slugify(self.title)
        if tags is None:
            tags = self.tags.values_list("name", flat=True) if self.pk else []
        derived = derive(self.title, self.lead, self.body, names=[self.pen_name, *tags])
        self.body, self.rendered = derived.body, pictures.render_images(derived.rendered)
        self.search = derived.vector.literal()

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
    def has_had_readers(self) -> bool:
        return self.state in AFTER_READERS

    @property
    def stage(self) -> State:
        """Where the newest text is: the waiting change's state, or else the article's own."""
        return State(self.pending_state or self.state)

    @property
    def state_label(self) -> str:
        """The state as the newsroom says it: dates turn a published article into a scheduled or an expired one."""
        if self.deleted_at:
            return "Thùng rác"
        if self.state == State.PUBLISHED:
            now = timezone.now()
            if self.publish_at > now:
                return "Hẹn giờ đăng"
            if self.expire_at and self.expire_at <= now:
                return "Hết hạn"
        return self.get_state_display()

    @property
    def stage_label(self) -> str:
        """`Đã xuất bản`, or `Đã xuất bản, bản sửa: Chờ duyệt` where a change waits."""
        if self.pending_state and not self.deleted_at:
            return f"{self.state_label}, bản sửa: {self.get_pending_state_display()}"
        return self.state_label
