"""Uses the stand-in for Chatwoot at sys.argv[1] through Chatwoot's own SDK, which parses what comes by its types, and as the client API
is documented. Prints "proved" at the end."""

import sys

import httpx
from chatwoot import ChatwootClient
from chatwoot.exceptions import ChatwootAPIError, ChatwootAuthError, ChatwootNotFoundError
from chatwoot.types.message import Message


def main(address, identifier, bot, user):
    people, machine = ChatwootClient(base_url=address, api_token=user), ChatwootClient(base_url=address, api_token=bot)
    (inbox,) = people.inboxes.list(1)
    assert inbox.channel_type == "Channel::Api"
    base = f"{address}/public/api/v1/inboxes/{identifier}"
    public = httpx.Client(base_url=base)
    assert public.get(base).json()["identifier"] == identifier
    contact = public.post("/contacts", json={"source_id": "s1", "name": "Visitor"}).json()
    assert contact["source_id"] == "s1" and contact["pubsub_token"]
    number = public.post("/contacts/s1/conversations", json={}).json()["id"]
    assert [one["id"] for one in public.get("/contacts/s1/conversations").json()] == [number]
    incoming = public.post(f"/contacts/s1/conversations/{number}/messages", json={"content": "hello", "echo_id": "1"}).json()
    assert incoming["message_type"] == 0 and incoming["sender"]["type"] == "contact" and Message(**incoming).content == "hello"
    found = people.conversations.get(1, number)
    assert found.status == "pending" and found.meta.sender.name == "Visitor" and found.inbox_id == inbox.id
    opened = machine.conversations.toggle_status(1, number, "open")
    assert opened.success and opened.current_status == "open" and people.conversations.get(1, number).status == "open"
    note = machine.messages.create(1, number, "only for us", private=True)
    assert note.private and note.sender.type == "agent_bot" and note.conversation_id == number
    reply = people.messages.create(1, number, "hello from the shop")
    assert reply.message_type == 1 and reply.sender.type == "user" and not reply.private and reply.inbox_id == inbox.id
    picture = public.post(f"/contacts/s1/conversations/{number}/messages", data={"content": "look"}, files={"attachments[]": ("a.jpg", b"JPEG", "image/jpeg")})
    assert Message(**picture.json()).attachments[0].file_type == "image"
    listed = [Message(**one) for one in public.get(f"/contacts/s1/conversations/{number}/messages").json()]
    assert [one.content for one in listed] == ["hello", "hello from the shop", "look"]  # no private ones
    assert people.conversations.toggle_status(1, number, "resolved").current_status == "resolved"
    public.post(f"/contacts/s1/conversations/{number}/messages", json={"content": "again"})
    shown = public.get(f"/contacts/s1/conversations/{number}").json()
    assert shown["status"] == "pending" and [one["content"] for one in shown["messages"]][-1] == "again"
    refusals(people, machine, address, number)
    assert public.get("/contacts/s2/conversations").status_code == 404
    print("proved")


def refusals(people, machine, address, number):
    """What is refused, and how."""
    for call, error in (
        (lambda: ChatwootClient(base_url=address, api_token="wrong").conversations.get(1, number), ChatwootAuthError),
        (lambda: machine.inboxes.list(1), ChatwootAuthError),
        (lambda: machine.messages.list(1, number), ChatwootAuthError),
        (lambda: people.conversations.get(1, 999), ChatwootNotFoundError),
        (lambda: people.conversations.get(2, number), ChatwootNotFoundError),
        (lambda: machine.conversations.toggle_status(1, number, "nonsense"), ChatwootAPIError),
    ):
        try:
            call()
        except error:
            continue
        raise AssertionError("not refused")


if __name__ == "__main__":
    main(*sys.argv[1:])
