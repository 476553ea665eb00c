"""Screens and verbs of documents."""

from .drafting import document_autosave, document_edit, document_new
from .lists import copy_list, document_list, receive_chosen, sent_list
from .reading import delivery_detail, delivery_receive, document_cascade, document_detail, record_chosen
from .sending import audience, delivery_forward, document_send

__all__ = [
    "audience",
    "copy_list",
    "delivery_detail",
    "delivery_forward",
    "delivery_receive",
    "document_autosave",
    "document_cascade",
    "document_detail",
    "document_edit",
    "document_list",
    "document_new",
    "document_send",
    "receive_chosen",
    "record_chosen",
    "sent_list",
]
