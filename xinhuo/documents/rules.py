"""Who may write, send, receive and forward. Seeing is ``visible_to``; these answer about doing."""

from django.db.models import Q

from xinhuo.core.actor import Actor
from xinhuo.core.answer import ALLOWED, Answer, denied, not_now
from xinhuo.core.clock import SHANGHAI
from xinhuo.orgs.proxies import acts_for

from .enums import DispatchState, DocumentState, Effect
from .models import RECEIVING, Amendment, Delivery, Dispatch, Document

ASKED = "这份文件正在本单位审签，定了才发出。要改的话，请先在审签页上撤回。"

PENDING = (DispatchState.ASKED, DispatchState.RUNNING)


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
    return _still_valid(document)


def can_be_amended(document: Document) -> bool:
    """Whether changing it is worth offering: sent, not cancelled, and itself no change (read with the document)."""
    sent = document.state == DocumentState.SENT and document.cancelled_by_id is None
    return sent and getattr(document, "amendment", None) is None


def can_amend(actor: Actor, document: Document) -> Answer:
    """The unit that sent a document postpones, cancels or corrects it, once its sending is complete."""
    if document.issuer_id != actor.org_id:
        return denied("只有发文单位可以变更自己的文件。要推迟的话，请和发文单位联系。")
    if not actor.works:
        return denied("您的岗位只能查看。变更文件请找本单位的经办人。")
    if document.state != DocumentState.SENT:
        return not_now("这份文件还没有下发，直接改草稿就行。")
    if getattr(document, "amendment", None) is not None:
        return not_now("这份文件本身就是变更通知。还要再变的，请回到原来那份文件上办。")
    running = Q(document=document) | Q(document__amendment__amends=document)
    if Dispatch.objects.filter(running, state__in=PENDING).exists():
        return not_now("这份文件还在下发，或者上一次变更还在审签、还没有发完。请等它办完再变更。")
    return _still_valid(document)


def can_set_own_dates(actor: Actor, amendment: Amendment) -> Answer:
    """Who passed the earlier document on may set again what it asked those below for."""
    if not actor.works:
        return denied("您的岗位只能查看。改时限请找本单位的经办人。")
    if amendment.effect != Effect.POSTPONE:
        return not_now("这次变更没有改日期。")
    root = amendment.amends.root_or_self
    sent = Document.objects.filter(root=root, issuer_id=actor.org_id, state=DocumentState.SENT)
    if not sent.exclude(pk=amendment.amends_id).exists():
        return denied("您单位没有转发过这份文件，没有要改的时限。")
    return ALLOWED


def _still_valid(document: Document) -> Answer:
    if document.cancelled_by_id is None:
        return ALLOWED
    return not_now("这份文件已经取消，不能再发、再改。")


def can_receive(actor: Actor, delivery: Delivery) -> Answer:
    """A unit receives its own post, or that of a unit it stands in for, once, by a named person."""
    if not acts_for(actor, delivery.org_id, RECEIVING):
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
    if delivery.cancelled_by_id is not None:
        return not_now("这份文件已经取消，不用再转发。")
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
    if delivery.cancelled_by_id is not None:
        return not_now("这份文件已经取消，不用签收，也不用办理。")
    if delivery.dispatch.state != DispatchState.DONE:
        return not_now("这份文件还在下发，请过一会儿再签收。")
    if delivery.received_at is not None:
        when = delivery.received_at.astimezone(SHANGHAI)
        done = "阅过" if delivery.is_copy else "签收"
        return not_now(f"{delivery.received_by}已在{when.month}月{when.day}日{done}，不用再办。")
    return ALLOWED
