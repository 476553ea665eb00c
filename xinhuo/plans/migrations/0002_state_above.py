"""How a page stands for the unit above it: what lies on a desk inside the unit has not been sent."""

from typing import Any

from django.db import migrations, models

SHOWN = {"open": "submitted", "accepted": "accepted", "returned": "returned"}


def fill(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001  Django's signature
    """Work it out for the pages that were sent already: the newest climb that is not on an inner desk."""
    process = apps.get_model("flows", "Process")
    inside = apps.get_model("flows", "Step").objects.filter(is_inner=True, done_at=None).values("process_id")
    refused = apps.get_model("flows", "Decision").objects.filter(step__is_inner=True, verdict="return")
    climbs = process.objects.filter(kind="plans.report").exclude(state="recalled").exclude(pk__in=inside)
    climbs = climbs.exclude(pk__in=refused.values("step__process_id"))
    reports = apps.get_model("plans", "Report").objects
    for pk in reports.exclude(first_sent_at=None).values_list("pk", flat=True).iterator(chunk_size=1000):
        last = climbs.filter(subject_id=pk).order_by("-pk").first()
        if last is not None:
            reports.filter(pk=pk).update(state_above=SHOWN[last.state])


class Migration(migrations.Migration):
    """Add the column, fill it, and use it to find what waits."""

    dependencies = [("orgs", "0001_units"), ("flows", "0002_scan_to_come"), ("plans", "0001_plans")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="state_above",
            field=models.CharField(
                choices=[
                    ("draft", "填写中"),
                    ("submitted", "待审核"),
                    ("returned", "请补充"),
                    ("accepted", "已审核"),
                ],
                default="draft",
                max_length=12,
                verbose_name="上级看到的状态",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="report", name="plans_report_to"),
        migrations.AddIndex(
            model_name="report", index=models.Index(fields=["to_org", "state_above"], name="plans_report_to")
        ),
    ]
