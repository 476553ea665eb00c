"""Screens of people: signing in, one's own account, keeping accounts, many accounts at once."""
