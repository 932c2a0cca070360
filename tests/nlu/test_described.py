"""Examples that are no messages are described as messages are: with their subjects masked."""

from __future__ import annotations

import numpy as np

from bot.nlu.described import masked_layers


def test_what_is_named_makes_no_difference() -> None:
    one, other, third = masked_layers(["can i use retinol every day", "can i use niacinamide every day", "where is my parcel"], {}, "int8")
    np.testing.assert_array_equal(one, other)
    assert not np.allclose(one, third)
