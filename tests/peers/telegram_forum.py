"""Groups with topics in the stand-in for Telegram: the bot's methods for them, and what members do there."""

from __future__ import annotations

import time
from threading import RLock
from typing import Any, Mapping

from tests.peers.telegram_state import BOT, Refused, State, units

LONGEST_NAME = 128
PRESENT = ("creator", "administrator", "member", "restricted")
NO_RIGHTS = "Bad Request: not enough rights to manage topics"
NOT_MODIFIED = "Bad Request: TOPIC_NOT_MODIFIED"


class ForumMethods:
    """Part of `TelegramPeer`."""

    state: State
    _lock: RLock

    # The bot's side

    def _do_getChat(self, params: Mapping[str, Any], _: Any) -> dict[str, Any]:
        chat_id = self.state.deliverable(params.get("chat_id"))
        return {**self._chat(chat_id), "accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}

    def _do_getChatMember(self, params: Mapping[str, Any], _: Any) -> dict[str, Any]:
        chat_id, user_id = self.state.deliverable(params.get("chat_id")), int(params.get("user_id") or 0)
        status = self.state.members.get(chat_id, {}).get(user_id)
        if status is None:
            raise Refused(400, "Bad Request: member not found")
        user = BOT if user_id == BOT["id"] else {"id": user_id, "is_bot": False, "first_name": f"U{user_id}"}
        return {"user": user, "status": status, **_rights(status, chat_id not in self.state.no_topic_rights)}

    def _do_createForumTopic(self, params: Mapping[str, Any], _: Any) -> dict[str, Any]:
        chat_id, name = self._managed(params), str(params.get("name") or "")
        if not 1 <= units(name) <= LONGEST_NAME:
            raise Refused(400, "Bad Request: TOPIC_TITLE_EMPTY" if not name else "Bad Request: topic name is too long")
        number = self.state.next_message_id()
        self.state.topics.setdefault(chat_id, set()).add(number)
        self.state.topic_names[chat_id, number] = name
        return {"message_thread_id": number, "name": name, "icon_color": 7322096}

    def _do_editForumTopic(self, params: Mapping[str, Any], _: Any) -> bool:
        topic = self._topic(params)
        if "name" in params:
            if units(str(params["name"])) > LONGEST_NAME:
                raise Refused(400, "Bad Request: topic name is too long")
            if str(params["name"]) == self.state.topic_names.get(topic):
                raise Refused(400, NOT_MODIFIED)
            self.state.topic_names[topic] = str(params["name"]) or self.state.topic_names[topic]
        return True

    def _do_closeForumTopic(self, params: Mapping[str, Any], _: Any) -> bool:
        topic = self._topic(params)
        if topic in self.state.closed_topics:
            raise Refused(400, NOT_MODIFIED)
        self.state.closed_topics.add(topic)
        return True

    def _do_reopenForumTopic(self, params: Mapping[str, Any], _: Any) -> bool:
        topic = self._topic(params)
        if topic not in self.state.closed_topics:
            raise Refused(400, NOT_MODIFIED)
        self.state.closed_topics.discard(topic)
        return True

    def _do_deleteForumTopic(self, params: Mapping[str, Any], _: Any) -> bool:
        self.delete_topic(*self._topic(params))
        return True

    def _managed(self, params: Mapping[str, Any]) -> int:
        """The group, where the bot may manage its topics."""
        chat_id = self.state.deliverable(params.get("chat_id"))
        if chat_id not in self.state.forums:
            raise Refused(400, "Bad Request: the chat is not a forum")
        status = self.state.members.get(chat_id, {}).get(int(str(BOT["id"])))
        if status not in ("creator", "administrator") or chat_id in self.state.no_topic_rights:
            raise Refused(400, NO_RIGHTS)
        return chat_id

    def _topic(self, params: Mapping[str, Any]) -> tuple[int, int]:
        chat_id, number = self._managed(params), int(params.get("message_thread_id") or 0)
        if number not in self.state.topics.get(chat_id, set()):
            raise Refused(400, "Bad Request: TOPIC_ID_INVALID")
        return chat_id, number

    def _chat(self, chat_id: int) -> dict[str, Any]:
        """A chat as messages name it."""
        chat: dict[str, Any] = {"id": chat_id, "type": self.state.kinds[chat_id]}
        if chat_id < 0:
            chat["title"] = self.state.titles.get(chat_id, "Group")
            if chat_id in self.state.usernames:
                chat["username"] = self.state.usernames[chat_id]
        return {**chat, "is_forum": True} if chat_id in self.state.forums else chat

    # The members' side

    def open_forum(self, chat_id: int, title: str = "Care team", members: Mapping[int, str] | None = None, bot: str = "administrator") -> None:
        """Makes a supergroup with topics.

        Args:
            chat_id: its number, a negative one.
            title: its title.
            members: status by user; whoever is not there is no member.
            bot: the bot's own status.
        """
        with self._lock:
            self.state.open_chat(chat_id, "supergroup")
            self.state.forums.add(chat_id)
            self.state.titles[chat_id] = title
            self.state.members[chat_id] = {int(str(BOT["id"])): bot, **(members or {})}

    def write(self, chat_id: int, topic: int | None, user_id: int, text: str | None, name: str = "", edited: bool = False, **more: Any) -> dict[str, Any]:
        """A member's message in a topic, None for the general one; Telegram lets nobody else write there, and in a closed topic
        administrators alone."""
        with self._lock:
            status = self.state.members.get(chat_id, {}).get(user_id)
            assert status in PRESENT, f"{user_id} is no member of {chat_id}"
            assert topic is None or topic in self.state.topics.get(chat_id, set()), f"there is no topic {topic}"
            assert (chat_id, topic) not in self.state.closed_topics or status in ("creator", "administrator"), "the topic is closed"
            message: dict[str, Any] = {
                "message_id": self.state.next_message_id(), "date": int(time.time()), "chat": self._chat(chat_id),
                "from": {"id": user_id, "is_bot": False, "first_name": name or f"U{user_id}"}, **({"text": text} if text is not None else {}),
            }
            if topic is not None:
                message |= {"message_thread_id": topic, "is_topic_message": True, "reply_to_message": self._root(chat_id, topic)}
            if edited:
                message["edit_date"] = int(time.time())
            return self.state.next_update(**{"edited_message" if edited else "message": {**message, **more}})

    def close_topic(self, chat_id: int, topic: int, user_id: int) -> dict[str, Any]:
        """An administrator closes a topic by hand, which all are told by a service message."""
        with self._lock:
            update = self.write(chat_id, topic, user_id, None, forum_topic_closed={})
            self.state.closed_topics.add((chat_id, topic))
            return update

    def reopen_topic(self, chat_id: int, topic: int, user_id: int) -> dict[str, Any]:
        """And opens it again."""
        with self._lock:
            self.state.closed_topics.discard((chat_id, topic))
            return self.write(chat_id, topic, user_id, None, forum_topic_reopened={})

    def create_topic(self, chat_id: int, user_id: int, name: str) -> int:
        """A member makes a topic of their own."""
        with self._lock:
            number = self.state.next_message_id()
            self.state.topics.setdefault(chat_id, set()).add(number)
            self.state.topic_names[chat_id, number] = name
            self.state.topic_makers[chat_id, number] = {"id": user_id, "is_bot": False, "first_name": f"U{user_id}"}
            self.write(chat_id, number, user_id, None, forum_topic_created={"name": name, "icon_color": 7322096})
            return number

    def delete_topic(self, chat_id: int, topic: int) -> None:
        """A topic is deleted with all that stands in it; bots are not told."""
        with self._lock:
            self.state.topics[chat_id].discard(topic)
            self.state.closed_topics.discard((chat_id, topic))
            self.state.chats[chat_id] = [one for one in self.state.chats[chat_id] if one.thread != topic]

    def topics(self, chat_id: int) -> dict[int, str]:
        """The topics that are there, with their names."""
        with self._lock:
            return {number: self.state.topic_names.get((chat_id, number), "") for number in sorted(self.state.topics.get(chat_id, set()))}

    def _root(self, chat_id: int, topic: int) -> dict[str, Any]:
        """The service message with which a topic begins; whatever is written in it answers that, unless it answers another."""
        maker = self.state.topic_makers.get((chat_id, topic), BOT)
        created = {"name": self.state.topic_names.get((chat_id, topic), ""), "icon_color": 7322096}
        return {
            "message_id": topic, "date": int(time.time()), "chat": self._chat(chat_id), "from": maker, "message_thread_id": topic,
            "is_topic_message": True, "forum_topic_created": created,
        }


_GIFTS = dict.fromkeys(("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False)
_OF_ADMINISTRATORS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories", "can_pin_messages", "can_send_welcome_messages",
)
_OF_RESTRICTED = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes", "can_send_voice_notes",
    "can_send_polls", "can_send_other_messages", "can_add_web_page_previews", "can_react_to_messages", "can_edit_tag", "can_change_info", "can_invite_users",
    "can_pin_messages", "can_manage_topics",
)


def _rights(status: str, topics: bool) -> dict[str, Any]:
    """The fields that a member of this status has besides."""
    if status == "creator":
        return {"is_anonymous": False}
    if status == "administrator":
        return {**dict.fromkeys(_OF_ADMINISTRATORS, False), "can_manage_topics": topics}
    if status == "restricted":
        return {**{name: name == "can_send_messages" for name in _OF_RESTRICTED}, "is_member": True, "until_date": 0}
    return {"until_date": 0} if status == "kicked" else {}
