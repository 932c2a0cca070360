"""Chat in the terminal with the assistant in the same process."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import uuid4

from rich.console import Console

from bot.channels.incoming import message_text
from bot.rasa.lean import prepare_rasa
from bot.rasa.loading import load_model
from bot.settings import Settings

STOP = {"/stop", "/quit", "/exit"}


def chat_in_terminal(model: Path, chosen: Settings, console: Console) -> None:
    """Reads lines and prints replies until end of input or one of `STOP`. A number picks a button.

    Raises:
        ModelError: when the model cannot be loaded.
    """
    asyncio.run(_chat(model, chosen, console))


async def _chat(model: Path, chosen: Settings, console: Console) -> None:
    prepare_rasa()
    from rasa.core.channels.channel import UserMessage
    from rasa.core.utils import AvailableEndpoints

    from bot.channels.rest import OneMessageOutput, replies
    from bot.rasa import processor
    from bot.rasa.serving import action_endpoint

    processor.use()
    with console.status("Loading the model"):
        endpoints = AvailableEndpoints(action=action_endpoint(chosen))
        agent = await load_model(model, endpoints)
    sender = uuid4().hex
    buttons: list[dict[str, str]] = []
    console.print("Ask me about skincare or the shop. /stop ends.", style="dim")
    while True:
        try:
            line = (await asyncio.to_thread(console.input, "[bold]you[/bold]  ")).strip()
        except (EOFError, KeyboardInterrupt):
            return
        if line in STOP:
            return
        if line.isdigit() and 0 < int(line) <= len(buttons):
            line = buttons[int(line) - 1]["payload"]
        buttons = []
        text = message_text(line, chosen.longest_message)
        message = UserMessage(text, OneMessageOutput(), sender, input_channel=OneMessageOutput.name())
        for reply in await replies(agent.handle_message, agent, message):
            console.print(f"[bold green]bot[/bold green]  {reply.get('text', '')}", highlight=False)
            for button in reply.get("buttons", []):
                buttons.append(button)
                console.print(f"     {len(buttons)}  {button['title']}", style="cyan", highlight=False)
