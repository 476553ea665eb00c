"""What 兴义市 makes of its year, with one row of everything or with many."""

from dataclasses import dataclass
from decimal import Decimal

from tests.cast import Cast
from tests.files.samples import picture, upload
from tests.plans.levels import published
from tests.plans.works import page_of
from xinhuo.core import clock
from xinhuo.files.actions import set_attachments, store_file
from xinhuo.files.models import StoredFile
from xinhuo.flows.enums import Verdict
from xinhuo.plans.actions.editions import adopt_version, stage_version
from xinhuo.plans.actions.meetings import record_meeting
from xinhuo.plans.actions.packages import choose_files, create_package
from xinhuo.plans.actions.reports import (
    ROW,
    RowInput,
    decide_report,
    prepare_rows,
    save_rows,
    stamp,
    submit_report,
)
from xinhuo.plans.actions.summaries import collect_summary
from xinhuo.plans.models import Package, Plan, PlanVersion, Summary
from xinhuo.plans.queries.packages import offered_files
from xinhuo.plans.reading import read_text


@dataclass(frozen=True)
class Year:
    """What 兴义市 makes of its year; there is nothing of it where the plan stays on one level."""

    plan: Plan
    version: PlanVersion
    summary: Summary
    package: Package


def build_year(cast: Cast, rows: int) -> Year:
    """The school's page in all rows with files, accepted; summed up, packed; an own plan in its second version."""
    by = cast.xingyi_officer
    page = page_of(cast, "school")
    made = prepare_rows(page, by=cast.school_officer)
    save_rows(
        page,
        [RowInput(row.pk, Decimal(3), "已开展。还要开展。" * rows, stamp(row)) for row in made],
        by=cast.school_officer,
    )
    for row in made:
        set_attachments(ROW, row.pk, [_picture(cast).pk for _ in range(rows)], by=cast.school_officer)
    submit_report(page, by=cast.school_officer)
    page.refresh_from_db()
    decide_report(page, Verdict.ACCEPT, by=by)
    text = "兴义市2026年要点\n\n一、活动\n" + "".join(
        f"{n}.推动校点联合建立关工委{n}。\n" for n in range(1, rows + 1)
    )
    own = published(cast, "xingyi", text)
    version = stage_version(own, read_text(text.replace("推动", "大力推动")), by=by)
    adopt_version(version, {}, by=by)
    package = create_package(title="作品", to_name="上级", pattern="{题名}", year=2026, by=by)
    choose_files(
        package, [(item.material.assignment.pk, item.file.pk) for item in offered_files(package, by)], by=by
    )
    for _ in range(rows):
        create_package(title="作品", to_name="上级", pattern="{题名}", year=2026, by=by)
        record_meeting(
            None,
            by=by,
            title="会议",
            held_on=clock.today(),
            place="",
            chair="",
            agenda="",
            attended="",
            minutes="",
            decisions="报名单",
        )
    own.refresh_from_db()
    return Year(own, version, collect_summary(2026, by=by), package)


def _picture(cast: Cast) -> StoredFile:
    return store_file(upload("照片.jpg", picture()), by=cast.school_officer)
