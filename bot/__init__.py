"""The assistant's own code: understanding, skincare rules, the shop's data and its channels."""

from bot.blas import tell_openblas

__version__ = "0.1.0"

tell_openblas()
