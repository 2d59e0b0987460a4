//! The small examples, each started and used as its header says. One file for each.

mod api;
mod components;
mod htmx;
mod multi_tenant;
mod next_to_authjs;
mod roles;
mod spa;
mod testing;

use crate::demo::Demo;
use crate::gate::Stop;
use crate::html::form_with_button;
use crate::http::{Page, join};
use crate::visitor::Visitor;

/// The packages, and what a visitor does with each.
const WALKS: &[(&str, Walk)] = &[
    ("api", api::walk),
    ("components", components::walk),
    ("htmx", htmx::walk),
    ("multi-tenant", multi_tenant::walk),
    ("roles", roles::walk),
    ("spa", spa::walk),
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

/// A page of an example, with a strict policy and styles that are there.
fn expect_page(visitor: &mut Visitor, page: &Page) -> Result<(), Stop> {
    let path = page.url.path();
    expect(page.status == 200, path, "is there")?;
    expect_strict(page)?;
    for part in ["<html lang=\"en\"", "<title>", "viewport", "<main", "<h1"] {
        expect(page.body.contains(part), path, &format!("has `{part}`"))?;
    }
    let style = visitor.fetch(&join(&page.url, "/style.css")?, &[])?;
    let kind = style.header("content-type").unwrap_or_default();
    expect(kind.starts_with("text/css"), path, "has its stylesheet")
}

/// From a sign-in page, over the provider, to where `person` comes back.
fn sign_in(visitor: &mut Visitor, page: &Page, person: &str) -> Result<Page, Stop> {
    let people = press(visitor, page, "Continue")?;
    press(visitor, &people, person)
}

/// Presses a button of a page.
fn press(visitor: &mut Visitor, page: &Page, button: &str) -> Result<Page, Stop> {
    let path = page.url.path();
    let form = form_with_button(&page.body, button)
        .ok_or_else(|| Stop::Failed(format!("{path} has no button {button}")))?;
    visitor.submit(page, &form, button)
}

/// Fails unless the answer is a problem document of this status.
fn expect_problem(page: &Page, status: u16, subject: &str) -> Result<(), Stop> {
    let kind = page.header("content-type").unwrap_or_default();
    let claim = format!("is a problem of {status}: {} {kind}", page.status);
    let is_problem = page.status == status && kind == "application/problem+json";
    expect(is_problem, subject, &claim)?;
    let says_so = page.body.contains(&format!("\"status\":{status}"));
    expect(says_so, subject, "has the status in its document")
}

/// Fails unless the page has a policy without exceptions for inline code or other sites.
fn expect_strict(page: &Page) -> Result<(), Stop> {
    let policy = page.header("content-security-policy").unwrap_or_default();
    let is_strict = policy.contains("default-src") && !policy.contains("unsafe");
    let path = page.url.path();
    expect(is_strict, path, "has a strict policy")?;
    expect(!page.body.contains("<style"), path, "has no inline style")
}
