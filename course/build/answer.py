"""Look at an answer cell: its solution region and the names that its stub binds."""

import ast
from dataclasses import dataclass

__all__ = [
    "CODE_STUB",
    "AnswerProblem",
    "Region",
    "bound_lines",
    "find_regions",
    "stub_of",
    "stub_problem",
]

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
CODE_STUB = "...  # your code here"


class AnswerProblem(ValueError):
    """An answer cell is not written as the build expects it."""


@dataclass(frozen=True)
class Region:
    """A solution region.

    Attributes:
        start: 1-based line of `### BEGIN SOLUTION`.
        stop: 1-based line of `### END SOLUTION`.
    """

    start: int
    stop: int


def find_regions(source: str) -> tuple[Region, ...]:
    """Return the solution regions of an answer cell, in order.

    Raises:
        AnswerProblem: If there is none, or a marker has no partner.
    """
    regions: list[Region] = []
    start: int | None = None
    for number, line in enumerate(source.splitlines(), start=1):
        marker = line.strip()
        if marker == BEGIN:
            if start is not None:
                raise AnswerProblem(f"{BEGIN} stands twice before {END}")
            start = number
        elif marker == END:
            if start is None:
                raise AnswerProblem(f"{END} stands without {BEGIN}")
            regions.append(Region(start, number))
            start = None
        elif "BEGIN SOLUTION" in line or "END SOLUTION" in line:
            raise AnswerProblem(f"`{marker}` is no marker; write `{BEGIN}` / `{END}`")
    if start is not None:
        raise AnswerProblem(f"{BEGIN} has no {END}")
    if not regions:
        raise AnswerProblem(f"it has no `{BEGIN}` … `{END}`")
    return tuple(regions)


def stub_problem(source: str, names: tuple[str, ...]) -> str | None:
    """Return what is wrong with an answer cell, or None.

    The untouched notebook must run: every name that the capture cell reads is bound
    before the solution begins (`model = None`, or the `def` line itself).

    Args:
        source: The answer cell with its solution.
        names: The variables that the exercise's parts ask for.
    """
    try:
        regions = find_regions(source)
        lines = bound_lines(stub_of(source, regions))
        ast.parse(source)
    except AnswerProblem as problem:
        return str(problem)
    except SyntaxError as error:
        return f"it is no valid Python: {error.msg} (line {error.lineno})"
    late = [name for name in names if lines.get(name, 10**6) >= regions[-1].start]
    if late:
        return f"`{late[0]}` is not bound before `{BEGIN}`"
    return None


def stub_of(source: str, regions: tuple[Region, ...]) -> str:
    """Return the cell with `...` for each solution line, so line numbers stay.

    This is for looking at the names only; the release is made by nbgrader.
    """
    lines = source.splitlines()
    for region in regions:
        indent = lines[region.start - 1].partition("#")[0]
        for number in range(region.start, region.stop + 1):
            lines[number - 1] = f"{indent}..."
    return "\n".join(lines)


def bound_lines(source: str) -> dict[str, int]:
    """Return the line on which each top-level name is first bound."""
    found: dict[str, int] = {}
    for statement in ast.parse(source).body:
        for name in _names(statement):
            found.setdefault(name, statement.lineno)
    return found


def _names(statement: ast.stmt) -> list[str]:
    """Return the names that one top-level statement binds."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return [statement.name]
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return [alias.asname or alias.name for alias in statement.names]
    return [
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
