"""The key half of every exercise: what is right. One module per lesson.

A release for marks leaves this folder out.
"""
