"""What a move of a unit in the tree touches: duties and pages that were not accepted yet follow it."""

from django.db.models import Q

from xinhuo.orgs.following import open_rows_follow

from .models import Assignment, Report

NOT_ACCEPTED = Q(accepted_at__isnull=True)
UNIT_CHANGES = (
    open_rows_follow("没有审核完的落实点", Assignment, NOT_ACCEPTED),
    open_rows_follow("没有审核完的进展报送", Report, NOT_ACCEPTED),
)
