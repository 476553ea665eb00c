"""Inside the office of the department: what came from outside the tree goes through the slip."""

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.documents.actions import answer_draft, enter_outside
from xinhuo.documents.enums import DocumentKind
from xinhuo.prints.actions import mark_sheet
from xinhuo.slips.actions import close, propose, rule, set_use
from xinhuo.slips.kinds import SLIP
from xinhuo.slips.models import Slip
from xinhuo.slips.queries import slip_sheet

LETTER = "（演示）关于捐赠青少年读物的函"
NOTICE = "（演示）关于报送“读懂中国”活动开展情况的通知"


def work_with_slips(by: Actor, leader: Actor) -> None:
    """One document from outside is closed, its slip printed; the next one waits for the leader's words."""
    set_use(is_on=True, by=by)
    letter = enter_outside(
        by=by,
        kind=DocumentKind.LETTER,
        outside_issuer="某某教育基金会（演示）",
        title=LETTER,
        came_on=clock.today(),
        text="拟向农村小学捐赠青少年读物，请提供受助学校名单。",
        is_demo=True,
    )
    slip = Slip.objects.get(document=letter)
    me = [by.person_id]
    propose(slip, "拟请各市（州）推荐受助学校，汇总后复函。", handlers=me, needs_ruling=True, by=by)
    rule(slip, "同意。名单要核实，向边远学校倾斜。", handlers=me, by=leader)
    close(slip, "已汇总名单，复函已起草。", on=clock.today(), by=by)
    answer_draft(letter, by=by)
    slip.refresh_from_db()
    mark_sheet(SLIP, slip.pk, slip_sheet(slip, slip.tasks.all()), by=by)
    enter_outside(
        by=by,
        kind=DocumentKind.NOTICE,
        outside_issuer="教育部关工委（演示）",
        title=NOTICE,
        came_on=clock.today(),
        text="请于年底前报送本年度活动开展情况。",
        is_demo=True,
    )
    waiting = Slip.objects.get(document__title=NOTICE)
    propose(waiting, "拟从各单位全年进展中汇总上报。", handlers=me, needs_ruling=True, by=by)
