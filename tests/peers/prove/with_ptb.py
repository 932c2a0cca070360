"""Uses the stand-in at sys.argv[1] through python-telegram-bot, as a bot's author would. Prints "proved" at the end."""

import asyncio
import sys

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50


async def refused(kind, words, awaitable):
    try:
        await awaitable
    except kind as error:
        assert words.lower() in str(error).lower(), str(error)
    else:
        raise AssertionError(f"not refused: {words}")


async def in_topics(bot, updates):
    made, written, general, edited, closed, reopened = [one.effective_message for one in updates[1:]]
    assert made.forum_topic_created.name == "A topic of ours" and made.chat.is_forum and made.chat.title == "Care team"
    topic = made.message_thread_id
    assert written.text == "in a topic" and written.is_topic_message and written.message_thread_id == topic and written.from_user.first_name == "Mina"
    assert written.reply_to_message.forum_topic_created.name == "A topic of ours" and written.reply_to_message.message_id == topic
    assert general.message_thread_id is None and not general.is_topic_message
    assert edited.edit_date and updates[4].edited_message and edited.text == "in a topic, edited"
    assert closed.forum_topic_closed is not None and reopened.forum_topic_reopened is not None and closed.from_user.id == 7
    chat = await bot.get_chat(-1009)
    assert chat.is_forum and chat.type == "supergroup"
    for user, status in ((7, "creator"), (9, "member"), (10, "restricted"), (11, "left"), (12, "kicked")):
        member = await bot.get_chat_member(-1009, user)
        assert member.status == status and member.user.id == user
    assert (await bot.get_chat_member(-1009, 10)).is_member
    assert (await bot.get_chat_member(-1009, bot.id)).can_manage_topics
    await refused(BadRequest, "member not found", bot.get_chat_member(-1009, 99))
    own = await bot.create_forum_topic(-1009, "where is my order")
    assert own.name == "where is my order" and own.icon_color
    thread = own.message_thread_id
    sent = await bot.send_message(-1009, "hello", message_thread_id=thread)
    assert sent.message_thread_id == thread and sent.is_topic_message and sent.chat.is_forum
    assert (await bot.send_photo(-1009, PNG, caption="c", message_thread_id=thread)).message_thread_id == thread
    assert await bot.edit_forum_topic(-1009, thread, name="solved")
    await refused(BadRequest, "TOPIC_NOT_MODIFIED", bot.edit_forum_topic(-1009, thread, name="solved"))
    assert await bot.close_forum_topic(-1009, thread)
    await refused(BadRequest, "TOPIC_CLOSED", bot.send_message(-1009, "x", message_thread_id=thread))
    await refused(BadRequest, "TOPIC_NOT_MODIFIED", bot.close_forum_topic(-1009, thread))
    assert await bot.reopen_forum_topic(-1009, thread)
    await refused(BadRequest, "TOPIC_NOT_MODIFIED", bot.reopen_forum_topic(-1009, thread))
    assert await bot.delete_forum_topic(-1009, thread)
    await refused(BadRequest, "message thread not found", bot.send_message(-1009, "x", message_thread_id=thread))
    await refused(BadRequest, "TOPIC_ID_INVALID", bot.reopen_forum_topic(-1009, thread))
    await refused(BadRequest, "too long", bot.create_forum_topic(-1009, "x" * 129))
    await refused(BadRequest, "not a forum", bot.create_forum_topic(7, "x"))
    await refused(BadRequest, "not enough rights", bot.create_forum_topic(-1010, "x"))
    await refused(Forbidden, "not a member", bot.send_message(-1011, "x"))
    await refused(Forbidden, "not a member", bot.get_chat(-1011))
    await bot.send_message(-1010, "one a minute")
    try:
        await bot.send_message(-1010, "the second")
        raise AssertionError("no limit")
    except RetryAfter as error:
        assert 1 <= (error.retry_after if isinstance(error.retry_after, int) else error.retry_after.total_seconds()) <= 60
    assert await bot.set_my_commands([BotCommand("note", "For colleagues")], scope=BotCommandScopeChat(-1009))


async def main(address, token):
    bot = Bot(token, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot")
    async with bot:
        assert bot.username == "glasskin_test_bot" and bot.bot.is_bot
        updates = await bot.get_updates(timeout=1)
        assert updates[0].message.text == "hello" and updates[0].effective_chat.id == 7
        assert updates[0].message.date.year >= 2024
        await in_topics(bot, updates)
        (reacted,) = await bot.get_updates(allowed_updates=["message_reaction"])
        change = reacted.message_reaction
        assert change.user.id == 7 and change.message_id == 1 and [one.emoji for one in change.new_reaction] == ["👎", "❤"]
        assert await bot.get_updates(offset=reacted.update_id + 1, timeout=0) == ()
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="a")]])
        sent = await bot.send_message(
            7, "<b>Yes.</b> &amp; more", parse_mode="HTML", reply_markup=markup,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        assert sent.text == "Yes. & more" and sent.reply_markup.inline_keyboard[0][0].callback_data == "a"
        edited = await bot.edit_message_text("No.", 7, sent.message_id)
        assert edited.text == "No."
        await refused(BadRequest, "not modified", bot.edit_message_text("No.", 7, sent.message_id))
        await refused(BadRequest, "can't parse entities", bot.send_message(7, "<b>x", parse_mode="HTML"))
        await refused(BadRequest, "too long", bot.send_message(7, "x" * 4097))
        await refused(BadRequest, "empty", bot.send_message(7, " "))
        await refused(BadRequest, "not found", bot.send_message(999, "x"))
        long_data = InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="x" * 65)]])
        await refused(BadRequest, "BUTTON_DATA_INVALID".replace("_", "_"), bot.send_message(7, "x", reply_markup=long_data))
        await refused(BadRequest, "query is too old", bot.answer_callback_query("no such"))
        assert (await bot.send_photo(7, PNG, caption="c")).photo
        assert (await bot.send_document(7, b"BEGIN:VCALENDAR", filename="w.ics")).document
        album = await bot.send_media_group(7, [InputMediaPhoto("https://a.b/1.jpg"), InputMediaPhoto("https://a.b/2.jpg")])
        assert len(album) == 2
        assert await bot.send_chat_action(7, "typing")
        assert bytes(await (await bot.get_file("a-file")).download_as_bytearray()) == b"content"
        await refused(BadRequest, "wrong file_id", bot.get_file("none"))
        assert await bot.set_my_commands([BotCommand("quiz", "Find")])
        await refused(RetryAfter, "flood", bot.send_message(7, "limited"))
        await refused(Forbidden, "blocked", bot.send_message(8, "x"))
        assert await bot.set_webhook("https://a.example/hook", secret_token="s-1")
        assert (await bot.get_webhook_info()).url == "https://a.example/hook"
        await refused(Conflict, "webhook is active", bot.get_updates(timeout=0))
        assert await bot.delete_webhook()
    try:
        async with Bot("1:wrong", base_url=f"{address}/bot"):
            raise AssertionError("a wrong token was taken")
    except InvalidToken:
        pass
    print("proved")


asyncio.run(main(*sys.argv[1:3]))
