from django.apps import AppConfig


class StatsConfig(AppConfig):
    name = "stats"
    verbose_name = "Thống kê truy cập"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from stats import staff

        user_logged_in.connect(staff.logged_in, dispatch_uid="stats.staff.logged_in")
        user_logged_out.connect(staff.logged_out, dispatch_uid="stats.staff.logged_out")
