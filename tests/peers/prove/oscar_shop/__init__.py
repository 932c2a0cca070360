"""A shop of django-oscar with the app of deploy/oscar, as its owner sets it up."""
