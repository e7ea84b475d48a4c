"""The trained network as an ONNX file: normalisation folded in, weights in 16 bits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from digitise.ocr.upright import SIDE

Weights = dict[str, Any]


def write(weights: Weights, characters: tuple[str, ...], convolutions: tuple[str, ...], out: Path,
          pooled: frozenset[str]) -> None:  # fmt: skip
    """`weights`: the network's state by name. `convolutions`: the names of its blocks in order,
    those `pooled` followed by a halving."""
    from onnx import TensorProto, checker, helper, numpy_helper, save

    nodes: list[Any] = []
    kept: list[Any] = []

    def constant(name: str, values: Any) -> str:
        kept.append(numpy_helper.from_array(np.asarray(values, np.float16), name + "_16"))
        nodes.append(helper.make_node("Cast", [name + "_16"], [name], to=TensorProto.FLOAT))
        return name

    last = "cells"
    for i, name in enumerate(convolutions):
        kernel, bias = _folded(weights, f"{name}.0", f"{name}.1")
        made = [last, constant(f"w{i}", kernel), constant(f"b{i}", bias)]
        nodes.append(helper.make_node("Conv", made, [f"c{i}"], pads=[1, 1, 1, 1]))
        nodes.append(helper.make_node("Relu", [f"c{i}"], [f"r{i}"]))
        last = f"r{i}"
        if name in pooled:
            pool = {"kernel_shape": [2, 2], "strides": [2, 2]}
            nodes.append(helper.make_node("MaxPool", [last], [f"p{i}"], **pool))
            last = f"p{i}"
    nodes.append(helper.make_node("Flatten", [last], ["flat"]))
    kernel, bias = _folded(weights, "e.2", "e.3")
    made = ["flat", constant("we", kernel), constant("be", bias)]
    nodes.append(helper.make_node("Gemm", made, ["e"], transB=1))
    nodes.append(helper.make_node("Relu", ["e"], ["seen"]))
    made = ["seen", constant("wo", weights["o.weight"]), constant("bo", weights["o.bias"])]
    nodes.append(helper.make_node("Gemm", made, ["o"], transB=1))
    nodes.append(helper.make_node("LogSoftmax", ["o"], ["logs"], axis=1))
    graph = helper.make_graph(
        nodes,
        "glyphs",
        [helper.make_tensor_value_info("cells", TensorProto.FLOAT, ["n", 1, SIDE, SIDE])],
        [
            helper.make_tensor_value_info("logs", TensorProto.FLOAT, ["n", len(characters)]),
            helper.make_tensor_value_info(
                "seen", TensorProto.FLOAT, ["n", len(weights["o.weight"][0])]
            ),
        ],
        kept,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    helper.set_model_props(model, {"character": "\n".join(characters)})
    checker.check_model(model)
    save(model, str(out))


def _folded(weights: Weights, layer: str, normal: str) -> tuple[Any, Any]:
    """(kernel, bias) of a layer without bias and the batch normalisation behind it."""
    kernel = np.asarray(weights[f"{layer}.weight"], np.float64)
    scale = weights[f"{normal}.weight"] / np.sqrt(weights[f"{normal}.running_var"] + 1e-5)
    bias = weights[f"{normal}.bias"] - weights[f"{normal}.running_mean"] * scale
    return kernel * scale.reshape(-1, *([1] * (kernel.ndim - 1))), bias
