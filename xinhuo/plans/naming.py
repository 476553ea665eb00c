"""File names by the rule of the body that receives them: ``{省份}-{单位}-{题名}``. Pure."""

import re
from collections.abc import Mapping

FIELDS = ("省份", "单位", "题名", "序号", "年度")
_FIELD = re.compile(r"\{([^{}]*)\}")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_PROVINCE = re.compile(r"^(.{2,8}?(?:省|自治区|市))")
LONGEST = 100


def pattern_error(pattern: str) -> str:
    """What is wrong with a rule, for the person who wrote it; empty when nothing is."""
    unknown = [name for name in _FIELD.findall(pattern) if name not in FIELDS]
    if unknown:
        return f"不认识“{{{unknown[0]}}}”。可以用：{'、'.join(f'{{{name}}}' for name in FIELDS)}。"
    if _FIELD.sub("", pattern).count("{") or _FIELD.sub("", pattern).count("}"):
        return "大括号没有配成对，请检查，例如 {省份}-{单位}-{题名}。"
    if "{题名}" not in pattern and "{序号}" not in pattern:
        return "规则里要有 {题名} 或 {序号}，否则文件名都一样。"
    return ""


def file_name(pattern: str, fields: Mapping[str, str], ending: str) -> str:
    """The name of one file; what no computer takes in a name is left out."""
    stem = _FIELD.sub(lambda match: fields.get(match[1], ""), pattern)
    stem = _UNSAFE.sub("", stem).strip(" .-_")[:LONGEST].strip() or "未命名"
    return f"{stem}.{ending}" if ending else stem


def province_of(name: str) -> str:
    """贵州省教育厅 → 贵州省; the whole name where no province is named."""
    found = _PROVINCE.match(name)
    return found[1] if found else name
