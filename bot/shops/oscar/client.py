"""The requests that the app of deploy/oscar answers in a django-oscar shop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.shops.http import Http, Unreadable

PATH = "/glasskin/"
INTERFACE, VERSION = "glasskin-orders", 1
MOVED = "moved"
Json = Mapping[str, Any]


class OscarClient:
    """Reads and changes orders. Every method may raise `GatewayError`."""

    def __init__(self, shop: str, key: str, **http: Any) -> None:
        """
        Args:
            shop: the shop's address, such as "https://shop.example".
            key: what the shop's settings call GLASSKIN_KEY.
            http: see `Http`.
        """
        self.http = Http(shop.rstrip("/") + PATH, headers={"Authorization": f"Bearer {key}"}, code_of=_code, **http)

    def newest(self) -> Json | None:
        """The newest order's number, and whether it has an e-mail; None where there is none.

        Raises:
            Unreadable: what answers is not the app, or another version of it.
        """
        told = self._asked("status", {})
        if told.get("interface") != INTERFACE or told.get("version") != VERSION:
            raise Unreadable(f"{self.http.host} answers, but not as version {VERSION} of the app of deploy/oscar")
        newest = told.get("newest")
        if newest is not None and not (isinstance(newest, Mapping) and isinstance(newest.get("number"), str)):
            raise Unreadable(f"{self.http.host} tells its newest order as it should not")
        return newest

    def find(self, number: str, email: str) -> Json | None:
        """The order of a number and an e-mail; None for an unknown number and for another e-mail alike."""
        return self._object("find", {"number": number, "email": email}, "order")

    def order(self, number: str) -> Json | None:
        """The order of a number."""
        return self._object("order", {"number": number}, "order")

    def numbers(self, email: str) -> list[str]:
        """The numbers of an e-mail's orders, the newest first; a hundred at most."""
        return [str(one) for one in self._list("numbers", {"email": email})]

    def change(self, kind: str, number: str, version: str, key: str, more: Json) -> Json:
        """What a change leads to, or led to where it was done under this key already."""
        told = self.http.write("POST", "change", {"kind": kind, "number": number, "version": version, "key": key, **more})
        outcome = told.get("outcome") if isinstance(told, Mapping) else None
        if not isinstance(outcome, Mapping):
            raise Unreadable(f"{self.http.host} does not tell what a change led to")
        return outcome

    def done(self, key: str) -> Json | None:
        """What a change of this key led to; None where it was never done."""
        return self._object("done", {"key": key}, "outcome")

    def variants(self, product: str) -> list[Json]:
        """All variants of a product."""
        return self._list("variants", {"product": product})

    def products(self, words: Sequence[str]) -> list[list[Json]]:
        """The variants of the products whose title holds all words."""
        return self._list("products", {"words": list(words)})

    def _asked(self, path: str, body: Json) -> Json:
        told = self.http.read("POST", path, body=body)
        if not isinstance(told, Mapping):
            raise Unreadable(f"{self.http.host} answers {path} with what is no object")
        return told

    def _object(self, path: str, body: Json, name: str) -> Json | None:
        told = self._asked(path, body)
        if name not in told or not (told[name] is None or isinstance(told[name], Mapping)):
            raise Unreadable(f"{self.http.host} answers without {name}")
        found: Json | None = told[name]
        return found

    def _list(self, path: str, body: Json) -> list[Any]:
        told = self._asked(path, body).get(path)
        if not isinstance(told, list):
            raise Unreadable(f"{self.http.host} answers without {path}")
        return told


def _code(body: Any) -> str:
    return str(body.get("code", "")) if isinstance(body, Mapping) else ""
