"""Check that the log is whole; print what it comes to, for those who keep that elsewhere."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import qrcode
from django.core.management.base import BaseCommand, CommandError

from kinward.audit.models import Checkpoint
from kinward.audit.sealing import ANCHORING
from kinward.audit.verifying import verify
from kinward.core.keys import public_key

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Check that the log is whole (verify), or print its last anchor for keeping (anchor)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        checked = doing.add_parser("verify", help="check the chain, the checkpoints, the anchors")
        checked.add_argument(
            "--anchors",
            action="append",
            default=[],
            type=Path,
            help="a file of anchors, kept elsewhere",
        )
        doing.add_parser("anchor", help="print the last anchor as a line and as a QR code")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["doing"] == "anchor":
            self.print_anchor()
        else:
            self.verify(options["anchors"])

    def verify(self, files: list[Path]) -> None:
        """Say what was checked and the first fault; exit with 1 if there is one."""
        try:
            anchors = [line for file in files for line in file.read_text("ascii").splitlines()]
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"The anchors cannot be read: {error}") from error
        began = time.monotonic()
        finding = verify(anchors)
        rate = finding.links / max(time.monotonic() - began, 0.001)
        self.stdout.write(
            f"{finding.links:,} rows of the log checked ({rate:,.0f} a second), "
            f"{finding.checkpoints:,} checkpoints, {finding.anchors:,} anchors; "
            f"{finding.waiting:,} rows wait to be sealed."
        )
        if not finding.whole:
            self.stderr.write(f"NOT WHOLE: {finding.fault}")
            sys.exit(1)
        after = finding.links - finding.signed_up_to
        self.stdout.write(f"The log is whole; {after:,} rows were added after the last signature.")
        if not anchors:
            self.stdout.write(
                "No anchors were given: who holds the keys of this machine can have rewritten it."
            )

    def print_anchor(self) -> None:
        """Print the last anchor, and the key to check its signature with."""
        last = Checkpoint.objects.first()
        if last is None:
            raise CommandError("There is no checkpoint yet. Run `kinward seal_log --once` first.")
        code = qrcode.QRCode(border=2)
        code.add_data(last.text)
        code.print_ascii(self.stdout)
        self.stdout.write(f"{last.text}\n\nPublic key (Ed25519): {public_key(ANCHORING)}")
