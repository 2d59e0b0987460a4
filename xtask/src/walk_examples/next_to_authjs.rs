//! `next-to-authjs`: both steps of the move, by one browser that is never signed out.

use super::{expect, expect_page, press};
use crate::demo::Demo;
use crate::gate::Stop;
use crate::http::Page;
use crate::npm::install;
use crate::visitor::Visitor;

pub(super) const PACKAGE: &str = "next-to-authjs";

/// A mark of our own sign-in page.
const OURS: &str = "data-provider=\"dev\"";

pub(super) fn run() -> Result<(), Stop> {
    install("examples/next-to-authjs")?;
    let path = std::env::var("PATH").unwrap_or_default();
    let common = [
        ("PATH", path.as_str()),
        ("AUTH_SECRET", "0123456789abcdef0123456789abcdef"),
    ];
    let mut ada = Visitor::default();
    let before = Demo::start_example(PACKAGE, &common)?;
    sign_in_at_authjs(&before, &mut ada)?;
    drop(before);

    let [first, second] = common;
    let after = Demo::start_example(PACKAGE, &[first, second, ("AUTH_ROUTES", "rust")])?;
    greeted(&after, &mut ada, "Ada", "has moved along with the routes")?;
    sign_in_here(&after)?;
    let page = ada.open(&after.at("/dashboard")?)?;
    press(&mut ada, &page, "Sign out")?;
    greeted(&after, &mut ada, "guest", "has signed out in Rust").map(drop)
}

/// The first step: the sign-in of Auth.js opens the page of Rust, and a form there signs out.
fn sign_in_at_authjs(example: &Demo, ada: &mut Visitor) -> Result<(), Stop> {
    let home = greeted(example, ada, "guest", "has not signed in")?;
    expect_page(ada, &home)?;
    for round in ["signs in", "signs in again"] {
        let choose = ada.open(&example.at("/dashboard")?)?;
        let is_theirs = choose.url.path() == "/api/auth/signin" && !choose.body.contains(OURS);
        expect(is_theirs, "the sign-in page", "is that of Auth.js")?;
        let people = press(ada, &choose, "Sign in with Development login")?;
        let page = press(ada, &people, "Ada")?;
        expect(page.url.path() == "/dashboard", "Ada", "comes back to Rust")?;
        expect_page(ada, &page)?;
        expect(page.body.contains("Hello Ada"), "Rust", "greets Ada")?;
        greeted(example, ada, "Ada", round)?;
        if round == "signs in" {
            press(ada, &page, "Sign out")?;
            greeted(example, ada, "guest", "has signed out at Auth.js")?;
        }
    }
    Ok(())
}

/// The second step: a sign-in of ours counts in the page of Node.
fn sign_in_here(example: &Demo) -> Result<(), Stop> {
    let mut bob = Visitor::default();
    let choose = bob.open(&example.at("/dashboard")?)?;
    let is_ours = choose.body.contains(OURS);
    expect(is_ours, "the sign-in page", "is ours")?;
    let people = press(&mut bob, &choose, "Continue")?;
    press(&mut bob, &people, "Bob")?;
    greeted(example, &mut bob, "Bob", "has signed in in Rust").map(drop)
}

/// The page of Node, where Auth.js reads the session.
fn greeted(example: &Demo, who: &mut Visitor, name: &str, does: &str) -> Result<Page, Stop> {
    let page = who.open(&example.url)?;
    let greets = page.body.contains(&format!("Hello {name}"));
    expect(greets, name, &format!("{does}, and Auth.js agrees"))?;
    Ok(page)
}
