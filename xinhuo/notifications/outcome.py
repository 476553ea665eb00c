"""How a sending ended."""

from dataclasses import dataclass

from .enums import SendState


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a sending ended: SENT, WAITING (nothing arrived, try again), FAILED (refused for good), UNCERTAIN."""

    state: SendState
    message: str = ""


SENT = Outcome(SendState.SENT)
