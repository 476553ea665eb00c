"""The table of doors: address × kind of actor → status.

The records belong to 兴义市 (see ``world``). Kinds: ``own`` and ``own_admin`` of that unit, ``below`` its school, ``above`` its
prefecture, ``top`` the province, ``top_admin`` and ``observer`` there, ``sideways`` the next county of the same prefecture,
``far`` a county of another, ``other_line`` a university, ``anonymous`` nobody. 404 = not visible, 403 = not allowed, 409 = not now,
422 = asked, but something in the form is missing; 302 = done, or to the login.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .world import World

KINDS = {
    "own": "xingyi_officer",
    "own_admin": "xingyi_admin",
    "below": "school_officer",
    "above": "qianxinan_officer",
    "top": "province_officer",
    "top_admin": "province_admin",
    "observer": "province_observer",
    "sideways": "anlong_officer",
    "far": "huaxi_officer",
    "other_line": "university_officer",
    "anonymous": "",
}


@dataclass(frozen=True)
class Door:
    """One address: how it is called, with what, and what each kind of actor gets."""

    name: str
    statuses: str
    method: str = "GET"
    args: Callable[[World], list[Any]] = field(default=lambda _: [])

    def expected(self, kind: str) -> int:
        """The status this kind gets; ``statuses`` lists them in the order of KINDS, one for all alike."""
        codes = [int(code) for code in self.statuses.split()]
        return codes[list(KINDS).index(kind)] if len(codes) > 1 else codes[0]


def _pk(name: str) -> Callable[[World], list[Any]]:
    return lambda world: [getattr(world, name).pk]


def _xingyi(world: World) -> list[Any]:
    return [world.cast.orgs["xingyi"].pk]


def _printed(world: World) -> list[Any]:
    return [world.mark.token]


def _file(world: World) -> list[Any]:
    return [world.file.pk, world.file.name]


def _token(world: World) -> list[Any]:
    return [world.token]


def _call_page(world: World) -> list[Any]:
    return ["page", world.call.pk]


def _document(world: World) -> list[Any]:
    return [world.plan.document_id]


#              own own_admin below above top top_admin observer sideways far other_line anonymous
ALL = "200 200 200 200 200 200 200 200 200 200 302"
OWN = "404 404 404 404 404 404 404 404 302"
"""After own and own_admin: what happens inside a unit is nobody else's."""
OWN_ONLY = "200 200 404 404 404 404 404 404 404 404 302"


def _year(key: str) -> Callable[[World], list[Any]]:
    """The primary key of what 兴义市 makes in the course of a year."""
    return lambda world: [getattr(world.year, key).pk]


def _2026(world: World) -> list[Any]:
    return [2026]


def _summary_item(world: World) -> list[Any]:
    return [world.year.summary.pk, world.year.duty.pk]


DOORS: list[Door] = [
    Door("core:mode", "302", method="POST"),
    Door("core:more", ALL),
    Door("documents:amendment_dates", "200 403 403 403 403 403 403 403 404 404 302", args=_pk("amendment")),
    Door(
        "documents:amendment_dates",
        "422 403 403 403 403 403 403 403 404 404 302",
        method="POST",
        args=_pk("amendment"),
    ),
    Door("documents:audience", ALL, method="POST"),
    Door("documents:copy_list", ALL),
    Door("documents:delivery_detail", "200 200 404 200 200 200 200 404 404 404 302", args=_pk("delivery")),
    Door("documents:delivery_forward", "302 403 404 403 403 403 403 404 404 404 302", args=_pk("delivery")),
    Door(
        "documents:delivery_forward",
        "302 403 404 403 403 403 403 404 404 404 302",
        method="POST",
        args=_pk("delivery"),
    ),
    Door(
        "documents:delivery_receive",
        "409 403 404 403 403 403 403 404 404 404 302",
        method="POST",
        args=_pk("delivery"),
    ),
    Door("documents:document_amend", "200 403 403 403 403 403 403 404 404 404 302", args=_pk("notice")),
    Door(
        "documents:document_amend",
        "422 403 403 403 403 403 403 404 404 404 302",
        method="POST",
        args=_pk("notice"),
    ),
    Door("documents:document_ask", "200 403 404 404 404 404 404 404 404 404 302", args=_pk("draft")),
    Door(
        "documents:document_ask",
        "302 403 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("draft"),
    ),
    Door("documents:document_autosave", "422 403 422 422 422 403 403 422 422 422 302", method="POST"),
    Door("documents:document_cascade", "200 200 404 200 200 200 200 404 404 404 302", args=_pk("delivery")),
    Door("documents:document_changes", "200 200 200 200 200 200 200 404 404 404 302", args=_pk("notice")),
    Door("documents:document_detail", "200 200 404 404 404 404 404 404 404 404 302", args=_pk("draft")),
    Door("documents:document_edit", "200 403 404 404 404 404 404 404 404 404 302", args=_pk("draft")),
    Door(
        "documents:document_edit",
        "422 403 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("draft"),
    ),
    Door("documents:document_list", ALL),
    Door("documents:document_new", "200 403 200 200 200 403 403 200 200 200 302"),
    Door("documents:document_new", "422 403 422 422 422 403 403 422 422 422 302", method="POST"),
    Door("documents:document_send", "200 403 404 404 404 404 404 404 404 404 302", args=_pk("draft")),
    Door(
        "documents:document_send",
        "422 403 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("draft"),
    ),
    Door("documents:document_outside", "200 403 404 404 404 404 404 404 404 404 302", args=_pk("draft")),
    Door(
        "documents:document_outside",
        "422 403 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("draft"),
    ),
    Door("documents:outside_answer", f"302 403 {OWN}", method="POST", args=_pk("entered")),
    Door("documents:outside_detail", f"200 200 {OWN}", args=_pk("entered")),
    Door("documents:outside_edit", f"200 403 {OWN}", args=_pk("entered")),
    Door("documents:outside_edit", f"422 403 {OWN}", method="POST", args=_pk("entered")),
    Door("documents:outside_forward", f"302 403 {OWN}", method="POST", args=_pk("entered")),
    Door("documents:outside_list", ALL),
    Door("documents:outside_new", "200 403 200 200 200 403 403 200 200 200 302"),
    Door("documents:outside_new", "422 403 422 422 422 403 403 422 422 422 302", method="POST"),
    Door("documents:sending", f"200 200 {OWN}", args=_pk("sending")),
    Door("documents:sending_decide", f"404 404 {OWN}", method="POST", args=_pk("sending")),
    Door("documents:sending_post", f"422 403 {OWN}", method="POST", args=_pk("sending")),
    Door("documents:sending_print", f"200 200 {OWN}", args=_pk("sending")),
    Door("documents:sending_print", f"302 302 {OWN}", method="POST", args=_pk("sending")),
    Door("documents:sending_recall", f"409 403 {OWN}", method="POST", args=_pk("sending")),
    Door("documents:document_unreached", "200 403 403 403 403 403 403 404 404 404 302", args=_pk("notice")),
    Door("documents:proxy_receipts", ALL),
    Door("documents:proxy_receipts", "422 422 422 422 422 422 422 422 422 422 302", method="POST"),
    Door("documents:receive_chosen", "422 422 422 422 422 422 422 422 422 422 302", method="POST"),
    Door(
        "documents:record_chosen",
        "422 403 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("draft"),
    ),
    Door("documents:sent_list", ALL),
    Door("files:file", "200 200 404 404 404 404 404 404 404 404 302", args=_file),
    Door("files:upload", "422 422 422 422 422 422 422 422 422 422 302", method="POST"),
    Door("flows:scan", "200 302 302 302 302 302 302 404 404 404 302", args=_pk("decision")),
    Door(
        "flows:scan",
        "422 403 403 403 403 403 403 404 404 404 302",
        method="POST",
        args=_pk("decision"),
    ),
    Door("flows:route", ALL),
    Door("flows:route", "200 200 200 200 200 200 403 200 200 200 302", method="POST"),
    Door("healthz", "503"),
    Door("healthz", "503", method="POST"),
    Door("metrics", "404"),
    Door("jobs:cancel", "302 302 404 404 404 404 404 404 404 404 302", method="POST", args=_pk("job")),
    Door("jobs:job_detail", "200 200 404 404 404 404 404 404 404 404 302", args=_pk("job")),
    Door("jobs:job_list", ALL),
    Door("jobs:progress", "200 200 404 404 404 404 404 404 404 404 302", args=_pk("job")),
    Door("jobs:retry", "409 409 404 404 404 404 404 404 404 404 302", method="POST", args=_pk("job")),
    Door("jobs:settle", "409 409 404 404 404 404 404 404 404 404 302", method="POST", args=_pk("job")),
    Door("journal:index", "403 200 403 403 403 200 403 403 403 403 302"),
    Door(
        "notifications:broadcast_detail", "200 200 404 404 404 404 404 404 404 404 302", args=_pk("broadcast")
    ),
    Door(
        "notifications:broadcast_drop",
        "302 403 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("broadcast"),
    ),
    Door("notifications:broadcast_list", ALL),
    Door("notifications:broadcast_new", "200 403 200 200 200 403 403 200 200 200 302"),
    Door("notifications:broadcast_new", "422 403 422 422 422 403 403 422 422 422 302", method="POST"),
    Door(
        "notifications:broadcast_release",
        "302 403 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("broadcast"),
    ),
    Door("notifications:channel_change", "403 200 404 404 404 404 404 404 404 404 302", args=_pk("channel")),
    Door(
        "notifications:channel_change",
        "403 422 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("channel"),
    ),
    Door("notifications:channel_list", ALL),
    Door("notifications:channel_new", "403 200 403 403 403 200 403 403 403 403 302"),
    Door("notifications:channel_new", "403 422 403 403 403 422 403 403 403 403 302", method="POST"),
    Door(
        "notifications:channel_switch",
        "403 302 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("channel"),
    ),
    Door(
        "notifications:channel_test",
        "403 302 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("channel"),
    ),
    Door("notifications:message_list", ALL),
    Door(
        "notifications:message_open",
        "302 404 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("message"),
    ),
    Door("notifications:message_read_all", "302", method="POST"),
    Door(
        "notifications:outgoing_again",
        "302 302 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("outgoing"),
    ),
    Door(
        "notifications:outgoing_detail", "200 200 404 404 404 404 404 404 404 404 302", args=_pk("outgoing")
    ),
    Door(
        "notifications:outgoing_drop",
        "302 302 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("outgoing"),
    ),
    Door("notifications:outgoing_list", "200 200 200 200 200 200 403 200 200 200 302"),
    Door(
        "notifications:outgoing_settle",
        "409 409 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("outgoing"),
    ),
    Door("notifications:preference_confirm", "409 409 409 409 409 409 409 409 409 409 302", method="POST"),
    Door("notifications:preferences", ALL),
    Door("notifications:preferences", "422 422 422 422 422 422 422 422 422 422 302", method="POST"),
    Door("orgs:org_branch", "200 200 404 200 200 200 200 404 404 404 302", args=_xingyi),
    Door("orgs:org_change", "403 403 404 200 200 200 403 404 404 404 302", args=_xingyi),
    Door("orgs:org_change", "403 403 404 200 200 200 403 404 404 404 302", method="POST", args=_xingyi),
    Door("orgs:org_contact", "200 200 404 200 200 200 403 404 404 404 302", args=_xingyi),
    Door("orgs:org_contact", "302 302 404 302 302 302 403 404 404 404 302", method="POST", args=_xingyi),
    Door("orgs:org_create", "200 200 404 200 200 200 403 404 404 404 302", args=_xingyi),
    Door("orgs:org_create", "200 200 404 200 200 200 403 404 404 404 302", method="POST", args=_xingyi),
    Door("orgs:org_detail", "200 200 404 200 200 200 200 404 404 404 302", args=_xingyi),
    Door("orgs:org_list", ALL),
    Door("orgs:org_second_line", "403 403 404 200 200 200 403 404 404 404 302", args=_xingyi),
    Door("orgs:org_second_line", "403 403 404 200 200 200 403 404 404 404 302", method="POST", args=_xingyi),
    Door("orgs:org_second_line_end", "404 404 404 404 200 200 403 404 404 404 302", args=_pk("line")),
    Door(
        "orgs:org_second_line_end",
        "404 404 404 404 200 200 403 404 404 404 302",
        method="POST",
        args=_pk("line"),
    ),
    Door("orgs:org_tree", ALL),
    Door("orgs:proxy_end", "422 422 422 422 422 422 403 422 422 422 302", method="POST"),
    Door("orgs:proxy_list", ALL),
    Door("orgs:proxy_set", "200 200 200 200 200 200 403 200 200 200 302"),
    Door("orgs:proxy_set", "422 422 422 422 422 422 403 422 422 422 302", method="POST"),
    Door("people:accounts", "403 200 403 403 403 200 403 403 403 403 302"),
    Door("people:add", "403 200 403 403 403 200 403 403 403 403 302"),
    Door("people:add", "403 422 403 403 403 422 403 403 403 403 302", method="POST"),
    Door("people:appoint", "403 200 404 403 403 200 403 404 404 404 302", args=_pk("person")),
    Door("people:appoint", "403 422 404 403 403 422 403 404 404 404 302", method="POST", args=_pk("person")),
    Door("people:batch", "404 200 404 404 404 404 404 404 404 404 302", args=_pk("batch")),
    Door(
        "people:batch_open", "404 200 404 404 404 404 404 404 404 404 302", method="POST", args=_pk("batch")
    ),
    Door("people:change", "403 200 404 403 403 200 403 404 404 404 302", args=_pk("person")),
    Door("people:change", "403 422 404 403 403 422 403 404 404 404 302", method="POST", args=_pk("person")),
    Door("people:close", "403 200 404 403 403 200 403 404 404 404 302", args=_pk("person")),
    Door("people:close", "403 422 404 403 403 422 403 404 404 404 302", method="POST", args=_pk("person")),
    Door("people:end_post", "403 200 404 403 403 200 403 404 404 404 302", args=_pk("post")),
    Door("people:end_post", "403 302 404 403 403 302 403 404 404 404 302", method="POST", args=_pk("post")),
    Door("people:first_password", "302"),
    Door("people:first_password", "302", method="POST"),
    Door("people:give", "403 200 404 403 403 200 403 404 404 404 302", args=_pk("person")),
    Door("people:give", "403 422 404 403 403 422 403 404 404 404 302", method="POST", args=_pk("person")),
    Door("people:login", "302 302 302 302 302 302 302 302 302 302 200"),
    Door("people:login", "422", method="POST"),
    Door("people:logout", "302", method="POST"),
    Door("people:me", ALL),
    Door("people:password", ALL),
    Door("people:password", "422 422 422 422 422 422 422 422 422 422 302", method="POST"),
    Door("people:person", "403 200 404 403 403 200 403 404 404 404 302", args=_pk("person")),
    Door("people:reopen", "403 409 404 403 403 409 403 404 404 404 302", method="POST", args=_pk("person")),
    Door("people:reset", "403 200 404 403 403 200 403 404 404 404 302", args=_pk("person")),
    Door("people:reset", "403 422 404 403 403 422 403 404 404 404 302", method="POST", args=_pk("person")),
    Door("people:sign_out_others", "302", method="POST"),
    Door("people:switch", "404 404 404 404 404 404 404 404 404 404 302", method="POST"),
    Door("people:units", "403 200 403 403 403 200 403 403 403 403 302"),
    Door("people:upload", "403 200 403 403 403 200 403 403 403 403 302"),
    Door("people:upload", "403 422 403 403 403 422 403 403 403 403 302", method="POST"),
    Door("people:upload_template", "403 200 403 403 403 200 403 403 403 403 302"),
    Door("people:welcome", "200", args=_token),
    Door("people:welcome", "200", method="POST", args=_token),
    Door("plans:call_accept", "302 403 404 404 404 404 404 404 404 404 302", method="POST", args=_pk("call")),
    Door("plans:call_detail", "200 200 404 404 404 404 404 404 404 404 302", args=_pk("call")),
    Door("plans:call_new", "200 403 200 200 200 403 403 200 200 200 302"),
    Door("plans:call_new", "422 403 422 422 422 403 403 422 422 422 302", method="POST"),
    Door("plans:duty_detail", "200 200 200 200 200 200 200 200 404 200 302", args=_pk("duty")),
    Door("plans:plan_compare", "200 200 200 200 200 200 200 200 404 200 302", args=_pk("plan")),
    Door(
        "plans:plan_compare", "422 422 422 422 422 422 422 422 404 422 302", method="POST", args=_pk("plan")
    ),
    Door("plans:plan_check", "302 302 302 302 302 302 302 302 404 302 302", args=_pk("plan")),
    Door("plans:plan_detail", "200 200 200 200 200 200 200 200 404 200 302", args=_pk("plan")),
    Door("plans:plan_doubt", "403 403 403 403 409 403 403 403 404 403 302", method="POST", args=_pk("plan")),
    Door("plans:plan_edit", "403 403 403 403 409 403 403 403 404 403 302", method="POST", args=_pk("plan")),
    Door("plans:plan_forward", "200 403 409 200 404 404 404 409 404 409 302", args=_pk("plan")),
    Door(
        "plans:plan_forward", "422 403 409 422 404 404 404 409 404 409 302", method="POST", args=_pk("plan")
    ),
    Door("plans:plan_import", "200 403 200 200 200 403 403 200 200 200 302"),
    Door("plans:plan_import", "422 403 422 422 422 403 403 422 422 422 302", method="POST"),
    Door("plans:plan_ledger", "200 200 200 200 200 200 200 200 404 200 302", args=_pk("plan")),
    Door("plans:ledger_print", "200 200 200 200 200 200 200 200 404 200 302", args=_pk("plan")),
    Door(
        "plans:ledger_print", "302 302 302 302 302 302 302 302 404 302 302", method="POST", args=_pk("plan")
    ),
    Door("plans:plan_list", ALL),
    Door("plans:plan_print", "200 200 200 200 200 200 200 200 404 200 302", args=_pk("plan")),
    Door("plans:plan_print", "302 302 302 302 302 302 302 302 404 302 302", method="POST", args=_pk("plan")),
    Door("plans:plan_publish", "403 403 403 403 409 403 403 403 404 403 302", args=_pk("plan")),
    Door(
        "plans:plan_publish", "403 403 403 403 409 403 403 403 404 403 302", method="POST", args=_pk("plan")
    ),
    Door("plans:plan_reread", "403 403 403 403 409 403 403 403 404 403 302", method="POST", args=_pk("plan")),
    Door("plans:plan_send", "403 403 403 403 200 403 403 403 404 403 302", args=_pk("plan")),
    Door("plans:plan_send", "403 403 403 403 422 403 403 403 404 403 302", method="POST", args=_pk("plan")),
    Door("plans:plan_source", "200 200 200 200 200 200 200 200 404 200 302", args=_pk("plan")),
    Door("plans:plan_undo", "403 403 403 403 409 403 403 403 404 403 302", method="POST", args=_pk("plan")),
    Door(
        "plans:report_decide", "403 403 404 422 403 403 403 404 404 404 302", method="POST", args=_pk("page")
    ),
    Door("plans:report_detail", "200 200 404 200 200 200 200 404 404 404 302", args=_pk("page")),
    Door("plans:report_help", "409 409 404 409 409 409 409 404 404 404 302", method="POST", args=_pk("page")),
    Door("plans:report_list", ALL),
    Door("plans:report_print", "200 200 404 200 200 200 200 404 404 404 302", args=_pk("page")),
    Door(
        "plans:report_print", "302 302 404 302 302 302 302 404 404 404 302", method="POST", args=_pk("page")
    ),
    Door(
        "plans:report_recall", "302 403 404 403 403 403 403 404 404 404 302", method="POST", args=_pk("page")
    ),
    Door("plans:report_save", "409 403 404 403 403 403 403 404 404 404 302", method="POST", args=_pk("page")),
    Door(
        "plans:report_submit", "409 403 404 403 403 403 403 404 404 404 302", method="POST", args=_pk("page")
    ),
    Door("plans:call_go", "302 302 302 404 404 404 404 404 404 404 302", args=_pk("call")),
    Door("plans:duty_close", "302 403 403 302 302 403 403 403 404 403 302", method="POST", args=_pk("duty")),
    Door("plans:duty_points", "403 403 403 403 302 403 403 403 404 403 302", method="POST", args=_pk("duty")),
    Door("plans:duty_steer", "200 403 403 200 200 403 403 403 404 403 302", args=_pk("duty")),
    Door(
        "plans:duty_targets", "302 403 403 302 302 403 403 403 404 403 302", method="POST", args=_pk("duty")
    ),
    Door("plans:escalation", "404 404 404 200 404 404 404 404 404 404 302", args=_pk("escalation")),
    Door(
        "plans:escalation_hold",
        "404 404 404 302 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("escalation"),
    ),
    Door(
        "plans:escalation_note",
        "404 404 404 403 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("escalation"),
    ),
    Door(
        "plans:escalation_release",
        "404 404 404 422 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("escalation"),
    ),
    Door("plans:extension_detail", "200 200 404 200 200 200 200 404 404 404 302", args=_pk("extension")),
    Door(
        "plans:extension_detail",
        "403 403 404 422 403 403 403 404 404 404 302",
        method="POST",
        args=_pk("extension"),
    ),
    Door("plans:receipt_go", "404 404 404 302 302 302 302 404 404 302 302", args=_document),
    Door("plans:report_explain", "200 403 404 200 404 404 404 404 404 404 302", args=_pk("page")),
    Door(
        "plans:report_explain",
        "422 403 404 422 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("page"),
    ),
    Door("plans:steering", ALL),
    Door("plans:steering_phones", ALL),
    Door("plans:steering_qr", ALL, args=_call_page),
    Door("plans:steering_remind", "302 403 302 302 302 403 403 302 302 302 302", method="POST"),
    Door("plans:steering_text", "200 200 404 404 404 404 404 404 404 404 302", args=_call_page),
    Door(
        "plans:task_close",
        "403 403 404 422 403 403 403 404 404 404 302",
        method="POST",
        args=_pk("duty_task"),
    ),
    Door("plans:task_detail", "200 200 404 200 200 200 200 404 404 404 302", args=_pk("duty_task")),
    Door(
        "plans:task_explain",
        "422 403 404 422 403 403 403 404 404 404 302",
        method="POST",
        args=_pk("duty_task"),
    ),
    Door(
        "plans:task_extend",
        "409 403 404 403 403 403 403 404 404 404 302",
        method="POST",
        args=_pk("duty_task"),
    ),
    Door("plans:task_list", ALL),
    Door(
        "plans:task_reopen",
        "403 403 404 409 403 403 403 404 404 404 302",
        method="POST",
        args=_pk("duty_task"),
    ),
    Door("portal:leader", "403 403 403 403 403 403 200 403 403 403 302"),
    Door("plans:materials_docx", "200 403 200 200 200 403 403 200 200 200 302", args=_2026),
    Door("plans:materials_zip", "200 403 200 422 422 403 403 422 422 422 302", method="POST", args=_2026),
    Door("plans:meeting_detail", OWN_ONLY, args=_year("meeting")),
    Door("plans:meeting_edit", "200 403 404 404 404 404 404 404 404 404 302", args=_year("meeting")),
    Door(
        "plans:meeting_edit",
        "422 403 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_year("meeting"),
    ),
    Door("plans:meeting_list", ALL),
    Door("plans:meeting_new", "200 403 200 200 200 403 403 200 200 200 302"),
    Door("plans:meeting_new", "422 403 422 422 422 403 403 422 422 422 302", method="POST"),
    Door(
        "plans:meeting_read",
        "302 403 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_year("meeting"),
    ),
    Door("plans:package_detail", OWN_ONLY, args=_year("package")),
    Door(
        "plans:package_files",
        "302 403 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_year("package"),
    ),
    Door(
        "plans:package_names",
        "422 403 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_year("package"),
    ),
    Door("plans:package_new", "200 403 200 200 200 403 403 200 200 200 302", args=_2026),
    Door("plans:package_new", "422 403 422 422 422 403 403 422 422 422 302", method="POST", args=_2026),
    Door(
        "plans:package_result",
        "302 403 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_year("item"),
    ),
    Door("plans:package_table", OWN_ONLY, args=_year("package")),
    Door(
        "plans:package_zip",
        "200 403 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_year("package"),
    ),
    Door("plans:plan_answers", "200 403 403 403 403 403 403 404 404 404 302", args=_year("plan")),
    Door(
        "plans:plan_answers", "302 403 403 403 403 403 403 404 404 404 302", method="POST", args=_year("plan")
    ),
    Door("plans:plan_carry", "200 403 403 403 403 403 403 404 404 404 302", args=_year("plan")),
    Door(
        "plans:plan_carry", "422 403 403 403 403 403 403 404 404 404 302", method="POST", args=_year("plan")
    ),
    Door("plans:summary_collect", "302 403 302 422 422 403 403 422 422 422 302", method="POST", args=_2026),
    Door("plans:summary_detail", OWN_ONLY, args=_year("summary")),
    Door("plans:summary_docx", OWN_ONLY, args=_year("summary")),
    Door("plans:summary_item", OWN_ONLY, args=_summary_item),
    Door(
        "plans:summary_item", "200 403 404 404 404 404 404 404 404 404 302", method="POST", args=_summary_item
    ),
    Door(
        "plans:version_adopt",
        "302 403 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_year("version"),
    ),
    Door("plans:version_detail", "200 200 404 404 404 404 404 404 404 404 302", args=_year("version")),
    Door("plans:version_detail", "200 200 200 200 200 200 200 404 404 404 302", args=_year("first")),
    Door(
        "plans:version_hand_on",
        "409 403 409 409 409 403 403 404 404 404 302",
        method="POST",
        args=_year("first"),
    ),
    Door("plans:version_list", "200 200 200 200 200 200 200 404 404 404 302", args=_year("plan")),
    Door(
        "plans:version_noted",
        "409 403 302 409 409 403 403 404 404 404 302",
        method="POST",
        args=_year("first"),
    ),
    Door("plans:year_end", ALL),
    Door("plans:year_end_of", ALL, args=_2026),
    Door("portal:done", ALL),
    Door("portal:workbench", ALL),
    Door("plans:document_duties", "200 403 404 404 404 404 404 404 404 404 302", args=_pk("draft")),
    Door(
        "plans:document_duties",
        "302 403 404 404 404 404 404 404 404 404 302",
        method="POST",
        args=_pk("draft"),
    ),
    Door("reporting:return_list", ALL),
    Door("reporting:return_detail", "200 200 404 200 200 200 200 404 404 404 302", args=_pk("ret")),
    Door(
        "reporting:return_save", "409 403 404 403 403 403 403 404 404 404 302", method="POST", args=_pk("ret")
    ),
    Door(
        "reporting:return_submit",
        "409 403 404 403 403 403 403 404 404 404 302",
        method="POST",
        args=_pk("ret"),
    ),
    Door(
        "reporting:return_recall",
        "302 403 404 403 403 403 403 404 404 404 302",
        method="POST",
        args=_pk("ret"),
    ),
    Door(
        "reporting:return_decide",
        "403 403 404 422 403 403 403 404 404 404 302",
        method="POST",
        args=_pk("ret"),
    ),
    Door("reporting:return_template", "200 200 404 200 200 200 200 404 404 404 302", args=_pk("ret")),
    Door("reporting:round_detail", "200 200 404 200 200 200 200 404 404 404 302", args=_pk("asked")),
    Door("reporting:round_export", "200 200 404 200 200 200 200 404 404 404 302", args=_pk("asked")),
    Door(
        "reporting:round_accept",
        "422 403 404 403 403 403 403 404 404 404 302",
        method="POST",
        args=_pk("asked"),
    ),
    Door("prints:look_up", "200"),
    Door("prints:mark", f"200 200 {OWN}", args=_pk("mark")),
    Door("prints:mark", f"422 403 {OWN}", method="POST", args=_pk("mark")),
    Door("prints:public", "200", args=_printed),
    Door("prints:qr", "200", args=_printed),
    Door("slips:close", f"422 403 {OWN}", method="POST", args=_pk("slip")),
    Door("slips:enter", f"200 200 {OWN}", args=_pk("entered")),
    Door("slips:enter", f"302 302 {OWN}", method="POST", args=_pk("entered")),
    Door("slips:finish", f"422 403 {OWN}", method="POST", args=_pk("task")),
    Door("slips:print", f"200 200 {OWN}", args=_pk("slip")),
    Door("slips:print", f"302 302 {OWN}", method="POST", args=_pk("slip")),
    Door("slips:propose", f"409 403 {OWN}", method="POST", args=_pk("slip")),
    Door("slips:register", ALL),
    Door("slips:rule", f"409 403 {OWN}", method="POST", args=_pk("slip")),
    Door("slips:setting", ALL),
    Door("slips:setting", "422 422 422 422 422 422 403 422 422 422 302", method="POST"),
    Door("slips:slip", f"200 200 {OWN}", args=_pk("slip")),
    Door("slips:task", f"302 302 {OWN}", args=_pk("task")),
]
