"""`python -m bot.cli` is `glasskin`."""

from bot.cli.app import app

app()
