"""`ReadOnceImporter`: Rasa's importer of files, which reads the examples once where Rasa asks for them twice, and in the
order of their files' names, since what is learned depends on the order and a folder's own differs between machines.

In config.yml:

    importers:
      - name: bot.importer.ReadOnceImporter
"""

from __future__ import annotations

from typing import Any, Optional

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData


class ReadOnceImporter(RasaFileImporter):
    """Rasa itself keeps what it read, but apart for each way of saying which language it wants."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._nlu_files = sorted(self._nlu_files)  # type: ignore[has-type]  # Rasa declares no type
        self._read: Optional[TrainingData] = None

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:
        """The examples (see parent class); the language means nothing to files of one language. What calls this
        merges, and so copies, what it gets."""
        if self._read is None:
            self._read = super().get_nlu_data(language)
        return self._read
