"""Who may use REST, from where, and how much."""

from __future__ import annotations

import pytest

from bot.channels.rest_access import Access

KEYS = ["a-key-of-sixteen-letters", "another-key-of-a-shop"]
NOBODY: dict[str, str] = {}


def access(*keys: str, per_minute: float = 30, of_address: float = 60, proxies: int = 0) -> Access:
    """Who may, with these keys and limits."""
    return Access(keys, per_minute, of_address, proxies)


@pytest.mark.parametrize(
    ("host", "off"),
    [("127.0.0.1", False), ("localhost", False), ("::1", False), ("127.8.0.1", False), ("0.0.0.0", True), ("::", True),
     ("10.0.0.3", True), ("bot.example", True)],
)  # fmt: skip
def test_without_a_key_it_is_off_where_other_machines_reach_it(host: str, off: bool) -> None:
    told = access().off_at(host)
    assert (told or "").startswith("REST is off") == off and ("REST_KEYS" in (told or "")) == off
    assert access(KEYS[0]).off_at(host) is None


@pytest.mark.parametrize(
    ("peer", "headers", "let_in"),
    [("127.0.0.1", {}, True), ("::1", {}, True), ("10.0.0.3", {}, False), ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}, False),
     ("127.0.0.1", {"forwarded": "for=10.0.0.3"}, False)],
)  # fmt: skip
def test_without_a_key_only_programs_on_this_machine_are_let_in(peer: str, headers: dict[str, str], let_in: bool) -> None:
    refusal = access().refusal(peer, headers)
    assert (refusal is None) == let_in
    assert refusal is None or (refusal.status == 403 and "REST_KEYS" in refusal.sentence)


@pytest.mark.parametrize(
    ("given", "let_in"),
    [("Bearer a-key-of-sixteen-letters", True), ("bearer another-key-of-a-shop", True), ("Bearer a-key-of-sixteen-letter", False),
     ("Basic a-key-of-sixteen-letters", False), ("a-key-of-sixteen-letters", False), ("Bearer ", False), ("", False), ("Bearer \udcff", False)],
)  # fmt: skip
@pytest.mark.parametrize("peer", ["127.0.0.1", "10.0.0.3"])
def test_where_there_are_keys_one_comes_with_every_request(given: str, let_in: bool, peer: str) -> None:
    refusal = access(*KEYS).refusal(peer, {"authorization": given})
    assert (refusal is None) == let_in
    assert refusal is None or (refusal.status == 401 and refusal.headers["WWW-Authenticate"] == "Bearer")


def test_a_sender_may_send_so_much_and_no_more() -> None:
    rest = access(KEYS[0], per_minute=30)
    assert [rest.too_many("me", "10.0.0.3", NOBODY) is None for _ in range(12)] == [True] * 10 + [False] * 2
    assert rest.too_many("somebody else", "10.0.0.3", NOBODY) is None


def test_an_address_may_send_so_much_whatever_senders_it_names() -> None:
    rest = access(KEYS[0], of_address=60, proxies=1)
    behind = {"x-forwarded-for": "10.0.0.3"}
    let_in = [rest.too_many(str(number), "127.0.0.1", behind) is None for number in range(22)]
    assert let_in == [True] * 20 + [False] * 2
    assert rest.too_many("me", "127.0.0.1", {"x-forwarded-for": "10.0.0.4"}) is None


def test_a_program_on_this_machine_is_not_counted() -> None:
    rest = access()
    assert not any(rest.too_many("me", "127.0.0.1", NOBODY) for _ in range(500))
