"""Verbs of messages and of what goes out."""

from .telling import notify

__all__ = ["notify"]
