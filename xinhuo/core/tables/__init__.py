"""Lists: search, filters, sorting, pages, export and the phone's layout, declared in one place per list."""

from .columns import Choice, Column, Filter, flag
from .keyset import KeysetPage, keyset_page
from .table import Table

__all__ = ["Choice", "Column", "Filter", "KeysetPage", "Table", "flag", "keyset_page"]
