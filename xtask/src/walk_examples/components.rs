//! `components`: the same two buttons in five template engines.

use super::expect;
use crate::demo::Demo;
use crate::gate::Stop;
use crate::html::form_with_button;
use crate::visitor::Visitor;

/// In each engine the same: a guest's page, sign-in by its button, and sign-out by the other.
pub(super) fn walk(example: &Demo) -> Result<(), Stop> {
    for engine in ["/", "/askama", "/minijinja", "/tera", "/format"] {
        let mut visitor = Visitor::default();
        let page = visitor.open(&example.at(engine)?)?;
        expect(page.status == 200, engine, "is there")?;
        let escaped = greets_a_guest(&page.body);
        expect(escaped, engine, "escapes text")?;
        expect(
            page.body.contains("class=\"primary\""),
            engine,
            "shows the button as it is",
        )?;
        let form = form_with_button(&page.body, "Sign in")
            .ok_or_else(|| Stop::Failed(format!("{engine} has a button to sign in")))?;
        let people = visitor.submit(&page, &form, "Sign in")?;
        let form = form_with_button(&people.body, "Ada")
            .ok_or_else(|| Stop::Failed(format!("{engine} leads to the provider")))?;
        let page = visitor.submit(&people, &form, "Ada")?;
        expect(
            page.url.path() == engine,
            engine,
            "is where Ada comes back to",
        )?;
        expect(page.body.contains("Hello Ada"), engine, "greets Ada")?;
        let form = form_with_button(&page.body, "Sign out")
            .ok_or_else(|| Stop::Failed(format!("{engine} has a button to sign out")))?;
        let page = visitor.submit(&page, &form, "Sign out")?;
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
