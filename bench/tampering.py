"""Tamper with a log of its own, and print what was noticed.

    python bench/tampering.py [--mutations 2000] [--seed 1]

One line a kind: how many mutations were made, how many were noticed with the anchors that are kept
elsewhere, how many by the database alone. Ends with 1 if one went unnoticed despite the anchors.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile


def main() -> int:
    """Tamper with a log of its own; exit with 1 if anything went unnoticed that must not."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mutations", type=int, default=2_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"KINWARD_DEMO": "1", "KINWARD_DATA": folder}
        os.environ["DJANGO_SETTINGS_MODULE"] = "kinward.settings"
        import django  # noqa: PLC0415 (what is set above says which database)

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 (likewise)
        from reliability.tampering import CONTROL, fill, tamper  # noqa: PLC0415 (likewise)

        call_command("migrate", verbosity=0)
        tally = tamper(fill(), mutations=asked.mutations, seed=asked.seed)
    print(f"{'kind':<24}{'made':>8}{'anchors':>10}{'alone':>8}")
    for kind, made in tally.made.items():
        print(f"{kind:<24}{made:>8}{tally.with_anchors[kind]:>10}{tally.without[kind]:>8}")
    missed = [
        kind
        for kind, made in tally.made.items()
        if tally.with_anchors[kind] != (0 if kind == CONTROL else made)
    ]
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
