"""The jobs app."""

from django.apps import AppConfig

from xinhuo.core.contracts import Verb


class JobsConfig(AppConfig):
    """Long work with progress; knows no subject."""

    name = "xinhuo.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    verbs = (
        Verb("jobs.started", "开始后台任务"),
        Verb("jobs.cancelled", "取消后台任务"),
        Verb("jobs.retried", "重新办理后台任务"),
        Verb("jobs.settled", "确认后台任务"),
    )
