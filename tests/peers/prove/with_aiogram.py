"""Uses the stand-in at sys.argv[1] through aiogram 3, as a bot's author would. Prints "proved" at the end."""

import asyncio
import sys

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberOwner,
    ChatMemberRestricted,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyParameters,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50


async def refused(kind, words, awaitable):
    try:
        await awaitable
    except kind as error:
        assert words.lower() in str(error).lower(), str(error)
    else:
        raise AssertionError(f"not refused: {words}")


def bot_for(address, token):
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(address)))


async def in_topics(bot, updates):
    made, written, general, _, closed, reopened = [one.message for one in updates[1:]]
    edited = updates[4].edited_message
    assert made.forum_topic_created.name == "A topic of ours" and made.chat.is_forum and made.content_type == "forum_topic_created"
    topic = made.message_thread_id
    assert written.text == "in a topic" and written.is_topic_message and written.message_thread_id == topic and written.from_user.first_name == "Mina"
    assert written.reply_to_message.forum_topic_created.name == "A topic of ours" and written.reply_to_message.message_id == topic
    assert general.message_thread_id is None and not general.is_topic_message
    assert edited.edit_date and edited.text == "in a topic, edited"
    assert closed.forum_topic_closed is not None and reopened.content_type == "forum_topic_reopened" and closed.from_user.id == 7
    chat = await bot.get_chat(-1009)
    assert chat.is_forum and chat.title == "Care team"
    kinds = ((7, ChatMemberOwner), (9, ChatMemberMember), (10, ChatMemberRestricted), (11, ChatMemberLeft), (12, ChatMemberBanned))
    for user, kind in kinds:
        member = await bot.get_chat_member(-1009, user)
        assert isinstance(member, kind) and member.user.id == user
    assert (await bot.get_chat_member(-1009, bot.id)).can_manage_topics
    await refused(TelegramBadRequest, "member not found", bot.get_chat_member(-1009, 99))
    own = await bot.create_forum_topic(-1009, "where is my order")
    assert own.name == "where is my order" and own.icon_color
    thread = own.message_thread_id
    sent = await bot.send_message(-1009, "hello", message_thread_id=thread)
    assert sent.message_thread_id == thread and sent.is_topic_message and sent.chat.is_forum
    assert (await bot.send_photo(-1009, BufferedInputFile(PNG, "a.png"), message_thread_id=thread)).message_thread_id == thread
    assert await bot.edit_forum_topic(-1009, thread, name="solved")
    assert await bot.close_forum_topic(-1009, thread)
    await refused(TelegramBadRequest, "TOPIC_CLOSED", bot.send_message(-1009, "x", message_thread_id=thread))
    await refused(TelegramBadRequest, "TOPIC_NOT_MODIFIED", bot.close_forum_topic(-1009, thread))
    assert await bot.reopen_forum_topic(-1009, thread)
    await refused(TelegramBadRequest, "TOPIC_NOT_MODIFIED", bot.reopen_forum_topic(-1009, thread))
    assert await bot.delete_forum_topic(-1009, thread)
    await refused(TelegramBadRequest, "message thread not found", bot.send_message(-1009, "x", message_thread_id=thread))
    await refused(TelegramBadRequest, "TOPIC_ID_INVALID", bot.close_forum_topic(-1009, thread))
    await refused(TelegramBadRequest, "not enough rights", bot.create_forum_topic(-1010, "x"))
    await refused(TelegramBadRequest, "not a forum", bot.create_forum_topic(7, "x"))
    await refused(TelegramForbiddenError, "not a member", bot.send_message(-1011, "x"))
    await bot.send_message(-1010, "one a minute")
    await refused(TelegramRetryAfter, "retry", bot.send_message(-1010, "the second"))
    assert await bot.set_my_commands([BotCommand(command="note", description="For colleagues")], scope=BotCommandScopeChat(chat_id=-1009))


async def main(address, token):
    bot = bot_for(address, token)
    me = await bot.get_me()
    assert me.is_bot and me.username == "glasskin_test_bot"
    updates = await bot.get_updates(timeout=1)
    assert updates[0].message.text == "hello" and updates[0].message.from_user.id == 7
    await in_topics(bot, updates)
    (reacted,) = await bot.get_updates(allowed_updates=["message_reaction"])
    change = reacted.message_reaction
    assert change.user.id == 7 and change.message_id == 1 and [one.emoji for one in change.new_reaction] == ["👎", "❤"]
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="A", callback_data="a")]])
    sent = await bot.send_message(
        7, "<a href=\"https://a.b/?x=1&amp;y\">Yes</a>", parse_mode="HTML", reply_markup=markup,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(message_id=1, allow_sending_without_reply=True),
    )
    assert sent.text == "Yes"
    assert (await bot.edit_message_text("No", chat_id=7, message_id=sent.message_id)).text == "No"
    await refused(TelegramBadRequest, "not modified", bot.edit_message_text("No", chat_id=7, message_id=sent.message_id))
    await refused(TelegramBadRequest, "can't parse entities", bot.send_message(7, "<x>", parse_mode="HTML"))
    await refused(TelegramBadRequest, "too long", bot.send_message(7, "x" * 4097))
    long_data = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="A", callback_data="x" * 65)]])
    await refused(TelegramBadRequest, "BUTTON_DATA_INVALID", bot.send_message(7, "x", reply_markup=long_data))
    await refused(TelegramBadRequest, "query is too old", bot.answer_callback_query("no such"))
    assert (await bot.send_photo(7, BufferedInputFile(PNG, "a.png"), caption="c")).photo
    assert (await bot.send_document(7, BufferedInputFile(b"BEGIN:VCALENDAR", "w.ics"))).document
    album = [InputMediaPhoto(media="https://a.b/1.jpg"), InputMediaPhoto(media="https://a.b/2.jpg")]
    assert len(await bot.send_media_group(7, album)) == 2
    assert await bot.send_chat_action(7, "typing")
    assert (await bot.download("a-file")).read() == b"content"
    await refused(TelegramBadRequest, "wrong file_id", bot.get_file("none"))
    assert await bot.set_my_commands([BotCommand(command="quiz", description="Find")])
    await refused(TelegramRetryAfter, "retry", bot.send_message(7, "limited"))
    await refused(TelegramForbiddenError, "blocked", bot.send_message(8, "x"))
    assert await bot.set_webhook("https://a.example/hook", secret_token="s-1", allowed_updates=["message"])
    assert (await bot.get_webhook_info()).url == "https://a.example/hook"
    await refused(TelegramConflictError, "webhook is active", bot.get_updates(timeout=0))
    assert await bot.delete_webhook()
    await bot.session.close()
    wrong = bot_for(address, "1:wrong")
    await refused(TelegramUnauthorizedError, "unauthorized", wrong.get_me())
    await wrong.session.close()
    print("proved")


asyncio.run(main(*sys.argv[1:3]))
