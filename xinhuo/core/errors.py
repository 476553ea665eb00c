"""The refusals of the domain. One middleware turns them into pages; no view catches them."""


class DomainError(Exception):
    """A refusal with a Chinese reason for the person and an HTTP status for the web."""

    status = 400

    def __init__(self, reason: str) -> None:
        """Keep the reason that will be shown to the person."""
        super().__init__(reason)
        self.reason = reason


class DeniedError(DomainError):
    """This person may not do this."""

    status = 403


class NotNowError(DomainError):
    """Not in this state: it was decided, changed or closed meanwhile."""

    status = 409


class BadInputError(DomainError):
    """What was handed in cannot be used; the reason says why and what to do."""

    status = 422
