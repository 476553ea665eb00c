"""``xinhuo plan …``: the reader of plans without a site and without a database."""

import click

from .chinese import Group


@click.group(cls=Group)
def plan() -> None:
    """读文件：把要点、通知等的正文读成条目。"""
