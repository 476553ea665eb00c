"""What kinds of files there are."""

from enum import nonmember

from django.db.models import TextChoices


class FileKind(TextChoices):
    """What a file is, as far as a person chooses by it."""

    IMAGE = "image", "图片"
    DOCUMENT = "document", "文档"
    SHEET = "sheet", "表格"
    SLIDES = "slides", "演示文稿"
    ARCHIVE = "archive", "压缩包"
    VIDEO = "video", "视频"

    PAPERS = nonmember(("document", "sheet", "slides"))
