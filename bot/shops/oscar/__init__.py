"""django-oscar, by the app that the shop installs (deploy/oscar)."""
