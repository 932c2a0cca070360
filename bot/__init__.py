"""The assistant's own code: understanding, skincare rules, the shop's data and its channels."""

from bot.blas import tell_openblas

tell_openblas()
