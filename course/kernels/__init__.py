"""Kernels forked from a warm parent: TensorFlow is imported once for many notebooks.

    parent (a socket) -> zygote (imports, forks) -> a child

`open_kernels` gives kernels for the course's own notebooks. They have no walls, so
strangers' code is never run in them.

A fork needs a process with one thread, and TensorFlow starts its threads with the first
operation. So the zygote imports and computes nothing.
"""
