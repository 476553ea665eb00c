"""Addresses of the engine."""

from django.urls import path

from . import views

app_name = "flows"

urlpatterns = [
    path("route/", views.route, name="route"),
    path("decisions/<int:pk>/scan/", views.scan, name="scan"),
]
