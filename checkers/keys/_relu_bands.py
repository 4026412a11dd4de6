"""Exercise 4 of lesson 03_relu: what nine deep networks measure, by layer.

Measured with red wine's first 256 training rows and the initializer seeds 0 to 7; see
design.md. Below each network stand the lowest values of its ten layers, then the
highest.
"""

from __future__ import annotations

import math

from checkers.rules.entries import Bands

__all__ = ["BIAS_NORMS", "GRADIENT_NORMS", "KERNEL_NORMS", "SPREADS"]

_GRADIENTS = """\
sigmoid, Glorot
  5.9e-07 1.1e-06 2.3e-06 9e-06 3.9e-05 0.00018 0.00078 0.0031 0.013 0.052
  1.8e-06 1.4e-05 6.3e-05 0.00026 0.00098 0.0037 0.016 0.073 0.35 1.6
sigmoid, He
  7.4e-06 2e-05 2.5e-05 4.7e-05 0.00011 0.00037 0.0011 0.0034 0.01 0.031
  1.9e-05 0.00014 0.00049 0.0015 0.0044 0.013 0.04 0.14 0.48 1.6
sigmoid, 0.01
  9e-18 1.2e-17 4.2e-17 1.9e-15 1e-13 5.7e-12 3.2e-10 1.8e-08 8.7e-07 4.4e-05
  1.7e-17 3e-16 1.4e-14 6.7e-13 3.8e-11 1.7e-09 1.1e-07 4.8e-06 0.00025 0.012
tanh, Glorot
  0.46 0.58 0.62 0.64 0.68 0.81 0.87 0.89 0.91 0.92
  1.2 1.6 1.5 1.7 1.7 1.8 1.8 1.8 1.9 1.7
tanh, He
  0.62 1.3 1.4 1.4 1.3 1.4 1.4 1.5 1.9 1.8
  1.6 3.5 3.5 3.9 3.8 4.3 4.1 4 4.2 3.8
tanh, 0.01
  9.5e-12 1e-11 1e-11 1e-11 1e-11 1.1e-11 1.3e-11 1.3e-11 1.1e-11 1.2e-11
  1.8e-11 1.8e-11 1.9e-11 1.8e-11 1.7e-11 1.9e-11 2e-11 1.9e-11 2e-11 2e-11
relu, Glorot
  0.016 0.022 0.025 0.025 0.028 0.028 0.03 0.031 0.025 0.017
  0.038 0.058 0.058 0.052 0.061 0.053 0.043 0.048 0.05 0.035
relu, He
  0.49 1.4 1.8 1.9 2.1 1.8 2.4 2.7 2.7 3
  3.1 11 13 15 17 22 24 28 36 37
relu, 0.01
  1.2e-13 1.4e-13 1.4e-13 1.3e-13 1.3e-13 1.3e-13 1.3e-13 1.3e-13 1e-13 1.1e-13
  3.2e-13 3.5e-13 4.5e-13 4.5e-13 5.1e-13 4.1e-13 4e-13 3.3e-13 3e-13 3.1e-13
"""

_BIASES = """\
sigmoid, Glorot
  2.6e-08 1e-07 4.1e-07 2.1e-06 9.9e-06 4.5e-05 0.00019 0.00077 0.003 0.013
  8.4e-07 3.4e-06 1.5e-05 6.4e-05 0.00023 0.00091 0.004 0.018 0.089 0.36
sigmoid, He
  4.5e-07 1.5e-06 2.5e-06 7.9e-06 2.7e-05 8.9e-05 0.00028 0.00084 0.0024 0.0073
  1e-05 3.5e-05 0.00011 0.00035 0.00096 0.0028 0.0098 0.035 0.12 0.35
sigmoid, 0.01
  4.2e-21 2.3e-19 1e-17 4.8e-16 2.6e-14 1.4e-12 8.1e-11 4.6e-09 2.2e-07 1.1e-05
  1.6e-18 7.4e-17 3.4e-15 1.7e-13 9.5e-12 4.3e-10 2.6e-08 1.2e-06 6.2e-05 0.0031
tanh, Glorot
  0.032 0.03 0.028 0.026 0.024 0.026 0.023 0.019 0.014 0.0072
  0.13 0.11 0.11 0.12 0.11 0.12 0.14 0.15 0.15 0.17
tanh, He
  0.11 0.11 0.11 0.099 0.11 0.11 0.095 0.096 0.09 0.065
  0.3 0.32 0.28 0.29 0.29 0.25 0.27 0.31 0.27 0.3
tanh, 0.01
  1.1e-13 1.5e-12 1.8e-11 2.1e-10 2.8e-09 3.8e-08 5.5e-07 7.7e-06 9.2e-05 0.0012
  2.1e-13 2.7e-12 3.4e-11 4e-10 5.2e-09 6.5e-08 7.7e-07 1e-05 0.00013 0.0015
relu, Glorot
  0.0049 0.0069 0.0088 0.013 0.025 0.042 0.049 0.065 0.08 0.071
  0.012 0.017 0.023 0.033 0.042 0.058 0.08 0.1 0.13 0.15
relu, He
  0.17 0.17 0.23 0.27 0.26 0.28 0.33 0.34 0.41 0.35
  1.1 1.5 1.7 1.8 1.7 2.1 2.3 2.2 2.7 2.5
relu, 0.01
  3.6e-14 5.9e-13 8.5e-12 1.8e-10 3e-09 5.8e-08 8.7e-07 1.7e-05 0.00027 0.0045
  1e-13 2e-12 3.8e-11 5.9e-10 8.9e-09 1.5e-07 2.5e-06 4e-05 0.00065 0.0093
"""

_OUTPUTS = """\
sigmoid, Glorot
  0.12 0.11 0.11 0.11 0.099 0.1 0.11 0.11 0.11 0.11
  0.12 0.13 0.13 0.14 0.13 0.13 0.13 0.14 0.12 0.14
sigmoid, He
  0.24 0.17 0.15 0.15 0.14 0.14 0.15 0.15 0.15 0.15
  0.25 0.18 0.18 0.2 0.18 0.17 0.18 0.2 0.16 0.19
sigmoid, 0.01
  0.0079 0.0087 0.0092 0.0083 0.0071 0.0086 0.0082 0.0084 0.0085 0.0083
  0.0086 0.012 0.013 0.011 0.012 0.011 0.012 0.011 0.01 0.01
tanh, Glorot
  0.4 0.34 0.3 0.27 0.25 0.23 0.21 0.2 0.19 0.19
  0.42 0.37 0.35 0.31 0.3 0.29 0.26 0.26 0.25 0.24
tanh, He
  0.67 0.59 0.57 0.56 0.54 0.53 0.53 0.54 0.54 0.54
  0.69 0.63 0.62 0.59 0.59 0.59 0.57 0.57 0.57 0.57
tanh, 0.01
  0.032 0.0026 0.0002 1.6e-05 1.2e-06 9.4e-08 7.4e-09 6.1e-10 5.2e-11 4e-12
  0.034 0.0028 0.00022 2e-05 1.6e-06 1.3e-07 9.6e-09 7.4e-10 6.2e-11 5e-12
relu, Glorot
  0.31 0.22 0.13 0.087 0.061 0.039 0.027 0.019 0.013 0.0081
  0.33 0.25 0.19 0.14 0.12 0.084 0.065 0.058 0.037 0.025
relu, He
  0.81 0.82 0.66 0.64 0.64 0.58 0.57 0.57 0.53 0.48
  0.85 0.92 1 1.1 1.2 1.2 1.4 1.7 1.5 1.5
relu, 0.01
  0.019 0.001 5.1e-05 2.6e-06 1.4e-07 8.5e-09 4.5e-10 2.5e-11 1.2e-12 7e-14
  0.021 0.0013 7.6e-05 5.2e-06 2.7e-07 1.7e-08 9e-10 4.6e-11 2.5e-12 1.4e-13
"""


def _widened(measured: str, factor: float) -> Bands:
    """Return bands that leave a factor on both sides of what was measured."""
    lines = measured.splitlines()
    bands = {}
    for name, lowest, highest in zip(*[iter(lines)] * 3, strict=True):
        ends = zip(lowest.split(), highest.split(), strict=True)
        bands[name] = tuple((float(a) / factor, float(b) * factor) for a, b in ends)
    return bands


def _norm(name: str, inputs: int, units: int) -> float:
    """Return the norm that the entries of a kernel should have by their start."""
    start = name.split(", ")[1]
    variance = {"Glorot": 2 / (inputs + units), "He": 2 / inputs, "0.01": 1e-4}[start]
    return math.sqrt(inputs * units * variance)


GRADIENT_NORMS = _widened(_GRADIENTS, 1.7)
BIAS_NORMS = _widened(_BIASES, 1.7)
SPREADS = _widened(_OUTPUTS, 1.25)
KERNEL_NORMS: Bands = {
    name: tuple(
        (0.85 * _norm(name, inputs, 64), 1.15 * _norm(name, inputs, 64))
        for inputs in (11, *[64] * 9)
    )
    for name in GRADIENT_NORMS
}
