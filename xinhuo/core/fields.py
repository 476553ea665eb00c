"""Abstract pieces of models that several apps share."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from .actor import TREE_END


class PathRange:
    """Builds the only subtree filter used: a range on the path column (LIKE misses the index on SQLite)."""

    @staticmethod
    def under(field: str, path: str) -> models.Q:
        """Rows whose ``field`` is ``path`` or below it."""
        return models.Q(**{f"{field}__gte": path, f"{field}__lt": path + TREE_END})


class AncestorColumns(models.Model):
    """Ancestors by depth under the root, as on the record's own date (see docs/decisions/002).

    ``a1`` is the unit directly under the root, ``a2`` the one below it, ``a3`` the third. ``a0`` is not kept:
    everything is under the root.
    """

    a1 = models.BigIntegerField(null=True, blank=True, editable=False)
    a2 = models.BigIntegerField(null=True, blank=True, editable=False)
    a3 = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        """Abstract: each table adds its own (aK, -created, -id) indexes."""

        abstract = True


class PathField(models.CharField):  # type: ignore[type-arg]  # the class cannot be subscripted at run time
    """A tree path. Compared byte by byte on every database, so that ``[path, path + "Z")`` is a subtree.

    SQLite compares that way by itself; PostgreSQL would follow the language of its cluster.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """Ask PostgreSQL for the C collation."""
        parameters: dict[str, Any] = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
