"""The prints app."""

from django.apps import AppConfig
from django.utils.functional import cached_property

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import Subject, Verb

from .kinds import MARK


def _see_mark(actor: Actor, mark_id: int) -> bool:
    from .models import PrintMark  # models are not loaded yet when AppConfigs are read
    from .rules import can_see_mark

    mark = PrintMark.objects.filter(pk=mark_id).select_related("org").first()
    return mark is not None and can_see_mark(actor, mark)


def _mark_url(mark_id: int) -> str:
    from django.urls import reverse

    return reverse("prints:mark", args=[mark_id])


class PrintsConfig(AppConfig):
    """Paper with a check code; knows no subject."""

    name = "xinhuo.prints"
    label = "prints"
    verbose_name = "打印件"

    verbs = (Verb("prints.printed", "打印"), Verb("prints.scanned", "传回盖章件"))

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """A print, beside which its sealed scan lies."""
        return (Subject(MARK, "打印件", _mark_url, _see_mark),)
