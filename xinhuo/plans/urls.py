"""Addresses of plans: the text being checked, then the work that comes of it."""

from django.urls import path

from .views import matrix, reports, sending

app_name = "plans"
work = [
    path("", matrix.plan_list, name="plan_list"),
    path("<int:pk>/", matrix.plan_detail, name="plan_detail"),
    path("<int:pk>/source/", matrix.plan_source, name="plan_source"),
    path("<int:pk>/ledger/", matrix.plan_ledger, name="plan_ledger"),
    path("<int:pk>/send/", sending.plan_send, name="plan_send"),
    path("<int:pk>/forward/", sending.plan_forward, name="plan_forward"),
    path("duties/<int:pk>/", matrix.duty_detail, name="duty_detail"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/new/", reports.call_new, name="call_new"),
    path("reports/<int:pk>/", reports.report_detail, name="report_detail"),
    path("reports/<int:pk>/save/", reports.report_save, name="report_save"),
    path("reports/<int:pk>/submit/", reports.report_submit, name="report_submit"),
    path("reports/<int:pk>/recall/", reports.report_recall, name="report_recall"),
    path("reports/<int:pk>/decide/", reports.report_decide, name="report_decide"),
    path("calls/<int:pk>/", reports.call_detail, name="call_detail"),
    path("calls/<int:pk>/accept/", reports.call_accept, name="call_accept"),
]
urlpatterns = work
