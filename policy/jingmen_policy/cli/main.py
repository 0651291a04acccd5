"""The ``jingmen`` command: each subcommand is imported when it is used, so that help is quick."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import Any

import click

from jingmen_policy.cli.lang import told

EXIT_REFUSED = 2
EXIT_CANNOT_WRITE = 74
EXIT_PIPE_CLOSED = 141
COMMANDS = {
    "run": told("运行案例，与预期比较", "run scenarios and compare with what they expect"),
    "judge": told("对事实逐条作出结论", "judge facts by every rule"),
    "explain": told("说明一条结论的由来", "explain one finding: why, why not, what is missing"),
    "ticks": told("读回对边界案例的判断", "read back verdicts on boundary cards"),
    "rules": told("列出规则", "list the rules"),
    "show": told("显示一条规则的全部内容", "show everything a rule says"),
    "readings": told("所取的解释和改取的后果", "the readings chosen, and what others change"),
    "trace": told("原文与规则的对应", "trace the text to its rules"),
    "bulk": told("对整批表格逐条作出结论", "put whole tables to the rules, part by part"),
    "review": told("写出审核页", "write the review desk, one page without a network"),
    "sql": told("把规则写成一条 SELECT", "print the rules about a kind of subject as one SELECT"),
    "diff": told("比较两套规则，结论怎样变化", "compare two corpora and the findings they lead to"),
    "sign": told("审核后对规则签字", "sign rules that were reviewed"),
    "status": told("各条规则的审核情况", "how far the rules are reviewed"),
    "prove": told("证明规则不冲突、无漏洞", "prove that the rules are sound"),
    "export": told("写成别的程序能读的格式", "write the text and its rules in other formats"),
    "workbook": told("写出 Excel 台账，填好后判定", "write an Excel workbook to fill in"),
    "serve": told("提供 HTTP 服务", "serve the rules over HTTP"),
    "token": told("新建、列出、作废服务的令牌", "make, list and withdraw tokens of the service"),
    "log": told("决定记录：查看、查验", "the decision log: look into it, verify it"),
    "replay": told("按回执重新判定", "decide again what a receipt is of"),
    "bulletin": told("汇总进度通报", "sum up progress as a circular with checklists"),
    "calendar": told("写出期限日程（.ics）", "write the deadlines as a calendar (.ics)"),
    "docs": told("检查或重写 POLICY.md", "check or rewrite POLICY.md"),
    "new": told("新建一条规则及其案例和测试", "start a rule with its scenario and its test"),
}


class LazyGroup(click.Group):
    """Commands by name, each the ``command`` of the module of that name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"jingmen_policy.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(told("命令", "Commands")):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what is refused is told whole on standard error."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _write_no_more()
            ctx.exit(EXIT_PIPE_CLOSED)
        except OSError as error:
            _write_no_more()
            click.echo(f"{told('无法写出', 'cannot write')}: {error}", err=True)
            ctx.exit(EXIT_CANNOT_WRITE)
        except ValueError as error:
            from jingmen_facts.problems import Refused
            from jingmen_policy.cli.options import language

            if not isinstance(error, Refused):
                raise
            click.echo(error.to(language(ctx)), err=True)
            ctx.exit(EXIT_REFUSED)


@click.command(
    cls=LazyGroup,
    help=told(
        "荆门市乡镇（街道）社会工作站建设实施方案：输入事实，得出逐条结论。\n\n"
        "退出码：0 正常，1 与预期不一致，2 输入有误。",
        "The Jingmen plan for township social work stations: facts in, findings out.\n\n"
        "Exit codes: 0 fine, 1 not as expected, 2 bad input.",
    ),
)
@click.version_option(package_name="jingmen-policy")
def cli() -> None:
    pass


def _write_no_more() -> None:
    """Let nothing be tried again when the interpreter flushes standard output at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """The entry point. What the terminal's encoding lacks is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    cli()
