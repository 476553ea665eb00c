"""Verbs of messages and of what goes out."""

from .broadcasting import drop_broadcast, prepare_broadcast, release_broadcast
from .channels import ChannelFacts, add_channel, change_channel, switch_channel, try_channel
from .outgoing import drop_outgoing, send_again, settle_outgoing
from .preferring import confirm_mail, set_preference
from .reading import read_all, read_message
from .telling import notify

__all__ = [
    "ChannelFacts",
    "add_channel",
    "change_channel",
    "confirm_mail",
    "drop_broadcast",
    "drop_outgoing",
    "notify",
    "prepare_broadcast",
    "read_all",
    "read_message",
    "release_broadcast",
    "send_again",
    "set_preference",
    "settle_outgoing",
    "switch_channel",
    "try_channel",
]
