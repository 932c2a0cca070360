"""The table of what was changed for the assistant."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = [("cancel", "Cancellation"), ("address", "Address"), ("return", "Return")]
STATES = [("", "-"), ("requested", "Requested"), ("received", "Received"), ("refunded", "Refunded"), ("refused", "Refused")]


class Migration(migrations.Migration):
    """Behind the first of oscar's, which a shop with an order app of its own has too."""

    initial = True
    dependencies = [("order", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="OrderChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100, unique=True)),
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("reason", models.TextField(blank=True, default="")),
                ("refunds", models.JSONField(blank=True, default=list)),
                ("lines", models.JSONField(blank=True, default=dict)),
                ("state", models.CharField(blank=True, choices=STATES, default="", max_length=10)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("order", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="glasskin_changes", to="order.order")),
            ],
            options={"ordering": ["id"]},
        ),
    ]
