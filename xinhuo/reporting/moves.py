"""What a move of a unit in the tree touches: answers that were not accepted yet follow it."""

from django.db.models import Q

from xinhuo.orgs.following import open_rows_follow

from .models import Return

UNIT_CHANGES = (open_rows_follow("没有办完的回复", Return, Q(accepted_at__isnull=True)),)
