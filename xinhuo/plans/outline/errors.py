"""The one refusal of this module."""

from xinhuo.core.errors import BadInputError


class OutlineError(BadInputError):
    """An operation that does not fit the outline; the reason says in Chinese why and what to do instead."""
