"""The audience picker: big choices, kinds, and units named one by one, for 主送 and 抄送. Shared with the apps above.

A page that sends something holds an ``AudienceForm`` and includes ``documents/_audience.html`` in its form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from xinhuo.core.actor import Actor
from xinhuo.core.forms import Form
from xinhuo.orgs.models import Org
from xinhuo.orgs.presets import CHILDREN, Preset, presets
from xinhuo.orgs.selections import matching

from .models import Document
from .recipients import Recipients, recipients

LISTED = 120
"""A unit with at most so many direct children shows them all; others are found by typing."""

FOUND = 40
NAMED = 3
FIND = "find"
"""Name of the button that searches the list: the form is shown again, nothing is sent."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Criteria of ``orgs.Selection`` and the words people read for them: 9 个市（州）、83 所高校."""

    criteria: Mapping[str, Any]
    label: str


class UnitIdsField(forms.Field):
    """Unit ids from check boxes; what is no number is left out (a person cannot type it)."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[int]:
        """Numbers, each once, in the order given."""
        return list(dict.fromkeys(int(item) for item in value or () if str(item).isdecimal()))


class AudienceForm(Form):
    """Who gets it as work (``to``) and who gets it to read (``copies``).

    ``actor`` sends; ``document`` lets the preview say who has it already. After ``is_valid()`` read ``to``,
    ``copies`` and ``recipients``.
    """

    to_groups = forms.MultipleChoiceField(required=False)
    to_ids = UnitIdsField(required=False)
    to_q = forms.CharField(required=False, max_length=60)
    copy_groups = forms.MultipleChoiceField(required=False)
    copy_ids = UnitIdsField(required=False)
    copy_q = forms.CharField(required=False, max_length=60)

    def __init__(
        self,
        actor: Actor,
        data: MultiValueDict[str, str] | None = None,
        *,
        document: Document | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.org = Org.objects.get(pk=actor.org_id)
        self.document = document
        self.presets = presets(self.org)
        choices = [(preset.key, preset.title) for preset in self.presets]
        for side in ("to", "copy"):
            field = self.fields[f"{side}_groups"]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  says so to the type checker
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """At least one unit has to be chosen for 主送, and none of them is the sender itself."""
        given = super().clean() or self.cleaned_data
        if not given.get("to_groups") and not given.get("to_ids"):
            self.add_error(None, "还没有选发给谁。请在“主送”里选一类单位，或从名单里勾选。")
        elif self.recipients is not None and not self.recipients.targets:
            self.add_error(None, "选中的单位都已经收到过这份文件，不用再发。下面列出了是谁发的。")
        return given

    @property
    def complaints(self) -> list[str]:
        """What is wrong with the choice; silent while the person is still searching."""
        if not self.is_bound or FIND in self.data:
            return []
        return [str(error) for error in self.non_field_errors()]

    def is_valid(self) -> bool:
        """Fine and meant: pressing the search button of the list is never taken for sending."""
        return super().is_valid() and FIND not in self.data

    @property
    def to_criteria(self) -> Mapping[str, Any]:
        """The criteria of ``to``."""
        return self.to.criteria

    @property
    def to_label(self) -> str:
        """The words of ``to``."""
        return self.to.label

    @property
    def copies_criteria(self) -> Mapping[str, Any] | None:
        """The criteria of ``copies``, if any."""
        return self.copies.criteria if self.copies else None

    @property
    def copies_label(self) -> str:
        """The words of ``copies``."""
        return self.copies.label if self.copies else ""

    def chosen(self, side: str) -> tuple[list[str], list[int]]:
        """Keys of presets and unit ids of a side (``to`` or ``copy``), as posted or as first shown."""
        if self.is_bound:
            _ = self.errors  # asking for them cleans, once
            given = self.cleaned_data
            return given.get(f"{side}_groups") or [], given.get(f"{side}_ids") or []
        return list(self.initial.get(f"{side}_groups", ())), list(self.initial.get(f"{side}_ids", ()))

    @property
    def to(self) -> Audience:
        """Who gets it as work."""
        return self._audience("to")

    @property
    def copies(self) -> Audience | None:
        """Who gets it to read; None when nobody was chosen."""
        return self._audience("copy") if any(self.chosen("copy")) else None

    @cached_property
    def recipients(self) -> Recipients | None:
        """Who would really get it; None while nothing is chosen for 主送 or 抄送."""
        if not any(self.chosen("to")) and not any(self.chosen("copy")):
            return None
        document = self.document or Document(issuer=self.org)
        copies = self.copies
        return recipients(document, self.to.criteria, copies.criteria if copies else None)

    @property
    def choice(self) -> dict[str, list[Any]]:
        """What was ticked, as it can be handed in again as ``initial``: a returned sending is not chosen anew."""
        (to_groups, to_ids), (copy_groups, copy_ids) = self.chosen("to"), self.chosen("copy")
        return {"to_groups": to_groups, "to_ids": to_ids, "copy_groups": copy_groups, "copy_ids": copy_ids}

    @property
    def boxes(self) -> list["Box"]:
        """Both sides, as the template shows them."""
        return [
            Box(self, "to", "主送", "收到后要签收，并按要求办理。"),
            Box(self, "copy", "抄送", "只阅知，不用办理。"),
        ]

    def _audience(self, side: str) -> Audience:
        keys, ids = self.chosen(side)
        picked = [preset for preset in self.presets if preset.key in keys]
        return Audience(_criteria(self.org, picked, ids), _label(picked, ids))


def _criteria(org: Org, picked: Sequence[Preset], ids: Sequence[int]) -> dict[str, Any]:
    """One readable condition where one is enough; a mixture becomes the units it means today."""
    everybody = any(preset.key == CHILDREN for preset in picked)
    kinds = [kind for preset in picked for kind in preset.kinds]
    if not picked:
        return {"ids": list(ids)}
    if not ids and not kinds:
        return {"children_of": org.pk}
    if not ids and not everybody:
        return {"kinds": list(dict.fromkeys(kinds))}
    parts: list[dict[str, Any]] = [{"ids": list(ids)}]
    parts += [{"kinds": kinds}] if kinds else []
    parts += [{"children_of": org.pk}] if everybody else []
    found: set[int] = set()
    for part in parts:
        found.update(matching(part, within=org).values_list("pk", flat=True))
    return {"ids": sorted(found)}


def _label(picked: Sequence[Preset], ids: Sequence[int]) -> str:
    words = [preset.label for preset in picked]
    if ids:
        names = Org.objects.filter(pk__in=ids).order_by("path").values_list("short_name", flat=True)
        words.append("、".join(names) if len(ids) <= NAMED else f"名单里选的 {len(ids)} 个单位")
    return "、".join(words)


@dataclass(frozen=True, slots=True)
class Pick:
    """A unit in the list."""

    pk: int
    name: str
    note: str
    checked: bool


class Box:
    """One side of the picker for the template."""

    def __init__(self, form: AudienceForm, side: str, title: str, hint: str) -> None:
        self.form, self.side, self.title, self.hint = form, side, title, hint
        self.keys, self.ids = form.chosen(side)
        self.words = str(form[f"{side}_q"].value() or "").strip()

    @property
    def big(self) -> list[tuple[Preset, bool]]:
        """The choices that hold direct children, each with whether it is chosen."""
        return self._presets(big=True)

    @property
    def more(self) -> list[tuple[Preset, bool]]:
        """Kinds and units further below."""
        return self._presets(big=False)

    @property
    def more_open(self) -> bool:
        """Whether something among ``more`` is chosen, so that it must not be hidden."""
        return any(checked for _, checked in self.more)

    def _presets(self, *, big: bool) -> list[tuple[Preset, bool]]:
        return [(preset, preset.key in self.keys) for preset in self.form.presets if preset.big == big]

    @property
    def picks(self) -> list[Pick]:
        """Units chosen by name first, then those the search found (without words: the direct children)."""
        chosen = Org.objects.filter(pk__in=self.ids).select_related("parent").order_by("path")
        found = self._found().exclude(pk__in=self.ids).select_related("parent").order_by("path")
        rows = [_pick(org, self.form.org, checked=True) for org in chosen]
        limit = FOUND if self.words else LISTED
        return rows + [_pick(org, self.form.org, checked=False) for org in found[:limit]]

    @property
    def is_long(self) -> bool:
        """Whether there are too many direct children to list; then people search."""
        return self._number_of_children > LISTED

    @property
    def list_open(self) -> bool:
        """Whether the list must not be hidden: something was searched or chosen."""
        return bool(self.words or self.ids)

    @property
    def _number_of_children(self) -> int:
        return self.form.org.children.filter(closed=False).count()

    def _found(self) -> QuerySet[Org]:
        if self.words:
            reach = matching({}, within=self.form.org).values("pk")
            return Org.objects.filter(pk__in=reach).searched(self.words)
        if self.is_long:
            return Org.objects.none()
        return matching({"children_of": self.form.org.pk}, within=self.form.org)


def _pick(org: Org, own: Org, *, checked: bool) -> Pick:
    above = org.parent.short_name if org.parent and org.parent_id != own.pk else ""
    return Pick(org.pk, org.name, above, checked)
