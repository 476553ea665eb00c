"""Forms of the checking desk: what was typed or pressed becomes operations; the verbs decide."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict

from ..outline import Duty, Node, Op, Outline, OutlineError, apply
from ..outline.desk import Row, open_doubts, slug
from ..outline.doubts import fillable, ordinal_of
from ..outline.operations import BATCH
from ..outline.scopes import choices, named_scope
from ..outline.wording import describe
from ..outline.work import values_of
from ..queries.desk import DeskView

Step = list[Any]
SAVE, AUTOSAVE, DONE = "save", "autosave", "done"
NOT_RESENT = frozenset({"csrfmiddlewaretoken", "as_post", "version"})
NO_STEP = frozenset({SAVE, AUTOSAVE, DONE, ""})
TEXT_FIELDS = ("title", "leads", "cooperators", "target_unit", "target_value", "deliverable", "due")
CHOICE_FIELDS = ("stance", "target_kind", "due_basis")


class StepForm:
    """What came from the desk: a pressed button (``op``), the fields of an opened paragraph, the version seen.

    ``steps`` are the operations for what was changed and pressed, in this order; ``error`` says why they do not
    fit. Nothing is written here.
    """

    def __init__(self, view: DeskView, data: MultiValueDict[str, str] | Any, pressed: str = "") -> None:
        """Read the form against the outline as it stands; ``pressed`` stands in for the field ``op``."""
        self.view = view
        self.data = data
        self.pressed = pressed or str(data.get("op", ""))
        version = str(data.get("version", ""))
        self.version = int(version) if version.isascii() and version.isdigit() else -1
        self.error = ""
        self.steps: list[Step] = []
        self.after: Outline | None = None

    @property
    def is_stale(self) -> bool:
        """Whether somebody saved since the form was shown."""
        return self.version != self.view.plan.version

    @property
    def op(self) -> tuple[str, dict[str, Any]]:
        """One operation for all steps."""
        if len(self.steps) == 1:
            return self.steps[0][0], self.steps[0][1]
        return BATCH, {"ops": self.steps}

    def is_valid(self) -> bool:
        """Whether the steps fit the outline; tried out on a copy."""
        try:
            self.steps = [*self._changes(), *self._pressed()]
            if self.steps:
                name, args = self.op
                self.after = apply(self.view.outline, Op(self.view.plan.version + 1, name, args))
        except OutlineError as error:
            self.error = error.reason
        return not self.error

    def clash(self) -> dict[str, Any]:
        """Both versions, for the person who was slower: what others did, what was wanted, and the form itself."""
        fields = [
            (name, value) for name, values in self.data.lists() if name not in NOT_RESENT for value in values
        ]
        if not self.data.get("op") and self.pressed.startswith("settle:"):
            fields.append(("op", self.pressed))
        return {"theirs": self.view.since(self.version), "mine": self.said, "fields": fields}

    def keep_typed(self) -> None:
        """Hand what was typed about a doubt back to its row."""
        for row in self.view.doubts:
            if row.joined == self.data.get("doubts"):
                row.typed = str(self.data.get("value", ""))

    @property
    def said(self) -> str:
        """What the person wanted, in words."""
        if not self.steps:
            return "没有改动"
        name, args = self.op
        return describe(self.view.outline, Op(0, name, args))

    @property
    def stays_open(self) -> str:
        """The node whose paragraph stays open afterwards; what was merged away is found where it went."""
        key = self.view.view.edit
        if not key or self.after is None or key in self.after.nodes:
            return key
        node = self.view.outline.node(key)
        before = self.view.outline.previous(node)
        return before.key if before else node.parent

    @property
    def anchor(self) -> str:
        """The paragraph to look at afterwards."""
        name, _, rest = self.pressed.partition(":")
        key = self.stays_open or (rest.partition(":")[0] if name == "confirm" else "")
        row = next((row for row in self.view.desk.rows if row.holds(key)), None)
        return row.key if row else ""

    # -- the fields of an opened paragraph ----------------------------------------------------------------------

    def _changes(self) -> Iterator[Step]:
        row = self.view.opened
        if row is None or not self.data.get("panel"):
            return
        for line in row.lines:
            yield from self._node_changes(line.node)
            for duty in line.duties:
                yield from self._duty_changes(duty)

    def _node_changes(self, node: Node) -> Iterator[Step]:
        name = f"node-{slug(node.key)}"
        text = self.data.get(f"{name}-text")
        if text is not None and _plain(text) != node.text.strip():
            yield ["retype", {"node": node.key, "text": _plain(text)}]
        marker = self.data.get(f"{name}-marker")
        if marker is not None and marker.strip() != node.marker:
            args = {"node": node.key, "marker": marker.strip(), "ordinal": ordinal_of(marker)}
            yield ["set_marker", args]

    def _duty_changes(self, duty: Duty) -> Iterator[Step]:
        name = f"duty-{slug(duty.key)}"
        if f"{name}-title" not in self.data:
            return
        fields = self._duty_fields(duty, name)
        if fields:
            yield ["set_duty", {"duty": duty.key, "fields": fields}]
        ticked = f"{name}-confirmed" in self.data
        if ticked != duty.confirmed:
            yield ["confirm_duty", {"duty": duty.key, "on": ticked}]

    def _duty_fields(self, duty: Duty, name: str) -> dict[str, Any]:
        before = values_of(duty)
        now = {field: str(self.data.get(f"{name}-{field}", before[field])).strip() for field in TEXT_FIELDS}
        now |= {field: str(self.data.get(f"{name}-{field}", before[field])) for field in CHOICE_FIELDS}
        changed: dict[str, Any] = {
            field: value for field, value in now.items() if value != str(before[field]).strip()
        }
        if "due" in changed and "due_basis" not in changed and duty.due_basis == "inferred":
            changed["due_basis"] = "notice" if changed["due"] else ""
        standing = f"{name}-standing" in self.data
        if standing != duty.standing:
            changed["standing"] = standing
        scope = self._scope(duty, name)
        if scope is not None and scope != dict(duty.scope):
            changed["scope"] = scope
        return changed

    def _scope(self, duty: Duty, name: str) -> Mapping[str, Any] | None:
        wanted = self.data.get(f"{name}-scope", "")
        issuer = self.view.outline.reading["issuer_unit"]
        for choice in choices(issuer):
            if choice.value != wanted:
                continue
            if not choice.named:
                return dict(choice.scope)
            known = set(issuer.get("places", {}).values())
            ids = {int(unit) for unit in self.data.getlist(f"{name}-unit") if unit.isdigit()} & known
            if not ids:
                raise OutlineError(f"落实点“{duty.title[:20]}”选了“{choice.label}”，请再勾上是哪几个。")
            return named_scope(ids, issuer)
        return None

    # -- the pressed button -------------------------------------------------------------------------------------

    def _pressed(self) -> Iterator[Step]:
        if self.pressed in NO_STEP:
            return
        name, _, rest = self.pressed.partition(":")
        key, _, more = rest.partition(":")
        make = _BUTTONS.get(name)
        if make is None:
            raise OutlineError("不认识这个按钮，请刷新页面再试。")
        yield from make(self, key, more)

    def number(self, field: str) -> int | None:
        """A whole number from a field; None when it is none."""
        value = str(self.data.get(field, ""))
        return int(value) if value.isascii() and value.isdigit() else None


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _node(name: str) -> Any:
    return lambda _form, key, _more: [[name, {"node": key}]]


def _duty(name: str) -> Any:
    return lambda _form, key, _more: [[name, {"duty": key}]]


def _split_node(form: StepForm, key: str, more: str) -> list[Step]:  # noqa: ARG001  one signature for all
    return [["split_node", {"node": key, "at": form.number(f"node-{slug(key)}-at")}]]


def _split_duty(form: StepForm, key: str, more: str) -> list[Step]:
    if more == "accept":
        return [["split_duty", {"duty": key, "accept": True}]]
    at = form.number(f"duty-{slug(key)}-at")
    return [["split_duty", {"duty": key, "cuts": [] if at is None else [at]}]]


def _add_duty(form: StepForm, key: str, more: str) -> list[Step]:  # noqa: ARG001  as above
    return [["add_duty", {"node": key, "title": form.data.get(f"node-{slug(key)}-duty", "")}]]


def _add_node(form: StepForm, key: str, more: str) -> list[Step]:
    text = form.data.get(f"node-{slug(key)}-below" if key else "new-text", "")
    place = "parent" if more == "inside" or not key else "after"
    return [["add_node", {place: key, "text": text}]]


def _take_in(form: StepForm, key: str, more: str) -> list[Step]:  # noqa: ARG001  as above
    start, end = (int(part) if part.isdigit() else -1 for part in (key, more))
    return [["take_in", {"start": start, "end": end}]]


def _settle(form: StepForm, key: str, more: str) -> list[Step]:
    numbers = [int(part) for part in key.split(",") if part.isascii() and part.isdigit()]
    return [["settle", {"doubts": numbers, "choice": more, "value": form.data.get("value", "")}]]


def _head(form: StepForm, key: str, more: str) -> list[Step]:  # noqa: ARG001  as above
    """What is written into the head also settles the doubt about it, if one is open."""
    value = form.data.get("value", "")
    asked = {"number": "number", "title": "title", "signed_on": "date"}.get(key)
    numbers = [number for number, doubt in open_doubts(form.view.outline) if fillable(doubt) == asked]
    if numbers and asked and value.strip():
        return [["settle", {"doubts": numbers, "choice": "fill", "value": value}]]
    return [["set_header", {"field": key, "value": value}]]


def _confirm_row(form: StepForm, key: str, more: str) -> list[Step]:
    row: Row | None = next((item for item in form.view.desk.rows if item.holds(key)), None)
    if row is None:
        raise OutlineError("没有找到这一条，可能刚被同事改过。请刷新页面再试。")
    on = more == "on"
    return [["confirm_duty", {"duty": duty.key, "on": on}] for duty in row.duties if duty.confirmed != on]


_BUTTONS: dict[str, Any] = {
    **{name: _node(name) for name in ("merge_node", "promote", "demote", "remove_node", "restore_node")},
    **{name: _duty(name) for name in ("merge_duty", "remove_duty", "restore_duty")},
    "move": lambda _form, key, more: [["move", {"node": key, "to": more}]],
    "split_node": _split_node,
    "split_duty": _split_duty,
    "add_duty": _add_duty,
    "add_node": _add_node,
    "take_in": _take_in,
    "settle": _settle,
    "confirm": _confirm_row,
    "head": _head,
}
