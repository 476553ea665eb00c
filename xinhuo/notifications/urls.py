"""Addresses of messages and of what goes out."""

from django.urls import path

from .views import broadcasts, channels, messages, outgoing

app_name = "notifications"

urlpatterns = [
    path("", messages.message_list, name="message_list"),
    path("read/", messages.message_read_all, name="message_read_all"),
    path("<int:pk>/open/", messages.message_open, name="message_open"),
    path("settings/", messages.preferences, name="preferences"),
    path("settings/confirm/", messages.preference_confirm, name="preference_confirm"),
    path("channels/", channels.channel_list, name="channel_list"),
    path("channels/new/", channels.channel_new, name="channel_new"),
    path("channels/<int:pk>/", channels.channel_change, name="channel_change"),
    path("channels/<int:pk>/switch/", channels.channel_switch, name="channel_switch"),
    path("channels/<int:pk>/test/", channels.channel_test, name="channel_test"),
    path("out/", outgoing.outgoing_list, name="outgoing_list"),
    path("out/<int:pk>/", outgoing.outgoing_detail, name="outgoing_detail"),
    path("out/<int:pk>/again/", outgoing.outgoing_again, name="outgoing_again"),
    path("out/<int:pk>/settle/", outgoing.outgoing_settle, name="outgoing_settle"),
    path("out/<int:pk>/drop/", outgoing.outgoing_drop, name="outgoing_drop"),
    path("broadcasts/", broadcasts.broadcast_list, name="broadcast_list"),
    path("broadcasts/new/", broadcasts.broadcast_new, name="broadcast_new"),
    path("broadcasts/<int:pk>/", broadcasts.broadcast_detail, name="broadcast_detail"),
    path("broadcasts/<int:pk>/release/", broadcasts.broadcast_release, name="broadcast_release"),
    path("broadcasts/<int:pk>/drop/", broadcasts.broadcast_drop, name="broadcast_drop"),
]
