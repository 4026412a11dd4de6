"""Grading a class: submissions in; gradebook, feedback pages and a report out.

submissions -> repair -> run (a kernel each) -> judge (a process of its own) -> write

One module per step. The steps never decide whether an answer is right: that is
`checkers.judge`, called in a process in which no student's code ran.
"""
