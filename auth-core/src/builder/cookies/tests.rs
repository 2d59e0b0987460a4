use super::*;
use crate::cookie::CookieOverride;

fn fixed(origins: &[&str]) -> OriginPolicy {
    let parse = |text: &&str| Origin::parse(text).unwrap();
    OriginPolicy::Fixed(origins.iter().map(parse).collect())
}

fn settings(overrides: CookieOverrides) -> CookieSettings {
    CookieSettings {
        overrides,
        ..CookieSettings::default()
    }
}

/// The problems of these settings, without the names.
fn problems_of(settings: &CookieSettings, origins: &OriginPolicy) -> Vec<CookieProblem> {
    let mut problems = Vec::new();
    settings.resolve(origins, "/api/auth", &mut problems, &mut Vec::new());
    let mut found: Vec<CookieProblem> = problems
        .into_iter()
        .map(|problem| match problem {
            BuildProblem::Cookie { problem, .. } => problem,
            other => panic!("{other}"),
        })
        .collect();
    // One cookie may have a name for each scheme.
    found.dedup();
    found
}

fn session(cookie: CookieOverride) -> CookieSettings {
    settings(CookieOverrides::new().session(cookie))
}

fn csrf(cookie: CookieOverride) -> CookieSettings {
    settings(CookieOverrides::new().csrf(cookie))
}

fn cookie() -> CookieOverride {
    CookieOverride::new()
}

const HTTPS: &[&str] = &["https://app.example.com"];
const HTTP: &[&str] = &["http://localhost:3000"];

#[test]
fn the_defaults_and_sensible_overrides_have_no_problem() {
    let check = |settings: CookieSettings, origins: &OriginPolicy| {
        assert_eq!(problems_of(&settings, origins), [], "{origins:?}");
    };
    for origins in [fixed(HTTPS), fixed(HTTP), OriginPolicy::Forwarded] {
        check(CookieSettings::default(), &origins);
        check(session(cookie().name("sid").path("/api")), &origins);
    }
    check(session(cookie().domain("example.com")), &fixed(HTTPS));
    check(session(cookie().domain("app.example.com")), &fixed(HTTPS));
    check(
        session(cookie().domain("localhost")),
        &OriginPolicy::LoopbackOnly,
    );
    check(
        session(cookie().domain("example.com")),
        &OriginPolicy::Forwarded,
    );
    check(
        session(cookie().same_site(SameSite::None).partitioned()),
        &fixed(HTTPS),
    );
    check(session(cookie().same_site(SameSite::Strict)), &fixed(HTTP));
    check(
        csrf(cookie().name("csrf").domain("example.com")),
        &fixed(HTTPS),
    );
}

#[test]
fn a_name_that_is_no_token_is_refused() {
    for name in ["", "a b", "a=b", "a;b", "ä", "session.0", "session.17"] {
        let found = problems_of(&session(cookie().name(name)), &fixed(HTTPS));
        assert!(found.contains(&CookieProblem::Name), "{name}");
    }
    let long = "x".repeat(MAX_NAME + 1);
    let found = problems_of(&session(cookie().name(long)), &fixed(HTTPS));
    assert_eq!(found, [CookieProblem::Name]);
}

#[test]
fn names_that_overlap_are_refused() {
    let check = |name: &str, other: &str| {
        let found = problems_of(&csrf(cookie().name(name)), &fixed(HTTP));
        let other = other.to_owned();
        assert_eq!(found, [CookieProblem::Overlap { other }], "{name}");
    };
    check("authjs.tx.csrf", "authjs.tx.");
    check("authjs.callback-url", "authjs.callback-url");
    check("authjs.callback", "authjs.callback-url");
    let found = problems_of(&csrf(cookie().name("authjs.session-token.x")), &fixed(HTTP));
    assert!(matches!(found[..], [CookieProblem::Overlap { .. }]));
}

#[test]
fn a_name_that_v4_had_is_refused_where_v4_is_read() {
    let mut settings = session(cookie().name("next-auth.session-token"));
    assert_eq!(problems_of(&settings, &fixed(HTTP)), []);
    settings.v4 = V4Sessions::Read;
    let found = problems_of(&settings, &fixed(HTTP));
    assert!(matches!(found[..], [CookieProblem::Overlap { .. }]));
}

#[test]
fn a_domain_that_a_browser_would_not_take_from_us_is_refused() {
    let check = |domain: &str, origins: &OriginPolicy| {
        let found = problems_of(&session(cookie().domain(domain)), origins);
        assert_eq!(found, [CookieProblem::Domain(domain.to_owned())]);
    };
    for domain in [
        "",
        "com",
        ".example.com",
        "Example.com",
        "example.com;",
        "other.example",
        "ple.com",
        "b.app.example.com",
        "127.0.0.1",
    ] {
        check(domain, &fixed(HTTPS));
    }
    check("example.com", &OriginPolicy::LoopbackOnly);
    check("com;x", &OriginPolicy::Forwarded);
    check(
        "example.com",
        &fixed(&["https://a.example.com", "https://b.example.org"]),
    );
}

#[test]
fn a_path_that_does_not_cover_the_routes_is_refused() {
    for path in [
        "",
        "api",
        "/app",
        "/api/aut",
        "/api/auth/signin",
        "/api;",
        "/api /",
    ] {
        let found = problems_of(&session(cookie().path(path)), &fixed(HTTPS));
        assert_eq!(found, [CookieProblem::Path(path.to_owned())]);
    }
    for path in ["/", "/api", "/api/", "/api/auth"] {
        assert_eq!(
            problems_of(&session(cookie().path(path)), &fixed(HTTPS)),
            []
        );
    }
}

#[test]
fn the_host_prefix_forbids_domain_and_path() {
    let domain = csrf(cookie().domain("example.com"));
    let path = csrf(cookie().path("/api"));
    for settings in [&domain, &path] {
        assert_eq!(
            problems_of(settings, &fixed(HTTPS)),
            [CookieProblem::HostPrefix]
        );
        // Over http the default name has no prefix.
        let domain = fixed(&["http://app.example.com"]);
        assert_eq!(problems_of(settings, &domain), []);
    }
    let named = session(cookie().name("__host-sid").path("/api"));
    assert_eq!(
        problems_of(&named, &fixed(HTTPS)),
        [CookieProblem::HostPrefix]
    );
}

#[test]
fn what_asks_for_secure_is_refused_without() {
    let check = |cookie: CookieOverride| {
        let settings = session(cookie);
        let problems = problems_of(&settings, &fixed(HTTP));
        assert!(matches!(problems[..], [CookieProblem::NotSecure(_)]));
        assert_eq!(problems_of(&settings, &OriginPolicy::Forwarded), problems);
        assert_eq!(problems_of(&settings, &fixed(HTTPS)), []);
        let secure = CookieSettings {
            secure: Some(true),
            ..settings
        };
        assert_eq!(problems_of(&secure, &fixed(HTTP)), []);
        let plain = CookieSettings {
            secure: Some(false),
            ..secure
        };
        assert_eq!(problems_of(&plain, &fixed(HTTPS)), problems);
    };
    check(cookie().name("__Secure-sid"));
    check(cookie().name("__Host-sid"));
    check(cookie().same_site(SameSite::None));
    check(cookie().partitioned());
}

#[test]
fn a_strict_transaction_is_refused() {
    let strict = cookie().same_site(SameSite::Strict);
    let settings = settings(CookieOverrides::new().transaction(strict));
    assert_eq!(
        problems_of(&settings, &fixed(HTTPS)),
        [CookieProblem::StrictTransaction]
    );
}

#[test]
fn cookies_that_travel_in_the_clear_are_warned_of() {
    let check = |secure, origins: &[&str], expected| {
        let mut warnings = Vec::new();
        let settings = CookieSettings {
            secure,
            ..CookieSettings::default()
        };
        let cookies = settings.resolve(&fixed(origins), "/", &mut Vec::new(), &mut warnings);
        assert_eq!(warnings.len(), expected);
        cookies
    };
    let plain = check(Some(false), HTTPS, 1);
    assert_eq!(plain.over(true).session.name, "authjs.session-token");
    let secure = check(Some(true), HTTP, 0);
    assert_eq!(secure.over(false).csrf.name, "__Host-authjs.csrf-token");
    assert!(secure.over(false).csrf.attributes.secure);
    check(Some(false), HTTP, 0);
    check(None, HTTPS, 0);
}
