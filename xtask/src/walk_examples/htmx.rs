//! `htmx`: a fragment for who is signed in, and `HX-Redirect` for who is not.

use super::{expect, expect_strict, press, sign_in};
use crate::demo::Demo;
use crate::gate::Stop;
use crate::html::forms;
use crate::http::{Page, join};
use crate::visitor::Visitor;

pub(super) fn walk(example: &Demo) -> Result<(), Stop> {
    let room = example.at("/rooms/coffee?from=here")?;
    let mut ada = Visitor::default();
    expect_strict(&ada.open(&room)?)?;

    let refused = say(&mut ada, example, room.as_str())?;
    expect(refused.status == 401, "a guest's words", "are refused")?;
    let target = refused.header("hx-redirect").unwrap_or_default();
    let page = ada.open(&join(&room, target)?)?;
    let page = sign_in(&mut ada, &page, "Ada")?;
    expect(
        page.url == room,
        "the page with the form",
        "is where Ada comes back to",
    )?;
    let fragment = say(&mut ada, example, room.as_str())?;
    let is_fragment = fragment.status == 200 && fragment.body.starts_with("<section");
    expect(is_fragment, "the answer", "is a fragment")?;
    let escaped = fragment.body.contains("Ada Admin: &lt;b&gt;");
    expect(escaped, "the fragment", "has Ada's words, as text")?;

    let elsewhere = ada.post_from(&join(&room, "http://evil.test/")?, &room, "words=x")?;
    expect(elsewhere.status == 403, "another site's form", "is refused")?;
    let page = ada.open(&room)?;
    let page = press(&mut ada, &page, "Sign out")?;
    expect(page.body.contains("signs in first"), "Ada", "has left")?;

    // Without a script: the form is a navigation, and after signing in the page is shown again.
    let mut bob = Visitor::default();
    let page = bob.open(&room)?;
    let page = speak(&mut bob, &page)?;
    let page = sign_in(&mut bob, &page, "Bob")?;
    expect(
        page.url == room,
        "the page with the form",
        "is where Bob comes back to",
    )?;
    let page = speak(&mut bob, &page)?;
    expect(page.status == 403, "Bob's form", "is refused")?;
    let refused = say(&mut bob, example, room.as_str())?;
    let is_fragment = refused.status == 403 && refused.body.starts_with("<p role=\"alert\"");
    expect(is_fragment, "Bob's words", "are refused by a fragment")
}

/// As htmx posts the form.
fn say(visitor: &mut Visitor, example: &Demo, current_url: &str) -> Result<Page, Stop> {
    let headers = [("HX-Request", "true"), ("HX-Current-URL", current_url)];
    visitor.post(&example.at("/rooms/coffee")?, &headers, "words=%3Cb%3E")
}

/// As a browser without htmx sends the form.
fn speak(visitor: &mut Visitor, page: &Page) -> Result<Page, Stop> {
    let mut form = forms(&page.body)
        .find(|form| form.action.starts_with("/rooms/"))
        .ok_or_else(|| Stop::failed("the room has no form"))?;
    form.fill("words", "Hello");
    visitor.submit(page, &form, "Say it")
}
