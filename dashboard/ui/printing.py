"""What a page looks like on A4: what is shown stays, what is pressed goes, and nothing is cut.

Tables and maps are drawn by scripts in the size of the window: on paper they keep it and are scaled, to the width of
A4 between its margins from that of the widest page.
"""

PRINT = """<style>
@page { size: A4; margin: 14mm 13mm; }
@media print {
  header, .stAppHeader, [data-testid="stSidebar"], [data-testid="stToolbar"], [data-testid="stElementToolbar"],
  [data-testid="stStatusWidget"], [data-testid="stDeckGlJsonChartZoomButton"], .st-key-filter-bar, .vega-actions,
  [class*="st-key-tools-"], button, .stButton, .stButtonGroup, .stDownloadButton, .stPopover, .stSelectbox,
  .stMultiSelect, .hint, [data-testid="stElementContainer"]:has(> .stButton)
    { display: none !important; }
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], .stMain, [data-testid="stMain"]
    { display: block !important; position: static !important; height: auto !important; overflow: visible !important; }
  html, body, .stApp, .stMain, .badge, .notice
    { background: #FFFFFF !important; }
  .on-paper { display: block !important; }
  * { print-color-adjust: exact !important; -webkit-print-color-adjust: exact !important; }
  .block-container, .stMainBlockContainer { max-width: none !important; padding: 0 !important; }
  h1, h2, h3, .subtitle { break-after: avoid; }
  [data-testid="stElementContainer"]:has(h1, h2) { break-after: avoid; }
  [data-testid="stElementContainer"]:has(h2) + * { break-before: avoid; }
  [class*="st-key-figure-"], [class*="st-key-tile-"], .empty, .findings li { break-inside: avoid; }
  [data-testid="stVegaLiteChart"] { height: auto !important; }
  [data-testid="stVegaLiteChart"] svg { width: 100% !important; height: auto !important; }
  [data-testid="stDataFrame"], [data-testid="stDeckGlJsonChart"] { zoom: .56; }
  a[href^="http"]:not([target="_self"])::after { content: " (" attr(href) ")"; font-size: .8em; word-break: break-all; }
}
</style>"""
"""Streamlit's own names of its parts."""

TURNED = """<style>
@media print {
  .stApp, .stMain, .badge, .notice { background: #000000 !important; }
  .stApp { filter: invert(1) hue-rotate(180deg); }
}
</style>"""
"""The dark page on white paper: light and dark change places, hues stay."""
