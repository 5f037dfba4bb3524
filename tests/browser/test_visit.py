"""A visitor's first look, in a real browser at phone width."""


def test_home_page_fits_a_phone(page):
    page.goto("/")
    assert page.locator("h1").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_pages_store_nothing_on_the_visitors_device(page):
    page.goto("/")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
