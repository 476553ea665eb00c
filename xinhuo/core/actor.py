"""Who acts: one frozen value per request, handed to every rule and verb."""

from dataclasses import dataclass

from django.db.models import TextChoices

TREE_END = "Z"
"""Sorts after every character a path step may hold (0-9A-Y), so ``[p, p + TREE_END)`` is a subtree."""


class Role(TextChoices):
    """What a post may do. A person may hold several posts; a request acts through exactly one."""

    ADMIN = "admin", "管理员"
    LEADER = "leader", "负责人"
    OFFICER = "officer", "经办人"
    OBSERVER = "observer", "观察员"
    SECRETARY = "secretary", "秘书长"


WORKING_ROLES = frozenset({Role.OFFICER, Role.SECRETARY, Role.LEADER})
"""Roles that enter and send work. An administrator keeps accounts, an observer only reads."""

DECIDING_ROLES = frozenset({Role.OFFICER, Role.SECRETARY, Role.LEADER})
"""Roles that may accept what comes from below on behalf of their unit."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting through one appointment. Ids are plain so that every layer may carry it.

    ``path`` is the unit's place in today's tree; ``origin`` says from where (an address, or 命令行).
    """

    person_id: int
    person_name: str
    user_id: int | None
    appointment_id: int
    org_id: int
    org_name: str
    path: str
    role: str
    post_title: str = ""
    origin: str = ""
    request_id: str = ""

    def covers(self, path: str) -> bool:
        """Whether ``path`` is the actor's own unit or lies below it."""
        return path.startswith(self.path)

    def has_role(self, *roles: str) -> bool:
        """Whether the post the actor acts through is one of ``roles``."""
        return self.role in roles

    @property
    def works(self) -> bool:
        """Whether the post may enter, send and receive work for its unit."""
        return self.role in WORKING_ROLES
