"""Fixtures for the tests of plans."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from tests.cast import Cast
from xinhuo.plans.models import Plan

from .checks import imported, the_sample
from .desk import HTMX, client_of


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """The small plan, just brought in."""
    return imported(cast)


@pytest.fixture
def sample_plan(cast: Cast) -> Plan:
    """The sample, just brought in."""
    return the_sample(cast)


@pytest.fixture
def post(cast: Cast, plan: Plan) -> Callable[..., HttpResponse]:
    client = client_of(cast)

    def send(name: str = "plan_edit", *, htmx: bool = False, **data: Any) -> HttpResponse:
        plan.refresh_from_db()
        fields = {
            "version": str(plan.version),
            **{key.replace("__", "-"): value for key, value in data.items()},
        }
        address = reverse(f"plans:{name}", args=[plan.pk])
        answer: HttpResponse = client.post(address, fields, headers=HTMX if htmx else {})
        return answer

    return send
