//! `roles`: who may open which page, and what the others see.

use super::{expect, expect_problem, expect_strict, form_of, press, sign_in};
use crate::demo::Demo;
use crate::gate::Stop;
use crate::http::Page;
use crate::visitor::Visitor;

const PAGES: [&str; 4] = ["/admin", "/staff", "/write", "/work"];

/// Somebody whom no table knows.
const NEW: &str = "Eve";

pub(super) fn walk(example: &Demo) -> Result<(), Stop> {
    let mut guest = Visitor::default();
    let home = guest.open(&example.at("/")?)?;
    expect_strict(&mut guest, &home)?;
    for path in PAGES {
        let hidden = !home.body.contains(&format!("href=\"{path}\""));
        expect(hidden, path, "is not shown to guests")?;
        let page = guest.open(&example.at(path)?)?;
        let asks = page.url.path() == "/api/auth/signin";
        expect(asks, path, "sends a guest to sign in")?;
    }
    visit(example, "Ada", &PAGES)?;
    visit(example, "Bob", &["/staff", "/work"])?;
    visit(example, NEW, &["/work"])
}

/// Signs in as somebody new.
fn arrive(visitor: &mut Visitor, page: &Page) -> Result<Page, Stop> {
    let people = press(visitor, page, "Continue")?;
    let button = "Sign in";
    let mut form = form_of(&people, button)?;
    form.fill("name", NEW);
    form.fill("email", "eve@example.com");
    visitor.submit(&people, &form, button)
}

/// Signs in, opens everything, and finds open only what is `allowed`, in the navigation too.
fn visit(example: &Demo, person: &str, allowed: &[&str]) -> Result<(), Stop> {
    let mut visitor = Visitor::default();
    let page = visitor.open(&example.at("/work")?)?;
    let work = match person {
        NEW => arrive(&mut visitor, &page)?,
        person => sign_in(&mut visitor, &page, person)?,
    };
    expect(work.url.path() == "/work", person, "comes back")?;
    for path in PAGES {
        let may = allowed.contains(&path);
        let subject = &format!("{person} at {path}");
        let shown = work.body.contains(&format!("href=\"{path}\""));
        expect(shown == may, subject, "is shown what is open")?;
        let page = visitor.open(&example.at(path)?)?;
        expect_strict(&mut visitor, &page)?;
        expect(
            page.status == if may { 200 } else { 403 },
            subject,
            "may or may not",
        )?;
        if !may {
            let is_ours = page.body.contains("Not for you") && page.body.contains("Sign out");
            expect(is_ours, subject, "sees a 403 of the site")?;
            let private = page.header("cache-control") == Some("private, no-store");
            expect(private, subject, "sees what no cache keeps")?;
            let script = [("Accept", "application/json")];
            expect_problem(&visitor.fetch(&page.url, &script)?, 403, subject)?;
            let htmx = visitor.fetch(&page.url, &[("HX-Request", "true")])?;
            let is_fragment = htmx.status == 403 && htmx.body.starts_with("<p");
            expect(is_fragment, subject, "is a fragment for htmx")?;
        }
    }
    let page = visitor.open(&example.at("/api/auth/signout?callbackUrl=/")?)?;
    let page = press(&mut visitor, &page, "Sign out")?;
    expect(page.body.contains("Sign in"), person, "has left")
}
