from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "Tin bài"

    # What the newsroom keeps for itself: no reader's page changes with it.
    UNSEEN = {"Autosave", "Editing", "PreviewLink", "Replacement", "Revision",
              "Abbreviation", "GamblingMention", "OutboundDomain", "OutboundLink", "ScanRequest",
              "UploadTally"}  # fmt: skip

    def ready(self):
        from news import audience, indexing  # noqa: F401 - connect their signals
        from news.signals import announce_changes_of

        announce_changes_of(*(model for model in self.get_models() if model.__name__ not in self.UNSEEN))
