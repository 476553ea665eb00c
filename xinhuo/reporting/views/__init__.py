"""Screens and verbs of answers and rounds."""

from .returns import (
    return_decide,
    return_detail,
    return_recall,
    return_save,
    return_submit,
    return_template,
)
from .rounds import return_list, round_accept, round_detail, round_export

__all__ = [
    "return_decide",
    "return_detail",
    "return_list",
    "return_recall",
    "return_save",
    "return_submit",
    "return_template",
    "round_accept",
    "round_detail",
    "round_export",
]
