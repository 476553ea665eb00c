"""When a unit moves in the tree, records of growing tables that are still open follow it (design 3)."""

from typing import Any

from django.db.models import Q

from xinhuo.core.contracts import UnitChange

from .ancestry import DEPTHS, ancestors_of_many
from .models import Org

COLUMNS = [f"a{depth}" for depth in DEPTHS]


def open_rows_follow(label: str, model: Any, still_open: Q) -> UnitChange:
    """What a move touches in a table with an ``org`` and ancestor columns: rows ``still_open`` follow, closed ones stay."""

    def rows_below(org_id: int) -> Any:
        path = Org.objects.values_list("path", flat=True).get(pk=org_id)
        return model.objects.filter(still_open, org__in=Org.objects.under(path))

    def count(org_id: int) -> int:
        return int(rows_below(org_id).count())

    def follow(org_id: int) -> int:
        rows = list(rows_below(org_id).only("pk", "org_id"))
        ancestry = ancestors_of_many({row.org_id for row in rows})
        for row in rows:
            for column, ancestor in ancestry[row.org_id].items():
                setattr(row, column, ancestor)
        model.objects.bulk_update(rows, COLUMNS, batch_size=500)
        return len(rows)

    return UnitChange(label, count, follow)
