"""The form for a unit's own route."""

from django import forms

from xinhuo.core.actor import Actor, Role
from xinhuo.core.forms import Form

from .actions import set_route
from .models import Route

ROUTES = (
    ("", "不设，经办人提交后直接报出"),
    ("leader", "负责人同意后报出"),
    ("secretary", "秘书长同意后报出"),
    ("secretary leader", "秘书长同意，再由负责人同意后报出"),
)


class RouteForm(Form):
    """Which posts must agree before anything leaves the unit."""

    route = forms.ChoiceField(label="报出前", choices=ROUTES, required=False, widget=forms.RadioSelect)

    def save(self, *, by: Actor) -> Route:
        """Set the route of the actor's own unit."""
        return set_route(by.org_id, [Role(role) for role in self.cleaned_data["route"].split()], by=by)
