"""Verbs: drafting, sending, forwarding, receiving."""

from .drafting import create_document, save_document
from .receiving import Receipt, receive, receive_many, record_receipt, record_receipts
from .sending import draft_forward, forward, send_document

__all__ = [
    "Receipt",
    "create_document",
    "draft_forward",
    "forward",
    "receive",
    "receive_many",
    "record_receipt",
    "record_receipts",
    "save_document",
    "send_document",
]
