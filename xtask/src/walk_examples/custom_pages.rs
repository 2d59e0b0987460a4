//! `custom-pages`: a sign-in page at a route, sign-out and error pages by functions.

use super::expect;
use crate::demo::Demo;
use crate::gate::Stop;
use crate::html::form_with_button;
use crate::http::Page;
use crate::visitor::Visitor;

/// Ada is sent to the site's own sign-in page and comes back; she leaves by its own sign-out page, and
/// its own error page tells her what goes wrong.
pub(super) fn walk(example: &Demo) -> Result<(), Stop> {
    let mut ada = Visitor::default();
    let room = sign_in(example, &mut ada, "Ada")?;
    is_own(&room)?;
    let is_there = room.url.path() == "/" && room.body.contains("Hello Ada");
    expect(is_there, "/", "is where Ada comes back to")?;

    let question = ada.open(&example.at("/api/auth/signout")?)?;
    is_rendered(&question, 200)?;
    let form = form_with_button(&question.body, "Sign out")
        .ok_or_else(|| Stop::failed("the sign-out page has a button"))?;
    let login = ada.submit(&question, &form, "Sign out")?;
    expect(
        login.url.path() == "/login",
        "/",
        "asks anew after sign-out",
    )?;

    let denied = "/api/auth/error?error=AccessDenied&code=access_denied&ref=7f3a";
    let denied = ada.open(&example.at(denied)?)?;
    is_rendered(&denied, 403)?;
    let tells = denied.body.contains("<code>access_denied</code>");
    expect(tells, denied.url.path(), "names the code")?;

    let unknown = Visitor::default().open(&example.at("/api/auth/signin/nobody")?)?;
    is_rendered(&unknown, 400)?;
    let tells = unknown.body.contains("<code>unknown_provider</code>");
    expect(tells, unknown.url.path(), "names the code")
}

/// From `/` over the site's sign-in page and the provider to wherever that ends.
fn sign_in(example: &Demo, visitor: &mut Visitor, person: &str) -> Result<Page, Stop> {
    let login = visitor.open(&example.at("/")?)?;
    is_own(&login)?;
    expect(login.url.path() == "/login", "/", "asks who it is")?;
    let form = form_with_button(&login.body, "Show your card")
        .ok_or_else(|| Stop::failed("the sign-in page has a button"))?;
    let people = visitor.submit(&login, &form, "Show your card")?;
    let form = form_with_button(&people.body, person)
        .ok_or_else(|| Stop::Failed(format!("{person} is not offered")))?;
    visitor.submit(&people, &form, person)
}

/// A page of a route, in the site's clothes.
fn is_own(page: &Page) -> Result<(), Stop> {
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
