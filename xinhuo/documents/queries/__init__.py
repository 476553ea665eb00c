"""Named reads: the trays of a unit, the chain of a document, the cascade below it."""

from .cascade import Cascade, CascadeRow, Reach, cascade
from .trays import chain, copies, incoming, outgoing

__all__ = ["Cascade", "CascadeRow", "Reach", "cascade", "chain", "copies", "incoming", "outgoing"]
