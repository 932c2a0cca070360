"""What the staff of an oscar shop can do with what the assistant changed."""

from __future__ import annotations

import pytest

from tests.shops.oscar.shop import OscarShop
from tests.support.conformance import found


@pytest.mark.parametrize(("number", "sets_state"), [("KB-2001", False), ("KB-2003", True)])
def test_only_the_state_of_a_return_is_set_and_nothing_is_deleted(oscar: OscarShop, number: str, sets_state: bool) -> None:
    order = found(oscar.gateway, number)
    if sets_state:
        assert oscar.gateway.return_lines(order, "k1", {order.lines[0].key: 1}, "too dry").done
    else:
        assert oscar.gateway.cancel(order, "k1", "").done
    told = oscar.peer.steer(do="admin", number=number, key="k1")
    assert told["status"] == 200 and "Key" in told["page"] and ('name="state"' in told["page"]) is sets_state
    assert "deletelink" not in told["page"] and (told["deleted"], told["kept"]) == (403, 1)
