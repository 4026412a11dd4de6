"""Rules: small pure functions of a snapshot. A key is made of them.

base.py        what a rule gets and gives
models.py      a model must compute what a spec says
comparison.py  expected and found model side by side
behavior.py    what was measured must fit
slips.py       misconceptions that a wrong model shows
table.py       the layer table of a verdict
values.py      numbers, letters, arrays, callbacks, scores
functions.py   functions on drawn cases
"""
