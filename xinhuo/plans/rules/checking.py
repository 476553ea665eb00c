"""Who may import a text and check it."""

from xinhuo.core.actor import Actor
from xinhuo.core.answer import ALLOWED, Answer, denied, not_now
from xinhuo.core.clock import SHANGHAI

from ..enums import PlanState
from ..models import Plan, PlanEdit


def can_import(actor: Actor) -> Answer:
    """A working post may bring a document of its unit in."""
    return ALLOWED if actor.works else denied("您的岗位只能查看。导入文件请找本单位的经办人。")


def can_check(actor: Actor, plan: Plan) -> Answer:
    """The issuer's working posts check a plan as long as it is not fixed."""
    if plan.document.issuer_id != actor.org_id:
        return denied(f"这份文件由{plan.document.issuer.committee_name}核对。")
    if not actor.works:
        return denied("您的岗位只能查看。核对文件请找本单位的经办人。")
    if plan.state != PlanState.CHECKING:
        return not_now("这份文件已经定稿，不能再改。")
    return ALLOWED


def is_current(plan: Plan, version: int, last: PlanEdit | None) -> Answer:
    """Whether a form was shown for the state the plan is still in."""
    if version == plan.version or last is None:
        return ALLOWED
    when = last.at.astimezone(SHANGHAI)
    return not_now(
        f"{last.by_name}在{when.hour}点{when.minute:02d}分先保存了一步，您这一步没有写进去，免得盖掉别人的。"
        "请刷新页面看过新的内容，再改一次。"
    )
