"""Checking a text (``checking``) and the work that comes of it."""
