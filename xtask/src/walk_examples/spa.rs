//! `spa`: a static page, its script, and the JSON that the script fetches.

use super::{expect, expect_problem, expect_strict, press, sign_in};
use crate::demo::Demo;
use crate::gate::Stop;
use crate::visitor::Visitor;

/// What `fetch` of a page sends.
const SCRIPT: &[(&str, &str)] = &[("Accept", "*/*"), ("Sec-Fetch-Mode", "cors")];

pub(super) fn walk(example: &Demo) -> Result<(), Stop> {
    let mut visitor = Visitor::default();
    let page = visitor.open(&example.at("/")?)?;
    expect_strict(&page)?;
    expect(page.body.contains("src=\"/app.js\""), "/", "has its script")?;
    let script = visitor.fetch(&example.at("/app.js")?, SCRIPT)?;
    let kind = script.header("content-type").unwrap_or_default();
    expect(
        kind.starts_with("text/javascript"),
        "/app.js",
        "is a script",
    )?;
    for name in ["/api/auth/client.js", "/style.css"] {
        let file = visitor.fetch(&example.at(name)?, SCRIPT)?;
        expect(file.status == 200, name, "is there")?;
    }

    let notes = example.at("/api/notes")?;
    let refused = visitor.fetch(&notes, SCRIPT)?;
    expect_problem(&refused, 401, "/api/notes of a guest")?;
    let challenge = refused.header("www-authenticate");
    expect(challenge.is_some(), "/api/notes", "says what is missing")?;

    let page = visitor.open(&example.at("/api/auth/signin?callbackUrl=/")?)?;
    let page = sign_in(&mut visitor, &page, "Ada")?;
    expect(page.url.path() == "/", "/", "is where Ada comes back to")?;
    let session = visitor.fetch(&example.at("/api/auth/session")?, SCRIPT)?;
    expect(
        session.body.contains("Ada Admin"),
        "the session",
        "is Ada's",
    )?;
    let answer = visitor.fetch(&notes, SCRIPT)?;
    expect(
        answer.body.contains("Ada Admin’s plants"),
        "/api/notes",
        "are Ada's",
    )?;

    let page = visitor.open(&example.at("/api/auth/signout")?)?;
    press(&mut visitor, &page, "Sign out")?;
    expect_problem(
        &visitor.fetch(&notes, SCRIPT)?,
        401,
        "/api/notes after sign-out",
    )
}
