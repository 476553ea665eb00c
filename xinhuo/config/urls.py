"""The site's addresses. Each app names its own; here they only get their place."""

from django.urls import URLPattern, URLResolver, include, path

from .views import healthz, metrics

PLACES = {
    "core": "",
    "orgs": "units/",
    "people": "",
    "journal": "journal/",
    "files": "files/",
    "jobs": "jobs/",
    "notifications": "messages/",
    "prints": "p/",
    "flows": "flows/",
    "documents": "documents/",
    "slips": "slips/",
    "reporting": "returns/",
    "plans": "plans/",
    "portal": "",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    *(path(place, include(f"xinhuo.{app}.urls")) for app, place in PLACES.items()),
]

handler400 = "xinhuo.core.views.bad_request"
handler500 = "xinhuo.core.views.server_error"
