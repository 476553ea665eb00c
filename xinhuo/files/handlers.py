"""What Django does with a file while it arrives: never more on the disk than is allowed, and no crash when full."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from .storage import NO_SPACE


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Stops writing one byte after the allowed size, and survives a full disk.

    The rest of the form is read on in both cases: nothing that was typed is lost, and ``store_file`` can say what
    was wrong. ``no_space`` on the file tells it that the disk was full.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start a new file."""
        self.full = False
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write a chunk as far as it is allowed."""
        left = settings.MAX_FILE_BYTES + 1 - start
        if left > 0 and not self.full:
            try:
                self.file.write(raw_data[:left])
            except OSError as error:
                if error.errno not in NO_SPACE:
                    raise
                self.full = True
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """Hand the file over, marked where it could not be written."""
        try:
            self.file.flush()
        except OSError as error:
            if error.errno not in NO_SPACE:
                raise
            self.full = True
        done = super().file_complete(min(file_size, settings.MAX_FILE_BYTES + 1))
        if done is not None and self.full:
            done.no_space = True  # type: ignore[attr-defined]  # read by store_file
        return done
