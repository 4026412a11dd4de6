"""Verify: what always holds for a lesson, each failure with the fix to run.

An invariant is a function that yields problems; `invariants.py` lists them.
"""
