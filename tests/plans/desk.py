"""Speaking to the checking desk as a browser does."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from xinhuo.plans.models import Plan

HTMX = {"HX-Request": "true", "HX-Target": "desk"}


def client_of(cast: Cast, who: str = "province_officer") -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def url(name: str, plan: Plan) -> str:
    return reverse(f"plans:{name}", args=[plan.pk])


def body(answer: HttpResponse) -> str:
    return answer.content.decode()


def panel(**changes: str) -> dict[str, str]:
    """The fields of paragraph 1.2 as the browser sends them."""
    fields = {
        "edit": "1.2",
        "panel": "1",
        "node-1_2-marker": "2.",
        "node-1_2-text": "丙校开展活动。",
        "duty-1_2-0-title": "丙校开展活动",
        "duty-1_2-0-scope": "direct",
        "duty-1_2-0-stance": "lead",
        "duty-1_2-0-target_kind": "paragraph",
        "duty-1_2-0-target_value": "",
        "duty-1_2-0-target_unit": "",
        "duty-1_2-0-deliverable": "",
        "duty-1_2-0-leads": "",
        "duty-1_2-0-cooperators": "",
        "duty-1_2-0-due": "2020-12-31",
        "duty-1_2-0-due_basis": "inferred",
    }
    return fields | changes
