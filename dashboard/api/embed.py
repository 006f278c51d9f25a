"""One figure as a page of its own, for a frame on another website: no script, nothing loaded, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd

from dashboard.api.answers import Answer, Asked
from dashboard.api.figures import page_address, require
from dashboard.api.pictures import drawn
from dashboard.api.problems import Problem
from dashboard.charts.theme import DARK, LIGHT, Palette
from dashboard.exports.table import localised
from dashboard.figures.captions import is_illustrative
from dashboard.figures.talk import Slide, slide
from dashboard.text import format, text

HTML = "text/html; charset=utf-8"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; " \
         "frame-ancestors *"  # fmt: skip
ROWS_SHOWN = 200
STYLE = """
:root { color-scheme: %(scheme)s; %(light)s }
%(dark)s
body { margin: 0; padding: 14px 16px; background: var(--page); color: var(--text);
  font: 15px/1.45 "Source Sans", "Source Sans 3", "Helvetica Neue", Arial, "DejaVu Sans", "Noto Sans CJK JP",
  "Noto Sans JP", "Hiragino Sans", "Yu Gothic", sans-serif; }
h1 { font-size: 1.12rem; font-weight: 600; line-height: 1.35; margin: 0; }
p { margin: .25rem 0 0; color: var(--muted); font-size: .87rem; }
figure { margin: .6rem 0 0; overflow-x: auto; }
svg { display: block; width: 100%%; min-width: 36rem; height: auto; }
.wider { display: none; }
@media (max-width: 38rem) { .wider { display: block; } }
a { color: var(--link); }
.badge { display: inline-block; margin: .4rem 0 0; border: 1px solid var(--badge); border-left-width: 4px;
  border-radius: 6px; padding: .1rem .6rem; color: var(--badge); font-weight: 600; }
.empty { border: 1px dashed var(--border); border-radius: 6px; padding: 1.4rem; text-align: center; }
table { border-collapse: collapse; font-size: .84rem; }
th, td { border-bottom: 1px solid var(--border); padding: .3rem .6rem; text-align: left; vertical-align: top; }
th { color: var(--muted); font-weight: 600; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
"""
COLOURS = "--page: {page}; --text: {text}; --muted: {muted}; --border: {border}; --link: {eu}; --badge: {japan};"


def page(asked: Asked, name: str) -> Callable[[], Answer]:
    require(asked, name)
    return lambda: Answer(_figure(asked, name).encode(), HTML)


def refusal(problem: Problem, language: str) -> str:
    """A page that says what is wrong with its address."""
    said = "".join(f"<p>{escape(one.detail)}</p>" for one in problem.faults) or f"<p>{escape(problem.detail)}</p>"
    heading = text("api.embed.nothing", language)
    return _document(language, heading, "auto", f"<h1>{escape(heading)}</h1>{said}")


def _figure(asked: Asked, name: str) -> str:
    view, appearance = asked.view, asked.query.text("appearance")
    shown = slide(name, view)
    foot = escape(shown.source) + escape(view.words("punctuation.dot")) + _link(asked, name)
    badge = view.words("badge.illustrative") if _is_illustrative(asked, shown) else ""
    body = (
        f"<h1>{escape(shown.title)}</h1><p>{escape(shown.subtitle)}</p>",
        f'<p class="badge">{escape(badge)}</p>' if badge else "",
        "".join(f"<p>{escape(note)}</p>" for note in shown.notes),
        f"<figure>{_content(asked, shown, appearance)}</figure>",
        f"<p>{foot}</p>",
    )
    return _document(view.language, shown.title, appearance, f"<main>{''.join(body)}</main>")


def _is_illustrative(asked: Asked, shown: Slide) -> bool:
    assert shown.figure
    return not shown.figure.origin and is_illustrative(asked.view)


def _link(asked: Asked, name: str) -> str:
    address, said = page_address(asked, name), asked.view.words("api.embed.page")
    return f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(said)}</a>'


def _content(asked: Asked, shown: Slide, appearance: str) -> str:
    view, figure, frame = asked.view, shown.figure, shown.frame
    assert figure is not None
    assert frame is not None
    if frame.empty:
        return f'<p class="empty">{escape(view.words("empty.title"))}</p>'
    if figure.draw is None:
        return _table(asked, frame, shown.alt)
    grounds = ("light", "dark") if appearance == "auto" else (appearance,)
    wider = f'<p class="wider">{escape(view.words("api.embed.wider"))}</p>'
    return wider + "".join(
        f'<div class="{ground}" role="img" aria-label="{escape(shown.alt)}">'
        f"{drawn(figure, frame, view, dark=ground == 'dark')}</div>"
        for ground in grounds
    )


def _table(asked: Asked, frame: pd.DataFrame, alt: str) -> str:
    view = asked.view
    shown = localised(frame.head(ROWS_SHOWN), view.language)
    heads = "".join(f'<th scope="col">{escape(str(column))}</th>' for column in shown.columns)
    lines = "".join(
        f"<tr>{''.join(_cell(asked, value) for value in row)}</tr>" for row in shown.itertuples(index=False)
    )
    counts = {"shown": view.number(ROWS_SHOWN), "all": view.number(len(frame))}
    cut = f"<p>{escape(view.words('figure.rows_cut', **counts))}</p>" if len(frame) > ROWS_SHOWN else ""
    return f'<table aria-label="{escape(alt)}"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>{cut}'


def _cell(asked: Asked, value: object) -> str:
    if pd.isna(value):  # type: ignore[call-overload]
        return f"<td>{format.NOTHING}</td>"
    if isinstance(value, pd.Timestamp):
        return f"<td>{value:%Y-%m-%d}</td>"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f'<td class="number">{escape(asked.view.number(value, 2))}</td>'
    return f"<td>{escape(str(value))}</td>"


def _document(language: str, title: str, appearance: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_style(appearance)}</style></head><body>{body}</body></html>"
    )


def _style(appearance: str) -> str:
    """Light, dark, or as the reader's system is; of a picture on both grounds the other is not there for anybody."""
    if appearance != "auto":
        of: Palette = DARK if appearance == "dark" else LIGHT
        return STYLE % {"scheme": appearance, "light": COLOURS.format(**vars(of)), "dark": ""}
    dark = f":root {{ {COLOURS.format(**vars(DARK))} }} .light {{ display: none; }} .dark {{ display: block; }}"
    return STYLE % {
        "scheme": "light dark", "light": COLOURS.format(**vars(LIGHT)),
        "dark": f".dark {{ display: none; }} @media (prefers-color-scheme: dark) {{ {dark} }}",
    }  # fmt: skip
