"""What a page looks like on A4: what is shown stays, what is pressed goes, and nothing is cut.

Maps are drawn by scripts in the size of the window: on paper they keep it and are scaled, to the width of A4 between
its margins from that of the widest page. Tables on screen are windows onto their rows, drawn when they come into view:
a plain one stands in for them. What only leads to something to press is marked `on-screen`.
"""

import pandas as pd

from dashboard.figures.model import View
from dashboard.talks.table import in_words, markup
from dashboard.ui.html import tag, wrap

ROWS = 60
"""Of a table, what is printed of it at most: about two sheets."""

DIGITS, SHORT = 3, 10
"""Decimals of a printed number, and characters of a cell that is not broken, as a day."""

MANY = 12
"""Columns beyond which a printed table is in smaller type."""

PRINT = """<style>
@page { size: A4; margin: 14mm 13mm; }
@media print {
  header, .stAppHeader, [data-testid="stSidebar"], [data-testid="stToolbar"], [data-testid="stElementToolbar"],
  [data-testid="stStatusWidget"], [data-testid="stDeckGlJsonChartZoomButton"], .st-key-filter-bar, .vega-actions,
  [class*="st-key-tools-"], button, .stButton, .stButtonGroup, .stDownloadButton, .stPopover, .stSelectbox,
  .stMultiSelect, .stExpander, .st-key-bring, .hint, .on-screen,
  [data-testid="stElementContainer"]:has(> .stButton, > .stButtonGroup, > .stSelectbox, > .stMultiSelect)
    { display: none !important; }
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], .stMain, [data-testid="stMain"]
    { display: block !important; position: static !important; height: auto !important; overflow: visible !important; }
  html, body, .stApp, .stMain, .badge, .notice
    { background: #FFFFFF !important; }
  .on-paper { display: block !important; }
  * { print-color-adjust: exact !important; -webkit-print-color-adjust: exact !important; }
  .block-container, .stMainBlockContainer { max-width: none !important; padding: 0 !important; }
  h1, h2, h3, .subtitle { break-after: avoid; }
  :is([data-testid="stElementContainer"], .part):has(h1, h2):not(:has(.findings)) { break-after: avoid; }
  :is([data-testid="stElementContainer"], .part):has(h2):not(:has(.findings)) + * { break-before: avoid; }
  [class*="st-key-figure-"], [class*="st-key-tile-"], .tile, .empty, .findings li, .milestones { break-inside: avoid; }
  [class*="st-key-figure-"]:has(.on-paper) { break-inside: auto; }
  [class*="st-key-figure-"] > *, [class*="st-key-figure-"] .part { margin-bottom: 6px !important; }
  [data-testid="stVegaLiteChart"] { height: auto !important; }
  [data-testid="stVegaLiteChart"] svg { width: 100% !important; height: auto !important; }
  [data-testid="stDataFrame"], [data-testid="stElementContainer"]:has([data-testid="stDeckGlJsonChart"]) { zoom: .56; }
  [class*="st-key-figure-"]:has(.on-paper) [data-testid="stElementContainer"]:has([data-testid="stDataFrame"])
    { display: none !important; }
  .on-paper table { border-collapse: collapse; width: 100%; font-size: 7pt; line-height: 1.25; }
  .on-paper.wide table { font-size: 6pt; line-height: 1.2; } .on-paper.wide :is(th, td) { padding-inline: 1.5pt; }
  .on-paper thead { display: table-header-group; }
  .on-paper .short { white-space: nowrap; }
  .on-paper tr { break-inside: avoid; }
  .on-paper tbody tr:nth-child(-n+4) { break-after: avoid; }
  .on-paper:not(.wide) :lang(ja) { word-break: auto-phrase; }
  .on-paper th, .on-paper td
    { border-bottom: 1px solid #DCE1E8; padding: 1pt 3pt; text-align: left; vertical-align: top; }
  a[href^="http"]:not([target="_self"])::after { content: " (" attr(href) ")"; font-size: .8em; word-break: break-all; }
}
</style>"""
"""Streamlit's own names of its parts."""

TURNED = """<style>
@media print {
  .stApp, .stMain, .badge, .notice { background: #000000 !important; }
  .stApp { filter: invert(1) hue-rotate(180deg); }
  .block-container, .stMainBlockContainer { padding-inline: 2px !important; }
  .on-paper th, .on-paper td { border-color: #2B3542; }
}
</style>"""
"""The dark page on white paper: light and dark change places, hues stay. A filter cuts at the edge of what it is put
on, and with it the lines of cards there."""


def on_paper(frame: pd.DataFrame, view: View) -> str:
    """A table as plain markup that shows on paper only, and how many of its rows that are where it is not all."""
    written = in_words(frame.head(ROWS), view, DIGITS)
    table = wrap("div", markup(written, SHORT), lang=view.language)  # knowing it, Japanese breaks between words
    said = view.words("table.on_paper", shown=view.number(ROWS), count=view.number(len(frame)))
    cut = tag("p", said, "foot") if len(frame) > ROWS else ""
    return wrap("div", table + cut, "on-paper wide" if len(written.columns) > MANY else "on-paper")
