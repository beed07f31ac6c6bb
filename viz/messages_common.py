"""What every command says: help that commands share, errors, short words; `messages` holds all together."""

from __future__ import annotations

from typing import Final

COMMON_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "help": (
        "纲目：读政府规划文件，建成有据可查的知识图谱，看省、市、县怎样上下衔接。",
        "Gangmu reads plans of Chinese governments into a knowledge graph in which every statement has "
        "its evidence, and shows how provincial, city and district plans are tied together.",
    ),
    "help.epilog": (
        "先建图，再提问：gangmu build，gangmu ask，gangmu draw alignment。\n\n"
        "退出码：0 完成，1 检查未通过，2 用法有误，3 输入缺失或读不了，4 超出限度。",
        "Build first, then ask: gangmu build, gangmu ask, gangmu draw alignment.\n\n"
        "Exit codes: 0 done, 1 a check failed, 2 usage, 3 input missing or unreadable, 4 over a limit.",
    ),
    "help.*.lang": (
        "界面语言；不给时看 LC_ALL、LC_MESSAGES、LANG，再不然用中文。",
        "Language; else LC_ALL, LC_MESSAGES, LANG, else Chinese.",
    ),
    "help.*.version": ("显示版本后退出。", "Show the version and exit."),
    "help.*.install_completion": ("为当前 shell 安装命令补全。", "Install completion for the current shell."),
    "help.*.show_completion": (
        "显示当前 shell 的补全脚本。",
        "Show the completion script of the current shell.",
    ),
    "help.*.help": ("显示帮助后退出。", "Show this help and exit."),
    "help.*.store": ("图所在的文件夹。", "Folder of the graph."),
    "help.*.json": ("输出 JSON，供程序读取。", "Print JSON, for programs."),
    "help.*.output": ("写入文件；写完才替换旧文件。", "Write to a file, which is replaced as a whole."),
    "help.*.format": (
        "输出格式；不给时看文件名，再不然是表格。CSV 文件带 BOM，便于 Excel 打开。",
        "Output format; else by the file's name, else a table. A CSV file begins with a BOM, for Excel.",
    ),
    "help.*.columns": (
        "只要这些列，用逗号分开，按此顺序。",
        "Only these columns, in this order, separated by commas.",
    ),
    "help.*.document": (
        "文件编号、文件名，或标题的一部分。",
        "Id of a document, its file name, or a part of its title.",
    ),
    "usage": ("用法：", "Usage: "),
    "help.usage.options": ("[选项]", "[OPTIONS]"),
    "help.usage.command": ("命令 …", "COMMAND …"),
    "panel.options": ("选项：", "Options:"),
    "panel.arguments": ("参数：", "Arguments:"),
    "panel.commands": ("命令：", "Commands:"),
    "panel.default": ("［默认 {}］", "[default: {}]"),
    "panel.envvar": ("［环境变量 {}］", "[env var: {}]"),
    "error": ("错误：{text}", "error: {text}"),
    "error.try": ("（看帮助：{command} --help）", " (see: {command} --help)"),
    "error.no-command": ("没有“{name}”这个命令", "no such command “{name}”"),
    "error.no-option": ("没有“{name}”这个选项", "no such option {name}"),
    "error.bad-value": ("{name} 的值不对：{problem}", "invalid value for {name}: {problem}"),
    "error.missing": ("缺少 {name}", "missing {name}"),
    "error.one-of": ("可用 {names}", "use one of {names}"),
    "error.interrupted": ("已中断，没有留下写了一半的文件", "interrupted; nothing half-written was left"),
    "error.several-documents": ("“{name}”指多份文件", "“{name}” means several documents"),
    "error.no-document": ("没有“{name}”这份文件", "no document “{name}”"),
    "error.documents": ("可用 {names}", "use one of {names}"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "list.mark": ("，", ", "),
    "written.size": ("已写入 {path}（{size} 字节）", "wrote {path} ({size} bytes)"),
    "written": ("已写入 {path}", "wrote {path}"),
}
