"""Where the assistant asks; the shop includes them as path("glasskin/", include("glasskin_orders.urls"))."""

from django.urls import path

from glasskin_orders import views

urlpatterns = [
    path("status", views.status), path("find", views.find), path("order", views.order), path("numbers", views.numbers),
    path("change", views.change), path("done", views.done), path("variants", views.variants), path("products", views.products),
]  # fmt: skip
