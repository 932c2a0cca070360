"""The sentence encoder and its Rasa component, against values of an independent implementation."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.training.fingerprinting import calculate_fingerprint_key
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoder import DIMENSIONS, EncoderError, SentenceEncoder, build, files, steps
from bot.nlu.featurizer import MASKED_TEXT, MiniLMFeaturizer

# The first eight components and the cosines of these sentences, computed by transformers 5.23.0 on torch
# 2.13.0 from the same weights (BertModel, mean over the attention mask, unit length; one padded batch).
REFERENCE = {
    "my skin feels tight after cleansing": [
        -0.018612,
        -0.036744,
        0.052532,
        0.024885,
        0.019309,
        -0.052682,
        0.075229,
        0.013947,
    ],
    "where is my order": [-0.006211, -0.026039, 0.06837, 0.018741, 0.004616, 0.026507, -0.022413, -0.014551],
    "The weather in Seoul is rainy today.": [
        0.012247,
        0.03263,
        0.171735,
        0.084819,
        0.031425,
        -0.089256,
        0.091275,
        -0.068434,
    ],
}
REFERENCE_COSINES = {(0, 1): 0.043267, (0, 2): 0.054112, (1, 2): 0.014934}

MESSAGES = [
    *REFERENCE,
    "hello",
    "thanks a lot!",
    "which goes first, the essence or the serum?",
    "can i layer vitamin c with niacinamide in the morning",
    "do you ship to Germany and how long does it take",
    "does this cream contain fragrance or alcohol, because my skin reacts to both of them very quickly",
    "레티놀 매일 써도 되나요?",
]


@pytest.fixture(scope="module")
def int8() -> SentenceEncoder:
    return SentenceEncoder("int8")


@pytest.fixture(scope="module")
def fp32() -> SentenceEncoder:
    return SentenceEncoder("fp32")


def test_fp32_is_the_published_model(fp32: SentenceEncoder) -> None:
    vectors = fp32.encode(list(REFERENCE))
    np.testing.assert_allclose(vectors[:, :8], list(REFERENCE.values()), atol=3e-6)
    for (first, second), cosine in REFERENCE_COSINES.items():
        assert vectors[first] @ vectors[second] == pytest.approx(cosine, abs=3e-6)


def test_int8_stays_close_to_fp32(int8: SentenceEncoder, fp32: SentenceEncoder) -> None:
    cosines = (int8.encode(MESSAGES) * fp32.encode(MESSAGES)).sum(axis=1)
    assert cosines.min() > 0.985
    assert cosines.mean() > 0.995


def test_inputs_of_any_size_are_counted_closely() -> None:
    random = np.random.default_rng(0)
    inputs = random.standard_normal((500, 40)).astype(np.float32)
    inputs[:, 3] *= 5
    inputs[::50, 7] = 400
    weight = random.standard_normal((30, 40)).astype(np.float32)
    found = steps.chosen(inputs, weight)
    values, scales = steps.quantised(weight, found)
    units = np.clip(np.rint(inputs / found.step) + found.zero, 0, 255) - found.zero
    products = units @ values * scales + inputs[:, found.large] @ weight[:, found.large].T
    assert found.large.tolist() == [7]
    assert np.abs(values).max() <= steps.LARGEST_WEIGHT
    assert np.linalg.norm(products - inputs @ weight.T) < 0.03 * np.linalg.norm(inputs @ weight.T)


@pytest.mark.parametrize(
    ("text", "alike", "unlike"),
    [
        ("how do I send a product back", "how can I return an item I bought", "how do I send an e-mail"),
        ("sun cream for greasy skin", "sunscreen for an oily face", "the sun rises in the east"),
        ("can I talk to a person", "let me speak with a human agent", "can I use this every evening"),
    ],
)
def test_meaning_counts_more_than_words(int8: SentenceEncoder, text: str, alike: str, unlike: str) -> None:
    own, near, far = int8.encode([text, alike, unlike])
    assert own @ near > own @ far + 0.1


@pytest.mark.parametrize("precision", ["int8", "fp32"])
def test_a_vector_does_not_depend_on_its_batch(precision: files.Precision) -> None:
    uncached = SentenceEncoder(precision, cache_size=0)
    together = uncached.encode(MESSAGES)
    alone = np.concatenate([uncached.encode([text]) for text in MESSAGES])
    backwards = uncached.encode(MESSAGES[::-1])[::-1]
    np.testing.assert_array_equal(together, alone)
    np.testing.assert_array_equal(together, backwards)


@pytest.mark.parametrize("precision", ["int8", "fp32"])
def test_the_mask_hides_padding(precision: files.Precision) -> None:
    session = onnxruntime.InferenceSession(str(build.ensure_network(precision)))
    ids = np.array([[101, 2073, 2003, 2026, 2344, 102]])
    padded = np.pad(ids, ((0, 0), (0, 20)))
    (alone, alone_layers) = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
    (hidden, hidden_layers) = session.run(None, {"input_ids": padded, "attention_mask": (padded > 0).astype(np.int64)})
    (shown, _) = session.run(None, {"input_ids": padded, "attention_mask": np.ones_like(padded)})
    np.testing.assert_allclose(hidden, alone, atol=1e-4)
    np.testing.assert_allclose(hidden_layers, alone_layers, atol=1e-3)
    assert np.abs(shown - alone).max() > 0.01


@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(), max_size=300))
def test_any_text_has_a_unit_vector(int8: SentenceEncoder, text: str) -> None:
    (vector,) = int8.encode([text])
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_edges_of_the_input(int8: SentenceEncoder) -> None:
    assert int8.encode([]).shape == (0, DIMENSIONS)
    half_a_pair, long, longer, giant = int8.encode(
        ["hi \ud83d", "skin " * 126, "skin " * 126 + "order number", "skin " * 500_000]
    )
    assert np.isfinite(half_a_pair).all()
    # 126 words and the two special tokens fill the 128 tokens: what follows is cut off.
    np.testing.assert_array_equal(long, longer)
    np.testing.assert_array_equal(long, giant)


def test_the_cache_is_bounded_and_not_the_callers_to_change() -> None:
    encoder = SentenceEncoder("int8", cache_size=2)
    first = encoder.encode(["hello"])
    expected = first.copy()
    first[:] = 0
    np.testing.assert_array_equal(encoder.encode(["hello"]), expected)
    assert encoder._cached.cache_info().hits == 1
    encoder.encode(MESSAGES)
    assert encoder._cached.cache_info().currsize == 2


def test_the_network_is_built_once_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = build.ensure_network("int8", tmp_path)
    assert files.WEIGHTS_SHA256[:12] in path.name and "int8" in path.name
    assert path.read_bytes() == build.ensure_network("int8").read_bytes()
    assert list(tmp_path.iterdir()) == [path]
    written = path.stat().st_mtime_ns
    assert build.ensure_network("int8", tmp_path).stat().st_mtime_ns == written

    def fail(*_: Any) -> None:
        raise OSError("disk full")

    path.unlink()
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        build.ensure_network("int8", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_other_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be read"):
        files.verified(files.TOKENIZER_FILE, tmp_path)
    copy = tmp_path / files.TOKENIZER_FILE
    shutil.copy(files.verified(files.TOKENIZER_FILE), copy)
    assert files.verified(files.TOKENIZER_FILE, tmp_path) == copy
    copy.write_bytes(copy.read_bytes() + b" ")
    with pytest.raises(EncoderError, match="not the published"):
        files.verified(files.TOKENIZER_FILE, tmp_path)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PACKAGE", "no_such_encoder_package")
    with pytest.raises(EncoderError, match="no_such_encoder_package is not installed"):
        files.package_directory()


def test_a_broken_network_file_is_named(tmp_path: Path) -> None:
    path = build.network_path("int8", tmp_path)
    path.write_bytes(b"half a file")
    with pytest.raises(EncoderError, match="delete it"):
        SentenceEncoder("int8", directory=tmp_path)


def test_no_deep_learning_stack_is_loaded(int8: SentenceEncoder) -> None:
    code = (
        "import sys; from bot.nlu.encoder import SentenceEncoder; SentenceEncoder().encode(['hello']);"
        "print(sorted({'torch', 'tensorflow', 'transformers', 'onnx'} & set(sys.modules)))"
    )
    root = Path(build.__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def featurizer(tmp_path: Path, **config: Any) -> MiniLMFeaturizer:
    return MiniLMFeaturizer.create(
        {**MiniLMFeaturizer.get_default_config(), **config},
        LocalModelStorage(tmp_path),
        Resource("minilm"),
        ExecutionContext(GraphSchema({}), node_name="minilm"),
    )


def test_the_component_sets_the_sentence_feature(tmp_path: Path, int8: SentenceEncoder) -> None:
    message = Message({TEXT: "where is my order"})
    assert featurizer(tmp_path).process([message]) == [message]
    (feature,) = message.features
    assert (feature.attribute, feature.origin, feature.is_dense()) == (TEXT, "minilm", True)
    sequence, sentence = message.get_dense_features(TEXT)
    assert sequence is None and sentence is not None
    assert sentence.features.shape == (1, DIMENSIONS)
    np.testing.assert_array_equal(sentence.features, int8.encode(["where is my order"]))


def test_the_component_concatenates_the_masked_text(tmp_path: Path, int8: SentenceEncoder) -> None:
    masked = Message({TEXT: "can i use retinol", MASKED_TEXT: "can i use ingredient"})
    plain = Message({TEXT: "hello"})
    data = TrainingData([masked, plain, Message({"intent": "greet"}), Message({TEXT: ""})])
    assert featurizer(tmp_path, texts="both", alias="both").process_training_data(data) is data
    counts = [len(message.features) for message in data.training_examples]
    assert counts == [1, 1, 0, 0]
    assert masked.features[0].origin == "both"
    expected = int8.encode(["can i use retinol", "can i use ingredient"]).reshape(1, -1)
    np.testing.assert_array_equal(masked.features[0].features, expected)
    np.testing.assert_array_equal(plain.features[0].features, np.tile(int8.encode(["hello"]), 2))


def test_the_component_ignores_masked_text_unless_told(tmp_path: Path) -> None:
    message = Message({TEXT: "can i use retinol", MASKED_TEXT: "can i use ingredient"})
    featurizer(tmp_path).process([message])
    assert message.features[0].features.shape == (1, DIMENSIONS)


@pytest.mark.parametrize(
    "wrong", [{"precision": "int4"}, {"texts": "yes"}, {"cache_size": -1}, {"cache_size": True}]
)
def test_a_wrong_configuration_is_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidConfigException, match=next(iter(wrong))):
        featurizer(tmp_path, **wrong)


def test_the_fingerprint_is_stable_and_follows_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    config = MiniLMFeaturizer.get_default_config()
    data = {"training_data": TrainingData([Message({TEXT: "hello"})])}
    key = calculate_fingerprint_key(MiniLMFeaturizer, config, data)
    assert calculate_fingerprint_key(MiniLMFeaturizer, config, data) == key
    assert calculate_fingerprint_key(MiniLMFeaturizer, {**config, "texts": "both"}, data) != key
    monkeypatch.setattr("bot.nlu.featurizer.GRAPH_VERSION", -1)
    assert calculate_fingerprint_key(MiniLMFeaturizer, config, data) != key


def test_many_texts_give_the_same_vectors_as_each_alone(int8: SentenceEncoder) -> None:
    texts = [f"can i use {'very ' * (number % 7)}mild toner number {number}" for number in range(100)]
    alone = np.vstack([int8.encode([text]) for text in texts])
    np.testing.assert_allclose(int8.encode(texts), alone, atol=1e-6)
