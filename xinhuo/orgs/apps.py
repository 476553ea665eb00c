"""The units app."""

from django.apps import AppConfig

from xinhuo.core.actor import Actor, Role
from xinhuo.core.contracts import NavItem, Schedule, Subject, Verb

from .kinds import UNIT


def _url(org_id: int) -> str:
    from django.urls import reverse

    return reverse("orgs:org_detail", args=[org_id])


def _can_see(actor: Actor, org_id: int) -> bool:
    from .models import Org

    return Org.objects.visible_to(actor).filter(pk=org_id).exists()


def _mirror_due() -> None:
    """Changes entered ahead take effect on their day, in the name of the root unit."""
    from .actions import mirror_due
    from .models import Org

    root = Org.objects.filter(parent__isnull=True).first()
    if root is not None:
        mirror_due(by=Actor(0, "系统", None, 0, root.pk, root.name, root.path, Role.ADMIN, origin="定时"))


class OrgsConfig(AppConfig):
    """The dated tree of units."""

    name = "xinhuo.orgs"
    label = "orgs"
    verbose_name = "单位"

    subjects = (Subject(UNIT, "单位", url=_url, can_see=_can_see),)
    nav = (NavItem("orgs", "队伍与组织", "orgs:org_list", icon="sitemap", order=60, elder=False),)
    schedules = (Schedule("orgs.mirror", "到期的单位变动生效", _mirror_due),)
    verbs = (
        Verb("orgs.created", "新增单位"),
        Verb("orgs.loaded", "批量新增单位"),
        Verb("orgs.changed", "修改单位"),
        Verb("orgs.second_line", "设置第二条线"),
        Verb("orgs.second_line_ended", "结束第二条线"),
        Verb("orgs.contact", "修改联系人"),
        Verb("orgs.proxy_set", "设置代管代报"),
        Verb("orgs.proxy_ended", "结束代管代报"),
    )
