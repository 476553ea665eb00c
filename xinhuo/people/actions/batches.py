"""Opening many accounts from a list: read and checked first, then opened a few at a time.

A first password costs a tenth of a second, so a list is opened in steps that each fit into one request; the
passwords of a step are handed out in its answer and kept nowhere.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.contrib.auth.hashers import make_password
from django.db import transaction

from xinhuo.core.actor import Actor, Role
from xinhuo.core.answer import not_now, require
from xinhuo.core.errors import DomainError
from xinhuo.core.workbook import Rows
from xinhuo.journal.actions import journal
from xinhuo.orgs.models import Org
from xinhuo.people.finding import find_units
from xinhuo.people.logins import first_password, login_candidates
from xinhuo.people.models import AccountBatch, Appointment, User
from xinhuo.people.rules import can_keep_accounts
from xinhuo.people.sheet import Row, read_rows

from .accounts import Key, save_login
from .posts import Post, add_person
from .standing import keep_has_accounts

OPENED_ELSEWHERE = "这些账号已经在另一个窗口开通了。"
STEP = 20
"""Accounts opened by one request: about two seconds of hashing."""


@transaction.atomic
def stage_batch(file_name: str, table: Rows, *, by: Actor) -> AccountBatch:
    """Check a list that was read from a workbook; nothing is opened yet. Raises BadInputError, DeniedError."""
    require(can_keep_accounts(by))
    rows = read_rows(table, table.lines)
    _check(rows, by.path)
    return AccountBatch.objects.create(
        org_id=by.org_id,
        made_by_id=by.person_id,
        file_name=file_name[:120],
        rows=[row.as_json() for row in rows],
    )


def _check(rows: list[Row], path: str) -> None:
    found = find_units({row.unit for row in rows if not row.problem}, path)
    for row in rows:
        if row.problem:
            continue
        match = found[row.unit]
        row.problem = match.problem
        if match.org is not None:
            row.org_id, row.org_name = match.org.pk, match.org.name
    known = _known({row.org_id for row in rows if row.org_id is not None})
    seen: dict[tuple[int | None, str], int] = {}
    for row in rows:
        if row.problem:
            continue
        key = (row.org_id, row.name)
        if key in seen:
            row.problem = f"和第 {seen[key]} 行是同一个人。一人多个岗位的，先开通账号，再到他的页面加岗位。"
        elif key in known:
            row.problem = f"{row.org_name}已经登记了{row.name}。要加岗位或者重设密码，请到他的页面办理。"
        else:
            seen[key] = row.line
    for row in rows:
        if row.problem:
            row.phone = ""  # it will not be used


def _known(org_ids: Iterable[int]) -> set[tuple[int, str]]:
    posts = Appointment.objects.current().filter(org_id__in=set(org_ids))
    return set(posts.values_list("org_id", "person__name"))


def rows_of(batch: AccountBatch) -> list[Row]:
    """The rows of a list as they were checked."""
    return [Row(**row) for row in batch.rows]


def open_next(batch: AccountBatch, at: int, *, by: Actor) -> tuple[AccountBatch, list[Key]]:
    """Open the next accounts of a list; ``at`` is how many the caller believes to be done.

    Returns the list as it now stands and the keys for the slips. A row whose unit was closed meanwhile, or
    whose person was entered meanwhile, is skipped and says so. Raises NotNowError when ``at`` is not where the
    list stands: another window was faster.
    """
    secrets = [first_password() for _ in range(STEP)]
    encoded = [make_password(secret) for secret in secrets]
    with transaction.atomic():
        batch = AccountBatch.objects.select_for_update().get(pk=batch.pk)
        require(can_keep_accounts(by))
        if batch.done != at:
            require(not_now(f"{OPENED_ELSEWHERE}初始密码只显示一次；没有记下的，请到各人的页面重设密码。"))
        rows = rows_of(batch)
        good = [row for row in rows if not row.problem]
        step = good[at : at + STEP]
        if not step:
            require(not_now("这张表的账号都已经开通了。"))
        keys = _open(step, zip(secrets, encoded, strict=True), by=by)
        batch.done = at + len(step) - sum(1 for row in step if row.problem)
        batch.rows = [row.as_json() for row in rows]
        batch.save(update_fields=["done", "rows"])
        keep_has_accounts({row.org_id for row in step if row.org_id is not None})
        journal(by, "people.imported", f"从《{batch.file_name}》批量开通账号 {len(keys)} 个")
    return batch, keys


def _open(rows: list[Row], secrets: Iterable[tuple[str, str]], *, by: Actor) -> list[Key]:
    orgs = Org.objects.in_bulk([row.org_id for row in rows])
    names: dict[str, Iterator[str]] = {}
    keys = []
    for row, (secret, encoded) in zip(rows, secrets, strict=False):
        org = orgs[row.org_id or 0]
        row.phone, phone = "", row.phone
        try:
            with transaction.atomic():
                _require_new(org, row.name)
                person = add_person(Post(org, Role(row.role), row.title), row.name, phone, by=by)
                code = login_code(org)
                login = next(names.setdefault(code, free_logins(code)))
                user = User(person=person, username=login, password=encoded, must_change_password=True)
                save_login(user)
        except DomainError as error:
            row.problem = error.reason
            continue
        row.username = login
        keys.append(
            Key(person, login, Appointment.objects.select_related("org").get(person=person), password=secret)
        )
    return keys


def _require_new(org: Org, name: str) -> None:
    if _known([org.pk]) & {(org.pk, name)}:
        require(not_now(f"{org.name}刚刚已经登记了{name}。"))


def login_code(org: Org) -> str:
    """What proposed login names of a unit begin with."""
    return org.code.lower() or f"dw{org.pk}"


def free_logins(code: str) -> Iterator[str]:
    """Login names nobody has yet: 520222-01, 520222-02 and so on."""
    candidates = login_candidates(code)
    while True:
        some = list(islice(candidates, 20))
        taken = set(User.objects.filter(username__in=some).values_list("username", flat=True))
        yield from (name for name in some if name not in taken)
