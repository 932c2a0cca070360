"""From replies to calls of the Bot API."""

from __future__ import annotations

from typing import Any

from bot.channels.telegram.replies import Place, calls_for
from bot.phrases import phrases


def test_a_plan_is_text_one_picture_and_one_calendar() -> None:
    custom = {
        "body": "Your week", "image": {"src": "/plans/a.png", "alt": "Monday: ampoule"},
        "files": [{"title": "Picture", "href": "/plans/a.png"}, {"title": "Calendar", "href": "/plans/a.ics"}],
    }
    calls = calls_for([{"text": "Your week", "custom": custom}], Place(5), list, phrases().say)
    assert [call["method"] for call in calls] == ["sendMessage", "sendPhoto", "sendDocument"]
    assert calls[1]["file"]["href"] == "/plans/a.png"
    assert calls[2]["file"] == {"field": "document", "href": "/plans/a.ics", "name": "glasskin-week.ics"}


def test_one_product_is_put_into_the_cart_by_buttons() -> None:
    cart = [{"size": "30 ml", "url": "https://shop.example/cart/1:1"}, {"size": "50 ml", "url": "https://shop.example/cart/2:1"}]
    product = {"title": "Dew Ampoule", "price": "24.00 USD", "cart": cart}
    assert _links([product]) == [("Add 30 ml to cart", cart[0]["url"]), ("Add 50 ml to cart", cart[1]["url"])]
    assert _links([{**product, "cart": [{"size": "", "url": "https://shop.example/cart/1:1"}]}]) == [("Add to cart", "https://shop.example/cart/1:1")]
    # Of several products a button would not tell which, and an address that is none of the web's would cost the message.
    assert _links([product, product]) == _links([{**product, "cart": [{"size": "", "url": "/cart/1"}]}]) == _links([{"title": "Dew Ampoule"}]) == []


def _links(products: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The keyboard's links, which stand above what else can be pressed."""
    reply = {"text": "Here it is.", "custom": {"body": "Here it is.", "products": products}, "buttons": [{"title": "More", "payload": "More"}]}
    (call,) = calls_for([reply], Place(5), list, phrases().say)
    *links, (more,) = call["params"]["reply_markup"]["inline_keyboard"]
    assert "callback_data" in more
    return [(one["text"], one["url"]) for (one,) in links]
