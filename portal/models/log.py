from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone

from portal.models.text import CharField


class LogEntry(models.Model):
    """Who did what to which thing, when, from where, why: written once, never changed, never deleted.

    Names are kept as they were, so that an entry outlives the account and the thing it tells of. A trigger in the
    database refuses every change but one: the address may be taken out (it is personal, and kept for a while only).
    """

    at = models.DateTimeField("lúc", default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False,
                              db_index=False, verbose_name="người làm", related_name="+")  # fmt: skip
    actor_name = CharField("người làm", max_length=300, blank=True)
    action = models.CharField("mã việc", max_length=50)
    label = CharField("việc", max_length=100)
    target_type = models.CharField("loại", max_length=100, blank=True)  # app.model
    target_id = models.BigIntegerField("mã số", null=True)
    target_name = CharField("đối tượng", max_length=300, blank=True)
    reason = models.TextField("lý do", blank=True)
    detail = models.TextField("chi tiết", blank=True)
    address = models.GenericIPAddressField("địa chỉ máy", null=True)
    search = SearchVectorField(null=True, editable=False)  # words of the target, the person and the reason

    class Meta:
        verbose_name = "mục nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["target_type", "target_id", "-id"], name="log_by_target"),
            models.Index(fields=["actor", "-id"], name="log_by_actor"),
            models.Index(fields=["action", "-id"], name="log_by_action"),
            models.Index(fields=["at"], name="log_by_time"),
            GinIndex("search", name="log_search"),
        ]

    def __str__(self):
        return f"{self.label}: {self.target_name}" if self.target_name else self.label
