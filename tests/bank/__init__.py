"""The bank: right and wrong answers made from what the keys expect.

targets.py      what is expected: every network of every key, and of coming lessons
drafts.py       a model as plain steps that can be edited
sources.py      a draft as Python text, in many styles
building.py     the text as a Keras model
rewritings.py   edits that keep the meaning
mutants.py      edits that change it, each with the place and property it changed
proofs.py       what was kept or changed, measured without the checker
strategies.py   Hypothesis draws a case
trials.py       one case through proof and checker, and what is wrong with the verdict

A case is Python text, as a learner would type it; `print(case.draft)` shows it.
"""
