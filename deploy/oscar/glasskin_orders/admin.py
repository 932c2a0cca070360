"""The staff sees what the assistant changed, and says how far a return is."""

from django.contrib import admin

from glasskin_orders.models import RETURN, OrderChange


@admin.register(OrderChange)
class OrderChangeAdmin(admin.ModelAdmin):
    """Only the state of a return can be set; nothing is added, and nothing is deleted."""

    list_display = ("order", "kind", "state", "at")
    list_filter = ("kind", "state")
    readonly_fields = ("order", "key", "kind", "reason", "refunds", "lines", "at")

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        """What else was changed has no state."""
        return self.readonly_fields if obj is not None and obj.kind == RETURN else (*self.readonly_fields, "state")

    def has_add_permission(self, request) -> bool:
        """A change comes of a conversation."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """It is by what is kept here that the same change is not made a second time."""
        return False
