"""EfficientNet-Lite0 as an ONNX graph, from the weights of its PyTorch port.

The net: Tan and Le, "EfficientNet" (2019), in the Lite variant for small devices: no squeeze-and-excitation, ReLU6
for swish, stem and head not scaled. Batch normalisation (epsilon 1e-3) is folded into the convolutions.
"""

import math
from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIDE = 224
CLASSES = 1000
EPSILON = 1e-3
OPSET, IR = 13, 8


@dataclass(frozen=True)
class Stage:
    """A run of equal blocks; the first of them strides."""

    blocks: int
    kernel: int
    stride: int
    expand: int


LITE0 = [
    Stage(1, 3, 1, 1),
    Stage(2, 3, 2, 6),
    Stage(2, 5, 2, 6),
    Stage(3, 3, 2, 6),
    Stage(3, 5, 1, 6),
    Stage(4, 5, 2, 6),
    Stage(1, 3, 1, 6),
]


class Graph:
    """Nodes and constants in order of making; one counter names both."""

    def __init__(self):
        self.nodes, self.constants, self._count = [], [], 0

    def _name(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"

    def constant(self, values) -> str:
        name = self._name("w")
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values, np.float32), name))
        return name

    def scalar(self, value: float) -> str:
        name = self._name("w")
        self.constants.append(numpy_helper.from_array(np.array(value, np.float32), name))
        return name

    def add(self, op: str, inputs: list[str], output: str | None = None, **attributes) -> str:
        output = output or self._name("t")
        self.nodes.append(helper.make_node(op, inputs, [output], **attributes))
        return output


class Net:
    """Builds the graph layer by layer, following the image's side length for TensorFlow's SAME padding."""

    def __init__(self, weights: dict[str, np.ndarray]):
        self.weights, self.graph, self.side = weights, Graph(), SIDE
        self.low, self.high = self.graph.scalar(0), self.graph.scalar(6)

    def convolve(self, x: str, name: str, norm: str, stride=1, depthwise=False, relu6=True) -> str:
        kernel, w = self.weights[name + ".weight"], self.weights
        gain = w[norm + ".weight"] / np.sqrt(w[norm + ".running_var"] + EPSILON)
        bias = w[norm + ".bias"] - gain * w[norm + ".running_mean"]
        size = kernel.shape[2]
        side = math.ceil(self.side / stride)
        padding = max((side - 1) * stride + size - self.side, 0)
        before, after = padding // 2, padding - padding // 2
        self.side = side
        folded = self.graph.constant(kernel * gain.reshape(-1, 1, 1, 1))
        x = self.graph.add(
            "Conv",
            [x, folded, self.graph.constant(bias)],
            kernel_shape=[size, size],
            strides=[stride, stride],
            group=kernel.shape[0] if depthwise else 1,
            pads=[before, before, after, after],
        )
        return self.graph.add("Clip", [x, self.low, self.high]) if relu6 else x

    def block(self, x: str, number: int, stage: Stage, first: bool) -> str:
        """An inverted residual: expand, filter each channel, project; added to its input where shapes agree."""
        name, stride, y = f"_blocks.{number}", stage.stride if first else 1, x
        if self.weights[f"{name}._depthwise_conv.weight"].shape[2] != stage.kernel:
            raise ValueError(f"{name} is not of EfficientNet-Lite0: other kernel size")
        if stage.expand != 1:
            y = self.convolve(y, f"{name}._expand_conv", f"{name}._bn0")
        y = self.convolve(y, f"{name}._depthwise_conv", f"{name}._bn1", stride, depthwise=True)
        y = self.convolve(y, f"{name}._project_conv", f"{name}._bn2", relu6=False)
        return y if first else self.graph.add("Add", [x, y])

    def build(self) -> onnx.ModelProto:
        x = self.convolve("image", "_conv_stem", "_bn0", stride=2)
        number = 0
        for stage in LITE0:
            for repeat in range(stage.blocks):
                x = self.block(x, number, stage, first=repeat == 0)
                number += 1
        if f"_blocks.{number}._bn1.weight" in self.weights:
            raise ValueError(f"the weights have more than the {number} blocks of EfficientNet-Lite0")
        x = self.convolve(x, "_conv_head", "_bn1")
        x = self.graph.add("GlobalAveragePool", [x])
        x = self.graph.add("Flatten", [x], axis=1)
        w, b = (self.graph.constant(self.weights["_fc." + part]) for part in ("weight", "bias"))
        self.graph.add("Gemm", [x, w, b], "logits", transB=1)
        self.graph.add("Softmax", ["logits"], "probs", axis=1)
        return self._model()

    def _model(self) -> onnx.ModelProto:
        def tensor(name, *shape):
            return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", *shape])

        graph = helper.make_graph(
            self.graph.nodes,
            "efficientnet_lite0",
            [tensor("image", 3, SIDE, SIDE)],
            [tensor("probs", CLASSES), tensor("logits", CLASSES)],
            self.graph.constants,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
        onnx.checker.check_model(model)
        return model


def convert(weights: dict[str, np.ndarray]) -> bytes:
    """The ONNX file: input image [n,3,224,224], outputs probs and logits [n,1000]."""
    return Net(weights).build().SerializeToString()
