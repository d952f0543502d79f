"""The network of the shipped model where nothing is learnt: the same numbers, sooner.

The first layer is linear in the embedding of each feature, and tokens share their features. So what a feature
adds to the layer is computed once for each of its values in the text, and looked up for each token.
"""

from __future__ import annotations

from typing import Any, cast

import numpy
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model
from thinc.types import Floats2d


def first_layer(embed: Model[list[Doc], list[Floats2d]], ids: NDArray[numpy.uint64]) -> Floats2d:
    """What the layers of `embed`, from the hash embeddings on, make of the features of a document."""
    _, _, concatenated, mixed, _ = cast("list[Any]", embed.layers)
    tables = [step.layers[1] for step in concatenated.layers[0].layers]
    maxout, normalise = mixed.layers[0].layers[0].layers
    bias = maxout.get_param("b")
    weights = numpy.split(maxout.get_param("W").reshape(bias.size, -1), len(tables), axis=1)
    total = numpy.tile(bias.reshape(bias.size), (len(ids), 1))
    for column, table in enumerate(tables):
        values, places = numpy.unique(ids[:, column], return_inverse=True)
        total += maxout.ops.gemm(table.predict(values), weights[column], trans2=True)[places]
    best, _ = maxout.ops.maxout(total.reshape(len(ids), *bias.shape))
    return cast("Floats2d", normalise.predict(best))
