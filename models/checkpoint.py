"""Reads a PyTorch checkpoint (the format before 1.6, not a zip) into numpy arrays, without PyTorch.

Such a file is five pickles (magic number, protocol, system, the object, storage keys) followed by the storages, each an
int64 count and its little-endian elements. Only the handful of names that a state dict needs may be unpickled, so that
a file can't run code.
"""

import pickle
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

MAGIC = 0x1950A86A20F9469CFC6C
ELEMENTS = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


@dataclass(frozen=True)
class _Tensor:
    """A view of a storage; sizes and strides in elements."""

    storage: str
    dtype: np.dtype
    offset: int
    shape: tuple
    strides: tuple


def _tensor(storage, offset, shape, strides, *_):
    dtype, key = storage
    return _Tensor(key, dtype, offset, tuple(shape), tuple(strides))


class _StateDict(pickle.Unpickler):
    ALLOWED = {
        ("collections", "OrderedDict"): OrderedDict,
        ("torch._utils", "_rebuild_tensor_v2"): _tensor,
        **{("torch", name): dtype for name, dtype in ELEMENTS.items()},
    }

    def find_class(self, module, name):
        try:
            return self.ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"a state dict has no business with {module}.{name}") from None

    def persistent_load(self, pid):
        _, dtype, key, _location, _count, _view = pid
        return dtype, key


def load(path: Path) -> dict[str, np.ndarray]:
    """The tensors by name."""
    with open(path, "rb") as file:
        if _StateDict(file).load() != MAGIC:
            raise ValueError(f"{path} is no PyTorch checkpoint of the old format")
        _protocol, _system = _StateDict(file).load(), _StateDict(file).load()
        tensors = _StateDict(file).load()
        dtypes = {tensor.storage: tensor.dtype for tensor in tensors.values()}
        storages = {key: _storage(file, dtypes[key]) for key in _StateDict(file).load()}
    return {name: _array(tensor, storages[tensor.storage]) for name, tensor in tensors.items()}


def _storage(file, dtype: np.dtype) -> np.ndarray:
    count = int.from_bytes(file.read(8), "little", signed=True)
    content = file.read(count * dtype.itemsize)
    return np.frombuffer(content, dtype, count)


def _array(tensor: _Tensor, storage: np.ndarray) -> np.ndarray:
    strides = [stride * tensor.dtype.itemsize for stride in tensor.strides]
    return np.lib.stride_tricks.as_strided(storage[tensor.offset :], tensor.shape, strides).copy()
