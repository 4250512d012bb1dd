"""How sure is a figure, and may a difference be chance?

Intervals: percentile bootstrap over questions (Efron, Annals of Statistics 1979). Differences:
two-sided paired randomisation test (Smucker, Allan, Carterette: A Comparison of Statistical
Significance Tests for Information Retrieval Evaluation, CIKM 2007).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from corpus.errors import GovsearchError
from eval.evaluation import Estimate

SAMPLES: Final = 10_000  # the Monte Carlo error of p = .05 is .002
CONFIDENCE: Final = 0.95
ALPHA: Final = 0.05
_BLOCK: Final = 2_000_000  # numbers drawn at once (16 MB), whatever the number of questions
_SEED: Final = 20_250_101  # any: equal input gives equal figures


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of after - before over `n` questions, its 95% interval, and the p value."""

    mean: float
    low: float
    high: float
    p: float
    n: int

    @property
    def significant(self) -> bool:
        """Whether chance is unlikely (p < .05)."""
        return self.p < ALPHA


def bootstrap(values: Sequence[float], samples: int = SAMPLES) -> Estimate:
    """The mean with its 95% percentile interval. Raises ValueError for no values."""
    if not values:
        raise ValueError("no values")
    array = np.asarray(values, dtype=np.float64)
    means = _resampled_means(array, samples)
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(means, [tail, 100 - tail])
    return Estimate(mean=float(array.mean()), low=float(low), high=float(high), n=len(array))


def paired_randomisation(before: Sequence[float], after: Sequence[float]) -> float:
    """The two-sided p value that the paired means differ by chance alone; 1 if they are equal.

    Signs of the differences are flipped: all ways where they are few, else SAMPLES random ones.
    """
    differences = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    differences = differences[differences != 0]  # a zero's sign changes nothing
    if len(differences) < 2:
        return 1.0  # one question alone: either sign is as likely
    result = stats.permutation_test(
        (differences,),
        np.mean,
        permutation_type="samples",
        n_resamples=SAMPLES,
        batch=max(1, _BLOCK // len(differences)),
        rng=np.random.default_rng(_SEED),
        vectorized=True,
    )
    return float(result.pvalue)


def compare_paired(before: Mapping[str, float], after: Mapping[str, float]) -> Difference:
    """The difference over the questions that both have. Raises GovsearchError if there are none."""
    common = sorted(before.keys() & after.keys())
    if not common:
        raise GovsearchError("the results have no question in common; run both on one judged set")
    first = [before[query] for query in common]
    second = [after[query] for query in common]
    estimate = bootstrap([b - a for a, b in zip(first, second, strict=True)])
    p = paired_randomisation(first, second)
    return Difference(estimate.mean, estimate.low, estimate.high, p, len(common))


def _resampled_means(values: NDArray[np.float64], samples: int) -> NDArray[np.float64]:
    """(samples,) means of draws with replacement, in blocks that fit in memory."""
    rng = np.random.default_rng(_SEED)
    block = max(1, _BLOCK // len(values))
    means = [
        values[rng.integers(0, len(values), (min(block, samples - start), len(values)))].mean(
            axis=1
        )
        for start in range(0, samples, block)
    ]
    return np.concatenate(means)
