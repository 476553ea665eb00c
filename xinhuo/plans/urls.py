"""Addresses of plans: the text being checked, then the work that comes of it."""

from django.urls import path

from .views import checking, comparing, matrix, printing, reports, sending, serving, steering, tasks

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
    path("<int:pk>/ledger/print/", printing.ledger_sheet, name="ledger_print"),
    path("<int:pk>/print/", printing.matrix_sheet, name="plan_print"),
    path("reports/<int:pk>/print/", printing.report_print, name="report_print"),
    path("<int:pk>/send/", sending.plan_send, name="plan_send"),
    path("<int:pk>/forward/", sending.plan_forward, name="plan_forward"),
    path("duties/<int:pk>/", matrix.duty_detail, name="duty_detail"),
    path("serves/<int:pk>/", serving.document_duties, name="document_duties"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/new/", reports.call_new, name="call_new"),
    path("reports/<int:pk>/", reports.report_detail, name="report_detail"),
    path("reports/<int:pk>/save/", reports.report_save, name="report_save"),
    path("reports/<int:pk>/submit/", reports.report_submit, name="report_submit"),
    path("reports/<int:pk>/help/", reports.report_help, name="report_help"),
    path("reports/<int:pk>/recall/", reports.report_recall, name="report_recall"),
    path("reports/<int:pk>/decide/", reports.report_decide, name="report_decide"),
    path("calls/<int:pk>/", reports.call_detail, name="call_detail"),
    path("calls/<int:pk>/accept/", reports.call_accept, name="call_accept"),
]
steer = [
    path("steering/", steering.steering, name="steering"),
    path("steering/remind/", steering.steering_remind, name="steering_remind"),
    path("steering/phones/", steering.steering_phones, name="steering_phones"),
    path("steering/<str:kind>/<int:pk>/", steering.steering_text, name="steering_text"),
    path("steering/<str:kind>/<int:pk>/code.svg", steering.steering_qr, name="steering_qr"),
    path("c/<int:pk>/", steering.call_go, name="call_go"),
    path("d/<int:pk>/", steering.receipt_go, name="receipt_go"),
    path("escalations/<int:pk>/", steering.escalation, name="escalation"),
    path("escalations/<int:pk>/release/", steering.escalation_release, name="escalation_release"),
    path("escalations/<int:pk>/hold/", steering.escalation_hold, name="escalation_hold"),
    path("escalations/<int:pk>/note/", steering.escalation_note, name="escalation_note"),
    path("duties/<int:pk>/steer/", steering.duty_steer, name="duty_steer"),
    path("duties/<int:pk>/points/", steering.duty_points, name="duty_points"),
    path("duties/<int:pk>/targets/", steering.duty_targets, name="duty_targets"),
    path("duties/<int:pk>/close/", steering.duty_close, name="duty_close"),
    path("tasks/", tasks.task_list, name="task_list"),
    path("tasks/<int:pk>/", tasks.task_detail, name="task_detail"),
    path("tasks/<int:pk>/explain/", tasks.task_explain, name="task_explain"),
    path("tasks/<int:pk>/extend/", tasks.task_extend, name="task_extend"),
    path("tasks/<int:pk>/close/", tasks.task_close, name="task_close"),
    path("tasks/<int:pk>/reopen/", tasks.task_reopen, name="task_reopen"),
    path("extensions/<int:pk>/", tasks.extension_detail, name="extension_detail"),
    path("reports/<int:pk>/explain/", tasks.report_explain, name="report_explain"),
]
urlpatterns = check + work + steer
