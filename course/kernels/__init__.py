"""Kernels forked from a warm parent: TensorFlow is imported once for many notebooks.

    parent (a socket) -> zygote (imports, forks) -> a child: open, or behind walls

`open_kernels` gives kernels without walls, for the course's own notebooks. Kernels for
strangers' code are the business of `course.jails`, which uses the same parent.

A fork needs a process with one thread, and TensorFlow starts its threads with the first
operation. So the zygote imports and computes nothing.
"""
