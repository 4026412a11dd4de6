"""An explanation as text and as HTML, in the style of a verdict."""

from __future__ import annotations

import itertools

from checkers.explaining.explanation import Explanation, ExplanationRow
from checkers.explaining.shapes import memory_text, shape_text
from checkers.messages.sentences import say, say_list
from checkers.render.columns import align, wrap
from checkers.render.html import grid, page, safe

__all__ = ["explanation_html", "explanation_text"]

_WIDTH = 100
_FIXED = 1  # the column of numbers is never made narrower


def explanation_text(explanation: Explanation) -> str:
    """Return headline, table and notes."""
    lines = wrap(_headline(explanation), _WIDTH)
    for text in _ends(explanation):
        lines += wrap(text, _WIDTH)
    lines += ["", say("FORM.heading", label=say("EXPLAIN.caption"))]
    table = [
        _heads(explanation),
        *(_cells(row, explanation) for row in explanation.rows),
    ]
    for line in align(table, _WIDTH - 2, fixed=_FIXED):
        lines += [f"  {text}".rstrip() for text in line]
    lines.append("")
    for text in _notes(explanation):
        lines += wrap(text, _WIDTH)
    return "\n".join(lines)


def explanation_html(explanation: Explanation) -> str:
    """Return the explanation as one `<section>` with a table that scrolls."""
    headline, caption = _headline(explanation), say("EXPLAIN.caption")
    heads = _heads(explanation)
    lines = [_line(_cells(row, explanation), heads) for row in explanation.rows]
    table = grid(caption, heads, lines, "lw-layers")
    parts = [
        f"<h4>{safe(headline)}</h4>",
        *(f"<p>{safe(text)}</p>" for text in _ends(explanation)),
        # A region that scrolls must be reachable by keyboard, and have a name.
        f'<div class="lw-scroll" tabindex="0" role="region" '
        f'aria-label="{safe(caption)}">{table}</div>',
        *(f"<p>{safe(text)}</p>" for text in _notes(explanation)),
    ]
    return page(headline, "".join(parts))


def _line(cells: list[str], heads: list[str]) -> str:
    """Return one line of the table; on a phone each cell carries its label."""
    *shapes, why = cells[1:]
    kept = [
        text.replace(" × ", "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}") for text in shapes
    ]
    rest = "".join(
        f'<td data-l="{safe(head)}">{safe(cell)}</td>'
        for cell, head in zip((*kept, why), heads[1:], strict=True)
    )
    return f'<tr><th scope="row">{safe(cells[0])}</th>{rest}</tr>'


def _headline(explanation: Explanation) -> str:
    """Return name, number of parameters and memory."""
    return say(
        "EXPLAIN.headline",
        name=explanation.name,
        kind=explanation.kind,
        params=f"{explanation.num_params:,}",
        memory=memory_text(explanation.memory_bytes),
    )


def _ends(explanation: Explanation) -> list[str]:
    """Return what goes in and what comes out."""
    inputs = say_list(map(shape_text, explanation.inputs), form="FORM.clauses")
    outputs = say_list(
        (
            say("EXPLAIN.output", shape=shape_text(shape), number=number)
            for number, shape in explanation.outputs
        ),
        form="FORM.clauses",
    )
    return [
        say("EXPLAIN.inputs", shapes=inputs),
        say("EXPLAIN.outputs", shapes=outputs),
    ]


def _heads(explanation: Explanation) -> list[str]:
    """Return the heads of the columns; "from" only where something branches."""
    names = ["layer", "from", "gets", "gives", "params", "why"]
    if not _branches(explanation):
        names.remove("from")
    return ["", *(say(f"EXPLAIN.{name}") for name in names)]


def _cells(row: ExplanationRow, explanation: Explanation) -> list[str]:
    """Return one line of the table."""
    name = "/".join((*row.path, row.name)) if row.name else say("EXPLAIN.operation")
    cells = [
        row.number,
        say("EXPLAIN.named", name=name, kind=row.kind),
        say_list(map(shape_text, row.receives), form="FORM.clauses"),
        shape_text(row.gives) if row.sources else "–",
        "–" if row.state == "shared" else f"{row.num_params:,}",
        row.why,
    ]
    if _branches(explanation):
        cells.insert(2, say_list(row.sources))
    return [cell or "–" for cell in cells]


def _branches(explanation: Explanation) -> bool:
    """Return True if some row is fed by anything but the row before it."""
    rows = [row for row in explanation.rows if row.state != "idle"]
    return len(explanation.inputs) > 1 or any(
        row.sources != (before.number,) for before, row in itertools.pairwise(rows)
    )


def _notes(explanation: Explanation) -> list[str]:
    """Return the totals and whatever the table does not show."""
    trained = say(
        "EXPLAIN.trained",
        trained=f"{explanation.num_trainable:,}",
        params=f"{explanation.num_params:,}",
    )
    return [trained, *explanation.notes]
