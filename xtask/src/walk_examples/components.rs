//! `components`: the same two buttons in five template engines.

use super::{expect, expect_strict, press};
use crate::demo::Demo;
use crate::gate::Stop;
use crate::visitor::Visitor;

/// In each engine the same: a guest's page, sign-in by its button, and sign-out by the other.
pub(super) fn walk(example: &Demo) -> Result<(), Stop> {
    for engine in ["/", "/askama", "/minijinja", "/tera", "/format"] {
        let mut visitor = Visitor::default();
        let page = visitor.open(&example.at(engine)?)?;
        expect(page.status == 200, engine, "is there")?;
        expect_strict(&mut visitor, &page)?;
        let escaped = greets_a_guest(&page.body);
        expect(escaped, engine, "escapes text")?;
        expect(
            page.body.contains("class=\"primary\""),
            engine,
            "shows the button as it is",
        )?;
        let people = press(&mut visitor, &page, "Sign in")?;
        let page = press(&mut visitor, &people, "Ada")?;
        expect(
            page.url.path() == engine,
            engine,
            "is where Ada comes back to",
        )?;
        expect(page.body.contains("Hello Ada"), engine, "greets Ada")?;
        let page = press(&mut visitor, &page, "Sign out")?;
        expect(
            greets_a_guest(&page.body),
            engine,
            "knows that Ada has left",
        )?;
    }
    Ok(())
}

/// As text: `<guest>` is no tag. Engines write the bracket differently.
fn greets_a_guest(page: &str) -> bool {
    let named = page.contains("Hello &lt;guest") || page.contains("Hello &#60;guest");
    named && !page.contains("<guest>")
}
