"""The choices of the audience picker that stand for many units: 全部市（州）, 全部高校, or one kind of school."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from .enums import Kind
from .models import Org
from .selections import matching

CHILDREN = "children"
GROUPS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("prefectures", "全部市（州）", "个市（州）", (Kind.PREFECTURE,)),
    ("zones", "全部新区、开发区", "个新区、开发区", (Kind.ZONE,)),
    ("counties", "全部县（市、区）", "个县（市、区）", (Kind.COUNTY,)),
    ("colleges", "全部高校（本科、高职、成人）", "所高校", Kind.COLLEGES),
    ("subcolleges", "全部二级学院", "个二级学院", (Kind.SUBCOLLEGE,)),
    ("schools", "全部中小学、幼儿园、中职", "所学校", Kind.SCHOOLS),
    ("direct", "全部直属单位", "个直属单位", (Kind.DIRECT,)),
)


@dataclass(frozen=True, slots=True)
class Preset:
    """A choice that stands for many units; ``big`` ones hold direct children of the sender."""

    key: str
    title: str
    counted: str
    number: int
    kinds: tuple[str, ...]
    big: bool

    @property
    def label(self) -> str:
        """9 个市（州）."""
        return f"{self.number} {self.counted}"


def presets(org: Org) -> list[Preset]:
    """The choices that fit a sender, with how many units each holds today; two queries."""
    reach = matching({}, within=org).order_by()
    everybody = _by_kind(reach)
    direct = _by_kind(matching({"children_of": org.pk}, within=org).order_by())
    found = []
    total = sum(direct.values())
    whole = any(sum(direct.get(kind, 0) for kind in kinds) == total for *_, kinds in GROUPS)
    if total and not whole:  # where one group holds them all, two choices would say the same
        found.append(Preset(CHILDREN, "本单位的全部下级单位", "个下级单位", total, (), big=True))
    for key, title, counted, kinds in GROUPS:
        if number := sum(everybody.get(kind, 0) for kind in kinds):
            found.append(
                Preset(key, title, counted, number, kinds, big=any(kind in direct for kind in kinds))
            )
    for kind in Kind:
        alone = any(preset.kinds == (kind.value,) for preset in found)
        if not alone and (number := everybody.get(kind.value, 0)):
            counted = f"个{kind.label}" if kind in Kind.BUREAUS else f"所{kind.label}"
            found.append(
                Preset(f"kind-{kind.value}", f"全部{kind.label}", counted, number, (kind.value,), big=False)
            )
    return found


def _by_kind(units: QuerySet[Org]) -> dict[str, int]:
    return dict(units.values_list("kind").annotate(number=Count("pk", distinct=True)))
