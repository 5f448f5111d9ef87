"""Writes to the log what happens to accounts, rights, settings and the furniture of the site, whoever does it."""
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth import signals as auth
from django.contrib.auth.models import Group
from django.db import connections
from django.db.models import FileField
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver

import news.signals
from news.models import AlertBanner, Category, Image, Page, Tag
from portal import log, origin
from portal.models import Link, LogEntry, MenuItem, SiteSettings, User

# Who may do what, and what makes the portal this city's: kept even when a command or a shell does it.
ALWAYS = (User, Group, SiteSettings)
# What an import or a first run fills by the thousand: kept when somebody does it in a page.
BY_HAND = (MenuItem, Link, AlertBanner, Category, Page, Tag, Image)
UNTOLD = {"password", "last_login", "date_joined"}
BEFORE = "values_before"  # attribute of a row between its pre_save and its post_save
_paused: ContextVar[bool] = ContextVar("paused", default=False)
TURNS = {"post_add": True, "post_remove": False, "pre_clear": False}  # given or taken


@receiver(news.signals.happened)
def happened(actor, action, label, target, reason, detail, **kwargs):
    log.write(action, label, target, actor=actor, reason=reason, detail=detail)


# ---------------------------------------------------------------- rows


def keep_books_of(*models):
    for model in models:
        pre_save.connect(_note_before, sender=model)
        post_save.connect(_saved, sender=model)
        pre_delete.connect(_about_to_go, sender=model)
        post_delete.connect(_deleted, sender=model)


def _wanted(model, raw=False) -> bool:
    return not (raw or _paused.get()) and (model in ALWAYS or origin.in_request())


@contextmanager
def paused():
    """Rows and rights that change meanwhile are not told of one by one: the caller does that, or nothing needs it."""
    token = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(token)


def _told(model, update_fields=None) -> list[str]:
    """Columns that the log tells of, of those that are written."""
    return [field.attname for field in model._meta.concrete_fields
            if field.editable and not field.primary_key and field.name not in UNTOLD
            and (update_fields is None or field.name in update_fields or field.attname in update_fields)]  # fmt: skip


def _note_before(sender, instance, raw=False, update_fields=None, **kwargs):
    names = _told(sender, update_fields)
    if sender is User and (update_fields is None or "password" in update_fields):
        names.append("password")
    wanted = names and instance.pk is not None and _wanted(sender, raw)
    setattr(instance, BEFORE, sender._default_manager.filter(pk=instance.pk).values(*names).first() if wanted else None)


def _saved(sender, instance, created, raw=False, update_fields=None, **kwargs):
    before = instance.__dict__.pop(BEFORE, None)
    if not _wanted(sender, raw):
        return
    name, kind = sender._meta.model_name, sender._meta.verbose_name
    now = {column: _plain(instance, column) for column in _told(sender, update_fields)}
    if created:
        log.write(f"{name}.create", f"Thêm {kind}", instance, detail=log.values(instance, now))
        return
    if before is None:
        return
    if "password" in before and before["password"] != instance.password:
        _password_set(instance)
    detail = log.changes(instance, {column: before[column] for column in now}, now)
    if detail:
        log.write(f"{name}.change", f"Sửa {kind}", instance, detail=detail)


def _plain(row, column):
    """A column's value as a query gives it: files and texts of a form come as objects of their own."""
    field = row._meta.get_field(column)
    if isinstance(field, FileField):
        return str(getattr(row, column))
    return field.to_python(field.value_from_object(row))


def _password_set(account):
    doer = origin.person()
    if account.renewing:
        return
    if not account.has_usable_password():
        log.write("user.password", "Tắt đăng nhập bằng mật khẩu", account)
    elif doer is not None and doer.pk == account.pk:
        log.write("user.password", "Đổi mật khẩu của mình", account)
    else:
        log.write("user.password", "Đặt lại mật khẩu", account)


def _about_to_go(sender, instance, **kwargs):
    """What goes with it is told too, while it is there."""
    if sender is Group:
        members = sorted(log.name_of(person) for person in instance.user_set.all())
        setattr(instance, BEFORE, f"Người trong nhóm: {', '.join(members)}" if members else "")


def _deleted(sender, instance, **kwargs):
    if _wanted(sender):
        told = instance.__dict__.pop(BEFORE, None) or log.values(instance, {
            column: _plain(instance, column) for column in _told(sender)})  # fmt: skip
        log.write(f"{sender._meta.model_name}.delete", f"Xóa {sender._meta.verbose_name}", instance, detail=told)


keep_books_of(*ALWAYS, *BY_HAND)

# ---------------------------------------------------------------- rights


@receiver(m2m_changed, sender=User.groups.through)
def groups_changed(instance, action, reverse, model, pk_set, **kwargs):
    if action not in TURNS or _paused.get():
        return
    label = "Cho vào nhóm" if TURNS[action] else "Bỏ khỏi nhóm"
    for person, groups in _pairs(instance, action, reverse, model, pk_set, "groups", "user_set"):
        log.write("user.groups", label, person, detail=", ".join(sorted(group.name for group in groups)))


@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def permissions_changed(sender, instance, action, reverse, model, pk_set, **kwargs):
    if action not in TURNS or _paused.get():
        return
    of_user = sender is User.user_permissions.through
    forward, backward = ("user_permissions", "user_set") if of_user else ("permissions", "group_set")
    for holder, held in _pairs(instance, action, reverse, model, pk_set, forward, backward):
        write_permissions(holder, held, TURNS[action])


def write_permissions(holder, permissions, given: bool) -> None:
    log.write(f"{holder._meta.model_name}.permissions", "Cấp quyền" if given else "Bỏ quyền", holder,
              detail=", ".join(sorted(permission.name for permission in permissions)))  # fmt: skip


def _pairs(instance, action, reverse, model, pk_set, forward, backward):
    """(row that holds, rows that it was given or lost) from either end; nothing where nothing changed."""
    if action == "pre_clear":
        others = list(getattr(instance, backward if reverse else forward).all())
    else:
        others = list(model._default_manager.filter(pk__in=pk_set))
    if not reverse:
        return [(instance, others)] if others else []
    return [(other, [instance]) for other in others]


@contextmanager
def upgrade(using: str):
    """While migrations fill the roles: only what a group that was there before is given by them is told of."""
    before = _permissions_by_group(using)
    with paused():
        yield
    after = _permissions_by_group(using) if before else {}
    for group, held in before.items():
        new = after.get(group, held) - held
        if new and _log_exists(using):
            write_permissions(group, new, given=True)


def _permissions_by_group(using: str) -> dict[Group, set]:
    return {group: set(group.permissions.all())
            for group in Group.objects.using(using).prefetch_related("permissions")}  # fmt: skip


def _log_exists(using: str) -> bool:
    """False while migrations older than the log's are run, or newer ones undone."""
    introspection = connections[using].introspection
    with connections[using].cursor() as cursor:
        table = LogEntry._meta.db_table
        return table in introspection.table_names(cursor) and any(
            column.name == "search" for column in introspection.get_table_description(cursor, table)
        )


# ---------------------------------------------------------------- people come and go


@receiver(auth.user_logged_in)
def logged_in(request, user, **kwargs):
    log.write("auth.login", "Đăng nhập", user, actor=user, address=origin.address(request))


@receiver(auth.user_logged_out)
def logged_out(request, user, **kwargs):
    if user is not None:  # a session that had ended already
        log.write("auth.logout", "Đăng xuất", user, actor=user, address=origin.address(request))


@receiver(auth.user_login_failed)
def login_failed(credentials, request=None, **kwargs):
    typed = str(credentials.get(User.USERNAME_FIELD, ""))
    log.write("auth.failed", "Đăng nhập không thành công", target_name=typed, address=origin.address(request))
