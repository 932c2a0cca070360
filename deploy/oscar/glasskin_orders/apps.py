"""The app."""

from django.apps import AppConfig


class GlasskinOrders(AppConfig):
    """Named in INSTALLED_APPS as "glasskin_orders"."""

    name = "glasskin_orders"
    verbose_name = "Orders for the assistant"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens to what changes in the shop."""
        from glasskin_orders import events  # noqa: F401 - receivers are connected by being imported
