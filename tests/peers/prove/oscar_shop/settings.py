"""The shop in one file of settings: SQLite, no search engine, mail kept in memory."""

import os
from pathlib import Path

from oscar.defaults import *  # noqa: F403

HERE = Path(os.environ["PEER_FOLDER"])
SECRET_KEY = "peer"  # a shop of the tests on loopback
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "oscar_shop.urls"
SITE_ID = 1
USE_TZ = True
STATIC_URL = "/static/"
MEDIA_ROOT = HERE / "media"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HERE / "shop.sqlite3", "OPTIONS": {"timeout": 20}, "ATOMIC_REQUESTS": True}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
APPS = (
    "analytics.apps.AnalyticsConfig", "checkout.apps.CheckoutConfig", "address.apps.AddressConfig", "shipping.apps.ShippingConfig",
    "catalogue.apps.CatalogueConfig", "catalogue.reviews.apps.CatalogueReviewsConfig", "communication.apps.CommunicationConfig",
    "partner.apps.PartnerConfig", "basket.apps.BasketConfig", "payment.apps.PaymentConfig", "offer.apps.OfferConfig", "order.apps.OrderConfig",
    "customer.apps.CustomerConfig", "search.apps.SearchConfig", "voucher.apps.VoucherConfig", "wishlists.apps.WishlistsConfig",
    "dashboard.apps.DashboardConfig", "dashboard.reports.apps.ReportsDashboardConfig", "dashboard.users.apps.UsersDashboardConfig",
    "dashboard.orders.apps.OrdersDashboardConfig", "dashboard.catalogue.apps.CatalogueDashboardConfig",
    "dashboard.offers.apps.OffersDashboardConfig", "dashboard.partners.apps.PartnersDashboardConfig",
    "dashboard.pages.apps.PagesDashboardConfig", "dashboard.ranges.apps.RangesDashboardConfig",
    "dashboard.reviews.apps.ReviewsDashboardConfig", "dashboard.vouchers.apps.VouchersDashboardConfig",
    "dashboard.communications.apps.CommunicationsDashboardConfig", "dashboard.shipping.apps.ShippingDashboardConfig",
)  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
    "django.contrib.staticfiles", "django.contrib.sites", "django.contrib.flatpages", "oscar.config.Shop", *[f"oscar.apps.{one}" for one in APPS],
    "widget_tweaks", "haystack", "treebeard", "django_tables2", "sorl.thumbnail", "glasskin_orders",
]  # fmt: skip
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware", "oscar.apps.basket.middleware.BasketMiddleware",
]  # fmt: skip
AUTHENTICATION_BACKENDS = ["oscar.apps.customer.auth_backends.EmailBackend", "django.contrib.auth.backends.ModelBackend"]
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
PROCESSORS = (
    "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages", "oscar.apps.search.context_processors.search_form",
    "oscar.apps.checkout.context_processors.checkout", "oscar.apps.communication.notifications.context_processors.notifications",
    "oscar.core.context_processors.metadata",
)  # fmt: skip
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {"context_processors": list(PROCESSORS)}}]
OSCAR_DEFAULT_CURRENCY = "USD"
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_INITIAL_ORDER_STATUS = OSCAR_INITIAL_LINE_STATUS = "Pending"
OSCAR_ORDER_STATUS_PIPELINE = {
    "Pending": ("Being processed", "On hold", "Cancelled"), "On hold": ("Pending", "Cancelled"), "Being processed": ("Shipped", "Cancelled"),
    "Shipped": ("Delivered",), "Delivered": (), "Cancelled": (),
}  # fmt: skip
OSCAR_LINE_STATUS_PIPELINE = OSCAR_ORDER_STATUS_PIPELINE
OSCAR_ORDER_STATUS_CASCADE = {one: one for one in OSCAR_ORDER_STATUS_PIPELINE}
GLASSKIN_KEY = os.environ["PEER_KEY"]
GLASSKIN_EVENTS_URL, GLASSKIN_EVENTS_SECRET = os.environ.get("PEER_EVENTS_URL", ""), os.environ.get("PEER_EVENTS_SECRET", "")


class _Straight(dict):
    """Tables straight from the models: a second instead of a quarter of a minute."""

    def __contains__(self, item):
        return True

    def __getitem__(self, item):
        return None


if not os.environ.get("PEER_MIGRATIONS"):
    MIGRATION_MODULES = _Straight()
