"""Whether Chatwoot can be the place where staff answer, and what is missing for it, in one line. It takes a small conversation there,
always the same, since a bot may ask for nothing."""

from __future__ import annotations

import hashlib
import hmac

from bot.phrases import phrases
from bot.support.places.chatwoot.api import OPEN, RESOLVED, UNAUTHORIZED, Chatwoot, ChatwootError
from bot.support.places.telling import Found

URL, TOKEN = "CHATWOOT_URL", "CHATWOOT_TOKEN"
SOURCE_LENGTH = 20


def looked_at(api: Chatwoot) -> Found:
    """Looks whether the inbox is there, customers' words come in, and the bot may write and end conversations.

    Raises:
        HandoffUnreachable: Chatwoot gives no answer.
    """
    inbox = api.inbox
    try:
        about = api.about()
    except ChatwootError as error:
        return Found(False, _no_inbox(error, api))
    name = str(about.get("name") or inbox.identifier)
    if about.get("identity_validation_enabled"):
        return Found(False, f"The inbox “{name}” wants customers with a proof of who they are: switch “Enforce User Identity Validation” off in its configuration.")
    try:
        number, status = _trial(api)
    except ChatwootError as error:
        return Found(False, f"Chatwoot takes no customer's words in the inbox “{name}”: {error}.")
    try:
        api.note(number, phrases().say("chatwoot_trial"))
        api.set_status(number, RESOLVED)
    except ChatwootError as error:
        return Found(False, _no_bot(error, api, name))
    if status == OPEN:
        return Found(False, f"No bot is connected with the inbox “{name}”, so nothing comes back from it: choose the bot under Bot Configuration of the inbox.")
    return Found(True, f"Staff answer in the inbox “{name}” of Chatwoot; a conversation was made there to try it, and resolved.")


def _trial(api: Chatwoot) -> tuple[int, str]:
    """The number of the trial's conversation, and how it stands once the customer wrote, which shows whether a bot is there."""
    source = hmac.new(api.inbox.secret.encode(), b"check", hashlib.sha256).hexdigest()[:SOURCE_LENGTH]
    number = api.begin(source, phrases().say("chatwoot_trial_name"))
    api.say(source, number, phrases().say("chatwoot_trial"))
    return number, api.read(source, number).status


def _no_inbox(error: ChatwootError, api: Chatwoot) -> str:
    if error.is_missing:
        return (
            f"Chatwoot at {api.inbox.base} has no API inbox {api.inbox.identifier}: the end of {URL} is the inbox's identifier, "
            "which its page Configuration shows."
        )
    return f"Chatwoot at {api.inbox.base} does not show the inbox of {URL}: {error}."


def _no_bot(error: ChatwootError, api: Chatwoot, name: str) -> str:
    if error.status == UNAUTHORIZED and "access token" in error.description.lower():
        return f"Chatwoot does not know the token: copy the bot's access token into {TOKEN}."
    if error.status == UNAUTHORIZED:
        return f"The bot may do nothing in account {api.inbox.account}: connect it with the inbox “{name}”, or mend the account in {URL}."
    if error.is_missing:
        return f"The inbox “{name}” is not in account {api.inbox.account}: mend the account in {URL}, as the browser's address shows it."
    return f"Chatwoot refuses what the bot writes in the inbox “{name}”: {error}."
