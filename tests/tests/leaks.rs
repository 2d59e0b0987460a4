//! What is said to nobody: secrets, in logs and in `Debug`.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use auth_actix::{
    Auth, CallbackError, Callbacks, Events, LinkAccountEvent, Pages, ProfileSource, SignInAttempt,
    SignInDecision, SigningAlgorithm, Token, Trigger, store,
};
use auth_dev::{DevProvider, Fault, Person, Precondition};
use auth_tests::{Browser, Site};

/// Everything that is logged in this process, by anybody, at every level.
struct Log;

static LINES: Mutex<String> = Mutex::new(String::new());

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{} {} {}\n", record.level(), record.target(), record.args());
        hold(&LINES).push_str(&line);
    }

    fn flush(&self) {}
}

/// Listens once in this process.
fn listen() {
    static LISTENING: OnceLock<()> = OnceLock::new();
    LISTENING.get_or_init(|| {
        log::set_logger(&Log).expect("nobody else listens");
        log::set_max_level(log::LevelFilter::Trace);
    });
}

/// What nobody may be told, collected while it passes by.
static SECRETS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// What is shown of the values that an application gets to see.
static SHOWN: Mutex<String> = Mutex::new(String::new());

fn hold<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn keep(secret: impl Into<String>) {
    hold(&SECRETS).push(secret.into());
}

fn show(value: &dyn std::fmt::Debug) {
    hold(&SHOWN).push_str(&format!("{value:?}\n{value:#?}\n"));
}

/// Keeps the tokens of each sign-in, and shows all that callbacks are given.
struct Eavesdropper;

impl Callbacks for Eavesdropper {
    async fn sign_in(&self, attempt: &SignInAttempt<'_>) -> Result<SignInDecision, CallbackError> {
        show(attempt);
        show(attempt.account);
        keep(attempt.account.access_token.expose());
        for token in [&attempt.account.refresh_token, &attempt.account.id_token]
            .into_iter()
            .flatten()
        {
            keep(token.expose());
        }
        Ok(SignInDecision::Allow)
    }

    async fn jwt(
        &self,
        mut token: Token,
        trigger: &Trigger<'_>,
    ) -> Result<Option<Token>, CallbackError> {
        show(trigger);
        token.set("canary", "CANARY-in-the-session");
        show(&token);
        Ok(Some(token))
    }
}

impl Events for Eavesdropper {
    async fn link_account(&self, event: &LinkAccountEvent<'_>) -> Result<(), CallbackError> {
        show(event);
        Ok(())
    }
}

/// What is shown of the views of pages.
static SHOWN_VIEWS: Mutex<String> = Mutex::new(String::new());

fn show_view(view: &dyn std::fmt::Debug) {
    hold(&SHOWN_VIEWS).push_str(&format!("{view:?}\n{view:#?}\n"));
}

/// Functions that show what each page is given.
fn pages() -> Pages {
    Pages::new()
        .render_sign_in(|view| {
            show_view(view);
            show_view(&view.continue_to);
            view.built_in()
        })
        .render_sign_out(|view| {
            show_view(view);
            show_view(&view.cancel);
            view.built_in()
        })
        .render_error(|view| {
            show_view(view);
            view.built_in()
        })
        .render_verify_request(|view| {
            show_view(view);
            view.built_in()
        })
}

const AUTH_SECRET: &str = "CANARY-auth-secret, which is more than 32 bytes long";

fn site(fault: Option<Fault>) -> Site {
    let algorithm = match fault {
        Some(Fault::Hs256WithPublicKey) => SigningAlgorithm::Rs256,
        // Keys that are made in no time.
        _ => SigningAlgorithm::Es256,
    };
    let provider = DevProvider::builder().signing_algorithm(algorithm).start();
    let provider = provider.expect("the provider starts");
    let client = match fault.map(Fault::precondition) {
        Some(Precondition::Userinfo) => provider.client().profile_from(ProfileSource::Userinfo),
        _ => provider.client(),
    };
    let site = Site::new(provider, client, |builder| {
        let users = store::MemoryStore::new();
        let builder = builder.secret(AUTH_SECRET).callbacks(Eavesdropper);
        let builder = builder.pages(pages());
        builder.users(users).events(Eavesdropper)
    });
    keep(AUTH_SECRET);
    keep(site.provider.client_secret());
    keep("CANARY-in-the-session");
    site
}

/// A sign-in as far as it gets, and a sign-out; keeps the secrets that pass by.
async fn live(site: &Site) {
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page?CANARY-way-back").await;
    for name in ["state", "nonce", "code_challenge"] {
        if let Some(value) = begun.location_param(name) {
            keep(value);
        }
    }
    if begun.location().starts_with(site.provider.issuer()) {
        let approval = site.approve(&begun, Person::ada());
        let back = approval.callback_url();
        if let Some((_, query)) = back.split_once('?') {
            let values = query.split('&').filter_map(|pair| pair.split_once('='));
            // The rest is the issuer's address, and words such as `access_denied`.
            for (name, value) in values.filter(|(name, _)| ["code", "state"].contains(name)) {
                keep(format!("{name}={value}"));
                keep(value);
            }
        }
        let answer = site.come_back(&mut browser, &approval).await;
        show(&answer.status);
    }
    let cookies = browser.cookies.values().filter(|value| value.len() >= 16);
    cookies.for_each(|value| keep(value.as_str()));
    browser.visit(&site.url("/page")).await;
    browser
        .cookies
        .insert("authjs.session-token".into(), "CANARY-broken-cookie".into());
    keep("CANARY-broken-cookie");
    browser.visit(&site.url("/page")).await;
    site.sign_out(&mut browser).await;
}

/// The secrets that occur in `text`, apart from empty ones and addresses of our own.
fn found_in(text: &str) -> Vec<String> {
    let secrets = hold(&SECRETS);
    let mut found: Vec<_> = secrets
        .iter()
        .filter(|secret| secret.len() >= 8 && text.contains(secret.as_str()))
        .cloned()
        .collect();
    found.dedup();
    found
}

#[actix_web::test]
async fn no_log_line_holds_a_secret_whatever_the_provider_does() {
    listen();
    let faults = Fault::ALL
        .iter()
        .copied()
        .filter(|fault| *fault != Fault::TokenSlow);
    for fault in std::iter::once(None).chain(faults.map(Some)) {
        let site = site(fault);
        if let Some(fault) = fault {
            site.provider.fail_next(fault);
        }
        live(&site).await;
    }
    let lines = hold(&LINES).clone();
    assert!(hold(&SECRETS).len() > 300, "secrets passed by");
    assert!(
        lines.contains("INFO auth") && lines.contains("WARN auth"),
        "failures are logged"
    );
    assert!(
        lines.contains("TRACE") || lines.contains("DEBUG"),
        "everything is heard"
    );
    let ours: String = lines
        .lines()
        .filter(|line| line.contains(" auth"))
        .collect::<Vec<_>>()
        .join("\n");
    assert_eq!(found_in(&ours), Vec::<String>::new(), "in our own lines");
    assert_eq!(
        found_in(&lines),
        Vec::<String>::new(),
        "in lines of others about our requests"
    );
    // The targets that the manual names.
    let targets = lines.lines().filter_map(|line| line.split(' ').nth(1));
    let undocumented = targets
        .filter(|target| target.starts_with("auth_core") || target.starts_with("auth::"))
        .collect::<Vec<_>>();
    assert_eq!(undocumented, Vec::<&str>::new());
    assert!(
        !lines.contains("way-back"),
        "nobody's whereabouts are logged"
    );
    log::info!("{AUTH_SECRET}");
    assert_eq!(found_in(&hold(&LINES)), [AUTH_SECRET], "the ear works");
}

#[actix_web::test]
async fn debug_of_what_an_application_holds_shows_no_secret() {
    let site = site(None);
    live(&site).await;
    show(&site.auth);
    show(&*site.auth);
    show(&site.provider);
    show(&site.provider.client());
    show(&auth_actix::Secret::from(AUTH_SECRET.to_owned()));
    let failed = Auth::builder()
        .environment([
            ("AUTH_SECRET", AUTH_SECRET),
            ("AUTH_URL", "CANARY-in-auth-url"),
        ])
        .provider(
            site.provider
                .client()
                .issuer("https://user:CANARY-password@op.example"),
        )
        .build();
    let problems = failed.expect_err("the configuration is wrong");
    keep("CANARY-password");
    show(&problems);
    hold(&SHOWN).push_str(&problems.to_string());
    let shown = hold(&SHOWN).clone();
    assert!(
        shown.contains("Account") && shown.contains("Token"),
        "{shown}"
    );
    assert_eq!(found_in(&shown), Vec::<String>::new());
}

#[actix_web::test]
async fn debug_of_views_shows_neither_who_is_signed_in_nor_the_way_back() {
    let site = site(None);
    let person = Person::new("CANARY-of-a-name", "ada@example.com");
    let mut browser = site.browser_of(person).await;
    let secrets = [
        site.csrf(&mut browser).await,
        "CANARY-of-a-name".to_owned(),
        "CANARY-in-the-way-back".to_owned(),
    ];
    for page in ["signin", "signout", "error", "verify-request"] {
        let url = site.url(&format!("/api/auth/{page}"));
        let url = format!("{url}?callbackUrl=/reset?token=CANARY-in-the-way-back");
        browser.visit(&url).await;
    }
    let shown = hold(&SHOWN_VIEWS).clone();
    for view in [
        "SignInView",
        "SignOutView",
        "ErrorView",
        "VerifyRequestView",
        "Some(LinkView",
    ] {
        assert!(shown.contains(view), "{view} is not in {shown}");
    }
    for secret in secrets {
        assert!(!shown.contains(&secret), "{secret} is in {shown}");
    }
}
