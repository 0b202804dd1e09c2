"""The kinmatch command. A foreseen failure is one line and an exit code, never a traceback."""

from __future__ import annotations

import sys
from typing import Any

import click

from kinmatch import __version__
from kinmatch.cli.dedupe import dedupe_command
from kinmatch.cli.evaluate import evaluate_command
from kinmatch.cli.explain import explain_command
from kinmatch.cli.link import link_command
from kinmatch.cli.model import model_group
from kinmatch.cli.names import names
from kinmatch.cli.search import search_command
from kinmatch.cli.synth import synth_command
from kinmatch.cli.train import train_command
from kinmatch.cli.transliterate import transliterate_command
from kinmatch.errors import KinmatchError


class OneLineErrors(click.Group):
    """A group that shows what kinmatch foresees as one line on standard error."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; end with the error's own exit code if it raises one."""
        try:
            return super().invoke(ctx)
        except KinmatchError as error:
            click.echo(f"kinmatch: {error}", err=True)
            sys.exit(error.exit_code)


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="kinward", prog_name="kinmatch")
def cli() -> None:
    """Whose child is this? Match persons and families across scripts."""


cli.add_command(link_command)
cli.add_command(search_command)
cli.add_command(dedupe_command)
cli.add_command(explain_command)
cli.add_command(evaluate_command)
names.add_command(transliterate_command)
cli.add_command(names)
cli.add_command(synth_command)
cli.add_command(train_command)
cli.add_command(model_group)
