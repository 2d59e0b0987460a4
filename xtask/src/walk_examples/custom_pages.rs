//! `custom-pages`: a sign-in page at a route, sign-out and error pages by functions.

use super::{expect, expect_strict_policy, press};
use crate::demo::Demo;
use crate::gate::Stop;
use crate::http::Page;
use crate::visitor::Visitor;

/// Ada is sent to the site's own sign-in page and comes back; she leaves by its own sign-out page, and
/// its own error page tells her what goes wrong.
pub(super) fn walk(example: &Demo) -> Result<(), Stop> {
    let mut ada = Visitor::default();
    let login = ada.open(&example.at("/")?)?;
    is_own(&login)?;
    expect(login.url.path() == "/login", "/", "asks who it is")?;
    let people = press(&mut ada, &login, "Show your card")?;
    let room = press(&mut ada, &people, "Ada")?;
    is_own(&room)?;
    let is_there = room.url.path() == "/" && room.body.contains("Hello Ada");
    expect(is_there, "/", "is where Ada comes back to")?;

    let question = ada.open(&example.at("/api/auth/signout")?)?;
    is_rendered(&question, 200)?;
    let login = press(&mut ada, &question, "Sign out")?;
    expect(
        login.url.path() == "/login",
        "/",
        "asks anew after sign-out",
    )?;

    let denied = "?error=AccessDenied&code=access_denied&ref=7f3a";
    let login = ada.open(&example.at(&format!("/login{denied}"))?)?;
    is_own(&login)?;
    let link = format!("/api/auth/error{denied}");
    let leads_on =
        login.body.contains("role=\"alert\"") && login.body.contains(&link.replace('&', "&amp;"));
    expect(leads_on, "/login", "tells of an error, and leads on")?;
    let denied = ada.open(&example.at(&link)?)?;
    is_rendered(&denied, 403)?;
    let tells = denied.body.contains("<code>access_denied</code>");
    expect(tells, denied.url.path(), "names the code")?;

    let unknown = Visitor::default().open(&example.at("/api/auth/signin/nobody")?)?;
    is_rendered(&unknown, 400)?;
    let tells = unknown.body.contains("<code>unknown_provider</code>");
    expect(tells, unknown.url.path(), "names the code")
}

/// A page of a route, in the site's clothes, under the site's policy.
fn is_own(page: &Page) -> Result<(), Stop> {
    expect_strict_policy(page)?;
    let is_own = page.status == 200 && page.body.contains("href=\"/site.css\"");
    expect(is_own, page.url.path(), "is a page of the site")
}

/// A page of a function: in the site's clothes, under our policy, with our status.
fn is_rendered(page: &Page, status: u16) -> Result<(), Stop> {
    let path = page.url.path();
    expect(
        page.body.contains("href=\"/site.css\""),
        path,
        "is rendered by the site",
    )?;
    expect(page.status == status, path, "keeps its status")?;
    let is_guarded = page
        .header("content-security-policy")
        .is_some_and(|policy| policy.contains("img-src 'self' data:"));
    expect(is_guarded, path, "keeps our policy")
}
