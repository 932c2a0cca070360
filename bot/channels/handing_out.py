"""What the channels share that only hand out pages and files: no message arrives there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from rasa.core.channels.channel import InputChannel

from bot.channels.files import REVALIDATE, security_headers

Made = TypeVar("Made", bound="HandingOut")


class HandingOut(InputChannel):
    """A channel of pages. Its one setting in `credentials.yml`, `image_hosts`, lists where the shop's product pictures
    lie if that is elsewhere: `["https://cdn.example.com"]`."""

    def __init__(self, image_hosts: Sequence[str] = ()) -> None:
        """Take the origins that product pictures may come from, besides the page's own.

        Raises:
            RasaException: one of them is not an origin such as `https://cdn.example.com`.
        """
        self._headers = {**security_headers(image_hosts), "Cache-Control": REVALIDATE}

    @classmethod
    def from_credentials(cls: type[Made], credentials: dict[str, Any] | None) -> Made:
        """Make the channel from its section in `credentials.yml`, which may be empty.

        Raises:
            RasaException: `image_hosts` is not a list of origins.
        """
        return cls((credentials or {}).get("image_hosts") or ())

    def url_prefix(self) -> str:
        """An absolute path, which takes the pages out of `/webhooks/` when Rasa joins the two."""
        return "/"
