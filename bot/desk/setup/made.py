"""Adds the pages of a set-up to the desk."""

from __future__ import annotations

from sanic import Blueprint

from bot.desk.door import Door
from bot.desk.pages import Pages
from bot.desk.setup.connections import ConnectionsRoom
from bot.desk.setup.people import PeopleRoom
from bot.desk.setup.placing import PageRoom
from bot.desk.setup.products import ProductsRoom
from bot.desk.setup.room import SetupRoom
from bot.desk.setup.steps import Steps
from bot.set_up.uploads import Uploads


def add_setup(blueprint: Blueprint, door: Door, steps: Steps, pages: Pages) -> None:
    """All of them."""
    SetupRoom(steps, pages).add_routes(blueprint, door)
    ProductsRoom(steps, Uploads(steps.chosen.var), pages).add_routes(blueprint, door)
    ConnectionsRoom(steps, pages).add_routes(blueprint, door)
    PeopleRoom(steps, pages).add_routes(blueprint, door)
    PageRoom(steps, pages).add_routes(blueprint, door)
