"""What the test of a killed sender starts: the project with its own settings, on the database in ``DATA``.

python tests/notifications/process.py prepare        makes the tables, a unit, its group chat and one thing to send
python tests/notifications/process.py pump ADDRESS   sends what is due to the robot server there
"""

# ruff: noqa: PLC0415  nothing of the project can be imported before it is set up
import datetime as dt
import os
import sys

PATIENCE = dt.timedelta(seconds=1)


def main(arguments: list[str]) -> None:
    """Set the project up and do what is asked."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "xinhuo.config.settings"
    import django

    django.setup()
    {"prepare": prepare, "pump": pump}[arguments[0]](*arguments[1:])


def prepare() -> None:
    from django.core.management import call_command

    from xinhuo.core import clock
    from xinhuo.notifications import sealing
    from xinhuo.notifications.models import Channel
    from xinhuo.notifications.outbox import put
    from xinhuo.orgs.models import Org

    call_command("migrate", verbosity=0)
    org = Org.objects.create(path="000", name="省教育厅", short_name="省厅", kind="province")
    channel = Channel.objects.create(
        org=org,
        kind="wecom",
        name="工作群",
        sealed=sealing.seal({"token": "abcdefgh1234", "secret": ""}),
        quiet_from=dt.time(0),
        quiet_to=dt.time(0),
        created_at=clock.now(),
    )
    put("t", org_id=org.pk, title="会议改期", text="会议改期", channel=channel)


def pump(address: str) -> None:
    from django.conf import settings

    from xinhuo.notifications import outbound, sending

    settings.ROBOT_SERVERS = {"wecom": address}
    settings.PRIVATE_TARGETS_ALLOWED = True
    outbound.TIME_OUT = (5, 60)
    sending.LOST = PATIENCE
    sending.pump()


if __name__ == "__main__":
    main(sys.argv[1:])
