"""Addresses of documents."""

from django.urls import path

from . import views

app_name = "documents"

urlpatterns = [
    path("", views.document_list, name="document_list"),
    path("sent/", views.sent_list, name="sent_list"),
    path("copies/", views.copy_list, name="copy_list"),
    path("new/", views.document_new, name="document_new"),
    path("autosave/", views.document_autosave, name="document_autosave"),
    path("audience/", views.audience, name="audience"),
    path("receive/", views.receive_chosen, name="receive_chosen"),
    path("<int:pk>/", views.document_detail, name="document_detail"),
    path("<int:pk>/edit/", views.document_edit, name="document_edit"),
    path("<int:pk>/ask/", views.document_ask, name="document_ask"),
    path("<int:pk>/send/", views.document_send, name="document_send"),
    path("<int:pk>/amend/", views.document_amend, name="document_amend"),
    path("<int:pk>/changes/", views.document_changes, name="document_changes"),
    path("<int:pk>/unreached/", views.document_unreached, name="document_unreached"),
    path("amendments/<int:pk>/dates/", views.amendment_dates, name="amendment_dates"),
    path("proxy/", views.proxy_receipts, name="proxy_receipts"),
    path("<int:pk>/receipts/", views.record_chosen, name="record_chosen"),
    path("<int:pk>/outside/", views.document_outside, name="document_outside"),
    path("sendings/<int:pk>/", views.sending_detail, name="sending"),
    path("sendings/<int:pk>/decide/", views.sending_decide, name="sending_decide"),
    path("sendings/<int:pk>/recall/", views.sending_recall, name="sending_recall"),
    path("sendings/<int:pk>/post/", views.sending_post, name="sending_post"),
    path("sendings/<int:pk>/print/", views.sending_print, name="sending_print"),
    path("outside/", views.outside_list, name="outside_list"),
    path("outside/new/", views.outside_new, name="outside_new"),
    path("outside/<int:pk>/", views.outside_detail, name="outside_detail"),
    path("outside/<int:pk>/edit/", views.outside_edit, name="outside_edit"),
    path("outside/<int:pk>/forward/", views.outside_forward, name="outside_forward"),
    path("outside/<int:pk>/answer/", views.outside_answer, name="outside_answer"),
    path("in/<int:pk>/", views.delivery_detail, name="delivery_detail"),
    path("in/<int:pk>/receive/", views.delivery_receive, name="delivery_receive"),
    path("in/<int:pk>/forward/", views.delivery_forward, name="delivery_forward"),
    path("in/<int:pk>/below/", views.document_cascade, name="document_cascade"),
]
