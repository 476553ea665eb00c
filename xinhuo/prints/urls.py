"""Addresses of prints. Short: they stand in QR codes and are read out on the telephone."""

from django.urls import path

from . import views

app_name = "prints"

urlpatterns = [
    path("", views.look_up, name="look_up"),
    path("mark/<int:pk>/", views.mark, name="mark"),
    path("<str:token>/", views.public, name="public"),
    path("<str:token>/qr.svg", views.qr, name="qr"),
]
