from pathlib import Path
import pytest
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from tests.cast import build_cast
from tests.flows.conftest import *
from xinhuo.config.urls import urlpatterns as the_site
from xinhuo.core.context import shell
from xinhuo.flows.actions import *
from xinhuo.flows.enums import *
from xinhuo.flows.models import *
from xinhuo.flows.queries import *
from xinhuo.flows.rules import *
from xinhuo.flows.ruling import RulingForm
from xinhuo.jobs.models import Job
from xinhuo.core import clock

PAGE = """{% extends "core/base.html" %}{% load xh %}{% block main %}<div class="xh-head"><div><h1>看一看</h1></div></div><div class="xh-stack">
{% include "flows/_decide.html" with process=process step=step form=form action="/trial/" %}{% include "flows/_history.html" with history=history only %}</div>{% endblock %}"""

def trial(request):
    process = Process.objects.filter(state="open").get()
    form = RulingForm(request.POST, request.FILES) if request.method == "POST" else RulingForm()
    if request.method == "POST": form.is_valid()
    ctx = {"process": process, "step": current_step(process), "form": form, "history": history(PAPER, 1, viewer=request.actor), **shell(request)}
    return HttpResponse(engines["django"].from_string(PAGE).render(ctx, request))

urlpatterns = [*the_site, path("trial/", trial)]
AXE = (Path(__file__).parents[1] / "browser/vendor/axe.min.js").read_text()

@pytest.fixture
def cast(transactional_db):
    return build_cast()

@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("tests.flows.test_dbg")
def test_dbg(page, live_server, client, cast, papers):
    o = cast.actors["xingyi_officer"]
    set_route(cast.orgs["xingyi"].pk, ["leader"], by=o)
    decide(papers.send(o, "qianxinan"), Verdict.ACCEPT, by=o, on_behalf_of="黄局长", reason="同意报送")
    decide(open_process(PAPER, 1), Verdict.RETURN, by=cast.actors["qianxinan_officer"], reason="第三项缺活动照片，请补两张。\n人数请再核。")
    p = papers.send(o, "qianxinan")
    client.force_login(cast.users["xingyi_officer"], backend="django.contrib.auth.backends.ModelBackend")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    job = Job.objects.create(kind="x", title="下发《2020年工作要点》", state="running", done=4200, total=26000, org=cast.orgs["xingyi"], by_name="刘长庚", created_at=clock.now(), queued_at=clock.now())
    job2 = Job.objects.create(kind="x", title="发短信", state="uncertain", done=4200, total=26000, org=cast.orgs["xingyi"], by_name="刘长庚", created_at=clock.now(), queued_at=clock.now(), message="发送途中后台中断了，不确定最后一批是否发出。请核对后，点“已经办好”或“接着办”。")
    problems = []
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    for name, url in (("decide", "/trial/"), ("route", "/flows/route/"), ("jobs", "/jobs/"), ("job", job.url), ("job2", job2.url)):
        for w, elder in ((1440, 0), (390, 0), (390, 1)):
            page.set_viewport_size({"width": w, "height": 900})
            page.context.add_cookies([{"name": "xh_mode", "value": "elder" if elder else "standard", "url": live_server.url}])
            page.goto(live_server.url + url)
            if name == "decide":
                page.click("text=请兴义市补充" if page.locator("text=请兴义市补充").count() else "text=请刘长庚补充")
                page.wait_for_load_state()
            page.screenshot(path=f"/tmp/fj/{name}-{w}-{elder}.png", full_page=True)
            page.evaluate(AXE)
            v = page.evaluate("axe.run(document).then(r => r.violations.map(v => [v.id, v.impact, v.nodes.map(n=>n.html.slice(0,150))]))")
            print(name, w, elder, page.evaluate("document.documentElement.scrollWidth"), v)
    print(problems)
