"""Uses the stand-in at sys.argv[1] through python-telegram-bot, as a bot's author would. Prints "proved" at the end."""

import asyncio
import sys

from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, LinkPreviewOptions
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50


async def refused(kind, words, awaitable):
    try:
        await awaitable
    except kind as error:
        assert words.lower() in str(error).lower(), str(error)
    else:
        raise AssertionError(f"not refused: {words}")


async def main(address, token):
    bot = Bot(token, base_url=f"{address}/bot")
    async with bot:
        assert bot.username == "glasskin_test_bot" and bot.bot.is_bot
        updates = await bot.get_updates(timeout=1)
        assert updates[0].message.text == "hello" and updates[0].effective_chat.id == 7
        assert updates[0].message.date.year >= 2024
        assert await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0) == ()
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
