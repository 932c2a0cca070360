"""What was changed for the assistant, kept beside the orders."""

from django.db import models

CANCEL, ADDRESS, RETURN = "cancel", "address", "return"
REQUESTED, REFUSED = "requested", "refused"


class OrderChange(models.Model):
    """A change of an order, under the key of whoever asked, written in the same transaction, so that none is done twice.

    `refunds` are what is to be paid back, as [amount, method]. A return has its `lines`, {id of the line: how many}, and a `state` that
    the shop's staff sets on in the admin.
    """

    KINDS = [(CANCEL, "Cancellation"), (ADDRESS, "Address"), (RETURN, "Return")]
    STATES = [("", "-"), (REQUESTED, "Requested"), ("received", "Received"), ("refunded", "Refunded"), (REFUSED, "Refused")]
    order = models.ForeignKey("order.Order", on_delete=models.CASCADE, related_name="glasskin_changes")
    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=10, choices=KINDS)
    reason = models.TextField(blank=True, default="")
    refunds = models.JSONField(default=list, blank=True)
    lines = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=STATES, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of order {self.order.number}"
