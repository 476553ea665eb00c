"""Addresses of plans: the text being checked, the work that comes of it, then what the year brings."""

from django.urls import path

from .views import (
    checking,
    closing,
    comparing,
    editions,
    linking,
    matrix,
    meetings,
    packages,
    reports,
    sending,
)

app_name = "plans"
check = [
    path("import/", checking.plan_import, name="plan_import"),
    path("<int:pk>/check/", checking.plan_check, name="plan_check"),
    path("<int:pk>/check/edit/", checking.plan_edit, name="plan_edit"),
    path("<int:pk>/check/doubt/", checking.plan_doubt, name="plan_doubt"),
    path("<int:pk>/check/undo/", checking.plan_undo, name="plan_undo"),
    path("<int:pk>/check/reread/", checking.plan_reread, name="plan_reread"),
    path("<int:pk>/publish/", checking.plan_publish, name="plan_publish"),
]
work = [
    path("", matrix.plan_list, name="plan_list"),
    path("<int:pk>/", matrix.plan_detail, name="plan_detail"),
    path("<int:pk>/source/", matrix.plan_source, name="plan_source"),
    path("<int:pk>/compare/", comparing.plan_compare, name="plan_compare"),
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
year = [
    path("<int:pk>/answers/", linking.plan_answers, name="plan_answers"),
    path("<int:pk>/carry/", linking.plan_carry, name="plan_carry"),
    path("<int:pk>/versions/", editions.version_list, name="version_list"),
    path("versions/<int:pk>/", editions.version_detail, name="version_detail"),
    path("versions/<int:pk>/adopt/", editions.version_adopt, name="version_adopt"),
    path("versions/<int:pk>/noted/", editions.version_noted, name="version_noted"),
    path("versions/<int:pk>/hand-on/", editions.version_hand_on, name="version_hand_on"),
    path("year-end/", closing.year_end, name="year_end"),
    path("year-end/<int:year>/", closing.year_end, name="year_end_of"),
    path("year-end/<int:year>/collect/", closing.summary_collect, name="summary_collect"),
    path("year-end/<int:year>/materials.zip", closing.materials_zip, name="materials_zip"),
    path("year-end/<int:year>/materials.docx", closing.materials_docx, name="materials_docx"),
    path("year-end/<int:year>/package/", packages.package_new, name="package_new"),
    path("summaries/<int:pk>/", closing.summary_detail, name="summary_detail"),
    path("summaries/<int:pk>/<int:duty>/", closing.summary_item, name="summary_item"),
    path("summaries/<int:pk>/summary.docx", closing.summary_docx, name="summary_docx"),
    path("packages/<int:pk>/", packages.package_detail, name="package_detail"),
    path("packages/<int:pk>/files/", packages.package_files, name="package_files"),
    path("packages/<int:pk>/names/", packages.package_names, name="package_names"),
    path("packages/<int:pk>/files.zip", packages.package_zip, name="package_zip"),
    path("packages/<int:pk>/table.xlsx", packages.package_table, name="package_table"),
    path("packages/items/<int:pk>/result/", packages.package_result, name="package_result"),
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    path("meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("meetings/<int:pk>/", meetings.meeting_detail, name="meeting_detail"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/read/", meetings.meeting_read, name="meeting_read"),
]
urlpatterns = check + work + year
