"""What was asked and what came of it, for the shop's owner: kept when a turn is answered, looked through, counted."""

from bot.store.reviews.keeping import Kept, ReviewStore
from bot.store.reviews.later import Later, later_at
from bot.store.reviews.looking import Looking, Reviewed, Wanted
from bot.store.reviews.weeks import Week, Weeks, together
from bot.store.reviews.wordings import Asked, Wordings

__all__ = ["Asked", "Kept", "Later", "Looking", "ReviewStore", "Reviewed", "Wanted", "Week", "Weeks", "Wordings", "later_at", "together"]
