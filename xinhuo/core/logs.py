"""Log lines that can be tied together: every line carries the id of the request it was written in."""

import json
import logging
from contextvars import ContextVar

from . import clock

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that this thread works for; the journal's rows carry the same one."""

FACTS = ("method", "path", "status", "milliseconds", "person_id")
"""What the line about a request knows beside its words; never a query string, a form or a name."""


class RequestIdFilter(logging.Filter):
    """Gives every line its ``request_id``; a dash outside requests."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything through."""
        record.request_id = REQUEST_ID.get() or "-"
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for whatever collects logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "at": clock.now().isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
