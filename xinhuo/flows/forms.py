"""The form for a unit's own route."""

from django import forms

from xinhuo.core.actor import Actor, Role
from xinhuo.core.forms import Form

from .actions import set_route
from .models import Route

NONE = "none"
ROUTES = (
    (NONE, "不设，经办人提交后直接发出、报出"),
    ("leader", "负责人同意后发出、报出"),
    ("secretary", "秘书长同意后发出、报出"),
    ("secretary leader", "秘书长同意，再由负责人同意后发出、报出"),
)


class RouteForm(Form):
    """Which posts must agree before anything leaves the unit."""

    route = forms.ChoiceField(label="发出、报出前", choices=ROUTES, widget=forms.RadioSelect)

    def save(self, *, by: Actor) -> Route:
        """Set the route of the actor's own unit."""
        chosen = self.cleaned_data["route"]
        roles = [] if chosen == NONE else [Role(role) for role in chosen.split()]
        return set_route(by.org_id, roles, by=by)
