"""What a rule answers: yes, not you, or not now — always with a reason a person can read."""

from dataclasses import dataclass

from .errors import DeniedError, NotNowError


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a ``can_<verb>`` rule; true when allowed, else it carries the reason (Chinese)."""

    allowed: bool
    reason: str = ""
    is_timing: bool = False

    def __bool__(self) -> bool:
        """Read an answer like a plain yes or no."""
        return self.allowed


ALLOWED = Answer(allowed=True)


def denied(reason: str) -> Answer:
    """Not allowed for this actor (403)."""
    return Answer(allowed=False, reason=reason)


def not_now(reason: str) -> Answer:
    """Allowed in principle, but the record's state forbids it at present (409)."""
    return Answer(allowed=False, reason=reason, is_timing=True)


def require(answer: Answer) -> None:
    """Raise the refusal that belongs to ``answer``: DeniedError (403) or NotNowError (409)."""
    if answer.allowed:
        return
    if answer.is_timing:
        raise NotNowError(answer.reason)
    raise DeniedError(answer.reason)
