"""Addresses of the portal."""

from django.urls import path

from . import views

app_name = "portal"
urlpatterns = [
    path("", views.workbench, name="workbench"),
    path("leader/", views.leader, name="leader"),
    path("done/", views.done, name="done"),
]
