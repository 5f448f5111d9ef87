"""Hears of changes that readers may see and moves the generation, in the same transaction as the change."""
from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save, pre_migrate
from django.dispatch import receiver

import news.signals
from news.models import AlertBanner
from portal import bookkeeping, roles, site
from portal.models import Generation, Link, MenuItem, SiteSettings


@receiver(news.signals.content_changed)
def content_changed(**kwargs):
    Generation.move()
    # A banner may lead to what has just been withdrawn.
    transaction.on_commit(site.forget)


@receiver(news.signals.old_total_found)
def old_total_found(total, **kwargs):
    """The old portal's counter becomes the starting figure, unless a larger one stands: a total never goes down."""
    settings = SiteSettings.objects.filter(pk=1).first() or SiteSettings()
    if total > settings.visits_before:
        settings.visits_before = total
        settings.save()


@receiver([post_save, post_delete], sender=SiteSettings)
@receiver([post_save, post_delete], sender=MenuItem)
@receiver([post_save, post_delete], sender=Link)
@receiver([post_save, post_delete], sender=AlertBanner)
def site_changed(**kwargs):
    Generation.move()
    site.forget()
    transaction.on_commit(site.forget)


@receiver(pre_migrate)
def remember_permissions(sender, using, **kwargs):
    if sender.name == "portal":
        roles.remember(using)


@receiver(post_migrate)
def make_roles(sender, using, **kwargs):
    if sender.name == "portal":
        with bookkeeping.upgrade(using):
            roles.ensure(using)
