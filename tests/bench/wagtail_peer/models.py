from django.core.paginator import Paginator
from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page


class Category(models.Model):
    name = models.CharField(max_length=100)
    page = models.ForeignKey("ListPage", models.CASCADE, null=True, related_name="+")

    def __str__(self):
        return self.name


class HomePage(Page):
    def get_context(self, request, *args, **kwargs):
        newest = ArticlePage.newest()
        return super().get_context(request, *args, **kwargs) | {
            "menu": menu(), "lead": newest[0], "articles": newest[1:13],
            "blocks": [(one, ArticlePage.newest().filter(category=one)[:4]) for one in Category.objects.all()[:6]],
        }  # fmt: skip


class ListPage(Page):
    category = models.ForeignKey(Category, models.CASCADE)

    def get_context(self, request, *args, **kwargs):
        found = Paginator(ArticlePage.newest().filter(category=self.category), 20).get_page(request.GET.get("p"))
        return super().get_context(request, *args, **kwargs) | {"menu": menu(), "articles": found}


class ArticlePage(Page):
    lead = models.TextField()
    body = RichTextField()
    date = models.DateTimeField(db_index=True)
    category = models.ForeignKey(Category, models.CASCADE)

    @classmethod
    def newest(cls):
        return cls.objects.live().select_related("category").defer_streamfields().order_by("-date")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "menu": menu(), "related": ArticlePage.newest().filter(category=self.category).exclude(pk=self.pk)[:4],
        }  # fmt: skip


def menu():
    return Category.objects.select_related("page")
