"""The shop's data: models, migrations, repository and importers. Knows nothing of skincare rules or Rasa."""
