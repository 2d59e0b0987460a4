//! The small examples, each started and used as its header says. One file for each.

mod components;
mod multi_tenant;
mod next_to_authjs;
mod testing;

use crate::demo::Demo;
use crate::gate::Stop;
use crate::html::form_with_button;
use crate::http::{Page, join};
use crate::visitor::Visitor;

/// The packages, and what a visitor does with each.
const WALKS: &[(&str, Walk)] = &[
    ("components", components::walk),
    ("multi-tenant", multi_tenant::walk),
    ("testing", testing::walk),
];

/// What a visitor does with a running example.
type Walk = fn(&Demo) -> Result<(), Stop>;

pub(crate) fn run() -> Result<(), Stop> {
    let packages = WALKS.iter().map(|(package, _)| *package);
    Demo::build_examples(packages.chain([next_to_authjs::PACKAGE]))?;
    for (package, walk) in WALKS {
        walk(&Demo::start_example(package, &[])?)?;
        println!("     {package}: walked through");
    }
    next_to_authjs::run()?;
    println!("     {}: walked through", next_to_authjs::PACKAGE);
    Ok(())
}

/// Fails where `claim` does not hold of `subject`, most often a path.
fn expect(holds: bool, subject: &str, claim: &str) -> Result<(), Stop> {
    match holds {
        true => Ok(()),
        false => Err(Stop::Failed(format!("does not hold: {subject} {claim}"))),
    }
}

/// The page that comes after the button with `text` on it.
fn press(visitor: &mut Visitor, page: &Page, text: &str) -> Result<Page, Stop> {
    let form = form_with_button(&page.body, text).ok_or_else(|| {
        let path = page.url.path();
        Stop::Failed(format!("{path} has no button `{text}`"))
    })?;
    visitor.submit(page, &form, text)
}

/// A page of an example, with a policy that lets nothing in and styles that are there.
fn expect_strict(visitor: &mut Visitor, page: &Page) -> Result<(), Stop> {
    let path = page.url.path();
    expect(page.status == 200, path, "is there")?;
    let policy = page.header("content-security-policy").unwrap_or_default();
    expect(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        path,
        "has a strict policy",
    )?;
    for part in ["<html lang=\"en\"", "<title>", "viewport", "<main", "<h1"] {
        expect(page.body.contains(part), path, &format!("has `{part}`"))?;
    }
    let style = visitor.fetch(&join(&page.url, "/style.css")?, &[])?;
    let kind = style.header("content-type").unwrap_or_default();
    expect(kind.starts_with("text/css"), path, "has its stylesheet")
}
