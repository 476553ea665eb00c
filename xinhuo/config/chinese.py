"""Lets click speak Chinese: its own few sentences, by a table, in the modules that use them."""

import sys
from typing import Any

import click

WORDS = {
    "Usage:": "用法:",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示这份说明。",
    "Show the version and exit.": "显示版本号。",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "用法见：{command} {option}",
    "Aborted!": "已中断。",
    "Missing command.": "缺少命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Invalid value: {message}": "填的值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 填的值不对：{message}",
    "No such option {name!r}.": "没有 {name} 这个选项。",
    "No such option: {name}": "没有 {name} 这个选项。",
    "No such command {name!r}.": "没有 {name} 这个命令。",
    "Did you mean {possibility}?": "您要的是不是 {possibility}？",
    "Did you mean {possibilities}?": "您要的是不是 {possibilities}？",
    "(Possible options: {possibilities})": "（可能是：{possibilities}）",
    "(Did you mean one of: {possibilities}?)": "（可能是：{possibilities}）",
    "{value!r} is not a valid {number_type}.": "“{value}”不是整数。",
    "{value} is not in the range {range}.": "{value} 不在范围 {range} 里。",
    "{name} {filename!r} does not exist.": "文件“{filename}”不存在。",
    "{name} {filename!r} is a directory.": "“{filename}”是文件夹，不是文件。",
    "{name} {filename!r} is a file.": "“{filename}”是文件，不是文件夹。",
    "{name} {filename!r} is not readable.": "文件“{filename}”没有读取权限。",
    "Option {name!r} requires an argument.": "选项 {name} 后面要有值。",
    "Option {name!r} does not take a value.": "选项 {name} 后面不带值。",
    "Got unexpected extra argument ({args})": "多出来的参数：{args}",
    "Got unexpected extra arguments ({args})": "多出来的参数：{args}",
    "Repeat for confirmation": "再输入一次",
    "Error: The two entered values do not match.": "两次输入的不一样，请重新输入。",
    "Error: invalid input": "输入的内容不对，请重新输入。",
    "default: {default}": "默认：{default}",
    "env var: {var}": "环境变量：{var}",
    "required": "必填",
}


def speak_chinese() -> None:
    """Put the table in place of gettext in every click module. Unknown sentences stay as they are."""
    for name, module in list(sys.modules.items()):
        if name.startswith("click.") and hasattr(module, "_"):
            vars(module)["_"] = _translated  # click offers no other door
        if name.startswith("click.") and hasattr(module, "ngettext"):
            vars(module)["ngettext"] = _counted


def _translated(text: str) -> str:
    return WORDS.get(text, text)


def _counted(one: str, many: str, count: int) -> str:
    return _translated(one if count == 1 else many)


class Command(click.Command):
    """A command whose usage line has Chinese place-holders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Set the place-holders before click makes its own."""
        kwargs.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **kwargs)


class Group(click.Group):
    """A group whose commands keep the order in which they were written: most used first."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Set the place-holders before click makes its own."""
        kwargs.setdefault("options_metavar", "[选项]")
        kwargs.setdefault("subcommand_metavar", "命令 [参数]...")
        super().__init__(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """The order of writing instead of the alphabet."""
        return list(self.commands)


Group.group_class = Group
