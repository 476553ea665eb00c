"""The installation itself as a Django app: it has no tables, only the checks of a production start."""

from django.apps import AppConfig
from django.core import checks


class SiteConfig(AppConfig):
    """Registers the production check."""

    name = "xinhuo.config"
    label = "config"
    verbose_name = "安装"

    def ready(self) -> None:
        """Register the check here: an import alone must not change what Django checks."""
        from .production import production_check  # needs the app registry

        checks.register(production_check, "production")
