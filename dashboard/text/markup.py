"""Text as markup: everything is escaped first."""

from html import escape


def plain(value: str) -> str:
    """Text for a label that is read as Markdown: every character that could mean something is escaped."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()<>#+-.!|~:$" else char for char in value)


def tag(name: str, content: str = "", css: str = "", **attributes: str) -> str:
    """An element around text, which is escaped."""
    return wrap(name, escape(content), css, **attributes)


def wrap(name: str, inner: str, css: str = "", **attributes: str) -> str:
    """An element around markup made by these functions."""
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    styled = f' class="{css}"' if css else ""
    return f"<{name}{styled}{written}>{inner}</{name}>"
