"""What a move of a unit in the tree touches: answers that were not accepted yet follow it."""

from django.db.models import QuerySet

from xinhuo.core.contracts import UnitChange
from xinhuo.orgs.ancestry import ancestors_of_many
from xinhuo.orgs.models import Org

from .models import Return


def _open_below(org_id: int) -> QuerySet[Return]:
    path = Org.objects.values_list("path", flat=True).get(pk=org_id)
    return Return.objects.filter(accepted_at__isnull=True, org__in=Org.objects.under(path))


def count_open(org_id: int) -> int:
    """Answers not accepted yet in the unit and below it."""
    return _open_below(org_id).count()


def follow(org_id: int) -> int:
    """Write the ancestors of the new place into them; called after the paths were rewritten."""
    rows = list(_open_below(org_id).only("pk", "org_id"))
    ancestry = ancestors_of_many({row.org_id for row in rows})
    for row in rows:
        for column, ancestor in ancestry[row.org_id].items():
            setattr(row, column, ancestor)
    Return.objects.bulk_update(rows, ["a1", "a2", "a3"], batch_size=500)
    return len(rows)


UNIT_CHANGES = (UnitChange("没有办完的回复", count_open, follow),)
