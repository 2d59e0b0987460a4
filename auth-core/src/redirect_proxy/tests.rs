use super::*;

const NOW: Timestamp = Timestamp::from_unix(1_700_000_000);

fn origin(text: &str) -> Origin {
    Origin::parse(text).unwrap()
}

fn stable() -> Origin {
    origin("https://app.example")
}

fn preview() -> Origin {
    origin("https://pr-7.previews.example")
}

fn proxy(secret: &str, allowed: &[&str]) -> RedirectProxy {
    let allowed = allowed
        .iter()
        .map(|text| AllowedOrigin::parse(text).unwrap());
    let secrets = Secrets::new(secret.into(), Vec::new());
    RedirectProxy::new(stable(), allowed.collect(), &secrets)
}

fn ours() -> RedirectProxy {
    proxy("s3cret", &["https://*.previews.example"])
}

fn state(proxy: &RedirectProxy, here: &Origin) -> String {
    proxy.seal_state("random".to_owned(), here, "github", NOW)
}

#[test]
fn an_answer_is_passed_on_to_the_origin_that_its_state_names() {
    let sealed = state(&ours(), &preview());
    let passage = ours().passage(&sealed, &stable(), "github", NOW);
    assert_eq!(passage, Ok(Some(preview())));
}

#[test]
fn only_the_proxy_passes_answers_on() {
    let sealed = state(&ours(), &preview());
    let passage = ours().passage(&sealed, &preview(), "github", NOW);
    assert_eq!(passage, Ok(None));
    assert_eq!(ours().seen_from(&preview()), Some(&stable()));
    assert_eq!(ours().seen_from(&stable()), None);
}

#[test]
fn a_state_that_we_did_not_seal_is_not_passed_on() {
    let guessed = state(&proxy("guess", &[]), &preview());
    let secrets = Secrets::new("s3cret".into(), Vec::new());
    let other_salt = KeyRing::derive(&secrets, "authjs.session-token")
        .seal(br#"{"state":"x","origin":"https://pr-7.previews.example","provider":"github","exp":9999999999}"#);
    for state in [
        "",
        "random",
        "https://pr-7.previews.example",
        &guessed,
        &other_salt,
    ] {
        let passage = ours().passage(state, &stable(), "github", NOW);
        assert_eq!(passage, Ok(None), "{state}");
    }
}

#[test]
fn a_state_of_the_proxy_itself_is_not_passed_on() {
    let sealed = state(&ours(), &stable());
    assert_eq!(ours().passage(&sealed, &stable(), "github", NOW), Ok(None));
}

#[test]
fn an_answer_to_an_origin_that_is_not_allowed_is_refused() {
    let check = |allowed: &[&str], here: &str| {
        let sealed = state(&ours(), &origin(here));
        let passage = proxy("s3cret", allowed).passage(&sealed, &stable(), "github", NOW);
        assert_eq!(passage, Err(PassageError::Origin), "{here}");
    };
    check(&[], "https://pr-7.previews.example");
    check(&["https://*.previews.example"], "https://evil.example");
    check(&["https://*.previews.example"], "https://previews.example");
    check(
        &["https://*.previews.example"],
        "https://a.b.previews.example",
    );
    check(&["https://*.previews.example"], "https://xpreviews.example");
    check(&["https://*.previews.example"], "http://a.previews.example");
    check(
        &["https://*.previews.example"],
        "https://a.previews.example:8443",
    );
    check(
        &["https://*.previews.example"],
        "https://a.previews.example.evil.example",
    );
    check(&["https://next.example"], "https://a.next.example");
}

#[test]
fn an_answer_of_another_provider_is_refused() {
    let sealed = state(&ours(), &preview());
    let passage = ours().passage(&sealed, &stable(), "google", NOW);
    assert_eq!(passage, Err(PassageError::OtherProvider));
}

#[test]
fn an_answer_that_comes_late_is_refused() {
    let sealed = state(&ours(), &preview());
    let at = |now| ours().passage(&sealed, &stable(), "github", now);
    let end = NOW.plus(LIFETIME);
    assert!(at(Timestamp::from_unix(end.as_unix() - 1)).is_ok());
    assert_eq!(at(end), Err(PassageError::Expired));
}

#[test]
fn origins_are_https_or_loopback_with_at_most_the_first_label_open() {
    for text in [
        "https://next.example",
        "https://next.example:8443",
        "https://*.previews.example",
        "http://localhost:3000",
    ] {
        assert!(AllowedOrigin::parse(text).is_some(), "{text}");
    }
    for text in [
        "",
        "*",
        "https://*",
        "https://*.example",
        "https://*.*.example.com",
        "https://pr-*.example.com",
        "https://a.*.example.com",
        "https://*.127.0.0.1",
        "http://next.example",
        "http://*.previews.example",
        "https://next.example/path",
        "https://user@next.example",
    ] {
        assert_eq!(AllowedOrigin::parse(text), None, "{text}");
    }
}

#[test]
fn debug_shows_no_key() {
    let shown = format!("{:?}", proxy("s3cret", &[]));
    assert!(!shown.contains("s3cret"), "{shown}");
}
