use super::*;

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A good request, with `changes` (`name=value`, `name` to remove, `+name=value` to repeat).
fn parse(changes: &[&str]) -> Result<AuthorizationRequest, Refusal> {
    let mut pairs = vec![
        ("client_id", CLIENT_ID),
        ("redirect_uri", "http://localhost:3000/cb"),
        ("response_type", "code"),
        ("scope", "openid  email"),
        ("state", "st"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    for change in changes {
        let (name, value) = match change.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (*change, None),
        };
        match name.strip_prefix('+') {
            Some(name) => pairs.push((name, value.unwrap_or_default())),
            None => {
                pairs.retain(|(other, _)| *other != name);
                pairs.extend(value.map(|value| (name, value)));
            }
        }
    }
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    AuthorizationRequest::parse(&Params::parse(query.as_bytes()))
}

#[track_caller]
fn told(changes: &[&str]) -> (&'static str, Destination) {
    match parse(changes) {
        Err(Refusal::Answer {
            destination, error, ..
        }) => (error, destination),
        other => panic!("{changes:?}: {other:?}"),
    }
}

#[test]
fn a_good_request_is_read() {
    let request = parse(&["max_age=60", "prompt=login consent", "fault=expired"]).unwrap();
    assert_eq!(request.scope, ["openid", "email"]);
    assert_eq!(request.max_age, Some(Duration::from_secs(60)));
    assert_eq!(request.prompt, Prompt::Page);
    assert_eq!(request.fault, Some(Fault::Expired));
    assert_eq!(request.destination.state.as_deref(), Some("st"));
    assert_eq!(parse(&["prompt=none"]).unwrap().prompt, Prompt::None);
    assert!(parse(&["client_id=dev-public-client"]).is_ok());
}

#[test]
fn an_unknown_client_or_address_is_never_redirected() {
    for change in [
        "client_id",
        "client_id=other",
        "+client_id=dev-client",
        "redirect_uri",
        "redirect_uri=http://evil.example/cb",
        "+redirect_uri=http://localhost/2",
        "fault=nonsense",
    ] {
        assert!(
            matches!(parse(&[change]), Err(Refusal::Page(_))),
            "{change}"
        );
    }
}

#[test]
fn only_loopback_addresses_are_redirected_to() {
    for good in [
        "http://localhost/cb",
        "https://localhost:3000/cb?x=1",
        "http://app.localhost/",
        "http://127.0.0.1:8080/",
        "http://[::1]/",
    ] {
        assert!(is_loopback_uri(good), "{good}");
    }
    for bad in [
        "",
        "/cb",
        "localhost:3000",
        "javascript:alert(1)",
        "ftp://localhost/",
        "http://localhost.evil.example/",
        "http://evil.example/?http://localhost/",
        "http://localhost@evil.example/",
        "http://user@localhost/",
        "http://localhost/cb#fragment",
        "http://192.168.0.1/",
        "http://[2001:db8::1]/",
    ] {
        assert!(!is_loopback_uri(bad), "{bad}");
    }
}

#[test]
fn pkce_with_s256_is_enforced() {
    for change in [
        "code_challenge",
        "code_challenge=short",
        "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw=cM",
        "code_challenge_method",
        "code_challenge_method=plain",
    ] {
        assert_eq!(told(&[change]).0, "invalid_request", "{change}");
    }
}

#[test]
fn each_mistake_has_its_error() {
    for (change, error) in [
        ("response_type", "invalid_request"),
        ("response_type=token", "unsupported_response_type"),
        ("response_mode=fragment", "invalid_request"),
        ("prompt=none login", "invalid_request"),
        ("prompt=create", "invalid_request"),
        ("max_age=-1", "invalid_request"),
        ("request=e30.e30.", "request_not_supported"),
        (
            "request_uri=http://localhost/r",
            "request_uri_not_supported",
        ),
        ("+scope=openid", "invalid_request"),
        ("+nonce=a&nonce=b", "invalid_request"),
    ] {
        let changes: Vec<&str> = match change {
            "+nonce=a&nonce=b" => vec!["+nonce=a", "+nonce=b"],
            change => vec![change],
        };
        assert_eq!(told(&changes).0, error, "{change}");
    }
}

#[test]
fn an_error_goes_back_the_way_that_was_asked_for() {
    let (_, destination) = told(&["response_mode=form_post", "response_type=token"]);
    assert_eq!(destination.mode, Mode::FormPost);
    assert_eq!(destination.state.as_deref(), Some("st"));
    let (error, destination) = told(&["+state=other"]);
    assert_eq!((error, destination.state), ("invalid_request", None));
}
