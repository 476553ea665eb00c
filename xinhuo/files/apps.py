"""The files app."""

from django.apps import AppConfig

from xinhuo.core.contracts import Verb


class FilesConfig(AppConfig):
    """Uploads, evidence, checked downloads; knows no subject."""

    name = "xinhuo.files"
    label = "files"
    verbose_name = "附件"

    verbs = (
        Verb("files.uploaded", "上传附件"),
        Verb("files.removed", "移除附件"),
    )
