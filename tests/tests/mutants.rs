//! Every request of the table, with each of its parameters missing, doubled, empty, overlong and
//! not UTF-8: no failure of the server, no hang, nobody sent elsewhere.

use std::time::{Duration, Instant};

use auth_tests::requests::{self, Case, MUTATIONS, Mutation, Parts, Place, Stage, Visitor};
use auth_tests::{Browser, Site};
use futures_util::{StreamExt as _, stream};

/// More than any of these answers takes.
const PATIENCE: Duration = Duration::from_secs(5);

#[actix_web::test]
async fn no_mutilated_request_is_a_5xx_or_hangs_or_leads_off_the_site() {
    let site = Site::start();
    let cases = requests::all();
    let sent: Vec<usize> = stream::iter(&cases)
        .map(|case| send_all(&site, case))
        .buffer_unordered(8)
        .collect()
        .await;
    let sent: usize = sent.iter().sum();
    assert!(sent > 2000, "{sent} requests are too few");
    site.browser_of(auth_dev::Person::ada()).await;
}

/// Sends all mutilated forms of `case`. How many there are.
async fn send_all(site: &Site, case: &Case) -> usize {
    let stage = Stage {
        base: &site.base,
        prefix: "/api/auth",
        provider: &site.provider,
    };
    let arrived = stage.arrive(case.visitor).await;
    let mut sent = 0;
    for (place, name) in case.parameters() {
        for mutation in MUTATIONS {
            // An answer of the provider works once.
            let (mut browser, values) = match case.visitor {
                Visitor::Returning | Visitor::Refusing | Visitor::Again => {
                    stage.arrive(case.visitor).await
                }
                _ => arrived.clone(),
            };
            let parts = case.parts(&values).mutated(place, &name, mutation);
            let before = Instant::now();
            let is_too_long_for_the_client = place == Place::Query && mutation == Mutation::Huge;
            let (status, to) = if is_too_long_for_the_client {
                send_raw(site, case, parts, &browser)
            } else {
                let answer = stage.send(case.method.clone(), parts, &mut browser).await;
                (answer.status, answer.location().to_owned())
            };
            let what = format!("{}: {place:?} `{name}` {mutation:?}", case.name);
            assert!(
                before.elapsed() < PATIENCE,
                "{what}: {:?}",
                before.elapsed()
            );
            check(site, status, &to, &what);
            if mutation == Mutation::Huge
                && matches!(place, Place::Form | Place::Json | Place::Body)
            {
                assert_eq!(status, 413, "{what}");
            }
            sent += 1;
        }
    }
    sent
}

/// Status and `Location` of a request whose address our own client would not take.
fn send_raw(site: &Site, case: &Case, parts: Parts, browser: &Browser) -> (u16, String) {
    let mut headers: Vec<_> = parts
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or_default()))
        .collect();
    let cookies = browser.cookies.iter();
    let cookies: Vec<_> = cookies
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    headers.push(format!("Cookie: {}", cookies.join("; ")));
    let line = format!("{} /api/auth{} HTTP/1.1", case.method, parts.target);
    let answer = site.raw_with_body(&line, &headers, &parts.body.unwrap_or_default());
    let status = answer
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let locations = answer.lines().filter_map(|line| line.split_once(": "));
    let mut locations = locations.filter(|(name, _)| name.eq_ignore_ascii_case("location"));
    let to = locations.next().map_or("", |(_, to)| to);
    (
        status.unwrap_or_else(|| panic!("{}: `{answer}`", case.name)),
        to.to_owned(),
    )
}

fn check(site: &Site, status: u16, to: &str, what: &str) {
    assert!(status < 500, "{what}: {status}");
    let stays = to == site.base || to.starts_with(&format!("{}/", site.base));
    let to_provider = to.starts_with(&format!("{}/authorize?", site.provider.issuer()));
    assert!(to.is_empty() || stays || to_provider, "{what}: {to}");
}

#[actix_web::test]
async fn an_unknown_action_is_400_and_an_unknown_provider_a_page_that_is_4xx() {
    let site = Site::start();
    let (mut browser, values) = Stage {
        base: &site.base,
        prefix: "/api/auth",
        provider: &site.provider,
    }
    .arrive(Visitor::Guest)
    .await;
    for path in ["nope", "sign-in", "session/dev", "signin/dev/more"] {
        let url = site.url(&format!("/api/auth/{path}"));
        let answer = browser.fetch(&url).await;
        assert_eq!(
            (answer.status, &*answer.text),
            (400, "\"Bad request.\""),
            "{path}"
        );
    }
    let url = site.url("/api/auth/signin/nobody");
    let answer = browser.post(&url, &[("csrfToken", &values["csrf"])]).await;
    assert_eq!(
        answer.location_param("code").as_deref(),
        Some("unknown_provider")
    );
    let page = browser.visit(answer.location()).await;
    assert_eq!(page.status, 400);
    assert!(page.text.contains("unknown_provider"), "{}", page.text);
}
