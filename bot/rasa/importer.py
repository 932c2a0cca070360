"""`ReadOnceImporter`: Rasa's importer of files, which reads the examples once where Rasa asks for them twice, and in the
order of their files' names, since what is learned depends on the order and a folder's own differs between machines.

Rasa merges what it gets seven times, and each time copies every example in depth and takes its fingerprint anew. Ours are
copied as what they are, texts that nothing changes: eight seconds of fifteen thousand examples.

In config.yml:

    importers:
      - name: bot.rasa.importer.ReadOnceImporter
"""

from __future__ import annotations

from copy import copy, deepcopy
from typing import Any, Dict, Optional

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
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
            self._read.training_examples = [Example.of(message) for message in self._read.training_examples]
        return self._read


class Example(Message):
    """A message that is quick to copy, and whose fingerprint lasts as long as what it is of."""

    @staticmethod
    def of(message: Message) -> Example:
        """The same message."""
        return Example(message.data, set(message.output_properties), message.time, list(message.features))

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Sets a property (see parent class), unless it is that text already."""
        if add_to_output or not isinstance(info, str) or self.data.get(prop) != info:
            super().set(prop, info, add_to_output)

    def __deepcopy__(self, memo: Dict[int, Any]) -> Example:
        copied = copy(self)
        copied.data = {key: value if isinstance(value, str) else deepcopy(value, memo) for key, value in self.data.items()}
        copied.features = list(self.features)
        copied.output_properties = set(self.output_properties)
        return copied
