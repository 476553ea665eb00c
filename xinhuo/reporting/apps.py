"""The reporting app."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """What work adds up to: measures, periods, totals. It has no tables and knows no subject."""

    name = "xinhuo.reporting"
    label = "reporting"
    verbose_name = "统计"
