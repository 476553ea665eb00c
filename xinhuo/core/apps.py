"""The kernel: no tables, no knowledge of any subject."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the kernel's templates, static files and template tags."""

    name = "xinhuo.core"
    label = "core"
    verbose_name = "内核"
