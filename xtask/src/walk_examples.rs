//! The small examples, each started and used as its header says. One file for each.

mod api;
mod components;
mod custom_pages;
mod htmx;
mod multi_tenant;
mod next_to_authjs;
mod roles;
mod spa;
mod testing;

use crate::demo::Demo;
use crate::gate::Stop;
use crate::html::{Form, form_with_button};
use crate::http::{Page, join};
use crate::visitor::Visitor;

/// The packages, and what a visitor does with each.
const WALKS: &[(&str, Walk)] = &[
    ("api", api::walk),
    ("components", components::walk),
    ("custom-pages", custom_pages::walk),
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
    let walks = WALKS.iter().map(|(package, walk)| {
        let walked = Demo::start_example(package, &[]).and_then(|example| walk(&example));
        (*package, walked)
    });
    let last = std::iter::once_with(|| (next_to_authjs::PACKAGE, next_to_authjs::run()));
    sum_up(walks.chain(last))
}

/// A failure ends the walks. What could not be tried on this machine hides none of the others.
fn sum_up<'p>(walks: impl Iterator<Item = (&'p str, Result<(), Stop>)>) -> Result<(), Stop> {
    let mut skipped = Vec::new();
    for (package, walked) in walks {
        match walked {
            Ok(()) => println!("     {package}: walked through"),
            Err(Stop::Skipped(reason)) => skipped.push(format!("{package}: {reason}")),
            failed => return failed,
        }
    }
    match skipped.is_empty() {
        true => Ok(()),
        false => Err(Stop::Skipped(skipped.join("; "))),
    }
}

/// Fails where `claim` does not hold of `subject`, most often a path.
fn expect(holds: bool, subject: &str, claim: &str) -> Result<(), Stop> {
    match holds {
        true => Ok(()),
        false => Err(Stop::Failed(format!("does not hold: {subject} {claim}"))),
    }
}

/// From a sign-in page, over the provider, to where `person` comes back.
fn sign_in(visitor: &mut Visitor, page: &Page, person: &str) -> Result<Page, Stop> {
    let people = press(visitor, page, "Continue")?;
    press(visitor, &people, person)
}

/// The page that comes after the button with `text` on it.
fn press(visitor: &mut Visitor, page: &Page, text: &str) -> Result<Page, Stop> {
    visitor.submit(page, &form_of(page, text)?, text)
}

/// The form with the button that has `text` on it.
fn form_of(page: &Page, text: &str) -> Result<Form, Stop> {
    form_with_button(&page.body, text).ok_or_else(|| {
        let path = page.url.path();
        Stop::Failed(format!("{path} has no button `{text}`"))
    })
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

/// Fails unless the page is whole, is under a strict policy, and its stylesheet is there.
fn expect_strict(visitor: &mut Visitor, page: &Page) -> Result<(), Stop> {
    let path = page.url.path();
    expect_strict_policy(page)?;
    for part in ["<html lang=\"en\"", "<title>", "viewport", "<main", "<h1"] {
        expect(page.body.contains(part), path, &format!("has `{part}`"))?;
    }
    let style = visitor.fetch(&join(&page.url, "/style.css")?, &[])?;
    let kind = style.header("content-type").unwrap_or_default();
    expect(kind.starts_with("text/css"), path, "has its stylesheet")
}

/// Fails unless the page has a policy without exceptions for inline code, and no frame of another
/// site can show it.
fn expect_strict_policy(page: &Page) -> Result<(), Stop> {
    let path = page.url.path();
    let policy = page.header("content-security-policy").unwrap_or_default();
    let has = |directive: &str| policy.split(';').any(|it| it.trim().starts_with(directive));
    for directive in [
        "default-src '",
        "form-action '",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ] {
        expect(
            has(directive),
            path,
            &format!("says `{directive}` in its policy"),
        )?;
    }
    expect(!policy.contains("unsafe"), path, "has a strict policy")?;
    expect(!page.body.contains("<style"), path, "has no inline style")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::browser::EXAMPLES;
    use crate::cargo::root;
    use crate::demo::DEMO;

    /// Walked by groups of their own: `demo` and `browser`.
    const ELSEWHERE: [&str; 2] = [DEMO, "authkit-example"];

    const WITHOUT_PAGES: [&str; 1] = ["api"];

    /// The names in the manifests of `examples/`: what they quote first.
    fn packages() -> BTreeSet<String> {
        let folders = std::fs::read_dir(root().join("examples")).unwrap();
        let manifests = folders.map(|it| it.unwrap().path().join("Cargo.toml"));
        manifests
            .filter_map(|manifest| std::fs::read_to_string(manifest).ok())
            .map(|text| text.split('"').nth(1).unwrap().to_owned())
            .collect()
    }

    #[test]
    fn every_example_is_walked() {
        let walks = WALKS.iter().map(|(package, _)| *package);
        let walked = walks.chain([next_to_authjs::PACKAGE]).chain(ELSEWHERE);
        assert_eq!(
            walked.map(String::from).collect::<BTreeSet<_>>(),
            packages()
        );
    }

    #[test]
    fn every_example_with_pages_is_looked_at() {
        let known = EXAMPLES.iter().copied().chain(WITHOUT_PAGES);
        assert_eq!(known.map(String::from).collect::<BTreeSet<_>>(), packages());
    }

    #[test]
    fn a_skipped_walk_hides_no_other() {
        let skipped = || ("a", Err(Stop::Skipped("no curl".into())));
        let failed = ("b", Err(Stop::failed("broken")));
        let outcome = sum_up([skipped(), ("c", Ok(()))].into_iter());
        assert_eq!(outcome, Err(Stop::Skipped("a: no curl".into())));
        let outcome = sum_up([skipped(), failed].into_iter());
        assert_eq!(outcome, Err(Stop::failed("broken")));
        assert_eq!(sum_up([("c", Ok(()))].into_iter()), Ok(()));
    }
}
