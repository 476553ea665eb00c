"""What a move of a unit in the tree touches: receipts that are still open follow it, closed ones stay."""

from django.db.models import Q

from xinhuo.orgs.following import open_rows_follow

from .models import Delivery

UNIT_CHANGES = (open_rows_follow("没有签收的文件", Delivery, Q(received_at__isnull=True)),)
