"""One file that holds everything: the database as it stood at one moment, and every upload it names."""

from .archive import BackupError, Manifest, read_manifest
from .restoring import restore
from .saving import save

__all__ = ["BackupError", "Manifest", "read_manifest", "restore", "save"]
