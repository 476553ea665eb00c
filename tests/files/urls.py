"""The site with one more page: a form that saves itself and holds two places for files."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from xinhuo.config.urls import urlpatterns as the_site
from xinhuo.core.context import shell
from xinhuo.files.uploads import Gathered, gather

SAVED: list[dict[str, list[str]]] = []
PAGE = """{% extends "core/base.html" %}{% load xh %}
{% block main %}<div class="xh-head"><div><h1>填进展</h1></div></div>
<form class="xh-stack" method="post" enctype="multipart/form-data" hx-post="/trial/"
 hx-trigger="change delay:200ms, xh:files delay:200ms" hx-swap="none">
{% csrf_token %}{% as_post %}
<label class="form-label" for="words">一句话</label><input class="form-control" id="words" name="words" value="{{ words }}">
{% include "files/_uploader.html" with field="files-1" label="照片和材料" files=one.files errors=one.errors only %}
{% include "files/_uploader.html" with field="files-2" label="签字页" kinds="image" files=two.files errors=two.errors only %}
<button class="btn btn-primary" type="submit">存好</button></form>{% endblock %}"""


def trial(request: HttpRequest) -> HttpResponse:
    """Show the form; on a post, remember what came in."""
    actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    one, two = Gathered(), Gathered()
    if request.method == "POST":
        one, two = (gather(f"files-{n}", request.POST, request.FILES, by=actor) for n in (1, 2))
        SAVED.append(
            {
                "words": [request.POST["words"]],
                "one": [f.name for f in one.files],
                "two": [f.name for f in two.files],
            }
        )
    context = {"one": one, "two": two, "words": request.POST.get("words", "")}
    template = engines["django"].from_string(PAGE)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return HttpResponse(template.render({**context, **shell(request)}, request))


urlpatterns = [*the_site, path("trial/", trial)]
