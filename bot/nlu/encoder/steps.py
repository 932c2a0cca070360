"""The steps in which the int8 network counts: what one unit of each input of a matrix product stands for.

Each input has a step of its own, so that the few that grow large (BERT's LayerNorm has some) leave the others their
resolution, and the weights take the steps in. They do not depend on the text, which makes a vector the same in any
batch, and costs nothing at run time. After SmoothQuant (Xiao et al. 2023): a step is a compromise between the greatest
values of an input and of the weights that it meets, found for each product by the least error. The one or two inputs
of a product that grow a hundred times larger than all others, at the marks of a text's begin and end, are left as they
are, as in LLM.int8() (Dettmers et al. 2022).

steps.npz holds them; `python -m bot.nlu.encoder.steps` measures them anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

FILE = Path(__file__).with_name("steps.npz")
# Processors without VNNI add two products of 8 bits in 16, which 7-bit weights cannot overflow.
LARGEST_WEIGHT = 63
LARGEST_INPUT = 255
# Texts that were not measured may have somewhat larger values.
MARGIN = 1.1
BALANCES = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
# So many times larger than the middle one, an input is left as it is.
LARGE = 16
ZEROS = (16, 32, 64, 96, 112, 128, 144)
MEASURED_TEXTS, MEASURED_TOKENS = 1000, 3000


class Steps(NamedTuple):
    """Of one matrix product: input = (unit - zero) * step, unit 0 to 255.

    Attributes:
        step: float32, one for each input.
        zero: the unit of nought.
        large: numbers of the inputs that are not counted in units.
    """

    step: Array
    zero: int
    large: Array


def load(path: Path = FILE) -> dict[str, Steps]:
    """The steps of each product, by its name."""
    with np.load(path, allow_pickle=False) as stored:
        names = [name.removesuffix("/step") for name in stored if name.endswith("/step")]
        return {name: Steps(stored[f"{name}/step"], int(stored[f"{name}/zero"]), stored[f"{name}/large"]) for name in names}


def save(steps: Mapping[str, Steps], path: Path = FILE) -> None:
    """Writes what `load` reads."""
    np.savez_compressed(path, **{f"{name}/{part}": value for name, one in steps.items() for part, value in one._asdict().items()})


def quantised(weight: Array, steps: Steps) -> tuple[Array, Array]:
    """The weights for inputs in units.

    Args:
        weight: float32, shape (outputs, inputs).

    Returns:
        int8, shape (inputs, outputs), and the scale of each output: product = (units - zero) @ int8 * scale, but for
        the large inputs.
    """
    scaled = weight * steps.step
    scaled[:, steps.large] = 0
    scales = np.abs(scaled).max(axis=1) / LARGEST_WEIGHT
    return np.rint(scaled / scales[:, None]).astype(np.int8).T, scales.astype(np.float32)


def chosen(inputs: Array, weight: Array) -> Steps:
    """The steps that give a product's results the least error.

    Args:
        inputs: float32, shape (tokens, inputs), as texts give them.
        weight: float32, shape (outputs, inputs).
    """
    greatest, least, heaviest = inputs.max(axis=0) * MARGIN, inputs.min(axis=0) * MARGIN, np.abs(weight).max(axis=0)
    size = np.maximum(greatest, -least) * heaviest
    large = np.flatnonzero(size > LARGE * np.median(size))
    some = inputs[:MEASURED_TOKENS].copy()
    some[:, large] = 0
    right = some @ weight.T
    best, least_error = None, np.inf
    for zero in ZEROS:
        smallest = np.maximum(np.maximum(greatest, 0) / (LARGEST_INPUT - zero), np.maximum(-least, 0) / zero) + 1e-8
        for balance in BALANCES:
            shape = smallest**balance / (heaviest + 1e-9) ** (1 - balance)
            step = shape * np.delete(smallest / shape, large).max()
            step[large] = smallest[large]
            steps = Steps(step.astype(np.float32), zero, large)
            values, scales = quantised(weight, steps)
            units = np.clip(np.rint(some / steps.step), -zero, LARGEST_INPUT - zero)
            error = float(np.mean(((units @ values.astype(np.float32)) * scales - right) ** 2))
            if error < least_error:
                best, least_error = steps, error
    assert best is not None
    return best


def measure(weights: Mapping[str, Array], texts: Sequence[Sequence[int]]) -> dict[str, Steps]:
    """Chooses the steps of every product by what the fp32 network computes.

    Args:
        weights: the tensors of the published model.safetensors, by their names there.
        texts: the token ids of each text.
    """
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    from bot.nlu.encoder.graph import build_graph

    model = build_graph(weights, "fp32")
    products = [node for node in model.graph.node if node.op_type == "MatMul"]
    matrices = {constant.name: numpy_helper.to_array(constant) for constant in model.graph.initializer}
    sources = [node.input[0] for node in products]
    model.graph.output.extend(helper.make_tensor_value_info(source, TensorProto.FLOAT, None) for source in sources)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    found: list[list[Array]] = [[] for _ in products]
    for text in texts:
        ids = np.array([text], dtype=np.int64)
        for values, inputs in zip(found, session.run(sources, {"input_ids": ids, "attention_mask": np.ones_like(ids)})):
            values.append(inputs[0])
    return {
        node.input[1].removesuffix(".weight"): chosen(np.vstack(values), matrices[node.input[1]].T)
        for node, values in zip(products, found)
    }


def main() -> None:
    """Measures on the project's own examples, evenly drawn, and writes `FILE`."""
    from safetensors.numpy import load_file

    from bot.nlu.encoder.files import WEIGHTS_FILE, verified
    from bot.nlu.encoder.sentence import load_tokenizer
    from bot.nlu.evaluation import examples
    from bot.paths import DATA

    texts = [example.text for example in examples(DATA / "nlu")]
    tokenizer = load_tokenizer()
    drawn = texts[:: max(1, len(texts) // MEASURED_TEXTS)]
    save(measure(load_file(str(verified(WEIGHTS_FILE))), [tokenizer.encode(text).ids for text in drawn]))
    print(f"Measured on {len(drawn)} examples: {FILE}")


if __name__ == "__main__":
    main()
