"""What an indicator means, where it comes from, and what it does not say."""

from __future__ import annotations

from dashboard.figures.captions import about_indicator
from dashboard.figures.model import View
from dashboard.ui.html import tag, wrap


def asked(key: str, view: View) -> str:
    """A button, and the definition that it opens above the page, as markup: the browser does it, the server is not
    asked."""
    name, place = view.words(f"indicator.{key}.name"), f"about-{key}"
    opens = tag("button", view.words("tile.definition"), "defines", type="button", popovertarget=place)
    closes = tag(
        "button", "✕", "closes", type="button", popovertarget=place, popovertargetaction="hide",
        **{"aria-label": view.words("tile.close")},
    )  # fmt: skip
    inner = wrap("div", tag("strong", name) + closes, "about-head") + terms(about_indicator(key, view))
    window = {"role": "dialog", "aria-label": name}
    return opens + wrap("div", inner, "about on-screen", id=place, popover="auto", **window)


def folded(key: str, view: View) -> str:
    """An indicator's definition as markup, behind its name."""
    name = tag("summary", view.words(f"indicator.{key}.name"))
    return wrap("details", name + terms(about_indicator(key, view)), "folded on-screen")


def terms(lines: list[tuple[str, str]]) -> str:
    """A list of terms as markup."""
    return wrap("dl", "".join(tag("dt", label) + tag("dd", said) for label, said in lines), "definition")
