use std::time::Duration;

use super::*;
use crate::cookie::{CookieOverride, CookieOverrides};
use crate::provider::ClientSecretKey;
use crate::provider::Provider;
use crate::providers::{APPLE, GITHUB, GOOGLE, KEYCLOAK, MASTODON, OIDC};
use crate::store::MemoryStore;
use crate::testing::{NoHttp, NoSpawn};

const SECRET: &str = "0123456789abcdef0123456789abcdef";
const ACME: Provider = Provider::oidc("acme", "Acme", "https://acme.example");

fn builder(variables: &[(&str, &str)]) -> AuthBuilder {
    AuthBuilder::with_adapters(NoHttp, NoSpawn).environment(variables.iter().copied())
}

fn problems(builder: AuthBuilder) -> Vec<BuildProblem> {
    builder.build().unwrap_err().problems().to_vec()
}

fn ids(auth: &Auth) -> Vec<&str> {
    auth.providers().map(|(id, _)| id).collect()
}

#[test]
fn every_problem_is_reported_at_once() {
    let found = problems(
        builder(&[
            ("AUTH_SECRET", "short"),
            ("AUTH_URL", "not a url"),
            ("AUTH_TRUST_HOST", "perhaps"),
        ])
        .provider(GITHUB)
        .provider(KEYCLOAK.client("id", "secret"))
        .prefix("api auth")
        .session_max_age(Duration::ZERO),
    );
    let missing = |suffix: &str| BuildProblem::CredentialMissing {
        provider: "github".into(),
        variable: format!("AUTH_GITHUB_{suffix}"),
    };
    assert_eq!(
        found,
        [
            BuildProblem::OriginInvalid {
                setting: "AUTH_URL"
            },
            BuildProblem::TrustHostInvalid,
            BuildProblem::PrefixInvalid {
                prefix: "api auth".into()
            },
            BuildProblem::SecretTooShort {
                setting: "AUTH_SECRET".into(),
                bytes: 5
            },
            BuildProblem::DurationTooShort {
                setting: "session_max_age"
            },
            missing("ID"),
            missing("SECRET"),
            BuildProblem::IssuerMissing {
                provider: "keycloak".into(),
                variable: "AUTH_KEYCLOAK_ISSUER".into(),
            },
        ]
    );
}

#[test]
fn the_message_has_a_line_for_each_problem_and_no_secret() {
    let error = builder(&[("AUTH_SECRET", "hunter2")])
        .provider(GITHUB)
        .build()
        .unwrap_err();
    let text = error.to_string();
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(
        text.contains("AUTH_GITHUB_ID is missing") && !text.contains("hunter2"),
        "{text}"
    );
}

#[test]
fn credentials_come_from_the_environment() {
    let auth = builder(&[
        ("AUTH_SECRET", SECRET),
        ("AUTH_GITHUB_ID", "id"),
        ("AUTH_GITHUB_SECRET", "secret"),
    ])
    .provider(GITHUB)
    .build()
    .unwrap();
    assert_eq!(ids(&auth), ["github"]);
}

#[test]
fn a_half_set_pair_names_the_missing_half() {
    let found = problems(
        builder(&[("AUTH_SECRET", SECRET), ("AUTH_GITHUB_ID", "id")])
            .providers_from_env(&[GITHUB, GOOGLE]),
    );
    let variable = "AUTH_GITHUB_SECRET".to_owned();
    assert_eq!(
        found,
        [BuildProblem::CredentialMissing {
            provider: "github".into(),
            variable
        }]
    );
}

#[test]
fn providers_from_env_registers_those_with_variables() {
    let auth = builder(&[
        ("AUTH_SECRET", SECRET),
        ("AUTH_OIDC_ISSUER", "https://id.example"),
        ("AUTH_OIDC_ID", "id"),
        ("AUTH_OIDC_SECRET", "secret"),
        ("AUTH_OIDC_NAME", "Example ID"),
    ])
    .providers_from_env(&[GITHUB, GOOGLE, OIDC])
    .build()
    .unwrap();
    assert_eq!(
        auth.providers().collect::<Vec<_>>(),
        [("oidc", "Example ID")]
    );
}

#[test]
fn one_provider_registers_twice_under_two_ids() {
    let tenant = |id: &str| {
        KEYCLOAK
            .client("id", "secret")
            .id(id)
            .name("Acme")
            .issuer("https://kc.example/realms/acme")
    };
    let two = builder(&[("AUTH_SECRET", SECRET)])
        .provider(tenant("kc-a"))
        .provider(tenant("kc-b"));
    assert_eq!(ids(&two.build().unwrap()), ["kc-a", "kc-b"]);
    let same = builder(&[("AUTH_SECRET", SECRET)])
        .provider(tenant("kc"))
        .provider(tenant("kc"));
    assert_eq!(
        problems(same),
        [BuildProblem::ProviderIdRepeated { id: "kc".into() }]
    );
}

#[test]
fn only_a_registered_provider_can_be_trusted_with_addresses() {
    let trusting = |ids: &[&str]| {
        let users = Users::new(MemoryStore::new()).link_verified_emails(ids.iter().copied());
        let builder = builder(&[("AUTH_SECRET", SECRET)]);
        builder.provider(GITHUB.client("id", "secret")).users(users)
    };
    assert!(trusting(&["github"]).build().is_ok());
    assert_eq!(
        problems(trusting(&["github", "google"])),
        [BuildProblem::TrustedProviderUnknown {
            id: "google".into()
        }]
    );
}

#[test]
fn an_unacceptable_registration_is_refused() {
    let check = |client: Client, expected: BuildProblem| {
        assert_eq!(
            problems(builder(&[("AUTH_SECRET", SECRET)]).provider(client)),
            [expected]
        );
    };
    let acme = || ACME.client("id", "secret");
    check(
        acme().id("No Id"),
        BuildProblem::ProviderIdInvalid { id: "No Id".into() },
    );
    for issuer in [
        "http://idp.example",
        "https://a.example?x=1",
        "https://u@a.example",
        "ftp://a",
    ] {
        check(
            acme().issuer(issuer),
            BuildProblem::IssuerInvalid {
                provider: "acme".into(),
            },
        );
    }
    check(
        GITHUB.client("id", "secret").issuer("https://id.example"),
        BuildProblem::IssuerUnexpected {
            provider: "github".into(),
        },
    );
    check(
        acme().authorization_param("redirect_uri", "https://evil.example"),
        BuildProblem::ParameterReserved {
            provider: "acme".into(),
            parameter: "redirect_uri".into(),
        },
    );
}

#[test]
fn a_public_client_needs_no_secret() {
    let auth = builder(&[("AUTH_SECRET", SECRET)])
        .provider(ACME.public_client("id"))
        .build();
    assert_eq!(ids(&auth.unwrap()), ["acme"]);
}

#[test]
fn without_a_secret_one_is_made_up_on_loopback_only() {
    let auth = builder(&[]).build().unwrap();
    assert!(
        auth.warnings()[0].contains("AUTH_SECRET is not set"),
        "{:?}",
        auth.warnings()
    );
    assert!(
        builder(&[("AUTH_URL", "http://localhost:3000")])
            .build()
            .is_ok()
    );
    for variable in [
        ("AUTH_URL", "https://app.example"),
        ("AUTH_TRUST_HOST", "true"),
    ] {
        assert_eq!(
            problems(builder(&[variable])),
            [BuildProblem::SecretMissing]
        );
    }
}

#[test]
fn the_highest_numbered_secret_encrypts_and_older_ones_may_be_short() {
    let auth = builder(&[("AUTH_SECRET", "old"), ("AUTH_SECRET_1", SECRET)])
        .provider(ACME.client("id", "secret"))
        .build()
        .unwrap();
    assert_eq!(auth.warnings().len(), 1, "{:?}", auth.warnings());
    assert!(auth.warnings()[0].starts_with("AUTH_SECRET is shorter"));
    let found = problems(builder(&[
        ("AUTH_SECRET", SECRET),
        ("AUTH_SECRET_1", "new"),
    ]));
    assert_eq!(
        found,
        [BuildProblem::SecretTooShort {
            setting: "AUTH_SECRET_1".into(),
            bytes: 3
        }]
    );
}

#[test]
fn the_path_of_auth_url_is_the_prefix() {
    let with_url = |url| builder(&[("AUTH_SECRET", SECRET), ("AUTH_URL", url)]);
    assert_eq!(
        with_url("https://app.example/auth/")
            .build()
            .unwrap()
            .prefix(),
        "/auth"
    );
    assert_eq!(
        with_url("https://app.example").build().unwrap().prefix(),
        "/api/auth"
    );
    assert_eq!(
        problems(with_url("https://app.example/auth").prefix("/sign")),
        [BuildProblem::PrefixMismatch {
            path: "/auth".into(),
            prefix: "/sign".into()
        }]
    );
}

#[test]
fn trust_host_false_means_false() {
    assert!(builder(&[("AUTH_TRUST_HOST", "false")]).build().is_ok());
}

#[test]
fn a_mistyped_variable_warns_and_never_fails() {
    let auth = builder(&[("AUTH_SECRET", SECRET), ("AUTH_GITUB_ID", "x")])
        .build()
        .unwrap();
    assert!(
        auth.warnings()
            .iter()
            .any(|it| it.contains("AUTH_GITHUB_ID")),
        "{:?}",
        auth.warnings()
    );
}

fn of(client: impl Into<Client>, variables: &[(&str, &str)]) -> Vec<BuildProblem> {
    let variables = [&[("AUTH_SECRET", SECRET)], variables].concat();
    problems(builder(&variables).provider(client))
}

#[test]
fn an_address_that_may_not_be_called_is_a_problem() {
    let invalid = |setting| {
        vec![BuildProblem::UrlInvalid {
            provider: "github".into(),
            setting,
        }]
    };
    for url in [
        "ghe",
        "http://ghe.example",
        "https://a@ghe.example",
        "https://ghe.example/?a",
    ] {
        let client = GITHUB.client("id", "secret");
        assert_eq!(of(client.clone().base_url(url), &[]), invalid("BASE_URL"));
        assert_eq!(
            of(client.clone(), &[("AUTH_GITHUB_BASE_URL", url)]),
            invalid("BASE_URL")
        );
        let issuer = MASTODON.client("id", "secret").issuer(url);
        assert!(matches!(
            of(issuer, &[])[..],
            [BuildProblem::IssuerInvalid { .. }]
        ));
    }
    for url in [
        "x",
        "http://api.example/me",
        "https://a@api.example/me",
        "https://a.example/#x",
    ] {
        let client = GITHUB.client("id", "secret");
        let found = of(client.clone().userinfo_endpoint(url), &[]);
        assert_eq!(found, invalid("USERINFO_URL"));
        let found = of(client.authorization_endpoint(url), &[]);
        assert_eq!(found, invalid(".authorization_endpoint(..)"));
    }
}

#[test]
fn a_server_that_anybody_can_run_needs_an_address() {
    let client = MASTODON.client("id", "secret");
    let missing = BuildProblem::IssuerMissing {
        provider: "mastodon".into(),
        variable: "AUTH_MASTODON_ISSUER".into(),
    };
    assert_eq!(of(client.clone(), &[]), [missing]);
    for suffix in ["ISSUER", "BASE_URL"] {
        let name = format!("AUTH_MASTODON_{suffix}");
        let variables = [("AUTH_SECRET", SECRET), (&*name, "https://social.example")];
        assert!(builder(&variables).provider(client.clone()).build().is_ok());
    }
}

#[test]
fn a_key_that_cannot_sign_is_a_problem() {
    let key = ClientSecretKey::new("TEAM", "KEY", "nonsense");
    assert_eq!(
        of(APPLE.client("id", key.clone()), &[]),
        [BuildProblem::PrivateKeyInvalid {
            provider: "apple".into()
        }]
    );
    assert_eq!(
        of(GITHUB.client("id", key), &[]),
        [BuildProblem::PrivateKeyUnexpected {
            provider: "github".into()
        }]
    );
}

#[test]
fn a_key_that_is_half_set_names_what_is_missing() {
    let variables = [("AUTH_APPLE_ID", "id"), ("AUTH_APPLE_KEY_ID", "KEY")];
    let missing = ["TEAM_ID", "PRIVATE_KEY"].map(|suffix| BuildProblem::CredentialMissing {
        provider: "apple".into(),
        variable: format!("AUTH_APPLE_{suffix}"),
    });
    assert_eq!(of(APPLE, &variables), missing);
}

#[test]
fn an_empty_secret_is_a_problem_whatever_the_variables_hold() {
    let found = of(APPLE.client("id", " "), &[("AUTH_APPLE_KEY_ID", "KEY")]);
    assert_eq!(
        found,
        [BuildProblem::CredentialMissing {
            provider: "apple".into(),
            variable: "AUTH_APPLE_SECRET".into(),
        }]
    );
}

#[test]
fn a_cookie_that_no_browser_keeps_is_a_problem_of_the_configuration() {
    let plain = [
        ("AUTH_SECRET", SECRET),
        ("AUTH_URL", "http://localhost:3000"),
    ];
    let cookies = |cookie| CookieOverrides::new().session(cookie);
    let found = problems(builder(&plain).cookies(cookies(CookieOverride::new().name("__Host-s"))));
    assert_eq!(
        found,
        [BuildProblem::Cookie {
            name: "__Host-s".into(),
            problem: CookieProblem::NotSecure("the prefix of its name"),
        }]
    );
    assert!(
        builder(&plain)
            .cookies(cookies(CookieOverride::new().name("__Host-s")))
            .secure_cookies()
            .build()
            .is_ok()
    );
}

#[test]
fn insecure_cookies_are_warned_about_where_browsers_come_by_https() {
    let warned = |url| {
        let variables = [("AUTH_SECRET", SECRET), ("AUTH_URL", url)];
        let auth: Auth = builder(&variables)
            .danger_insecure_cookies()
            .build()
            .unwrap();
        let warnings = auth.warnings();
        warnings
            .iter()
            .any(|it| it.contains("danger_insecure_cookies"))
    };
    assert!(warned("https://app.example"));
    assert!(!warned("http://localhost:3000"));
}

#[test]
fn a_theme_that_is_no_theme_is_found_when_building() {
    let theme = Theme::new()
        .logo("https://cdn.example/logo.svg")
        .brand_color("rebeccapurple")
        .button_text("#fff;} body{display:none")
        .name("Acme\nInc.")
        .radius(25)
        .stylesheet("https://cdn.example/site.css")
        .privacy_policy("javascript:alert(1)")
        .terms("http://acme.example/terms");
    assert_eq!(
        invalid_settings(theme),
        [
            "radius",
            "name",
            "logo",
            "brand_color",
            "button_text",
            "stylesheet",
            "privacy_policy",
            "terms"
        ]
    );
}

/// The settings that `build()` refuses.
fn invalid_settings(theme: Theme) -> Vec<&'static str> {
    let found = problems(builder(&[("AUTH_SECRET", SECRET)]).theme(theme));
    let setting = |problem: &BuildProblem| match problem {
        BuildProblem::ThemeInvalid { setting, .. } => *setting,
        other => panic!("{other}"),
    };
    found.iter().map(setting).collect()
}

#[test]
fn a_logo_for_dark_pages_alone_is_refused() {
    let theme = Theme::new().logo_dark("/dark.svg");
    assert_eq!(invalid_settings(theme), ["logo_dark"]);
}

#[test]
fn a_name_is_one_line_of_80_characters_at_most() {
    for name in ["", "  ", &"x".repeat(81), "a\u{0}b"] {
        assert_eq!(invalid_settings(Theme::new().name(name)), ["name"]);
    }
    let longest = Theme::new().name("ä".repeat(80));
    assert!(
        builder(&[("AUTH_SECRET", SECRET)])
            .theme(longest)
            .build()
            .is_ok()
    );
}

#[test]
fn a_page_that_is_replaced_twice_is_refused() {
    let pages = Pages::new()
        .sign_in("/login")
        .render_sign_in(|view| view.built_in())
        .sign_out("/bye")
        .render_sign_out(|view| view.built_in())
        .error("/oops")
        .render_error(|view| view.built_in())
        .verify_request("/mail")
        .render_verify_request(|view| view.built_in());
    let twice = |page| BuildProblem::PageReplacedTwice { page };
    assert_eq!(
        problems(builder(&[("AUTH_SECRET", SECRET)]).pages(pages)),
        ["sign_in", "sign_out", "error", "verify_request"].map(twice)
    );
}

#[test]
fn a_button_that_could_not_be_read_is_warned_about() {
    let warned = |theme| {
        let auth = builder(&[("AUTH_SECRET", SECRET)]).theme(theme).build();
        let auth: Auth = auth.unwrap();
        auth.warnings()
            .iter()
            .any(|warning| warning.starts_with("theme:"))
    };
    assert!(!warned(Theme::new()));
    assert!(!warned(Theme::new().brand_color("#fd0")));
    assert!(!warned(
        Theme::new().brand_color("#fd0").button_text("#000")
    ));
    assert!(warned(Theme::new().brand_color("#fd0").button_text("#fff")));
    assert!(
        warned(Theme::new().button_text("#fff")),
        "the button is light in the dark scheme"
    );
}

#[test]
fn a_theme_reaches_the_stylesheet_and_its_address() {
    let path = |theme| {
        let auth: Auth = builder(&[("AUTH_SECRET", SECRET)])
            .theme(theme)
            .build()
            .unwrap();
        crate::SessionSource::stylesheet_path(&auth).unwrap()
    };
    assert_eq!(path(Theme::new()), path(Theme::new().logo("/logo.svg")));
    assert_ne!(
        path(Theme::new()),
        path(Theme::new().brand_color("#7c3aed"))
    );
}
