"""Verbs: what is asked, rounds, filling, sending up."""

from .filling import add_rows, bring_back_rows, save_return, take_out_row, take_over_rows
from .forms import create_form, save_form
from .rounds import close_round, list_returns, move_due, open_returns, open_round
from .sending import accept_many, recall_return, submit_return

__all__ = [
    "accept_many",
    "add_rows",
    "bring_back_rows",
    "close_round",
    "create_form",
    "list_returns",
    "move_due",
    "open_returns",
    "open_round",
    "recall_return",
    "save_form",
    "save_return",
    "submit_return",
    "take_out_row",
    "take_over_rows",
]
