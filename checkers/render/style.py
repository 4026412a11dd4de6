"""The style of a verdict in HTML: light and dark, narrow, printed, high contrast.

Colors only repeat what words and signs already say. Every pair of text and
background is measured in tests/unit/test_contrast.py.
"""

from __future__ import annotations

import re

__all__ = ["COLORS", "STYLE"]

# Light, dark. JupyterLab, VS Code and others say their theme on a parent of the
# output; elsewhere light-dark() follows the system.
COLORS = {
    "text": ("#1f2328", "#e6edf3"),
    "back": ("#ffffff", "#161b22"),
    "soft": ("#57606a", "#a9b1ba"),
    "line": ("#d0d7de", "#444c56"),
    "ok": ("#1b6e3c", "#7fd6a0"),
    "bad": ("#a3341c", "#ff9d85"),
    "note": ("#0a5a9c", "#8cc4ff"),
    "wrong": ("#fdf0ec", "#2f1d1a"),
    "focus": ("#0a5a9c", "#8cc4ff"),
}
_DARK = (
    *("[data-jp-theme-light=false]", "[data-theme=dark]", "[theme=dark]"),
    ".vscode-dark",
)

_RULES = """
.lw{{VARS}
color-scheme:light dark;box-sizing:border-box;container-type:inline-size;
font:14px/1.5 system-ui,sans-serif;max-width:64rem;overflow-wrap:anywhere;
color:var(--text);background:var(--back);border:1px solid var(--line);
border-left-width:5px;border-radius:6px;padding:.7rem 1rem;margin:.3rem 0}
{DARK}{color-scheme:dark}
[data-jp-theme-light=true] .lw,.vscode-light .lw{color-scheme:light}
.lw.lw-good{border-left-color:var(--ok)}
.lw.lw-bad{border-left-color:var(--bad)}
.lw h4,.lw p,.lw caption,.lw summary,.lw b,.lw code{color:inherit;margin:0}
.lw h4{margin:0 0 .4rem;font-size:15px;font-weight:600}
.lw p{margin:.2rem 0}
.lw .lw-item{margin:.7rem 0;padding-left:.7rem;border-left:3px solid var(--bad)}
.lw .lw-item.lw-note{border-left:3px double var(--note)}
.lw .lw-short{font-weight:600}
.lw .lw-code{color:var(--soft);font:12px ui-monospace,monospace}
.lw pre{margin:.3rem 0;white-space:pre-wrap;background:none;color:inherit;
font:13px ui-monospace,monospace}
.lw .lw-scroll{overflow-x:auto}
.lw table{border-collapse:collapse;margin:.8rem 0 0;font-size:13px;background:none}
.lw caption{text-align:left;font-weight:600;font-size:13px;color:var(--soft);
padding:0 0 .2rem;caption-side:top}
.lw tr,.lw th,.lw td{background:none!important;border:0;color:inherit}
.lw th,.lw td{text-align:left!important;vertical-align:baseline;
padding:.2rem 1rem .2rem 0;border-bottom:1px solid var(--line);max-width:46ch;
white-space:normal;
overflow-wrap:break-word}
.lw .lw-checks td,.lw .lw-layers th{white-space:nowrap}
.lw thead th{color:var(--soft)}
.lw thead th,.lw-layers th{font-weight:600}
.lw .lw-checks tbody th{font-weight:400}
.lw .lw-layers td{font-family:ui-monospace,monospace}
.lw .lw-layers td:last-child{font-family:inherit}
.lw tr.lw-wrong th,.lw tr.lw-wrong td{background:var(--wrong)!important;
font-weight:600}
.lw .lw-ok{color:var(--ok)}.lw .lw-no{color:var(--bad)}
.lw .lw-is-note{color:var(--note)}
.lw .lw-scroll:focus-visible,.lw summary:focus-visible{outline:2px solid var(--focus);
outline-offset:2px}
.lw summary{cursor:pointer;font-weight:600}
@container (max-width:36rem){.lw-layers thead{display:none}
.lw .lw-layers,.lw-layers caption,.lw-layers tbody,.lw-layers tr,
.lw .lw-layers th,.lw .lw-layers td{display:block;max-width:none}
.lw .lw-layers th,.lw .lw-layers td{border:0;padding:.1rem .4rem}
.lw-layers tr{border-bottom:1px solid var(--line)!important;padding:.3rem 0}
.lw-layers [data-l]::before{content:attr(data-l) " ";color:var(--soft);
font:600 12px system-ui,sans-serif}}
@media (prefers-contrast:more){.lw{--soft:var(--text);--line:var(--text)}}
@media (forced-colors:active){.lw tr.lw-wrong th,.lw tr.lw-wrong td{
border-bottom:2px solid CanvasText}}
@media print{.lw{color-scheme:light!important;max-width:none}.lw .lw-scroll{
overflow:visible}.lw .lw-item,.lw tr{break-inside:avoid}
.lw details::details-content{content-visibility:visible;block-size:auto}}
"""


def _style() -> str:
    """Return the rules with the colors put in, on few lines."""
    values = ";".join(
        f"--{name}:light-dark({light},{dark})" for name, (light, dark) in COLORS.items()
    )
    dark = ",".join(f"{parent} .lw" for parent in _DARK)
    text = _RULES.replace("{VARS}", values + ";", 1).replace("{DARK}", dark)
    return re.sub(r"\n(?!@)", "", text).strip()


STYLE = _style()
