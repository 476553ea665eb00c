"""Writing the journal. Called inside every verb's transaction, never by signals."""

from collections.abc import Iterable

from xinhuo.core import clock
from xinhuo.core.actor import Actor

from .models import Entry


def journal(
    by: Actor,
    verb: str,
    sentence: str,
    *,
    kind: str = "",
    subject_id: int | None = None,
    fields: Iterable[str] = (),
) -> Entry:
    """Write that ``by`` did ``verb`` (a key listed in some AppConfig's ``verbs``).

    ``sentence`` says in Chinese what was done, without the author's name; ``fields`` are names of changed
    fields. Neither may hold secrets or personal data beyond names.
    """
    return Entry.objects.create(
        at=clock.now(),
        verb=verb,
        sentence=sentence[:500],
        person_id=by.person_id,
        person_name=by.person_name,
        post_title=by.post_title,
        org_id=by.org_id,
        org_name=by.org_name,
        org_path=by.path,
        kind=kind,
        subject_id=subject_id,
        fields=list(fields),
        origin=by.origin,
        request_id=by.request_id,
    )
