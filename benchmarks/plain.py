"""Streamlit's own command as it comes by itself: on Python's loop, for uvloop is this dashboard's choice.

python -m benchmarks.plain run APP.py
"""

import sys

from streamlit.web.cli import main

if __name__ == "__main__":
    sys.modules["uvloop"] = None  # type: ignore[assignment]
    main(prog_name="streamlit")
