use std::time::Duration;

use crate::authkit::{AuthKit, AuthKitBuilder};
use crate::builder::BuildProblem;
use crate::testing::{NoHttp, NoSpawn};

const GOOD: [(&str, &str); 4] = [
    ("WORKOS_API_KEY", "sk_test_x"),
    ("WORKOS_CLIENT_ID", "client_1"),
    ("WORKOS_REDIRECT_URI", "http://localhost:3000/callback"),
    (
        "WORKOS_COOKIE_PASSWORD",
        "a password of more than 32 characters",
    ),
];

type Change = fn(AuthKitBuilder) -> AuthKitBuilder;

fn build(changes: &[(&str, &str)], change: Change) -> Result<AuthKit, Vec<BuildProblem>> {
    let mut variables = GOOD.to_vec();
    for (name, value) in changes {
        variables.retain(|(known, _)| known != name);
        variables.push((name, value));
    }
    let builder = AuthKitBuilder::with_adapters(NoHttp, NoSpawn).environment(variables);
    change(builder)
        .build()
        .map_err(|error| error.problems().to_vec())
}

/// The only problem of a configuration that is good but for `changes`.
fn problem(changes: &[(&str, &str)]) -> BuildProblem {
    match build(changes, |it| it).unwrap_err().as_slice() {
        [only] => only.clone(),
        several => panic!("{changes:?}: {several:?}"),
    }
}

#[test]
fn four_variables_are_enough() {
    let kit = build(&[], |it| it).unwrap();
    let paths: Vec<_> = kit.paths().collect();
    assert_eq!(
        paths,
        [
            "/sign-in",
            "/sign-up",
            "/callback",
            "/sign-out",
            "/_authkit/me",
            "/_authkit/style.css"
        ]
    );
    assert!(kit.warnings().is_empty());
}

#[test]
fn every_problem_is_named_at_once() {
    let builder = AuthKitBuilder::<AuthKit>::with_adapters(NoHttp, NoSpawn);
    let error = builder
        .environment([
            ("WORKOS_REDIRECT_URI", "/callback"),
            ("WORKOS_COOKIE_PASSWORD", "short"),
            ("WORKOS_COOKIE_SAMESITE", "sometimes"),
            ("WORKOS_COOKIE_MAX_AGE", "long"),
            ("WORKOS_COOKIE_NAME", "a b"),
            ("WORKOS_COOKIE_DOMAIN", "https://app.example"),
            ("WORKOS_API_PORT", "99999"),
            ("WORKOS_API_HTTPS", "maybe"),
            ("WORKOS_ISSUER", "auth.example"),
        ])
        .sign_in_path("sign-in")
        .build()
        .unwrap_err();
    assert_eq!(error.problems().len(), 12, "{error}");
    let shown = error.to_string();
    for name in [
        "WORKOS_API_KEY",
        "WORKOS_CLIENT_ID",
        "WORKOS_REDIRECT_URI",
        "WORKOS_COOKIE_PASSWORD",
        "WORKOS_COOKIE_SAMESITE",
        "WORKOS_COOKIE_MAX_AGE",
        "WORKOS_COOKIE_NAME",
        "WORKOS_COOKIE_DOMAIN",
        "WORKOS_API_PORT",
        "WORKOS_API_HTTPS",
        "WORKOS_ISSUER",
        ".sign_in_path(..)",
    ] {
        assert!(shown.contains(name), "{name}: {shown}");
    }
    assert!(!shown.contains("short\n"), "no secret is shown");
}

#[test]
fn a_password_has_32_characters_as_javascript_counts() {
    let check = |password: &str, characters: Option<usize>| {
        let built = build(&[("WORKOS_COOKIE_PASSWORD", password)], |it| it);
        let expected = characters.map(|characters| BuildProblem::PasswordTooShort {
            setting: "WORKOS_COOKIE_PASSWORD",
            characters,
        });
        assert_eq!(built.err().map(|it| it[0].clone()), expected);
    };
    check(&"x".repeat(31), Some(31));
    check(&"x".repeat(32), None);
    check(&"😀".repeat(16), None);
}

#[test]
fn the_session_has_no_name_of_another_cookie_of_ours() {
    let expected = BuildProblem::SettingInvalid {
        setting: "WORKOS_COOKIE_NAME",
        expected: "a cookie name such as `wos-session`, and not one of ours",
    };
    for name in [
        "wos-language",
        "wos-language.0",
        "wos-auth-verifier",
        "wos-auth-verifier.0",
        "wos-auth-verifier-0123abcd",
    ] {
        assert_eq!(problem(&[("WORKOS_COOKIE_NAME", name)]), expected, "{name}");
    }
    for name in ["wos", "language", "wos-session.0", "my-wos-language"] {
        let kit = build(&[("WORKOS_COOKIE_NAME", name)], |it| it).unwrap();
        assert_eq!(kit.inner().cookie.name, name);
    }
}

#[test]
fn a_redirect_uri_is_absolute_and_has_a_path_of_its_own() {
    for text in [
        "/callback",
        "app.example/callback",
        "ftp://app.example/callback",
        "https://app.example",
        "https://app.example/",
        "https://app.example/callback/",
        "https://app.example/callback?a=b",
        "https://app.example/callback#x",
        "https://user@app.example/callback",
        "https://app.example/{callback}",
    ] {
        let expected = BuildProblem::RedirectUriInvalid {
            setting: "WORKOS_REDIRECT_URI",
        };
        assert_eq!(
            problem(&[("WORKOS_REDIRECT_URI", text)]),
            expected,
            "{text}"
        );
    }
}

#[test]
fn no_two_routes_have_one_path() {
    let uri = "http://localhost:3000/sign-in";
    assert!(matches!(
        problem(&[("WORKOS_REDIRECT_URI", uri)]),
        BuildProblem::PathRepeated { .. }
    ));
    let change: Change = |it| it.sign_out_path("/_authkit/style.css");
    assert!(build(&[], change).is_err());
}

#[test]
fn where_the_browser_goes_afterwards_is_a_place_of_ours() {
    let elsewhere: Change = |it| it.after_sign_in("https://evil.example/");
    assert!(matches!(
        build(&[], elsewhere).unwrap_err()[0],
        BuildProblem::PathInvalid { .. }
    ));
    let elsewhere: Change = |it| it.after_sign_out("//evil.example");
    assert!(build(&[], elsewhere).is_err());
}

#[test]
fn the_api_key_crosses_no_network_in_the_clear() {
    let check = |host: &str, accepted: bool| {
        let built = build(
            &[
                ("WORKOS_API_HOSTNAME", host),
                ("WORKOS_API_HTTPS", "false"),
                ("WORKOS_API_PORT", "4100"),
            ],
            |it| it,
        );
        assert_eq!(built.is_ok(), accepted, "{host}");
    };
    check("localhost", true);
    check("127.0.0.1", true);
    check("api.workos.com", false);
}

#[test]
fn what_is_set_in_code_counts_more_than_the_environment() {
    let change: Change = |it| {
        it.cookie_name("mine")
            .cookie_max_age(Duration::from_secs(60))
            .cookie_domain("app.example")
    };
    let variables = [
        ("WORKOS_COOKIE_NAME", "theirs"),
        ("WORKOS_COOKIE_MAX_AGE", "1000"),
        ("WORKOS_COOKIE_DOMAIN", "other.example"),
    ];
    let kit = build(&variables, change).unwrap();
    let cookie = &kit.inner().cookie;
    assert_eq!((cookie.name.as_str(), cookie.max_age), ("mine", 60));
    assert_eq!(cookie.attributes.domain.as_deref(), Some("app.example"));
}

#[test]
fn both_spellings_of_the_same_site_variable_are_read() {
    for name in ["WORKOS_COOKIE_SAMESITE", "WORKOS_COOKIE_SAME_SITE"] {
        let kit = build(&[(name, "Strict")], |it| it).unwrap();
        let found = kit.inner().cookie.attributes.same_site;
        assert_eq!(found, crate::cookie::SameSite::Strict);
    }
}

#[test]
fn cookies_are_secure_where_the_redirect_uri_is() {
    let secure = |uri| {
        let kit = build(&[("WORKOS_REDIRECT_URI", uri)], |it| it).unwrap();
        kit.inner().cookie.attributes.secure
    };
    assert!(!secure("http://localhost:3000/callback"));
    assert!(secure("https://app.example/callback"));
}

#[test]
fn a_mistyped_variable_is_suspected() {
    let kit = build(&[("WORKOS_COOKIE_NAMES", "x")], |it| it).unwrap();
    assert!(kit.warnings()[0].contains("WORKOS_COOKIE_NAME"));
}

#[test]
fn plain_http_beyond_loopback_is_warned_about() {
    let uri = "http://app.example/callback";
    let kit = build(&[("WORKOS_REDIRECT_URI", uri)], |it| it).unwrap();
    assert!(kit.warnings()[0].contains("not https"));
}
