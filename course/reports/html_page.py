"""The frame of every page that grading writes: no script, nothing from outside.

A content security policy forbids scripts and requests, so that even markup that should
never have got into a page does nothing in a teacher's or a student's browser.
"""

from html import escape

__all__ = ["page"]

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem;
       padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { border: 1px solid #888; padding: .3rem .6rem; text-align: left;
         vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
pre { background: #8881; padding: .6rem; overflow-x: auto; white-space: pre-wrap; }
.warning { border: 2px solid #b00; padding: .5rem 1rem; }
section { border-top: 1px solid #888; margin-top: 2rem; }
.scroll { overflow-x: auto; }
"""


def page(title: str, body: str) -> str:
    """Return a whole HTML page.

    Args:
        title: Plain text; escaped here.
        body: HTML whose texts are escaped already.
    """
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
"""
