use super::*;

fn origins(text: &str) -> OriginPolicy {
    OriginPolicy::Fixed(vec![Origin::parse(text).unwrap()])
}

/// The checked origin, the number of problems and the number of warnings.
fn check(settings: RedirectProxySettings, variable: &str) -> (Option<String>, usize, usize) {
    let environment = [("AUTH_REDIRECT_PROXY_URL".to_owned(), variable.to_owned())];
    let (mut problems, mut warnings) = (Vec::new(), Vec::new());
    let checked = settings.check(
        &environment.into_iter().collect(),
        &origins("https://app.example"),
        "/api/auth",
        &mut problems,
        &mut warnings,
    );
    let origin = checked.map(|checked| checked.origin.as_str().to_owned());
    (origin, problems.len(), warnings.len())
}

fn settings(url: Option<&str>, origins: &[&str]) -> RedirectProxySettings {
    RedirectProxySettings {
        url: url.map(str::to_owned),
        origins: origins.iter().map(|text| (*text).to_owned()).collect(),
    }
}

#[test]
fn the_setter_goes_before_the_variable() {
    let set = || settings(Some("https://set.example/api/auth"), &[]);
    let variable = "https://variable.example/api/auth/";
    let found = |text: &str| (Some(text.to_owned()), 0, 0);
    assert_eq!(check(set(), variable), found("https://set.example"));
    assert_eq!(
        check(settings(None, &[]), variable),
        found("https://variable.example")
    );
    assert_eq!(check(settings(None, &[]), ""), (None, 0, 0));
}

#[test]
fn an_address_of_other_routes_is_a_problem() {
    for url in [
        "https://app.example",
        "https://app.example/auth",
        "https://app.example/api/auth?x",
        "https://app.example/api/auth#x",
        "https://user@app.example/api/auth",
        "http://app.example/api/auth",
        "app.example/api/auth",
    ] {
        assert_eq!(check(settings(Some(url), &[]), ""), (None, 1, 0), "{url}");
    }
    let loopback = check(settings(Some("http://localhost:3000/api/auth"), &[]), "");
    assert_eq!((loopback.1, loopback.2), (0, 0));
}

#[test]
fn an_origin_that_is_none_is_a_problem() {
    let bad = settings(
        None,
        &["https://*.example.com", "https://*", "http://a.example"],
    );
    assert_eq!(check(bad, ""), (None, 2, 0));
}

#[test]
fn a_proxy_that_passes_nothing_on_is_warned_of() {
    let here = "https://app.example/api/auth";
    let without = check(settings(Some(here), &[]), "");
    assert_eq!((without.1, without.2), (0, 1));
    let with = check(settings(Some(here), &["https://next.example"]), "");
    assert_eq!((with.1, with.2), (0, 0));
}
