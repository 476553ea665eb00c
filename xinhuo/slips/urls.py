"""Addresses of slips."""

from django.urls import path

from . import views

app_name = "slips"

urlpatterns = [
    path("", views.slip_register, name="register"),
    path("setting/", views.setting, name="setting"),
    path("enter/<int:pk>/", views.slip_enter, name="enter"),
    path("task/<int:pk>/", views.task, name="task"),
    path("task/<int:pk>/done/", views.slip_finish, name="finish"),
    path("<int:pk>/", views.slip, name="slip"),
    path("<int:pk>/propose/", views.slip_propose, name="propose"),
    path("<int:pk>/rule/", views.slip_rule, name="rule"),
    path("<int:pk>/close/", views.slip_close, name="close"),
    path("<int:pk>/print/", views.slip_print, name="print"),
]
