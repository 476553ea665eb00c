"""The journal app."""

from django.apps import AppConfig

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import NavItem


def _reads(actor: Actor) -> bool:
    from .rules import can_read_journal

    return bool(can_read_journal(actor))


class JournalConfig(AppConfig):
    """Who did what; knows no subject."""

    name = "xinhuo.journal"
    label = "journal"
    verbose_name = "操作记录"

    nav = (
        NavItem(
            "journal", "操作记录", "journal:index", icon="history", order=90, elder=False, visible=_reads
        ),
    )
