from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "Tin bài"

    def ready(self):
        from news.signals import announce_changes_of

        announce_changes_of(*self.get_models())
