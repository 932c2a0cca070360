"""The sentence encoder: all-MiniLM-L6-v2 on ONNX Runtime, built from its published weights.

`SentenceEncoder` is what the rest of the assistant uses. `files` finds and checks the weights, `graph`
writes the network down as ONNX, `build` keeps the built network on disk.
"""

from bot.nlu.encoder.files import EncoderError
from bot.nlu.encoder.sentence import DIMENSIONS, LAYER_DIMENSIONS, SentenceEncoder

__all__ = ["DIMENSIONS", "LAYER_DIMENSIONS", "EncoderError", "SentenceEncoder"]
