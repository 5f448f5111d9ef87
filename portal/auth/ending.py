"""What ends sessions besides their owners: another password, a closed account, leaving the staff."""
from django.contrib.auth import signals as auth
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone

from portal import origin
from portal.auth import mail, sessions
from portal.models import User

WATCHED = ("password", "is_active", "is_staff")
BEFORE = "access_before"  # attribute of a row between its pre_save and its post_save


@receiver(pre_save, sender=User)
def note_before(instance, raw=False, update_fields=None, **kwargs):
    wanted = instance.pk and not raw and (update_fields is None or set(WATCHED) & set(update_fields))
    setattr(instance, BEFORE, User.objects.filter(pk=instance.pk).values(*WATCHED).first() if wanted else None)


@receiver(post_save, sender=User)
def saved(instance, **kwargs):
    before = instance.__dict__.pop(BEFORE, None)
    if before is None:
        return
    if before["password"] != instance.password and not instance.renewing:
        _password_changed(instance)
    if (before["is_active"] and not instance.is_active) or (before["is_staff"] and not instance.is_staff):
        sessions.end(instance)
    if instance.is_active and not before["is_active"]:
        User.objects.filter(pk=instance.pk).update(opened_at=timezone.now())


def _password_changed(account):
    doer = origin.person()
    own = doer is not None and doer.pk == account.pk
    sessions.end(account, keep=origin.session_key() if own else None)
    mail.tell(account, "password_changed")


@receiver(auth.user_logged_in)
def logged_in(request, user, **kwargs):
    if hasattr(request, "session"):
        sessions.begin(request, user, origin.address(request))
