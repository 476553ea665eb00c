"""Verbs: drafting, asking for an answer, sending, forwarding, receiving."""

from .amending import amend_document
from .approving import ask, recall_sending
from .asking import ask_as_above, ask_for, ask_nothing
from .drafting import create_document, save_document, set_serves
from .outside import answer_draft, enter_outside, pass_on_draft, post_outside, send_outside
from .own_dates import set_own_dates
from .receiving import Receipt, receive, receive_many, record_receipt, record_receipts
from .sending import draft_forward, forward, send_document

__all__ = [
    "Receipt",
    "amend_document",
    "answer_draft",
    "ask",
    "ask_as_above",
    "ask_for",
    "ask_nothing",
    "create_document",
    "draft_forward",
    "enter_outside",
    "forward",
    "pass_on_draft",
    "post_outside",
    "recall_sending",
    "receive",
    "receive_many",
    "record_receipt",
    "record_receipts",
    "save_document",
    "send_document",
    "send_outside",
    "set_own_dates",
    "set_serves",
]
