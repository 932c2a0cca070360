"""The shop's addresses: oscar's own, the app's, and what the tests steer the shop by."""

from django.apps import apps
from django.contrib import admin
from django.urls import include, path

from oscar_shop import staff

urlpatterns = [
    path("glasskin/", include("glasskin_orders.urls")), path("peer/", staff.steer), path("admin/", admin.site.urls),
    path("", include(apps.get_app_config("oscar").urls[0])),
]  # fmt: skip
