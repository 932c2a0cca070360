"""The commands, for tests of what documents say of them."""

from tests.cli.conftest import run, var

__all__ = ["run", "var"]
