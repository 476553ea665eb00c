"""Finding units by what people write for them: the full name, the short name, or 上级/单位 where a name repeats."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from xinhuo.orgs.models import Org

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A unit, or (Chinese, for the person) why none could be taken."""

    org: Org | None
    problem: str = ""


def find_units(texts: Iterable[str], path: str) -> dict[str, Found]:
    """For every text the one open unit at ``path`` or below that it names; one query for any number of texts.

    A full name beats a short name. Where several units share the name, ``上级/单位`` decides.
    """
    wanted = {text: _split(text) for text in texts}
    names = {name for _, name in wanted.values()}
    candidates: dict[str, list[Org]] = defaultdict(list)
    rows = Org.objects.open().under(path).filter(Q(name__in=names) | Q(short_name__in=names))
    for org in rows.select_related("parent"):
        for name in {org.name, org.short_name}:
            candidates[name].append(org)
    return {text: _choose(above, name, candidates[name]) for text, (above, name) in wanted.items()}


def find_unit(text: str, path: str) -> Found:
    """The same for a single text."""
    return find_units([text], path)[text]


def written(org: Org) -> str:
    """The unit as it can be written without doubt: 盘州市教育局/第一小学."""
    return f"{org.parent.short_name}/{org.name}" if org.parent is not None else org.name


def suggest_units(words: str, path: str, limit: int = 12) -> list[str]:
    """What to propose while a unit is being typed, ready to be taken over as it stands."""
    above, name = _split(words)
    found = Org.objects.open().under(path).searched(name)
    if above:
        found = found.filter(Q(parent__name=above) | Q(parent__short_name=above))
    return [written(org) for org in found.select_related("parent").order_by("path")[:limit]]


def _split(text: str) -> tuple[str, str]:
    above, _, name = text.replace("／", "/").rpartition("/")
    return above.strip(), name.strip()


def _choose(above: str, name: str, candidates: list[Org]) -> Found:
    if not name:
        return Found(None, "请填写单位。")
    if above:
        candidates = [
            org for org in candidates if org.parent and above in {org.parent.name, org.parent.short_name}
        ]
    exact = [org for org in candidates if org.name == name] or candidates
    if len(exact) == 1:
        return Found(exact[0])
    shown = f"{above}/{name}" if above else name
    if not exact:
        return Found(None, f"在您管理的范围里没有找到“{shown}”。请写单位的全称或者简称，已撤并的单位不能用。")
    examples = "、".join(written(org) for org in exact[:EXAMPLES])
    return Found(None, f"有 {len(exact)} 个单位叫“{shown}”，请连上级单位一起写，例如：{examples}。")
