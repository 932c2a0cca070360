"""Orders of a django-oscar shop for the Glasskin assistant: a Django app that the shop installs, for oscar's own interface only lists
orders. It finds one by its number and e-mail, tells it whole, and changes it once for a key, in the shop's own transactions.

docs/engines.md of the assistant says how it is installed and what its settings are (`conf.py`)."""
