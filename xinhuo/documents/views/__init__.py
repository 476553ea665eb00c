"""Screens and verbs of documents."""

from .amending import amendment_dates, document_amend, document_changes
from .approving import sending_decide, sending_detail, sending_post, sending_print, sending_recall
from .asking import document_ask
from .drafting import document_autosave, document_edit, document_new
from .lists import copy_list, document_list, receive_chosen, sent_list
from .outside import (
    document_outside,
    outside_answer,
    outside_detail,
    outside_edit,
    outside_forward,
    outside_list,
    outside_new,
)
from .reachless import document_unreached, proxy_receipts
from .reading import delivery_detail, delivery_receive, document_cascade, document_detail, record_chosen
from .sending import audience, delivery_forward, document_send

__all__ = [
    "amendment_dates",
    "audience",
    "copy_list",
    "delivery_detail",
    "delivery_forward",
    "delivery_receive",
    "document_amend",
    "document_ask",
    "document_autosave",
    "document_cascade",
    "document_changes",
    "document_detail",
    "document_edit",
    "document_list",
    "document_new",
    "document_outside",
    "document_send",
    "document_unreached",
    "outside_answer",
    "outside_detail",
    "outside_edit",
    "outside_forward",
    "outside_list",
    "outside_new",
    "proxy_receipts",
    "receive_chosen",
    "record_chosen",
    "sending_decide",
    "sending_detail",
    "sending_post",
    "sending_print",
    "sending_recall",
    "sent_list",
]
