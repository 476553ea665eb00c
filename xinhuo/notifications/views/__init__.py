"""Screens of messages and of what goes out."""
