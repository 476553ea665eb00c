"""Official documents: sent to a Selection, received once by each unit, forwarded under an own number."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.core.errors import NotNowError
from xinhuo.core.fields import AncestorColumns, PathRange
from xinhuo.orgs.enums import Line
from xinhuo.orgs.models import Org, Selection
from xinhuo.orgs.proxies import stood_for
from xinhuo.reporting.models import Form

from .amended import Amendment, Cancellable, Movable
from .enums import DispatchState, DocumentKind, DocumentState, OutsideHow, ReceiptHow

RECEIVING = "documents.receive"
"""The matter in which a unit may sign for another (``orgs.proxies``)."""

__all__ = [
    "RECEIVING",
    "Amendment",
    "Delivery",
    "DeliveryQuerySet",
    "Dispatch",
    "Document",
    "DocumentQuerySet",
]


class DocumentQuerySet(models.QuerySet["Document"]):
    """Who may see which documents."""

    def visible_to(self, actor: Actor) -> "DocumentQuerySet":
        """Own ones, sent ones of units below, and what was delivered to the own unit or below.

        A unit that got a forwarded document also sees what was forwarded, up to the first of the chain.
        """
        own = models.Q(issuer_id=actor.org_id)
        below = models.Q(PathRange.under("issuer__path", actor.path), state=DocumentState.SENT)
        seen = Delivery.objects.visible_to(actor)
        links = ("document", "root", "document__forwards", "document__forwards__forwards")
        delivered = models.Q()
        for (
            link
        ) in links:  # one indexed look-up per document; an IN list would read all deliveries of a province
            delivered |= models.Q(models.Exists(seen.filter(**{link: models.OuterRef("pk")})))
        return self.filter(own | below | delivered)


class Document(Cancellable):
    """One document. ``text`` is the source, verbatim; it may be empty when there are only attachments.

    ``forwards`` is the document this one passes on under its own number, ``root`` the first of that chain.
    ``outside_issuer`` names a body outside the tree whose document this is; ``issuer`` is then the unit that entered it.
    ``answers`` is the document that an own one replies to.
    ``serves`` lists what of the apps above it serves (出处), each ``{"kind", "id", "label"}``.
    ``amended_by`` is the latest change by a later document.
    """

    issuer = models.ForeignKey(Org, models.PROTECT, related_name="documents")
    kind = models.CharField("文种", max_length=16, choices=DocumentKind)
    number = models.CharField("文号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=200)
    signed_on = models.DateField("成文日期", null=True, blank=True)
    text = models.TextField("正文", blank=True)
    remark = models.TextField("转发意见", blank=True)
    due = models.DateField("报送时限", null=True, blank=True)
    line = models.CharField("条线", max_length=12, choices=Line, blank=True)
    state = models.CharField("状态", max_length=12, choices=DocumentState, default=DocumentState.DRAFT)
    forwards = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="forwarded_as")
    root = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="chain")
    outside_issuer = models.CharField("来文单位（系统以外）", max_length=120, blank=True)
    came_on = models.DateField("收到日期", null=True, blank=True)
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answered_by")
    serves = models.JSONField("出处", default=list)
    amended_by = models.ForeignKey(Amendment, models.PROTECT, null=True, blank=True, related_name="+")
    is_demo = models.BooleanField("演示", default=False)
    by_person_id = models.BigIntegerField(null=True)
    by_name = models.CharField("经办人", max_length=64, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    sent_at = models.DateTimeField("下发时间", null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        """Newest first."""

        verbose_name = "文件"
        ordering = ("-id",)
        indexes: ClassVar = [models.Index(fields=["issuer", "-id"], name="documents_issuer")]

    def __str__(self) -> str:
        """The title."""
        return self.title

    @property
    def root_or_self(self) -> "Document":
        """The first document of the chain."""
        return self.root or self

    @property
    def version(self) -> str:
        """Changes with every save of a draft; a form that carries an older one is refused with 409."""
        return f"{self.updated_at.timestamp():.6f}"

    @property
    def is_draft(self) -> bool:
        """Still the unit's own."""
        return self.state == DocumentState.DRAFT

    @property
    def is_outside(self) -> bool:
        """Written by a body outside the tree, entered by a unit."""
        return bool(self.outside_issuer)

    @property
    def sender(self) -> str:
        """Whose document it is, in words."""
        return self.outside_issuer or self.issuer.committee_name

    @property
    def state_words(self) -> str:
        """The state as people say it: what came from outside was not drafted here."""
        return "已登记" if self.is_outside and self.is_draft else self.get_state_display()

    @property
    def cite(self) -> str:
        """How people name it: the number, else the title."""
        return self.number or f"《{self.title}》"

    def advance(self, to: DocumentState) -> None:
        """The only writer of ``state``; NotNowError for a move that the table does not know. Not saved here."""
        if to not in DocumentState.MOVES[self.state]:
            raise NotNowError(f"这份文件现在的状态是“{self.get_state_display()}”，不能再改。")
        self.state = to

    @property
    def url(self) -> str:
        """The document's page."""
        return reverse("documents:document_detail", args=[self.pk])


class Ask(models.Model):
    """What answer a document asks its receivers for; a forwarding one passes the same form on."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="ask")
    form = models.ForeignKey(Form, models.PROTECT, related_name="+")

    class Meta:
        """One per document."""

        verbose_name = "要求回复"

    def __str__(self) -> str:
        """What is asked, in words."""
        return self.form.asks

    @property
    def is_inherited(self) -> bool:
        """Whether the unit above set it: then it is passed on as it is."""
        return self.form.org_id != self.document.issuer_id


class Dispatch(models.Model):
    """One act of sending. Runs chunk by chunk; its deliveries count only when it is done.

    ``params`` belongs to the apps above (which duties are assigned on, and the like). ``choice`` is what was ticked
    in the picker, shown again after a return. ``outside_to`` names a body outside the tree: nobody is delivered to
    then, and ``outside_*`` say how and when it was posted and by whom.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="dispatches")
    to = models.ForeignKey(Selection, models.PROTECT, related_name="+")
    copies = models.ForeignKey(Selection, models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField("报送时限", null=True, blank=True)
    params = models.JSONField(default=dict)
    choice = models.JSONField(default=dict)
    outside_to = models.CharField("寄往（系统以外）", max_length=120, blank=True)
    outside_how = models.CharField("寄送方式", max_length=12, choices=OutsideHow, blank=True)
    outside_on = models.DateField("寄出日期", null=True, blank=True)
    outside_by = models.CharField("寄送人", max_length=64, blank=True)
    state = models.CharField(max_length=12, choices=DispatchState, default=DispatchState.RUNNING)
    skipped = models.JSONField(default=list)
    job_id = models.BigIntegerField(null=True, blank=True)
    by_person_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        verbose_name = "下发"
        ordering = ("-id",)

    def __str__(self) -> str:
        """What went to whom."""
        return f"{self.document} → {self.to}"

    def advance(self, to: DispatchState) -> None:
        """The only writer of ``state``; NotNowError for a move that the table does not know. Not saved here."""
        if to not in DispatchState.MOVES[self.state]:
            raise NotNowError("这次下发已经办完了。")
        self.state = to

    @property
    def whom(self) -> str:
        """To whom, in words."""
        return self.outside_to or self.to.label

    @property
    def url(self) -> str:
        """Where it is approved inside the unit."""
        return reverse("documents:sending", args=[self.pk])


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries that count, and who sees them."""

    def complete(self) -> "DeliveryQuerySet":
        """Deliveries of finished dispatches."""
        return self.filter(dispatch__state=DispatchState.DONE)

    def visible_to(self, actor: Actor) -> "DeliveryQuerySet":
        """What reached the own unit, a unit below it or one it stands in for, and what the own unit sent."""
        reached = PathRange.under("org__path", actor.path)
        mine = models.Q(document__issuer_id=actor.org_id) | models.Q(org_id__in=stood_for(actor, RECEIVING))
        return self.complete().filter(reached | mine)


class Delivery(Movable, AncestorColumns):
    """A document has reached a unit. A unit receives a chain (``root``) once, whoever sends it."""

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="deliveries")
    document = models.ForeignKey(Document, models.PROTECT, related_name="deliveries")
    root = models.ForeignKey(Document, models.PROTECT, related_name="all_deliveries")
    org = models.ForeignKey(Org, models.PROTECT, related_name="deliveries")
    upstream = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="downstream")
    is_copy = models.BooleanField("抄送", default=False)
    due = models.DateField("报送时限", null=True, blank=True)
    created_at = models.DateTimeField()
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    received_by = models.CharField("签收人", max_length=64, blank=True)
    received_by_id = models.BigIntegerField(null=True, blank=True)
    received_how = models.CharField("签收方式", max_length=12, choices=ReceiptHow, blank=True)
    recorded_by = models.CharField("代录人", max_length=64, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        """Once per unit and chain."""

        verbose_name = "收文"
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "org"], name="delivery_once_per_unit")
        ]
        indexes: ClassVar = [
            models.Index(fields=["org", "-id"], name="documents_delivery_org"),
            models.Index(fields=["document", "org"], name="documents_delivery_doc"),
            models.Index(fields=["a1", "-created_at", "-id"], name="documents_delivery_a1"),
            models.Index(fields=["a2", "-created_at", "-id"], name="documents_delivery_a2"),
            models.Index(fields=["a3", "-created_at", "-id"], name="documents_delivery_a3"),
        ]

    def __str__(self) -> str:
        """Which unit got what."""
        return f"{self.org.short_name}：{self.document}"

    @property
    def url(self) -> str:
        """The page on which the unit reads and receives it."""
        return reverse("documents:delivery_detail", args=[self.pk])
