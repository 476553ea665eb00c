"""The tags of forms and tables. Registered into ``xh``; not to be loaded by itself."""

from typing import Any

from django import forms, template
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.html import format_html
from django.utils.safestring import SafeString


def register_forms(register: template.Library) -> None:
    """Add the tags of this module to the library ``xh``."""
    register.filter("is_check", is_check)
    register.inclusion_tag("core/parts/error_summary.html", name="error_summary")(error_summary)
    register.inclusion_tag("core/parts/warnings.html", name="warnings")(warnings)
    register.inclusion_tag("core/parts/table.html", name="table")(table)
    register.inclusion_tag("core/parts/filters.html", name="filters")(filters)
    register.inclusion_tag("core/parts/pages.html", name="pages")(pages)
    register.inclusion_tag("core/parts/keyset.html", name="keyset")(keyset)
    register.simple_tag(autosave, name="autosave")


def is_check(field: forms.BoundField) -> bool:
    """Whether the field is one check box, whose label stands behind it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """How many things are to be corrected, each a link to its field; nothing when all is well."""
    named = [(form[name], errors) for name, errors in form.errors.items() if name != NON_FIELD_ERRORS]
    general = form.non_field_errors()
    return {"named": named, "general": general, "count": len(named) + len(general)}


def warnings(form: forms.BaseForm) -> dict[str, Any]:
    """The soft doubts of a ``WarningsForm`` with the box that confirms them; nothing for other forms."""
    return {"warnings": getattr(form, "warnings", ()), "digest": getattr(form, "warnings_digest", "")}


def table(table: Any) -> dict[str, Any]:
    """A ``xinhuo.core.tables.Table``: head, rows, pages, or its empty state."""
    return {"table": table}


def filters(table: Any) -> dict[str, Any]:
    """The search box and filters of a table."""
    return {"table": table}


def pages(table: Any) -> dict[str, Any]:
    """The page links of a table."""
    return {"table": table}


def keyset(page: Any, url: str = "") -> dict[str, Any]:
    """The link to the next rows of a ``keyset_page``."""
    return {"page": page, "url": url}


def autosave(url: str, target: str) -> SafeString:
    """The attributes of a form that saves itself a moment after each change; ``target`` is replaced by the answer."""
    return format_html(
        'hx-post="{}" hx-trigger="change delay:600ms" hx-target="{}" hx-swap="outerHTML"', url, target
    )
