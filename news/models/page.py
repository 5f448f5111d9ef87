from django.db import models
from django.urls import reverse

from news import pictures, richtext
from news.fields import CharField, RichTextField
from news.models.taxonomy import free_slug
from news.vietnamese import slugify


class Page(models.Model):
    """A page that stands by itself: who we are, how to reach us."""

    title = CharField("tiêu đề", max_length=250)
    slug = models.SlugField("đường dẫn", max_length=120, unique=True, blank=True,
                            help_text="Để trống thì lấy theo tiêu đề.")  # fmt: skip
    body = RichTextField("nội dung")
    rendered = models.TextField(editable=False)
    published = models.BooleanField("cho mọi người xem", default=True)
    updated_at = models.DateTimeField("sửa lần cuối", auto_now=True)

    class Meta:
        verbose_name = "trang"
        verbose_name_plural = "trang"
        ordering = ["title"]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        from news import usage

        self.slug = self.slug or free_slug(self, slugify(self.title, default="trang"))
        self.body = richtext.sanitise(self.body)
        self.rendered = pictures.render_images(richtext.render(self.body))
        super().save(*args, **kwargs)
        usage.note_page(self.pk, self.body)

    def get_absolute_url(self):
        return reverse("page", args=[self.slug])

    def clean(self):
        super().clean()
        self.slug = self.slug or free_slug(self, slugify(self.title, default="trang"))
