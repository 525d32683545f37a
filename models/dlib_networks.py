"""Reads dlib's serialized networks and writes them as ONNX: the MMOD face detector and the face recognition ResNet.

How dlib writes a network is restated from its headers (dlib/serialize.h, dlib/dnn/core.h, layers.h, loss.h, input.h; dlib 20,
Copyright Davis E. King, Boost Software License 1.0, see NOTICE). A reader that is wrong about any layer doesn't end at the
file's last byte, which is checked. Normalisation of the input is left to the caller (see the catalogue), so that a tiled
picture's empty parts are 0 as in dlib; normalisation layers are folded into the convolutions before them.
"""

from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET, IR_VERSION = 13, 8


class Reader:
    """dlib's serialize.h: integers have a byte with sign and length; floats are a mantissa and an exponent."""

    def __init__(self, content: bytes):
        self.content, self.at = content, 0

    def take(self, count: int) -> bytes:
        part = self.content[self.at : self.at + count]
        if len(part) != count:
            raise ValueError("the file ends too early")
        self.at += count
        return part

    def integer(self) -> int:
        control = self.take(1)[0]
        value = int.from_bytes(self.take(control & 0x0F), "little")
        return -value if control & 0x80 else value

    def integers(self, count: int) -> list[int]:
        return [self.integer() for _ in range(count)]

    def number(self) -> float:
        mantissa = self.integer()
        return float(mantissa) * 2.0 ** self.integer()

    def numbers(self, count: int) -> list[float]:
        return [self.number() for _ in range(count)]

    def truth(self) -> bool:
        value = self.take(1)
        if value not in (b"0", b"1"):
            raise ValueError(f"no truth value at byte {self.at - 1}: {value!r}")
        return value == b"1"

    def string(self) -> str:
        return self.take(self.integer()).decode("latin1")

    def version(self, *known: str) -> str:
        version = self.string()
        if version not in known:
            raise ValueError(f"layer {version!r} at byte {self.at}, where one of {known} was expected")
        return version

    def tensor(self) -> np.ndarray:
        if self.integer() != 2:
            raise ValueError(f"no tensor of version 2 at byte {self.at}")
        shape = self.integers(4)
        return np.frombuffer(self.take(4 * int(np.prod(shape))), "<f4").reshape(shape)

    def alias(self) -> list[int]:
        """A part of a tensor: its shape."""
        if self.integer() != 1:
            raise ValueError(f"no alias of version 1 at byte {self.at}")
        return self.integers(4)


@dataclass
class Convolution:
    weights: np.ndarray
    bias: np.ndarray
    stride: list[int]
    padding: list[int]

    @staticmethod
    def read(reader: Reader) -> "Convolution":
        version = reader.version("con_4", "con_5", "con_6")
        values = reader.tensor().ravel()
        _filters, _rows, _columns, *rest = reader.integers(7)
        shape = reader.alias()
        reader.alias()
        reader.numbers(4)  # learning rates and weight decays
        biased = reader.truth() if version != "con_4" else True
        if version == "con_6" and reader.truth():
            raise ValueError("a convolution with a rectifier of its own")
        size = int(np.prod(shape))
        bias = values[size:] if biased else np.zeros(shape[0], np.float32)
        return Convolution(values[:size].reshape(shape), bias, rest[:2], rest[2:])

    def then(self, scale: "Scale") -> "Convolution":
        """With a layer of y = gain x + bias folded in."""
        weights = self.weights * scale.gain.reshape(-1, 1, 1, 1)
        return Convolution(weights, self.bias * scale.gain + scale.bias, self.stride, self.padding)


@dataclass
class Scale:
    """Batch normalisation, ready for use ("affine") or still with its running mean and variance ("bn_con")."""

    gain: np.ndarray
    bias: np.ndarray

    @staticmethod
    def read(reader: Reader) -> "Scale":
        version = reader.version("affine_", "affine_2", "bn_con2")
        values = reader.tensor().ravel()
        size = int(np.prod(reader.alias()))
        reader.alias()
        if version == "bn_con2":
            reader.tensor(), reader.tensor()  # of the last batch
            mean, variance = reader.tensor().ravel(), reader.tensor().ravel()
            reader.integers(2), reader.numbers(4)  # of training
            gain = values[:size] / np.sqrt(variance + np.float32(reader.number()))
            return Scale(gain.astype(np.float32), (values[size:] - gain * mean).astype(np.float32))
        reader.integer()  # after a convolution or a full connection
        if version == "affine_2":
            reader.truth()
        return Scale(values[:size], values[size:])


@dataclass
class Rectifier:
    @staticmethod
    def read(reader: Reader) -> "Rectifier":
        if reader.version("relu_", "relu_2") == "relu_2":
            reader.truth()
        return Rectifier()


@dataclass
class Pool:
    kind: str
    size: list[int]  # 0: the whole picture
    stride: list[int]
    padding: list[int]

    @staticmethod
    def read(reader: Reader) -> "Pool":
        kind = reader.version("max_pool_2", "avg_pool_2")[:3]
        values = reader.integers(6)
        return Pool(kind, values[:2], values[2:4], values[4:])


@dataclass
class FullConnection:
    weights: np.ndarray

    @staticmethod
    def read(reader: Reader) -> "FullConnection":
        version = reader.version("fc_2", "fc_3")
        outputs, inputs = reader.integers(2)
        values = reader.tensor().ravel()
        reader.alias(), reader.alias()
        reader.integer(), reader.numbers(4)
        if version == "fc_3":
            reader.truth()
        return FullConnection(values[: outputs * inputs].reshape(inputs, outputs))


@dataclass
class Add:
    """The sum with what was marked; the smaller of the two is padded by zeros on the right, below and in the channels."""

    mark: int

    def read(self, reader: Reader) -> "Add":
        reader.version("add_prev1", "add_prev2", "add_prev_")
        return self


@dataclass
class Mark:
    """Names what has been computed so far."""

    number: int


@dataclass
class Back:
    """Goes on from what was marked."""

    number: int


@dataclass
class Network:
    layers: list
    channels: int = 3
    side: int | None = None  # of the input, where it is fixed


def read_layers(reader: Reader, plan: list, read_input) -> list:
    """
    The plan goes from the input to the output. dlib writes the versions of all layers from the output down to the one above
    the first, then the input and the layers' contents from there up; after each layer come its states while training.
    """
    for version in reader.integers(len(plan) - 1):
        if not 1 <= version <= 3:
            raise ValueError(f"a layer of version {version}")
    first = reader.integer()
    read_input(reader)
    layers = []
    for number, step in enumerate(plan):
        if isinstance(step, (Mark, Back)):
            layers.append(step)
            continue
        layers.append(step.read(reader))
        for _ in range(3):
            reader.truth()
        for _ in range(3):
            reader.tensor()
        if number == 0 and first >= 3:
            reader.integer()
    if reader.at != len(reader.content):
        raise ValueError(f"{len(reader.content) - reader.at} bytes are left over")
    return layers


def read_detector(content: bytes) -> Network:
    reader = Reader(content)
    reader.integer()
    reader.version("loss_mmod_")
    if reader.integer() != 1:
        raise ValueError("an MMOD loss of another version")
    reader.integers(2)  # the window: the catalogue's
    reader.numbers(3 + 2 + 2)  # weights of mistakes, overlap of truths, of detections (the catalogue's "overlap"), to ignore

    def pyramid(reader: Reader):
        version = reader.version("input_rgb_image_pyramid", "input_rgb_image_pyramid2")
        reader.numbers(3)  # mean colour: the catalogue's
        if version.endswith("2"):
            reader.integers(2)

    plan = [Convolution, Scale, Rectifier] * 6 + [Convolution]
    return Network(read_layers(reader, plan, pyramid))


def read_embedding(content: bytes) -> Network:
    reader = Reader(content)
    reader.integer()
    if reader.version("loss_metric_", "loss_metric_2") == "loss_metric_2":
        reader.numbers(2)

    def sized(reader: Reader):
        reader.version("input_rgb_image_sized")
        reader.numbers(3)
        reader.integers(2)

    def block() -> list:
        return [Convolution, Scale, Rectifier, Convolution, Scale]

    def residual() -> list:
        return [Mark(1), *block(), Add(1), Rectifier]

    def residual_down() -> list:
        return [Mark(1), *block(), Mark(2), Back(1), Pool, Add(2), Rectifier]

    plan = [Convolution, Scale, Rectifier, Pool, *residual() * 3]
    for count in (3, 2, 2):
        plan += [*residual_down(), *residual() * count]
    plan += [*residual_down(), Pool, FullConnection]
    return Network(read_layers(reader, plan, sized), side=150)


class Graph:
    """Collects nodes; knows the shape of what it has computed last where the input's is fixed."""

    def __init__(self, network: Network):
        self.network, self.nodes, self.constants = network, [], []
        self.last, self.shape, self.marks = "image", [network.channels, network.side, network.side], {}

    def constant(self, values: np.ndarray) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, *inputs: str, **attributes) -> str:
        name = f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def slide(self, channels: int, size: list[int], stride: list[int], padding: list[int]) -> None:
        if self.network.side:
            sides = [(n + 2 * p - k) // s + 1 for n, k, s, p in zip(self.shape[1:], size, stride, padding, strict=True)]
            self.shape = [channels, *sides]

    def convolve(self, layer: Convolution) -> None:
        size = list(layer.weights.shape[2:])
        self.last = self.node(
            "Conv",
            self.last,
            self.constant(layer.weights.astype(np.float32)),
            self.constant(layer.bias.astype(np.float32)),
            kernel_shape=size,
            strides=layer.stride,
            pads=layer.padding * 2,
        )
        self.slide(layer.weights.shape[0], size, layer.stride, layer.padding)

    def pool(self, layer: Pool) -> None:
        if layer.size[0] == 0:
            self.last, self.shape = self.node("GlobalAveragePool", self.last), [self.shape[0], 1, 1]
            return
        where = {"kernel_shape": layer.size, "strides": layer.stride, "pads": layer.padding * 2}
        if layer.kind == "max":
            self.last = self.node("MaxPool", self.last, **where)
        else:
            self.last = self.node("AveragePool", self.last, count_include_pad=0, **where)
        self.slide(self.shape[0], layer.size, layer.stride, layer.padding)

    def add(self, layer: Add) -> None:
        other, shape = self.marks[layer.mark]
        common = [max(sides) for sides in zip(self.shape, shape, strict=True)]

        def padded(name: str, shape: list[int]) -> str:
            lacking = [c - s for c, s in zip(common, shape, strict=True)]
            pads = self.constant(np.array([0] * 5 + lacking, np.int64)) if any(lacking) else None
            return self.node("Pad", name, pads, mode="constant") if pads else name

        self.last = self.node("Add", padded(self.last, self.shape), padded(other, shape))
        self.shape = common

    def append(self, layer) -> None:
        match layer:
            case Convolution():
                self.convolve(layer)
            case Rectifier():
                self.last = self.node("Relu", self.last)
            case Pool():
                self.pool(layer)
            case Mark():
                self.marks[layer.number] = self.last, self.shape
            case Back():
                self.last, self.shape = self.marks[layer.number]
            case Add():
                self.add(layer)
            case FullConnection():
                self.last = self.node("MatMul", self.node("Flatten", self.last, axis=1), self.constant(layer.weights))
            case _:
                raise ValueError(f"a layer that can't be folded: {layer}")

    def model(self, name: str, output: str, shape: list) -> bytes:
        self.nodes[-1].output[0] = output
        sides = [self.network.side or "height", self.network.side or "width"]
        floats = TensorProto.FLOAT
        graph = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info("image", floats, ["n", self.network.channels, *sides])],
            [helper.make_tensor_value_info(output, floats, shape)],
            self.constants,
        )
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION, producer_name="memoir"
        )
        onnx.checker.check_model(model)
        return model.SerializeToString(deterministic=True)


def folded(layers: list) -> list:
    result = []
    for layer in layers:
        if isinstance(layer, Scale):
            result[-1] = result[-1].then(layer)
        else:
            result.append(layer)
    return result


def convert(network: Network, name: str, output: str, shape: list) -> bytes:
    graph = Graph(network)
    for layer in folded(network.layers):
        graph.append(layer)
    return graph.model(name, output, shape)


def detector(content: bytes) -> bytes:
    return convert(read_detector(content), "dlib_mmod_human_face_detector", "scores", ["n", 1, "rows", "columns"])


def embedding(content: bytes) -> bytes:
    return convert(read_embedding(content), "dlib_face_recognition_resnet_v1", "embedding", ["n", 128])
