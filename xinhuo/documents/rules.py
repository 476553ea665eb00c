"""Who may write, send, receive and forward. Seeing is ``visible_to``; these answer about doing."""

from xinhuo.core.actor import Actor
from xinhuo.core.answer import ALLOWED, Answer, denied, not_now
from xinhuo.core.clock import SHANGHAI

from .enums import DispatchState, DocumentState
from .models import Delivery, Dispatch, Document

ASKED = "这份文件正在本单位审签，定了才发出。要改的话，请先在审签页上撤回。"


def can_create_document(actor: Actor) -> Answer:
    """Whether the actor's post may draft documents for its unit."""
    if not actor.works:
        return denied("您的岗位只能查看。起草文件请找本单位的经办人。")
    return ALLOWED


def can_edit_document(actor: Actor, document: Document) -> Answer:
    """A draft is its unit's own; what was sent stays as it was sent."""
    if document.issuer_id != actor.org_id:
        return denied("这份文件由别的单位起草，您不能修改。")
    if not actor.works:
        return denied("您的岗位只能查看。修改文件请找本单位的经办人。")
    if document.state == DocumentState.ASKED:
        return not_now(ASKED)
    if document.state != DocumentState.DRAFT:
        return not_now("这份文件已经下发，不能再改。需要更正的，请另发一份通知。")
    return ALLOWED


def can_send(actor: Actor, document: Document) -> Answer:
    """A unit sends its own documents, and may send them again to units that were left out."""
    if document.issuer_id != actor.org_id:
        return denied("这份文件由别的单位印发。要往下发，请在收文里转发。")
    if not actor.works:
        return denied("您的岗位只能查看。下发文件请找本单位的经办人。")
    if document.state == DocumentState.ASKED:
        return not_now(ASKED)
    return ALLOWED


def can_receive(actor: Actor, delivery: Delivery) -> Answer:
    """A unit receives its own post, once, by a named person."""
    if delivery.org_id != actor.org_id:
        return denied("这份文件发给了别的单位，由收文单位自己签收。")
    if not actor.works:
        return denied("您的岗位只能查看。签收文件请找本单位的经办人。")
    return _still_open(delivery)


def can_record(actor: Actor, document: Document) -> Answer:
    """The unit that sent a document records receipts for receivers without a computer."""
    if document.issuer_id != actor.org_id:
        return denied("只有发文单位可以代录签收。")
    if not actor.works:
        return denied("您的岗位只能查看。代录签收请找本单位的经办人。")
    return ALLOWED


def can_record_receipt(actor: Actor, delivery: Delivery) -> Answer:
    """Whether the actor may record this one receipt."""
    answer = can_record(actor, delivery.document)
    if not answer:
        return answer
    if delivery.is_copy:
        return denied("抄送的文件只阅知，不用签收，也不用代录。")
    return _still_open(delivery)


def can_forward(actor: Actor, delivery: Delivery) -> Answer:
    """A unit passes on what it has received as work; 抄送 is for reading."""
    if delivery.org_id != actor.org_id:
        return denied("只有收文单位自己可以转发。")
    if not actor.works:
        return denied("您的岗位只能查看。转发文件请找本单位的经办人。")
    if delivery.is_copy:
        return denied("这份文件是抄送给您单位阅知的，不能作为工作往下转发。")
    if delivery.received_at is None:
        return not_now("请先签收，再转发。")
    return ALLOWED


def can_pass_on_outside(actor: Actor, document: Document) -> Answer:
    """The unit that entered a document from outside passes it on or answers it."""
    if document.issuer_id != actor.org_id or not document.is_outside:
        return denied("这份来文由别的单位登记，由登记的单位转发、答复。")
    if not actor.works:
        return denied("您的岗位只能查看。转发、答复请找本单位的经办人。")
    return ALLOWED


def can_take_back(actor: Actor, dispatch: Dispatch) -> Answer:
    """The unit's working posts may take a sending back before it was decided."""
    if dispatch.document.issuer_id != actor.org_id:
        return denied("只有发文单位可以撤回。")
    if not actor.works:
        return denied("您的岗位只能查看。撤回请找本单位的经办人。")
    if dispatch.state != DispatchState.ASKED:
        return not_now(f"现在是“{dispatch.get_state_display()}”，不用撤回。")
    return ALLOWED


def can_post_outside(actor: Actor, dispatch: Dispatch) -> Answer:
    """What was approved may be recorded as posted, once."""
    if dispatch.document.issuer_id != actor.org_id or not actor.works:
        return denied("寄出由发文单位的经办人来记。")
    if dispatch.state != DispatchState.CLEARED:
        return not_now(f"现在是“{dispatch.get_state_display()}”，不能记寄出。")
    return ALLOWED


def _still_open(delivery: Delivery) -> Answer:
    if delivery.dispatch.state != DispatchState.DONE:
        return not_now("这份文件还在下发，请过一会儿再签收。")
    if delivery.received_at is not None:
        when = delivery.received_at.astimezone(SHANGHAI)
        done = "阅过" if delivery.is_copy else "签收"
        return not_now(f"{delivery.received_by}已在{when.month}月{when.day}日{done}，不用再办。")
    return ALLOWED
