"""What news tells whoever listens; all are sent inside the transaction of the change."""
from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal

# Something that readers may see is different now.
content_changed = Signal()

# Somebody did something that is kept for good. Gives `actor` (a user or None), `action` (a short code), `label` (the
# same for people), `target` (a model's instance), `reason` and `detail` (texts, may be empty).
happened = Signal()

# A page of the old portal held its visit counter; gives `total` (visits).
old_total_found = Signal()


def announce_changes_of(*models):
    """Sends content_changed whenever a row of these is saved or deleted; bulk writers send it themselves."""
    for model in models:
        post_save.connect(_announce, sender=model)
        post_delete.connect(_announce, sender=model)


def _announce(sender, **kwargs):
    content_changed.send(sender=sender)
