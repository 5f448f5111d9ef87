from news.models.article import Article


class FeeSheet(Article):
    """Articles as whoever works out fees looks at them: nothing of its own but a place in the admin."""

    class Meta:
        proxy = True
        default_permissions = ()  # news.export_fees says who
        verbose_name = "nhuận bút"
        verbose_name_plural = "nhuận bút"
