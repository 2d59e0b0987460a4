//! `testing`: the application that its tests are about. They run with all others.

use super::{expect, expect_page, press};
use crate::demo::Demo;
use crate::gate::Stop;
use crate::visitor::Visitor;

/// Ada signs in by the button of the first page, sees the page for administrators, and leaves. Bob
/// is refused there.
pub(super) fn walk(example: &Demo) -> Result<(), Stop> {
    for (person, status) in [("Ada", 200), ("Bob", 403)] {
        let mut visitor = Visitor::default();
        let home = visitor.open(&example.url)?;
        expect_page(&mut visitor, &home)?;
        let people = press(&mut visitor, &home, "Sign in with Development login")?;
        let page = press(&mut visitor, &people, person)?;
        expect_page(&mut visitor, &page)?;
        let greets = page.body.contains(&format!("Hello {person}"));
        expect(greets, page.url.path(), "greets whoever has signed in")?;
        let admin = visitor.open(&example.at("/admin")?)?;
        expect(admin.status == status, person, "is told apart by the role")?;
        let home = press(&mut visitor, &page, "Sign out")?;
        let asks = home.body.contains("Sign in with Development login");
        expect(asks, person, "is a guest after signing out")?;
    }
    Ok(())
}
