"""Addresses of the frame."""

from django.urls import path

from . import views

app_name = "core"

urlpatterns = [
    path("prefs/mode", views.mode, name="mode"),
    path("more/", views.more, name="more"),
]
