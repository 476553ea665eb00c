"""The journal app."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Who did what; knows no subject."""

    name = "xinhuo.journal"
    label = "journal"
    verbose_name = "操作记录"
