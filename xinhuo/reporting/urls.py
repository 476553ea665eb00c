"""Addresses of answers and rounds."""

from django.urls import path

from . import views

app_name = "reporting"

urlpatterns = [
    path("", views.return_list, name="return_list"),
    path("<int:pk>/", views.return_detail, name="return_detail"),
    path("<int:pk>/save/", views.return_save, name="return_save"),
    path("<int:pk>/submit/", views.return_submit, name="return_submit"),
    path("<int:pk>/recall/", views.return_recall, name="return_recall"),
    path("<int:pk>/decide/", views.return_decide, name="return_decide"),
    path("<int:pk>/template/", views.return_template, name="return_template"),
    path("rounds/<int:pk>/", views.round_detail, name="round_detail"),
    path("rounds/<int:pk>/export/", views.round_export, name="round_export"),
    path("rounds/<int:pk>/accept/", views.round_accept, name="round_accept"),
]
