"""What `glasskin shop connect check` says of every engine alike."""

from __future__ import annotations

from bot.shops.http import NoAnswer, Refused
from bot.support.gateway import Capability, GatewayError

NOT_THERE, REDIRECTS = 404, range(300, 400)
CHANGES = (Capability.CANCEL, Capability.ADDRESS, Capability.RETURN, Capability.ITEMS, Capability.EXCHANGE, Capability.PAYMENT)
WITHOUT_EMAIL = "The newest order has no e-mail address. Orders without one can't be proved to be anybody's, so nothing is told of them."


def done_here(capabilities: frozenset[Capability]) -> str:
    """What is done in the chat, and what becomes a ticket."""
    here = ", ".join(one.value for one in CHANGES if one in capabilities)
    return f"Done in the chat: {here}. Tickets for the team: {', '.join(one.value for one in CHANGES if one not in capabilities)}."


def mended(error: GatewayError, host: str) -> str:
    """What to do about an error that any engine may give, in a line that names the setting."""
    if isinstance(error, NoAnswer):
        return f"ENGINE_URL: {error}. Is the address right, and does the shop let this machine in?"
    if isinstance(error, Refused) and error.status in REDIRECTS:
        return f"ENGINE_URL: {host} sends on to another address, and the key is sent to none but yours. Write it as the shop has it, with or without www."
    return f"ENGINE_URL: {error}."
