"""Addresses of people: signing in, one's own account, keeping accounts."""

from django.urls import path

from .views import batches, keeping, keys, own, signing

app_name = "people"

urlpatterns = [
    path("login/", signing.login, name="login"),
    path("logout/", signing.logout, name="logout"),
    path("welcome/<str:token>/", signing.welcome, name="welcome"),
    path("password/first/", signing.first_password, name="first_password"),
    path("posts/switch/", signing.switch, name="switch"),
    path("me/", own.me, name="me"),
    path("me/password/", own.password, name="password"),
    path("me/sign-out-others/", own.sign_out_others, name="sign_out_others"),
    path("people/", keeping.index, name="accounts"),
    path("people/add/", keeping.add, name="add"),
    path("people/units/", keeping.units, name="units"),
    path("people/import/", batches.upload, name="upload"),
    path("people/import/template/", batches.template, name="upload_template"),
    path("people/import/<int:pk>/", batches.preview, name="batch"),
    path("people/import/<int:pk>/open/", batches.open_some, name="batch_open"),
    path("people/posts/<int:pk>/end/", keeping.end_post, name="end_post"),
    path("people/<int:pk>/", keeping.person, name="person"),
    path("people/<int:pk>/change/", keeping.change, name="change"),
    path("people/<int:pk>/appoint/", keeping.give_post, name="appoint"),
    path("people/<int:pk>/account/", keys.give, name="give"),
    path("people/<int:pk>/reset/", keys.reset, name="reset"),
    path("people/<int:pk>/close/", keys.close, name="close"),
    path("people/<int:pk>/open/", keys.reopen, name="reopen"),
]
