"""One's own account: posts, password, and where one is signed in."""

from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xinhuo.core.http import HttpResponse, MemberRequest, page, signed_in, toast
from xinhuo.people.actions import sign_out_elsewhere
from xinhuo.people.forms import ChangePasswordForm
from xinhuo.people.queries import open_sign_ins

from .entering import login_of
from .signing import set_own_password


@never_cache
@require_GET
@signed_in
def me(request: MemberRequest) -> HttpResponse:
    """我的账号: the person's posts, the way to a new password, and the open sign-ins."""
    user = login_of(request)
    context = {
        "nav_key": "me",
        "login": user,
        "person": user.person,
        "sign_ins": open_sign_ins(user),
        "this_session": request.session.session_key,
    }
    return page(request, "people/me.html", context)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def password(request: MemberRequest) -> HttpResponse:
    """Change one's own password; the present one is asked for."""
    user = login_of(request)
    form = ChangePasswordForm(user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return set_own_password(request, form.cleaned_data["new_password"], then="people:me")
    context = {"nav_key": "me", "form": form}
    return page(request, "people/password.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def sign_out_others(request: MemberRequest) -> HttpResponse:
    """End one's own sessions on all other machines."""
    ended = sign_out_elsewhere(request.session.session_key, by=request.actor)
    text = f"其他 {ended} 处登录已经退出。" if ended else "没有其他地方在登录。"
    return toast(request, text, then="people:me")
