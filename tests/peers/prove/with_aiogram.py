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
    BufferedInputFile,
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


async def main(address, token):
    bot = bot_for(address, token)
    me = await bot.get_me()
    assert me.is_bot and me.username == "glasskin_test_bot"
    updates = await bot.get_updates(timeout=1)
    assert updates[0].message.text == "hello" and updates[0].message.from_user.id == 7
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
