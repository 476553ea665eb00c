"""What a web server imports. Refuses to load where production demands are not met."""

import os
from collections.abc import Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinhuo.config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from .production import require_production

django_application = get_wsgi_application()
require_production()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Django's application; behind a proxy the address is the one that the proxy saw.

    Only the last entry of X-Forwarded-For was written by our own proxy; the entries before it are the visitor's
    own words and would let anybody dodge the lock-out.
    """
    if settings.BEHIND_PROXY:
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        environ["REMOTE_ADDR"] = forwarded or environ.get("REMOTE_ADDR", "")
    answer: Iterable[bytes] = django_application(environ, start_response)
    return answer
