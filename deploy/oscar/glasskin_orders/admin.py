"""The staff sees what the assistant changed, and says how far a return is."""

from django.contrib import admin

from glasskin_orders.models import OrderChange


@admin.register(OrderChange)
class OrderChangeAdmin(admin.ModelAdmin):
    """Only the state of a return can be set."""

    list_display = ("order", "kind", "state", "at")
    list_filter = ("kind", "state")
    readonly_fields = ("order", "key", "kind", "reason", "refunds", "lines", "at")

    def has_add_permission(self, request) -> bool:
        """A change comes of a conversation."""
        return False
