"""A talk with the services, with and without the shop."""

from tests.answers.talks import stocked, talk, talk_without_shop

__all__ = ["stocked", "talk", "talk_without_shop"]
