//! The first ten minutes with the demo, as a newcomer walks them: each sentence of the README
//! about it is a check here.

use std::net::TcpListener;

use crate::demo::Demo;
use crate::gate::Stop;
use crate::html::{form_with_button, forms};
use crate::http::Page;
use crate::visitor::Visitor;

/// An application's script, or an API client.
const JSON: &[(&str, &str)] = &[("Accept", "application/json")];

/// Somebody who types an address.
const NAVIGATION: &[(&str, &str)] = &[("Accept", "text/html"), ("Sec-Fetch-Mode", "navigate")];

pub(crate) fn run() -> Result<(), Stop> {
    Demo::build()?;
    let demo = Demo::start(&[])?;
    banner_tells_what_runs(&demo)?;
    guests_are_sent_to_sign_in(&demo)?;
    ada_signs_in_and_out(&demo)?;
    bob_is_no_admin(&demo)?;
    drop(demo);
    two_variables_make_a_button()?;
    mistakes_are_named_at_the_start()
}

fn banner_tells_what_runs(demo: &Demo) -> Result<(), Stop> {
    for words in ["/dashboard", "/api/auth", "AUTH_GITHUB_ID", "evelopment"] {
        expect(
            demo.banner.contains(words),
            format!("the screen says `{words}`:\n{}", demo.banner),
        )?;
    }
    let lines = demo.banner.lines().count();
    expect(lines <= 50, format!("{lines} lines are one screen"))
}

fn guests_are_sent_to_sign_in(demo: &Demo) -> Result<(), Stop> {
    let mut visitor = Visitor::default();
    let home = visitor.open(&demo.url)?;
    status(&home, 200)?;
    expect(
        home.body.contains("/api/auth/signin"),
        "the first page links to sign-in",
    )?;
    let csp = home.header("content-security-policy").unwrap_or_default();
    expect(
        csp.contains("default-src 'none'"),
        "the demo's pages have a strict policy",
    )?;
    let style = visitor.fetch(&demo.at("/style.css")?, JSON)?;
    status(&style, 200)?;

    let dashboard = demo.at("/dashboard")?;
    let page = visitor.fetch(&dashboard, NAVIGATION)?;
    expect(
        matches!(page.status, 302 | 303),
        "a navigation of a guest is redirected",
    )?;
    let target = page.header("location").unwrap_or_default();
    expect(
        target.contains("/api/auth/signin?") && target.contains("dashboard"),
        format!("`{target}` is the sign-in page with the way back"),
    )?;

    let page = visitor.fetch(&dashboard, JSON)?;
    status(&page, 401)?;
    let kind = page.header("content-type").unwrap_or_default();
    expect(
        kind.starts_with("application/problem+json"),
        "an API client gets a problem document",
    )?;
    expect(
        page.header("www-authenticate").is_some(),
        "a 401 names its scheme",
    )?;

    let page = visitor.fetch(&dashboard, &[("HX-Request", "true")])?;
    status(&page, 401)?;
    expect(
        page.header("hx-redirect").is_some(),
        "htmx is told where to go",
    )?;

    status(&visitor.fetch(&demo.at("/api/me")?, JSON)?, 401)
}

fn ada_signs_in_and_out(demo: &Demo) -> Result<(), Stop> {
    let mut visitor = Visitor::default();
    let page = sign_in(demo, &mut visitor, "Ada")?;
    expect(
        page.url.path() == "/dashboard",
        format!("Ada is back at {}", page.url.path()),
    )?;
    expect(page.body.contains("Ada"), "the dashboard greets by name")?;
    session_cookie_is_guarded(&visitor)?;

    status(&visitor.open(&demo.at("/admin")?)?, 200)?;
    let me = visitor.fetch(&demo.at("/api/me")?, JSON)?;
    expect(me.body.contains("Ada"), "/api/me answers JSON")?;
    let private = me
        .header("cache-control")
        .unwrap_or_default()
        .contains("no-store");
    expect(private, "an answer made from a session is not cached")?;

    leave_a_note(demo, &mut visitor, &page)?;

    let callback = visitor
        .history
        .iter()
        .find(|url| url.path().contains("/callback/"))
        .cloned()
        .ok_or_else(|| Stop::failed("the callback was never visited"))?;
    let again = visitor.clone_cookies().open(&callback)?;
    status(&again, 400)?;
    expect(
        again.body.contains("sign_in_reused"),
        "a callback that is loaded again is named so",
    )?;

    let mut copy = visitor.clone_cookies();
    let ask = visitor.open(&demo.at("/api/auth/signout")?)?;
    let form = form_with_button(&ask.body, "Sign out")
        .ok_or_else(|| Stop::failed("the sign-out page has a button"))?;
    visitor.submit(&ask, &form, "Sign out")?;
    for visitor in [&mut visitor, &mut copy] {
        let page = visitor.fetch(&demo.at("/dashboard")?, NAVIGATION)?;
        expect(
            matches!(page.status, 302 | 303),
            "signed out, the dashboard redirects again, with a copy of the cookies too",
        )?;
    }
    Ok(())
}

fn leave_a_note(demo: &Demo, visitor: &mut Visitor, dashboard: &Page) -> Result<(), Stop> {
    let mut form = forms(&dashboard.body)
        .find(|form| form.action == "/notes")
        .ok_or_else(|| Stop::failed("the dashboard has a guest book"))?;
    form.fill("text", "<b>hello</b>");
    let page = visitor.submit(dashboard, &form, "")?;
    expect(
        page.body.contains("&lt;b&gt;hello"),
        "a note is shown, as text",
    )?;

    let foreign = crate::http::join(&demo.url, "http://evil.test/")?;
    let page = visitor.post_from(&foreign, &demo.at("/notes")?, "text=x")?;
    expect(
        page.status == 403,
        format!("a note from another site is answered {}", page.status),
    )
}

fn session_cookie_is_guarded(visitor: &Visitor) -> Result<(), Stop> {
    let cookie = visitor
        .set_cookies
        .iter()
        .find(|line| line.starts_with("authjs.session-token="))
        .ok_or_else(|| Stop::failed("no session cookie was set"))?;
    expect(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "the session cookie is HttpOnly and SameSite=Lax",
    )
}

fn bob_is_no_admin(demo: &Demo) -> Result<(), Stop> {
    let mut visitor = Visitor::default();
    sign_in(demo, &mut visitor, "Bob")?;
    status(&visitor.fetch(&demo.at("/admin")?, NAVIGATION)?, 403)
}

/// From the dashboard over both sign-in pages back to the dashboard.
fn sign_in(demo: &Demo, visitor: &mut Visitor, person: &str) -> Result<Page, Stop> {
    let choose = visitor.open(&demo.at("/dashboard")?)?;
    status(&choose, 200)?;
    let buttons = choose.body.matches("data-provider=").count();
    expect(buttons == 1, format!("{buttons} providers are offered"))?;
    let form = form_with_button(&choose.body, "Continue")
        .ok_or_else(|| Stop::failed("the sign-in page has a button"))?;
    let people = visitor.submit(&choose, &form, "Continue")?;
    let form = form_with_button(&people.body, person)
        .ok_or_else(|| Stop::Failed(format!("{person} is not offered at {}", people.url.path())))?;
    visitor.submit(&people, &form, person)
}

fn two_variables_make_a_button() -> Result<(), Stop> {
    let demo = Demo::start(&[
        ("AUTH_GITHUB_ID", "an-id"),
        ("AUTH_GITHUB_SECRET", "a-secret"),
    ])?;
    let page = Visitor::default().open(&demo.at("/api/auth/signin")?)?;
    expect(
        page.body.contains("data-provider=\"github\""),
        "GitHub has its button",
    )?;
    expect(
        !page.body.contains("data-provider=\"dev\""),
        "the development provider is off",
    )?;
    expect(
        !demo.banner.contains("a-secret"),
        "the screen shows no secret",
    )
}

fn mistakes_are_named_at_the_start() -> Result<(), Stop> {
    let refused = |variables: &[(&str, &str)], names: &str| {
        let output = Demo::refuse(variables)?;
        let stderr = String::from_utf8_lossy(&output.stderr);
        expect(
            !output.status.success() && stderr.contains(names),
            format!("{variables:?} is refused by name: {stderr}"),
        )
    };
    refused(&[("PORT", "http")], "PORT")?;
    let taken = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| Ok((listener.local_addr()?.port().to_string(), listener)))
        .map_err(|error| Stop::failed(error.to_string()))?;
    refused(&[("PORT", taken.0.as_str())], &taken.0)?;
    refused(
        &[("PORT", "0"), ("AUTH_GITHUB_ID", "an-id")],
        "AUTH_GITHUB_SECRET",
    )
}

fn expect(holds: bool, claim: impl Into<String>) -> Result<(), Stop> {
    if holds {
        Ok(())
    } else {
        Err(Stop::Failed(format!("does not hold: {}", claim.into())))
    }
}

fn status(page: &Page, wanted: u16) -> Result<(), Stop> {
    let path = page.url.path();
    expect(
        page.status == wanted,
        format!("{path} answers {wanted}, not {}", page.status),
    )
}
