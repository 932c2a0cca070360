"""A picture from a customer is checked, scanned and made anew, kept once and as long as the talk, and nothing else of the file is."""

from __future__ import annotations

import base64
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import update

from bot.store.database import Database
from bot.store.models import utc_now
from bot.store.picture_models import Picture
from bot.store.pictures import MOST_OF_ONE
from bot.store.privacy import Privacy
from bot.store.requests import RequestStore
from bot.support.handoff import Conversations
from bot.support.pictures import KIND, LONGEST_EDGE, MOST_BYTES, NotTaken, Pictures, Refusal, made_anew, scan
from bot.support.tickets import Tickets
from tests.pictures import SECRET, photo, png_that_says
from tests.store.conftest import database, url

__all__ = ["database", "url"]
ME = "web-me"


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content), formats=("JPEG",))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_kind_becomes_a_jpeg_with_nothing_beside_it(kind: str) -> None:
    raw = photo(kind=kind) + b"PK\x03\x04 an archive behind the picture"
    content, size = made_anew(raw)
    shown = opened(content)
    assert size == shown.size == (64, 48) and SECRET in raw
    assert not shown.getexif() and set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert SECRET not in content and b"PK\x03\x04" not in content


def test_a_photo_stands_upright_and_is_made_smaller() -> None:
    content, size = made_anew(photo((3000, 1000), turned=6))
    assert size == opened(content).size and max(size) <= LONGEST_EDGE and size[1] > size[0]
    red, _, blue = opened(content).convert("RGB").crop((size[0] // 2, 5, size[0] // 2 + 1, 6)).tobytes()
    assert red > blue, "what was left is on top once it is turned"


def test_what_shines_through_is_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(made_anew(out.getvalue())[0]).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(("raw", "why"), [
    (b"", Refusal.NO_PICTURE), (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", Refusal.NO_PICTURE),
    (b"%PDF-1.7", Refusal.NO_PICTURE), (b"<html>", Refusal.NO_PICTURE), (photo()[:300], Refusal.NO_PICTURE),
    (photo((4, 4)), Refusal.NO_PICTURE), (photo(kind="TIFF"), Refusal.NO_PICTURE), (png_that_says(64, 64), Refusal.NO_PICTURE),
    (png_that_says(60_000, 60_000), Refusal.TOO_LARGE), (png_that_says(8_000, 8_000), Refusal.TOO_LARGE),
], ids=["nothing", "svg", "pdf", "html", "cut off", "tiny", "tiff", "few data", "bomb that Pillow knows", "bomb below that"])
def test_what_is_not_taken(raw: bytes, why: Refusal) -> None:
    with pytest.raises(NotTaken) as told:
        made_anew(raw)
    assert told.value.why is why


def test_a_file_that_is_too_large_is_not_even_opened(database: Database) -> None:
    with pytest.raises(NotTaken) as told:
        Pictures(database, scanner="/nowhere").take(ME, "1", b"x" * (MOST_BYTES + 1))
    assert told.value.why is Refusal.TOO_LARGE


def test_a_scanner_has_the_file_first_and_the_say(tmp_path: Path, database: Database) -> None:
    script = tmp_path / "scan me.py"
    script.write_text("import sys; data = sys.stdin.buffer.read(); sys.exit(1 if b'EICAR' in data else 0 if data else 2)")
    command = f"{sys.executable} '{script}'"
    assert Pictures(database, command).take(ME, "1", photo())
    with pytest.raises(NotTaken) as told:
        Pictures(database, command).take(ME, "2", photo() + b"EICAR")
    assert told.value.why is Refusal.HARMFUL
    for broken in ([sys.executable, str(script)], ["/nowhere/scanner"]):
        with pytest.raises(NotTaken) as told:
            scan(b"", broken)
        assert told.value.why is Refusal.NOT_SCANNED


def test_a_picture_is_once_its_conversations_own_and_bounded(database: Database) -> None:
    pictures = Pictures(database)
    name = pictures.take(ME, "1", photo())
    assert pictures.take(ME, "1", photo()) == name != pictures.take("web-you", "1", photo())
    store = pictures.store
    assert not store.sent(name, "web-you", "m1") and store.sent(name, ME, "m1") and store.sent(name, ME, "m1")
    assert not store.sent(name, ME, "m2"), "a picture belongs to one message"
    found = store.find(name)
    assert found is not None and (found.conversation, found.message, found.kind, store.count(ME)) == (ME, "m1", KIND, 1)
    assert store.find("nothing") is None
    for number in range(2, MOST_OF_ONE + 1):
        store.keep(ME, str(number), b"x", KIND, (1, 1))
    with pytest.raises(NotTaken) as told:
        pictures.take(ME, "one more", photo())
    assert told.value.why is Refusal.TOO_MANY and pictures.take(ME, "1", photo()) == name


def test_it_is_told_erased_and_dropped_with_the_talk(database: Database, url: str) -> None:
    pictures, privacy = Pictures(database), Privacy(url, url)
    mine, theirs, unsent = (pictures.take(*of, photo()) for of in ((ME, "1"), ("web-you", "1"), ("web-you", "2")))
    pictures.store.sent(mine, ME, "m1")
    pictures.store.sent(theirs, "web-you", "m1")
    (told,) = privacy.export(ME)["picture"]
    assert base64.b64decode(told["content"])[:2] == b"\xff\xd8" and told["name"] == mine
    assert privacy.report()["picture"] == 3
    privacy.erase(ME)
    assert pictures.store.find(mine) is None and pictures.store.find(theirs) is not None
    with database.session(writing=True, catalogue=False) as session:
        session.execute(update(Picture).where(Picture.name == unsent).values(until=utc_now() - timedelta(seconds=1)))
        session.commit()
    privacy.age(90, 90)
    assert pictures.store.find(unsent) is None and pictures.store.find(theirs) is not None
    with database.session(writing=True, catalogue=False) as session:
        session.execute(update(Picture).values(at=utc_now() - timedelta(days=91)))
        session.commit()
    privacy.age(90, 90)
    assert pictures.store.find(theirs) is None
    privacy.dispose()


def test_a_ticket_says_how_many_pictures_there_are(database: Database) -> None:
    pictures = Pictures(database)
    pictures.store.sent(pictures.take(ME, "1", photo()), ME, "m1")
    tickets = Tickets(RequestStore(database), Conversations(database), pictures.store)
    assert tickets.make(ME, "t1", "report_problem", "Broken.").text.endswith("Pictures from the customer: 1, in the conversation.")
    assert tickets.make("web-you", "t2", "report_problem", "Broken.").text == "Broken."
