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

Array = npt.NDArray[Any]

LAYERS = 6
HEADS = 12
LAYER_NORM_EPSILON = 1e-12
# Weights that share one int8 scale. Over 173 customer questions the lowest cosine to fp32 is 0.9979 with 32,
# 0.9974 with 64 and 0.9941 with 128; a message of 12 tokens takes 3.1, 2.7 and 2.4 ms on one core.
BLOCK = 64
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


def quantise(matrix: Array, block: int) -> tuple[Array, Array]:
    """Quantise each row of a matrix to 8 bits in blocks, symmetrically about 128.

    Args:
        matrix: float32, shape (rows, columns).
        block: how many neighbouring values share a scale; divides the number of columns.

    Returns:
        The uint8 values, shape (rows, columns / block, block), and the float32 scales, shape (rows,
        columns / block): value = (quantised - 128) * scale.
    """
    blocks = matrix.reshape(matrix.shape[0], -1, block)
    scales = (np.abs(blocks).max(axis=-1) / 127).astype(np.float32)
    # A block of zeros (an unused row) has no scale of its own; any scale gives its zeros back.
    scales[scales == 0] = 1
    values = np.rint(blocks / scales[..., None]) + 128
    return values.astype(np.uint8), scales


def _linear(graph: _Graph, x: str, name: str, weight: Array, bias: Array, precision: Precision) -> str:
    """Add x @ weight.T + bias; `weight` is (out, in), as the published file keeps it."""
    bias_name = graph.constant(f"{name}.bias", bias)
    if precision == "fp32":
        product = graph.add("MatMul", [x, graph.constant(f"{name}.weight", weight.T)], f"{name}.product")
        return graph.add("Add", [product, bias_name], f"{name}.output")
    values, scales = quantise(weight, BLOCK)
    inputs = [
        x,
        graph.constant(f"{name}.weight", values),
        graph.constant(f"{name}.scales", scales.reshape(-1)),
        "",
        "",
        bias_name,
    ]
    # Accuracy level 4 quantises the activations to int8 too, with a scale for each token and block. An
    # operator with one scale for the whole input (DynamicQuantizeMatMul) is faster (1.6 ms a message) but
    # loses much more: lowest cosine to fp32 0.972, and a text's vector would depend on its batch.
    return graph.add(
        "MatMulNBits",
        inputs,
        f"{name}.output",
        _MS,
        K=weight.shape[1],
        N=weight.shape[0],
        bits=8,
        block_size=BLOCK,
        accuracy_level=4,
    )


def _word_vectors(graph: _Graph, table: Array, precision: Precision) -> str:
    """Look the tokens' vectors up; in int8 the table (47 MB in fp32) is kept in 8 bits, a scale a word."""
    if precision == "fp32":
        return graph.add("Gather", [graph.constant("words", table), "input_ids"], "word_vectors")
    values, scales = quantise(table, table.shape[1])
    signed = (values[:, 0].astype(np.int16) - 128).astype(np.int8)
    rows = graph.add("Gather", [graph.constant("words", signed), "input_ids"], "word_rows")
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


def _layer(graph: _Graph, x: str, index: int, weights: Mapping[str, Array], precision: Precision) -> str:
    """Add one transformer layer: self-attention and the feed-forward pair, each with its residual."""
    prefix = f"encoder.layer.{index}."

    def linear(source: str, name: str) -> str:
        weight, bias = weights[f"{prefix}{name}.weight"], weights[f"{prefix}{name}.bias"]
        return _linear(graph, source, prefix + name, weight, bias, precision)

    heads = [f"{prefix}attention.self.{part}" for part in ("query", "key", "value")]
    # One matrix for query, key and value: one pass over the input instead of three.
    weight, bias = (
        np.concatenate([weights[f"{head}.{part}"] for head in heads]) for part in ("weight", "bias")
    )
    joined = _linear(graph, x, f"{prefix}attention.self", weight, bias, precision)
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
        precision: "fp32", or "int8": 8-bit weights and activations in the matrix products, 8-bit words.

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
    layers = [x := _layer(graph, x, index, weights, precision) for index in range(LAYERS)]
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
