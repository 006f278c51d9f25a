"""A talk as a presenter gives it: prepared on the page, then by keyboard, without the network, and from a file."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dashboard.charts.theme import DARK, LIGHT
from dashboard.figures.talk import SETS
from dashboard.text import text
from tests.browser.conftest import Open, settled
from tests.browser.test_house import near
from tests.test_server import Server

REVIEW = "&".join(f"slide={name}" for name in SETS["review"])
COUNT = len(SETS["review"])


@pytest.fixture
def open_talk(browser: Browser) -> Iterator:
    """`open_talk(address)`: a talk in a browser; at the end nothing was asked for beside its document, nor went wrong.
    """
    wrong: list[str] = []
    opened: list[BrowserContext] = []

    def visit(address: str, width: int = 1280, height: int = 720, script: bool = True, touch: bool = False) -> Page:
        opened.append(browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script, has_touch=touch
        ))  # fmt: skip
        page = opened[-1].new_page()
        page.on("request", lambda request: request.url.startswith(("data:", address.partition("#")[0])) or wrong.append(
            f"a request to {request.url}"))  # fmt: skip
        page.on("console", lambda message: wrong.append(f"on the console: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"an error in the page: {error}"))
        page.goto(address)
        return page

    yield visit
    for context in opened:
        context.close()
    assert wrong == []


def talk(server: Server, query: str) -> str:
    return f"http://localhost:{server.port}/talk?{query}"


def number(page: Page) -> str:
    return page.locator(".slide.now .page").inner_text()


def seen(page: Page) -> list[tuple[int, int, int]]:
    """The colours of the picture that is shown, each as often as it stands there (100 at most)."""
    picture = Image.open(BytesIO(page.locator(".slide.now .picture:visible").first.screenshot())).convert("RGB")
    return [colour for count, colour in picture.getcolors(2**24) for _ in range(min(count, 100))]  # type: ignore[union-attr]


def drawn_in(page: Page, *colours: str) -> bool:
    found = seen(page)
    return all(sum(near(pixel, colour, 12) for pixel in found) >= 50 for colour in colours)


def test_by_keyboard_and_without_the_network_to_the_last_slide(open_talk, server: Server) -> None:
    page = open_talk(talk(server, REVIEW))
    page.context.set_offline(True)
    assert number(page) == f"1 / {COUNT}"
    titles = [page.locator(".slide.now h2").inner_text()]
    for key in ("ArrowRight", "PageDown", "Space", *["PageDown"] * (COUNT - 4)):
        page.keyboard.press(key)
        titles.append(page.locator(".slide.now h2").inner_text())
        shown = page.locator(".slide.now .shown:visible")
        assert shown.bounding_box()["height"] > 100  # type: ignore[index]
    assert number(page) == f"{COUNT} / {COUNT}"
    assert len(set(titles)) == COUNT
    assert urlsplit(page.url).fragment == str(COUNT)
    page.keyboard.press("PageDown")
    assert number(page) == f"{COUNT} / {COUNT}"
    page.keyboard.press("Home")
    assert number(page) == f"1 / {COUNT}"
    page.keyboard.press("End")
    page.keyboard.press("PageUp")
    assert number(page) == f"{COUNT - 1} / {COUNT}"


def test_language_and_colours_change_without_the_network(open_talk, server: Server) -> None:
    page = open_talk(talk(server, "slide=findings&slide=partnership_map&slide=pipeline&lang=en") + "#2")
    page.context.set_offline(True)
    root, title = page.locator("html"), page.locator(".slide.now h2")
    english = (
        "11 partnerships join 13 organisations in 11 European countries with 11 organisations in 10 Japanese cities"
    )
    japanese = "11件のパートナーシップが、欧州11か国の13機関と日本10都市の11機関を結ぶ"
    assert " ".join(title.inner_text().split()) == english
    assert drawn_in(page, LIGHT.page, LIGHT.land, LIGHT.eu, LIGHT.japan)
    page.keyboard.press("l")
    assert title.inner_text() == japanese
    expect(root).to_have_attribute("lang", "ja")
    assert "日本" in page.locator(".slide.now figure:visible").get_attribute("aria-label")  # type: ignore[operator]
    page.keyboard.press("t")
    assert drawn_in(page, DARK.page, DARK.land, DARK.eu, DARK.japan)
    page.keyboard.press("l")
    assert " ".join(title.inner_text().split()) == f"{english} {japanese}"
    expect(root).to_have_attribute("lang", "en")
    expect(page.locator(".slide.now figure:visible")).to_have_count(1)
    expect(page.locator("#said")).to_contain_text(f"2 / 3 {english} {japanese}")
    page.keyboard.press("l")
    page.keyboard.press("t")
    assert " ".join(title.inner_text().split()) == english
    page.keyboard.press("ArrowRight")
    assert drawn_in(page, LIGHT.page, LIGHT.eu)


def test_overview_help_notes_blank_and_full_screen(open_talk, server: Server) -> None:
    page = open_talk(talk(server, REVIEW))
    page.keyboard.press("o")
    expect(page.locator("#overview li")).to_have_count(COUNT)
    page.locator("#overview li button").nth(6).click()
    assert number(page) == f"7 / {COUNT}"
    page.keyboard.press("?")
    expect(page.locator("#help")).to_contain_text(text("show.full_screen", "en"))
    page.keyboard.press("ArrowRight")
    assert number(page) == f"7 / {COUNT}"
    page.locator("#help").get_by_role("button", name=text("dropped.dismiss", "en")).click()
    page.keyboard.press("n")
    expect(page.locator(".slide.now .spoken:visible")).to_contain_text("Definition")
    page.keyboard.press("n")
    expect(page.locator(".slide.now .spoken:visible")).to_have_count(0)
    page.keyboard.press("b")
    expect(page.locator(".slide.now h2")).to_be_hidden()
    page.keyboard.press("b")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === document.documentElement")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.do") == "next"
    page.keyboard.press("Space")  # presses the button that has the focus, once
    assert number(page) == f"8 / {COUNT}"


def test_clicks_go_on_and_back(open_talk, server: Server) -> None:
    page = open_talk(talk(server, REVIEW) + "#3")
    assert number(page) == f"3 / {COUNT}"
    page.mouse.click(900, 300)
    assert number(page) == f"4 / {COUNT}"
    page.mouse.click(100, 300)
    assert number(page) == f"3 / {COUNT}"
    page.mouse.move(90, 60)  # who marks words of the title does not leave the slide
    page.mouse.down()
    page.mouse.move(500, 60, steps=5)
    page.mouse.up()
    assert number(page) == f"3 / {COUNT}"


def test_a_finger_turns_the_page(open_talk, server: Server) -> None:
    page = open_talk(talk(server, REVIEW) + "#3", touch=True)
    touch = page.context.new_cdp_session(page)

    def swipe(start: int, end: int) -> None:
        points = [start + (end - start) * step // 5 for step in range(6)]
        for place, x in enumerate(points):
            kind = "touchMove" if place else "touchStart"
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": 400}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    swipe(900, 500)
    assert number(page) == f"4 / {COUNT}"
    swipe(500, 900)
    assert number(page) == f"3 / {COUNT}"
    page.touchscreen.tap(900, 400)
    assert number(page) == f"4 / {COUNT}"


def test_what_an_address_asks_for_in_vain_is_said(open_talk, server: Server) -> None:
    page = open_talk(talk(server, "slide=cake&slide=pipeline&theme=tea"))
    expect(page.locator("#notice")).to_contain_text("slide = cake: there is no such choice.")
    expect(page.locator("#notice")).to_contain_text("theme = tea: the database does not hold this value.")
    page.keyboard.press("Escape")
    expect(page.locator("#notice")).to_have_count(0)
    assert number(page) == "1 / 1"


def test_a_talk_without_slides_says_how_to_choose(open_talk, server: Server) -> None:
    page = open_talk(talk(server, "lang=ja"))
    expect(page.locator("h1:visible")).to_have_text(text("show.nothing", "ja"))
    expect(page.locator("main p:visible")).to_have_text(text("show.how", "ja"))


def test_without_scripts_every_slide_stands_below_the_one_before(open_talk, server: Server) -> None:
    page = open_talk(talk(server, REVIEW + "&languages=ja"), script=False)
    expect(page.locator(".slide:visible")).to_have_count(COUNT)
    expect(page.locator(".slide h2 [lang=ja]:visible")).to_have_count(COUNT)
    expect(page.locator("#bar")).to_be_hidden()
    tops = [page.locator(".slide").nth(place).bounding_box()["y"] for place in range(COUNT)]  # type: ignore[index]
    assert all(later - before >= 719 for before, later in pairwise(tops))


def test_it_prints_a_slide_a_page(open_talk, server: Server) -> None:
    page = open_talk(talk(server, REVIEW + "&colours=dark"))
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert printed.count(b"/Type /Page\n") == COUNT


OVERFLOW = """() => {
  const slide = document.querySelector(".slide.now");
  const parts = [slide, ...slide.querySelectorAll("header, .shown, .shown > *, .known, footer")];
  const shown = parts.filter((part) => part.getClientRects().length)
    .filter((part) => part.scrollHeight > part.clientHeight + 2 || part.scrollWidth > part.clientWidth + 2)
    .map((part) => `${part.className || part.tagName} ${part.scrollWidth}x${part.scrollHeight}`);
  const outside = (word) => {
    const [own, picture] = [word, word.ownerSVGElement].map((part) => part.getBoundingClientRect());
    return own.width && (own.right > picture.right + 2 || own.left < picture.left - 2);
  };
  const words = [...slide.querySelectorAll("svg text")].filter(outside).map((word) => `cut: ${word.textContent}`);
  return [...shown, ...words];
}"""


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("shown", ["en", "ja", "both"])
def test_nothing_leaves_its_slide(open_talk, server: Server, name: str, shown: str) -> None:
    query = "&".join(f"slide={slide}" for slide in SETS[name])
    page = open_talk(talk(server, f"{query}&languages={shown}"))
    for width, height in ((1280, 720), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        for place in range(1, len(SETS[name]) + 1):
            page.evaluate(f"location.hash = '#{place}'")
            page.wait_for_function(f"document.querySelector('.slide.now').id === '{place}'")
            assert page.evaluate(OVERFLOW) == [], f"slide {place} at {width}"


def test_a_slide_in_both_languages_is_whole(open_talk, server: Server) -> None:
    page = open_talk(talk(server, "slide=findings&slide=pipeline&lang=en&languages=both"))
    tops = [
        [one.bounding_box()["y"] for one in page.locator(f".shown[lang={code}] li").all()]  # type: ignore[index]
        for code in ("en", "ja")
    ]
    assert len(tops[0]) == 6
    assert tops[0] == pytest.approx(tops[1], abs=3)  # each sentence beside its translation
    for code in ("en", "ja"):
        expect(page.locator(f".slide.now .source[lang={code}]")).to_be_visible()
        expect(page.locator(f".slide.now .mark[lang={code}]")).to_be_visible()
    page.keyboard.press("n")
    left, right = (page.locator(f".slide.now .spoken[lang={code}]").bounding_box() for code in ("en", "ja"))
    assert left["x"] + left["width"] <= right["x"] + 1  # type: ignore[index]
    page.keyboard.press("n")
    page.keyboard.press("ArrowRight")
    words = page.locator(".slide.now .second")
    expect(words).to_contain_text("Contact = 接触")
    expect(page.locator(".slide.now .shown:visible")).to_have_count(1)
    page.keyboard.press("l")  # one language alone needs none
    expect(words).to_be_hidden()


def test_a_talk_is_prepared_opened_and_taken_along_as_a_file(
    open_page: Open, open_talk, server: Server, tmp_path: Path
) -> None:
    page = open_page(server, "/present?lang=en&theme=biotechnology")
    page.get_by_role("button", name=text("talk.set.dialogue", "en"), exact=True).click()
    start = page.locator("a.start")
    start.wait_for()
    settled(page)
    slides = list(SETS["dialogue"])
    assert parse_qs(urlsplit(page.url).query) == {"lang": ["en"], "theme": ["biotechnology"], "slide": slides}
    move = text("present.down", "en", title="What the record says")  # a sign to see, words for who does not
    button = page.get_by_role("button", name=move)
    assert button.count() == 1
    box = button.bounding_box()
    assert box
    assert box["width"] < 60
    page.get_by_role("link", name=text("page.training", "en"), exact=True).first.click()
    page.wait_for_url("**/training?*")
    settled(page)
    page.get_by_role("link", name=text("page.present", "en"), exact=True).first.click()
    page.wait_for_url("**/present?*")
    start.wait_for()  # the slides are still chosen
    settled(page)
    with page.context.expect_page() as opened:
        start.click()
    assert number(opened.value) == f"1 / {len(slides)}"
    opened.value.close()
    page.locator(".st-key-talk-html button").click()
    save = page.locator(".st-key-talk-save-html button")
    save.wait_for()
    with page.expect_download() as download:
        save.click()
    assert download.value.suggested_filename == "talk_biotechnology_en.html"
    file = tmp_path / "talk.html"
    download.value.save_as(file)
    shown = open_talk(file.as_uri())
    shown.context.set_offline(True)
    for _ in slides[1:]:
        shown.keyboard.press("PageDown")
    assert number(shown) == f"{len(slides)} / {len(slides)}"
    shown.keyboard.press("t")
    expect(shown.locator("html")).to_have_attribute("data-colours", "dark")
