"""Verbs of people: posts, logins, sessions, and many accounts at once."""

from .accounts import (
    Key,
    accept_invitation,
    change_password,
    close_account,
    invite,
    open_account,
    open_with_password,
    reset_password,
    usable_invitation,
)
from .batches import free_logins, login_code, open_next, rows_of, stage_batch
from .first import create_first_admin, needs_unit
from .posts import Post, add_person, appoint, change_person, end_appointment
from .sessions import (
    end_sessions,
    move_session,
    note_seen,
    record_lock_out,
    record_sign_in,
    record_sign_out,
    sign_out_elsewhere,
    switch_post,
)
from .standing import keep_has_accounts

__all__ = [
    "Key",
    "Post",
    "accept_invitation",
    "add_person",
    "appoint",
    "change_password",
    "change_person",
    "close_account",
    "create_first_admin",
    "end_appointment",
    "end_sessions",
    "free_logins",
    "invite",
    "keep_has_accounts",
    "login_code",
    "move_session",
    "needs_unit",
    "note_seen",
    "open_account",
    "open_next",
    "open_with_password",
    "record_lock_out",
    "record_sign_in",
    "record_sign_out",
    "reset_password",
    "rows_of",
    "sign_out_elsewhere",
    "stage_batch",
    "switch_post",
    "usable_invitation",
]
