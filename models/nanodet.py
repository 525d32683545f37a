"""NanoDet-g as an ONNX graph, from its TensorFlow.js port (a graph model: model.json and one file of weights).

The port's graph is kept, operation by operation: it works on [n,height,width,channel], ONNX on [n,channel,height,width], so
convolutions, pooling and scaling stand between two transpositions each, which ONNX Runtime takes out again in pairs. Its six
outputs (80 scores and 44 distances for every cell of three grids) become one: all cells, finest grid first, 124 numbers each.
"""

import base64
import json

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET, IR = 13, 8
INPUT, OUTPUT = "image", "cells"
SIDE = 416
CLASSES, DISTANCES = 80, 44

# Scores and distances of each grid, by the port's names of its outputs.
GRIDS = [("Identity", "Identity_3"), ("Identity_1", "Identity_4"), ("Identity_2", "Identity_5")]
CELLS = sum((SIDE // stride) ** 2 for stride in (8, 16, 32))


def weights(manifest: list[dict], content: bytes) -> dict[str, np.ndarray]:
    """The constants by name; those of 16 bits become floats of 32."""
    kinds = {"float32": "<f4", "float16": "<f2", "int32": "<i4"}
    arrays, offset = {}, 0
    for weight in (weight for group in manifest for weight in group["weights"]):
        stored = weight.get("quantization", {}).get("dtype", weight["dtype"])
        count = int(np.prod(weight["shape"]))
        array = np.frombuffer(content, kinds[stored], count, offset).reshape(weight["shape"])
        offset += array.nbytes
        arrays[weight["name"]] = array.astype(np.float32) if stored == "float16" else array
    if offset != len(content):
        raise ValueError(f"the weights take {offset} bytes, the file has {len(content)}")
    return arrays


class Port:
    """Goes through the port's operations; values known already are folded, all others become nodes of ONNX."""

    def __init__(self, model: dict, content: bytes):
        self.port = {node["name"]: node for node in model["modelTopology"]["node"]}
        self.known = weights(model["weightsManifest"], content)
        self.nodes, self.constants, self.names, self.count = [], [], {}, 0

    def convert(self) -> bytes:
        grids = [self.add("Concat", [self.value(name) for name in grid], axis=2) for grid in GRIDS]
        self.add("Concat", grids, [OUTPUT], axis=1)
        shape = helper.make_tensor_value_info
        graph = helper.make_graph(
            self.nodes,
            "nanodet_g",
            [shape(INPUT, TensorProto.FLOAT, [1, 3, SIDE, SIDE])],
            [shape(OUTPUT, TensorProto.FLOAT, [1, CELLS, CLASSES + DISTANCES])],
            self.constants,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
        onnx.checker.check_model(model, full_check=True)
        return model.SerializeToString()

    def add(self, op: str, inputs: list[str], outputs: list[str] | None = None, **attributes) -> str:
        self.count += 1
        outputs = outputs or [f"t{self.count}"]
        self.nodes.append(helper.make_node(op, inputs, outputs, **attributes))
        return outputs[0]

    def constant(self, values: np.ndarray) -> str:
        self.count += 1
        name = f"w{self.count}"
        whole = np.asarray(values).dtype.kind == "i"
        values = np.array(values, np.int64 if whole else np.float32)
        self.constants.append(numpy_helper.from_array(values, name))
        return name

    def value(self, name: str) -> str:
        """The name, in ONNX, of what the port calls so; node:1 is a node's second output."""
        if name not in self.names:
            node = name.split(":")[0]
            known = self.fold(node)
            if known is not None:
                self.names[name] = self.constant(known)
            else:
                self.names[node] = getattr(self, "on_" + self.port[node]["op"].lstrip("_"))(self.port[node])
        return self.names[name]

    def fold(self, name: str) -> np.ndarray | None:
        """The value of what does not depend on the picture."""
        if name in self.known:
            return self.known[name]
        node = self.port[name]
        values = [self.fold(source.split(":")[0]) for source in node.get("input", [])]
        if not values or any(value is None for value in values):
            return None
        if node["op"] in ("Add", "AddV2"):
            self.known[name] = values[0] + values[1]
        elif node["op"] == "SparseToDense":
            places, shape, filling, rest = values
            dense = np.full(shape, rest)
            dense[tuple(places.reshape(-1, len(shape)).T)] = filling
            self.known[name] = dense
        else:
            raise ValueError(f"{name}: {node['op']} of constants")
        return self.known[name]

    def attribute(self, node: dict, name: str):
        value = node["attr"][name]
        if "list" in value:
            return [int(one) for one in value["list"].get("i", [])]
        if "s" in value:
            return base64.b64decode(value["s"]).decode()
        return value.get("f", value.get("b"))

    def wrapped(self, op: str, x: str, more: list[str], **attributes) -> str:
        """An operation that wants channels before rows and columns."""
        x = self.add("Transpose", [x], perm=[0, 3, 1, 2])
        return self.add("Transpose", [self.add(op, [x, *more], **attributes)], perm=[0, 2, 3, 1])

    def strides(self, node: dict) -> list[int]:
        if (self.attribute(node, "padding"), self.attribute(node, "data_format")) != ("VALID", "NHWC"):
            raise ValueError(f"{node['name']} pads in a way that is not known here")
        return self.attribute(node, "strides")[1:3]

    def on_Placeholder(self, _node: dict) -> str:
        return INPUT

    def on_Identity(self, node: dict) -> str:
        return self.value(node["input"][0])

    def on_Conv2D(self, node: dict) -> str:
        kernel = self.fold(node["input"][1]).transpose(3, 2, 0, 1)
        x, strides = self.value(node["input"][0]), self.strides(node)
        return self.wrapped("Conv", x, [self.constant(kernel)], kernel_shape=kernel.shape[2:], strides=strides)

    def on_MaxPool(self, node: dict) -> str:
        side = self.attribute(node, "ksize")[1:3]
        return self.wrapped("MaxPool", self.value(node["input"][0]), [], kernel_shape=side, strides=self.strides(node))

    def on_ResizeBilinear(self, node: dict) -> str:
        if not self.attribute(node, "half_pixel_centers"):
            raise ValueError(f"{node['name']} counts pixels in a way that is not known here")
        x = self.add("Transpose", [self.value(node["input"][0])], perm=[0, 3, 1, 2])
        shape = self.add("Shape", [x])
        ends = self.add("Slice", [shape, self.constant(np.array([0])), self.constant(np.array([2]))])
        size = self.add("Concat", [ends, self.constant(self.fold(node["input"][1]))], axis=0)
        x = self.add("Resize", [x, "", "", size], mode="linear", coordinate_transformation_mode="half_pixel")
        return self.add("Transpose", [x], perm=[0, 2, 3, 1])

    def on_Transpose(self, node: dict) -> str:
        return self.add("Transpose", [self.value(node["input"][0])], perm=self.fold(node["input"][1]).tolist())

    def on_Add(self, node: dict) -> str:
        return self.add("Add", [self.value(source) for source in node["input"]])

    on_AddV2 = on_Add

    def on_LeakyRelu(self, node: dict) -> str:
        return self.add("LeakyRelu", [self.value(node["input"][0])], alpha=self.attribute(node, "alpha"))

    def on_Sigmoid(self, node: dict) -> str:
        return self.add("Sigmoid", [self.value(node["input"][0])])

    def on_Reshape(self, node: dict) -> str:
        return self.add("Reshape", [self.value(node["input"][0]), self.constant(self.fold(node["input"][1]))])

    def on_ConcatV2(self, node: dict) -> str:
        *parts, axis = node["input"]
        return self.add("Concat", [self.value(part) for part in parts], axis=int(self.fold(axis)))

    def on_Pad(self, node: dict) -> str:
        source, around, *filling = node["input"]
        edges = self.constant(self.fold(around).T.reshape(-1))
        with_what = [self.constant(self.fold(filling[0]))] if filling else []
        return self.add("Pad", [self.value(source), edges, *with_what], mode="constant")

    on_PadV2 = on_Pad

    def on_SplitV(self, node: dict) -> str:
        source, sizes, axis = node["input"]
        outputs = [f"{node['name']}/{number}" for number in range(len(self.fold(sizes)))]
        sized = self.constant(self.fold(sizes))
        self.add("Split", [self.value(source), sized], outputs, axis=int(self.fold(axis)))
        self.names.update({f"{node['name']}:{number}": output for number, output in enumerate(outputs)})
        return outputs[0]


def convert(model: bytes, content: bytes) -> bytes:
    """The ONNX file: input image [1,3,416,416], output cells [1,3549,124]."""
    return Port(json.loads(model), content).convert()
