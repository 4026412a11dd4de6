"""Layerwise's course: data sets, plots, lessons, build, grading and reports.

Importing this package is cheap: no TensorFlow, no pandas. Each folder has one job.
"""

__version__ = "0.1.0"
