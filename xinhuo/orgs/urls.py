"""Addresses of the units' screens."""

from django.urls import path

from . import proxy_views, views

app_name = "orgs"

urlpatterns = [
    path("", views.org_list, name="org_list"),
    path("tree/", views.org_tree, name="org_tree"),
    path("tree/<int:pk>/", views.org_branch, name="org_branch"),
    path("proxies/", proxy_views.proxy_list, name="proxy_list"),
    path("proxies/set/", proxy_views.proxy_set, name="proxy_set"),
    path("proxies/end/", proxy_views.proxy_end, name="proxy_end"),
    path("<int:pk>/", views.org_detail, name="org_detail"),
    path("<int:pk>/new/", views.org_create, name="org_create"),
    path("<int:pk>/change/", views.org_change, name="org_change"),
    path("<int:pk>/contact/", views.org_contact, name="org_contact"),
    path("<int:pk>/second-line/", views.org_second_line, name="org_second_line"),
    path("second-line/<int:pk>/end/", views.org_second_line_end, name="org_second_line_end"),
]
