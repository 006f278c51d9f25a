"""The screenshots of the README: `python docs/screenshots.py ADDRESS` of a dashboard that runs on the demonstration."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--disable-background-networking"]
SHOTS = {
    "overview-en-light.png": ("?lang=en", 1400, "light"),
    "overview-ja-narrow-dark.png": ("?lang=ja", 800, "dark"),
    "partnerships-en-dark.png": ("partnerships?lang=en", 1400, "dark"),
    "partnerships-ja-narrow-light.png": ("partnerships?lang=ja", 800, "light"),
}
TALLEST = 2000


def shoot(page: Page, path: Path) -> None:
    """The page once it has come to rest, at its own height up to TALLEST."""
    page.wait_for_selector("h1")
    page.wait_for_timeout(5000)
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": min(tall, TALLEST)})
    page.wait_for_timeout(2000)
    page.screenshot(path=path)


def main(address: str) -> None:
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, (view, width, scheme) in SHOTS.items():
            page = browser.new_page(viewport={"width": width, "height": 1000}, color_scheme=scheme)
            page.goto(f"{address.rstrip('/')}/{view}")
            shoot(page, FOLDER / name)
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
