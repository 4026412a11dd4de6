"""Build: percent scripts to `solutions/` and `notebooks/`, one way, byte-identical.

`course/lessons/NN_slug/x.py` becomes `solutions/NN_slug/x.ipynb` (jupytext, cell ids,
points from the declared exercise), and that becomes `notebooks/NN_slug/x.ipynb` through
nbgrader's own preprocessors.
"""
