"""Named reads: the trays of a unit, the chain of a document, the cascade below it."""

from .cascade import Cascade, CascadeRow, Reach, Tree, cascade, cascade_below, level, level_below
from .trays import (
    chain,
    chain_fields,
    copies,
    dispatches,
    forwards_of,
    incoming,
    new_copies,
    outgoing,
    own_delivery,
    waiting_receipts,
)

__all__ = [
    "Cascade",
    "CascadeRow",
    "Reach",
    "Tree",
    "cascade",
    "cascade_below",
    "chain",
    "chain_fields",
    "copies",
    "dispatches",
    "forwards_of",
    "incoming",
    "level",
    "level_below",
    "new_copies",
    "outgoing",
    "own_delivery",
    "waiting_receipts",
]
