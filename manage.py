"""Run a management command from the working copy; installed, it is the `kinward` command."""

from __future__ import annotations

from kinward.__main__ import main

if __name__ == "__main__":
    main()
