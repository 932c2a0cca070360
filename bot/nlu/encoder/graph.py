"""all-MiniLM-L6-v2 written down as an ONNX graph: BERT, mean pooling, L2 normalisation.

Architecture and sizes: the model's config.json, 1_Pooling/config.json and modules.json (BERT, post-norm, 6
layers, 12 heads, hidden size 384, exact GELU; mean over the tokens, then unit length). The operators of
the domain com.microsoft are ONNX Runtime's own, documented in its ContribOperators.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from bot.nlu.encoder.files import MAX_TOKENS, Precision
from bot.nlu.encoder.steps import Steps, load, quantised

Array = npt.NDArray[Any]

LAYERS = 6
HEADS = 12
LAYER_NORM_EPSILON = 1e-12
_MS = "com.microsoft"
# IR version 9 and opset 18 are read by every ONNX Runtime since 1.15.
_IR_VERSION = 9
_OPSET = 18


class _Graph:
    """Collects the nodes and the constants of the graph."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: Array) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output


def _linear(graph: _Graph, x: str, name: str, weight: Array, bias: Array, steps: Steps | None) -> str:
    """Add x @ weight.T + bias, in 8 bits if there are steps; `weight` is (out, in), as the published file keeps it."""
    bias_name = graph.constant(f"{name}.bias", bias)
    if steps is None:
        product = graph.add("MatMul", [x, graph.constant(f"{name}.weight", weight.T)], f"{name}.product")
        return graph.add("Add", [product, bias_name], f"{name}.output")
    values, scales = quantised(weight, steps)
    one = graph.constant(f"{name}.one", np.array(1, np.float32))
    zero = graph.constant(f"{name}.zero", np.array(steps.zero, np.uint8))
    scaled = graph.add("Mul", [x, graph.constant(f"{name}.per_step", 1 / steps.step)], f"{name}.scaled")
    units = graph.add("QuantizeLinear", [scaled, one, zero], f"{name}.units")
    inputs = [
        units,
        graph.constant(f"{name}.weight", values),
        one,
        graph.constant(f"{name}.scales", scales),
        zero,
        graph.constant(f"{name}.weight_zeros", np.zeros(len(scales), np.int8)),
        bias_name,
    ]
    product = graph.add("MatMulIntegerToFloat", inputs, f"{name}.product", _MS)
    if not len(steps.large):
        return product
    large = graph.add("Gather", [x, graph.constant(f"{name}.large", steps.large)], f"{name}.large_inputs", axis=2)
    exact = graph.add("MatMul", [large, graph.constant(f"{name}.exact", weight[:, steps.large].T)], f"{name}.exact_product")
    return graph.add("Add", [product, exact], f"{name}.output")


def _word_vectors(graph: _Graph, table: Array, precision: Precision) -> str:
    """Look the tokens' vectors up; in int8 the table (47 MB in fp32) is kept in 8 bits, a scale a word."""
    if precision == "fp32":
        return graph.add("Gather", [graph.constant("words", table), "input_ids"], "word_vectors")
    scales = np.abs(table).max(axis=1, keepdims=True) / 127
    # A word of zeros (an unused row) has no scale of its own; any scale gives its zeros back.
    scales[scales == 0] = 1
    rows = graph.add("Gather", [graph.constant("words", np.rint(table / scales).astype(np.int8)), "input_ids"], "word_rows")
    rows = graph.add("Cast", [rows], "word_rows_float", to=TensorProto.FLOAT)
    scale = graph.add("Gather", [graph.constant("word_scales", scales), "input_ids"], "word_row_scales")
    return graph.add("Mul", [rows, scale], "word_vectors")


def _embeddings(graph: _Graph, weights: Mapping[str, Array], precision: Precision) -> str:
    """Add the sum of word, position and segment vectors, normalised."""
    prefix = "embeddings."
    words = _word_vectors(graph, weights[f"{prefix}word_embeddings.weight"], precision)
    # A single text is all segment 0, so that segment's vector is a constant part of every position.
    positions = weights[f"{prefix}position_embeddings.weight"][:MAX_TOKENS]
    positions = positions + weights[f"{prefix}token_type_embeddings.weight"][0]
    axis = graph.constant("axis_0", np.array([0], np.int64))
    length = graph.add("Shape", ["input_ids"], "length", start=1, end=2)
    start = graph.constant("start", np.array([0], np.int64))
    used = graph.add("Slice", [graph.constant("positions", positions), start, length, axis], "used_positions")
    total = graph.add("Add", [words, used], "embeddings_sum")
    norm = [
        graph.constant(f"{prefix}{part}", weights[f"{prefix}LayerNorm.{part}"]) for part in ("weight", "bias")
    ]
    return graph.add("LayerNormalization", [total, *norm], "embeddings", axis=-1, epsilon=LAYER_NORM_EPSILON)


def _add_and_norm(graph: _Graph, x: str, residual: str, name: str, weights: Mapping[str, Array]) -> str:
    norm = [
        graph.constant(f"{name}.LayerNorm.{part}", weights[f"{name}.LayerNorm.{part}"])
        for part in ("weight", "bias")
    ]
    return graph.add(
        "SkipLayerNormalization", [x, residual, *norm], f"{name}.normed", _MS, epsilon=LAYER_NORM_EPSILON
    )


def _layer(graph: _Graph, x: str, index: int, weights: Mapping[str, Array], steps: Mapping[str, Steps]) -> str:
    """Add one transformer layer: self-attention and the feed-forward pair, each with its residual."""
    prefix = f"encoder.layer.{index}."

    def linear(source: str, name: str) -> str:
        weight, bias = weights[f"{prefix}{name}.weight"], weights[f"{prefix}{name}.bias"]
        return _linear(graph, source, prefix + name, weight, bias, steps.get(prefix + name))

    heads = [f"{prefix}attention.self.{part}" for part in ("query", "key", "value")]
    # One matrix for query, key and value: one pass over the input instead of three.
    weight, bias = (
        np.concatenate([weights[f"{head}.{part}"] for head in heads]) for part in ("weight", "bias")
    )
    joined = _linear(graph, x, f"{prefix}attention.self", weight, bias, steps.get(f"{prefix}attention.self"))
    graph.nodes.append(helper.make_node("Split", [joined], heads, axis=-1, num_outputs=3))
    attended = graph.add(
        "MultiHeadAttention", [*heads, "", "mask"], f"{prefix}attended", _MS, num_heads=HEADS
    )
    attended = linear(attended, "attention.output.dense")
    x = _add_and_norm(graph, attended, x, f"{prefix}attention.output", weights)
    wide = graph.add("Gelu", [linear(x, "intermediate.dense")], f"{prefix}gelu", _MS)
    return _add_and_norm(graph, linear(wide, "output.dense"), x, f"{prefix}output", weights)


def _pool(graph: _Graph, layers: list[str]) -> list[str]:
    """Add the last layer's mean over the tokens that the mask keeps, scaled to unit length; and, side by side, the
    means of the two layers before it and the last layer's greatest values, as they are."""
    tokens_axis = graph.constant("axis_1", np.array([1], np.int64))
    last_axis = graph.constant("axis_2", np.array([2], np.int64))
    mask = graph.add("Cast", ["attention_mask"], "mask_float", to=TensorProto.FLOAT)
    column = graph.add("Unsqueeze", [mask, last_axis], "mask_column")
    count = graph.add("ReduceSum", [mask, tokens_axis], "count", keepdims=1)

    def mean(x: str) -> str:
        kept = graph.add("Mul", [x, column], f"{x}.kept")
        total = graph.add("ReduceSum", [kept, tokens_axis], f"{x}.total", keepdims=0)
        return graph.add("Div", [total, count], f"{x}.mean")

    *_, third, second, last = layers
    embedding = graph.add("LpNormalization", [mean(last)], "embedding", axis=1, p=2)
    dropped = graph.add("Sub", [column, graph.constant("one", np.array(1, np.float32))], "dropped")
    far = graph.add("Mul", [dropped, graph.constant("far", np.array(1e6, np.float32))], "far_below")
    greatest = graph.add("ReduceMax", [graph.add("Add", [last, far], "without_padding"), tokens_axis], "greatest", keepdims=0)
    return [embedding, graph.add("Concat", [mean(second), mean(third), greatest], "layers", axis=1)]


def build_graph(weights: Mapping[str, Array], precision: Precision) -> onnx.ModelProto:
    """Write the network down as an ONNX model with its weights inside.

    Args:
        weights: the tensors of the published model.safetensors, by their names there.
        precision: "fp32", or "int8": matrix products in 8 bits (see `steps`), 8-bit words.

    Returns:
        A model from `input_ids` and `attention_mask` (int64, texts x tokens, at most `MAX_TOKENS`) to
        `embedding` (float32, texts x hidden size, rows of unit length) and `layers` (float32, texts x three times the
        hidden size: means of the last layer but one and but two, greatest values of the last).

    Raises:
        KeyError: if a tensor is missing from `weights`.
    """
    graph = _Graph()
    graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    x = _embeddings(graph, weights, precision)
    steps = load() if precision == "int8" else {}
    layers = [x := _layer(graph, x, index, weights, steps) for index in range(LAYERS)]
    embedding, pooled = _pool(graph, layers)
    hidden = weights["embeddings.LayerNorm.weight"].shape[0]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    outputs = [
        helper.make_tensor_value_info(embedding, TensorProto.FLOAT, ["texts", hidden]),
        helper.make_tensor_value_info(pooled, TensorProto.FLOAT, ["texts", 3 * hidden]),
    ]
    return helper.make_model(
        helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, outputs, graph.constants),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_MS, 1)],
        ir_version=_IR_VERSION,
    )
