"""The command line: `glasskin serve`, `chat`, `train`, `test`, `import` ..."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, List, Optional

import typer
from rich.console import Console

from bot import __version__
from bot.cli import knowledge as knowledge_cli
from bot.cli import nlu as nlu_cli
from bot.cli import privacy as privacy_cli
from bot.cli import understanding as understanding_cli
from bot.cli.backup import backup, restore
from bot.cli.chatwoot import chatwoot
from bot.cli.desk import desk
from bot.cli.doctor.command import doctor
from bot.cli.errors import Commands
from bot.cli.home import home
from bot.cli.init import init
from bot.cli.orders import orders
from bot.cli.shop import shop
from bot.cli.store import export_products, import_products, products
from bot.cli.syncing import sync
from bot.cli.telegram import telegram_app
from bot.cli.testing import run_tests
from bot.cli.tickets import tickets
from bot.paths import ROOT
from bot.settings import Settings, settings, unread_settings, worker_number

app = typer.Typer(
    cls=Commands,
    help="Glasskin, a skincare assistant for shops.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(telegram_app, name="telegram")
app.add_typer(nlu_cli.app, name="nlu")
app.add_typer(knowledge_cli.app, name="knowledge")
app.add_typer(understanding_cli.app, name="understanding")
app.add_typer(privacy_cli.app, name="privacy")
console = Console()
app.command("import")(import_products)
app.command("sync")(sync)
app.command("export")(export_products)
app.command("explain")(understanding_cli.explain)
app.add_typer(products, name="products")
app.add_typer(orders, name="orders")
app.add_typer(tickets, name="tickets")
app.add_typer(desk, name="desk")
app.add_typer(chatwoot, name="chatwoot")
app.add_typer(shop, name="shop")
app.add_typer(home, name="home")
app.command()(backup)
app.command()(restore)
app.command()(doctor)
app.command("init")(init)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"glasskin {__version__}")
        raise typer.Exit()


@app.callback()
def glasskin(
    version: bool = typer.Option(False, "--version", callback=_tell_version, is_eager=True, help="Say the version."),
) -> None:
    """Glasskin, a skincare assistant for shops."""


@app.command()
def setup() -> None:
    """Make everything ready: database, sample shop, a current model. Quick when nothing changed."""
    ready()


@app.command()
def serve(
    port: Optional[int] = typer.Option(None, min=1, max=65535, help="Port to listen on."),
    host: Optional[str] = typer.Option(None, help="Address to listen on."),
    workers: Optional[int] = typer.Option(None, min=1, max=64, help="Processes that answer; WORKERS when left out."),
) -> None:
    """Start the assistant and its chat page."""
    from bot.cli.starting import check_start

    chosen = settings()
    given = {"port": port or chosen.port, "host": host or chosen.host, "workers": workers or chosen.workers}
    chosen = chosen.copy(update=given)
    if worker_number():
        from bot.cli.workers.worker import serve_as_worker

        serve_as_worker(chosen)
        return
    check_start(chosen)
    if chosen.workers > 1:
        from bot.cli.workers.serving import serve_with_workers

        serve_with_workers(chosen, partial(_announce, chosen))
        return
    model = ready()
    from bot.cli.watching import watching
    from bot.rasa.serving import serve as serve_forever

    with watching(chosen):
        serve_forever(model, chosen, partial(_announce, chosen))


def _announce(chosen: Settings) -> None:
    address = f"http://{chosen.host}:{chosen.port}"
    console.print(f"Shop at {address}/, chat at {address}/chat/   (Ctrl+C stops)", soft_wrap=True)
    console.print(f"The staff's desk at {address}/desk/, REST at {address}/webhooks/rest/webhook", soft_wrap=True)


@app.command()
def chat() -> None:
    """Chat in the terminal, without a server."""
    model = ready()
    from bot.cli.terminal import chat_in_terminal

    chat_in_terminal(model, settings(), console)


@app.command()
def train(force: bool = typer.Option(False, help="Train even when the model is current.")) -> None:
    """Train a model unless the one at hand is current and whole."""
    from bot.rasa.training import ensure_model

    console.print(f"Model: {ensure_model(settings().models, console, force, thorough=True)}", soft_wrap=True)


@app.command(context_settings={"ignore_unknown_options": True})
def test(arguments: Annotated[Optional[List[str]], typer.Argument(help="Paths of tests, or options of pytest; all by default.")] = None) -> None:
    """Run all tests, as `make test` does."""
    ready()
    raise typer.Exit(run_tests(arguments or []))


@app.command()
def check() -> None:
    """Check knowledge, policies, lessons, settings and what the model is trained from, and name every mistake."""
    from bot.cli.mended import mistaken_mends, mistaken_statements
    from bot.cli.shop import mistaken_lessons, mistaken_pictures, mistakes_of
    from bot.rasa.data_check import check_training_data
    from bot.rules.knowledge import load
    from bot.store.policies import load_shop

    chosen = settings()
    knowledge = load(chosen.knowledge)
    found = load_shop(chosen.shop, chosen.home)
    check_training_data(ROOT)
    own = [*mistaken_lessons(), *mistaken_pictures(found), *mistaken_mends(chosen), *mistaken_statements(chosen)]
    mistakes = [*mistakes_of(found), *own, *unread_settings()]
    for mistake in mistakes:
        typer.echo(mistake)
    if knowledge_cli.report(notices=False) or understanding_cli.report() or mistakes:
        raise typer.Exit(1)
    console.print(
        f"{len(knowledge.ingredients)} ingredients, {len(knowledge.pairs)} pairs, "
        f"{len(knowledge.product_types)} product types, {len(knowledge.topics)} topics, "
        f"{len(knowledge.claims)} claims, {len(found.policies)} policies of {found.name}: all in order."
    )


def ready() -> Path:
    """Makes database, shop and model ready; returns the model."""
    from bot.cli.shop_setup import ensure_shop
    from bot.rasa.training import ensure_model

    chosen = settings()
    ensure_shop(chosen, console)
    return ensure_model(chosen.models, console)
