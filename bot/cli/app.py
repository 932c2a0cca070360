"""The command line: `glasskin serve`, `chat`, `train`, `test`, `import` ..."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Optional

import typer
from rich.console import Console

from bot.cli import knowledge as knowledge_cli
from bot.cli import nlu as nlu_cli
from bot.cli import understanding as understanding_cli
from bot.cli.shop import shop
from bot.cli.store import export_products, import_products, products
from bot.cli.telegram import telegram_app
from bot.paths import ROOT
from bot.settings import settings

app = typer.Typer(
    help="Glasskin, a skincare assistant for shops.", no_args_is_help=True, add_completion=False, rich_markup_mode=None
)
app.add_typer(telegram_app, name="telegram")
app.add_typer(nlu_cli.app, name="nlu")
app.add_typer(knowledge_cli.app, name="knowledge")
app.add_typer(understanding_cli.app, name="understanding")
console = Console()
app.command("import")(import_products)
app.command("export")(export_products)
app.command("explain")(understanding_cli.explain)
app.add_typer(products, name="products")
app.add_typer(shop, name="shop")


@app.command()
def setup() -> None:
    """Make everything ready: database, sample shop, a current model. Quick when nothing changed."""
    ready()


@app.command()
def serve(
    port: Optional[int] = typer.Option(None, help="Port to listen on."),
    host: Optional[str] = typer.Option(None, help="Address to listen on."),
) -> None:
    """Start the assistant and its chat page."""
    chosen = settings()
    update = {"port": port or chosen.port, "host": host or chosen.host}
    chosen = chosen.copy(update=update)
    model = ready()
    from bot.rasa.serving import serve as serve_forever

    console.print(f"Shop at http://{chosen.host}:{chosen.port}/, chat at http://{chosen.host}:{chosen.port}/chat/   (Ctrl+C stops)")
    console.print(f"REST at http://{chosen.host}:{chosen.port}/webhooks/rest/webhook")
    serve_forever(model, chosen)


@app.command()
def chat() -> None:
    """Chat in the terminal, without a server."""
    model = ready()
    from bot.cli.terminal import chat_in_terminal

    chat_in_terminal(model, settings(), console)


@app.command()
def train(force: bool = typer.Option(False, help="Train even when the model is current.")) -> None:
    """Train a model unless the one at hand is current."""
    from bot.rasa.training import TrainingError, ensure_model

    try:
        console.print(f"Model: {ensure_model(settings().models, console, force)}")
    except TrainingError as error:
        _stop(str(error))


@app.command()
def test() -> None:
    """Run all tests, as `make test` does."""
    ready()
    raise typer.Exit(subprocess.call([sys.executable, "-m", "pytest"], cwd=ROOT))


@app.command()
def check() -> None:
    """Check the knowledge and the shop's policies, and name every mistake."""
    from bot.rules.knowledge import KnowledgeError, load
    from bot.store.policies import ShopError, load_shop

    chosen = settings()
    try:
        knowledge = load(chosen.knowledge)
        shop = load_shop(chosen.shop)
    except (KnowledgeError, ShopError) as error:
        _stop(str(error))
        return
    if knowledge_cli.report(notices=False) or understanding_cli.report():
        raise typer.Exit(1)
    console.print(
        f"{len(knowledge.ingredients)} ingredients, {len(knowledge.pairs)} pairs, "
        f"{len(knowledge.product_types)} product types, {len(knowledge.topics)} topics, "
        f"{len(knowledge.claims)} claims, {len(shop.policies)} policies of {shop.name}: all in order."
    )


def ready() -> Path:
    """Makes database, shop and model ready; returns the model."""
    from bot.cli.shop_setup import ensure_shop
    from bot.rasa.training import TrainingError, ensure_model
    from bot.rules.knowledge import KnowledgeError

    chosen = settings()
    try:
        ensure_shop(chosen, console)
        return ensure_model(chosen.models, console)
    except (TrainingError, KnowledgeError) as error:
        _stop(str(error))
        raise


def _stop(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)

