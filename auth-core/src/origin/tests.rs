use super::*;
use crate::http::{Peer, Request};

fn origin(text: &str) -> Origin {
    Origin::parse(text).unwrap()
}

fn request(peer: &str, headers: &[(&str, &str)]) -> Request {
    let mut builder = http::Request::get("/");
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    if !peer.is_empty() {
        builder = builder.extension(Peer(peer.parse().unwrap()));
    }
    builder.body(Vec::new()).unwrap()
}

/// The origin, or the error's `Debug`.
fn resolve(
    policy: &OriginPolicy,
    peer: &str,
    headers: &[(&str, &str)],
) -> Result<String, OriginError> {
    policy
        .resolve(&request(peer, headers))
        .map(|origin| origin.to_string())
}

#[test]
fn origins_are_normalised() {
    let check = |text: &str, expected: &str| {
        assert_eq!(origin(text).as_str(), expected, "{text}");
        assert_eq!(origin(text).to_string(), expected, "{text}");
        assert_eq!(origin(text), origin(expected), "{text}");
    };
    check("https://app.example", "https://app.example");
    check("https://app.example/", "https://app.example");
    check("HTTPS://APP.example:443", "https://app.example");
    check("http://app.example:80", "http://app.example");
    check("https://app.example:80", "https://app.example:80");
    check("http://localhost:3000", "http://localhost:3000");
    check("http://[0:0::1]:3000", "http://[::1]:3000");
    check("http://127.1", "http://127.0.0.1");
    check("https://bücher.example", "https://xn--bcher-kva.example");
}

#[test]
fn what_is_more_or_less_than_an_origin_is_refused() {
    for text in [
        "",
        "app.example",
        "//app.example",
        "https:",
        "https://",
        "https:///",
        "https:app.example",
        "https:/app.example",
        "https:///app.example",
        "https:\\\\app.example",
        "https://app.example/auth",
        "https://app.example//",
        "https://app.example?",
        "https://app.example#",
        "https://app.example/?x",
        "https://user@app.example",
        "https://@app.example",
        "https://app.example:port",
        "https://app.example:99999",
        "https://app.example, https://b.example",
        "https://app.exa mple",
        " https://app.example",
        "https://app.example ",
        "https://app.exa\tmple",
        "ht\ntps://app.example",
        "https://app%2eexample",
        "https://[::1",
        "ftp://app.example",
        "javascript://app.example",
        "blob:https://app.example",
        "file://app.example",
        "null",
    ] {
        assert_eq!(Origin::parse(text), Err(OriginError::Malformed), "{text:?}");
    }
}

#[test]
fn security_and_loopback_are_told_apart() {
    let check = |text: &str, secure: bool, loopback: bool| {
        let origin = origin(text);
        assert_eq!(origin.is_secure(), secure, "{text}");
        assert_eq!(origin.is_loopback(), loopback, "{text}");
    };
    check("https://app.example", true, false);
    check("http://app.example", false, false);
    check("http://localhost:3000", false, true);
    check("https://localhost", true, true);
    check("http://acme.localhost:3000", false, true);
    check("http://a.b.LOCALHOST", false, true);
    check("http://notlocalhost", false, false);
    check("http://localhost.acme", false, false);
    check("http://127.0.0.2", false, true);
    check("http://[::1]", false, true);
    check("http://127.0.0.1.evil.example", false, false);
    check("http://localhost.evil.example", false, false);
    check("http://0.0.0.0", false, false);
}

#[test]
fn a_single_fixed_origin_holds_whatever_a_request_says() {
    let policy = OriginPolicy::Fixed(vec![origin("https://app.example")]);
    for headers in [
        [].as_slice(),
        &[("host", "evil.example")],
        &[("host", "a@evil.example")],
        &[("host", "evil.example/x?")],
        &[("host", "a"), ("host", "b")],
        &[
            ("host", "app.example"),
            ("x-forwarded-host", "evil.example"),
        ],
        &[
            ("host", "app.example"),
            ("x-forwarded-host", "evil.example, app.example"),
        ],
        &[("host", "app.example"), ("x-forwarded-proto", "javascript")],
        &[("host", "app.example"), ("x-forwarded-port", "1")],
        &[("forwarded", "host=evil.example;proto=https")],
    ] {
        let resolved = resolve(&policy, "203.0.113.7", headers);
        assert_eq!(resolved.as_deref(), Ok("https://app.example"));
    }
}

#[test]
fn of_several_fixed_origins_the_host_chooses() {
    let policy = OriginPolicy::Fixed(vec![
        origin("https://app.example"),
        origin("http://intranet:8080"),
        origin("https://b.example:8443"),
    ]);
    let check = |host: &str, expected: Result<&str, OriginError>| {
        let resolved = resolve(
            &policy,
            "",
            &[("host", host), ("x-forwarded-proto", "http")],
        );
        assert_eq!(resolved, expected.map(str::to_owned), "{host}");
    };
    check("app.example", Ok("https://app.example"));
    check("APP.example:443", Ok("https://app.example"));
    check("intranet:8080", Ok("http://intranet:8080"));
    check("b.example:8443", Ok("https://b.example:8443"));
    for host in [
        "evil.example",
        "",
        "app.example:80",
        "app.example:8443",
        "b.example",
        "intranet",
        "app.example.",
        "app.example.evil.example",
        "x@app.example",
        "app.example, evil.example",
        "app.example:443:443",
    ] {
        check(host, Err(OriginError::UnknownHost));
    }
    let host = OriginError::RepeatedHeader { header: "host" };
    let twice = [("host", "app.example"), ("host", "app.example")];
    assert_eq!(resolve(&policy, "", &twice), Err(host));
    assert_eq!(resolve(&policy, "", &[]), Err(OriginError::MissingHost));
    let forwarded = [
        ("host", "evil.example"),
        ("x-forwarded-host", "app.example"),
    ];
    assert_eq!(
        resolve(&policy, "", &forwarded),
        Err(OriginError::UnknownHost)
    );
}

#[test]
fn without_origins_none_is_found() {
    let policy = OriginPolicy::Fixed(Vec::new());
    assert_eq!(
        resolve(&policy, "127.0.0.1", &[("host", "localhost")]),
        Err(OriginError::UnknownHost)
    );
}

#[test]
fn a_trusted_proxy_names_the_origin() {
    let check = |headers: &[(&str, &str)], expected: &str| {
        let resolved = resolve(&OriginPolicy::Forwarded, "", headers);
        assert_eq!(resolved.as_deref(), Ok(expected), "{headers:?}");
    };
    let host = ("host", "10.0.0.1:3000");
    let forwarded = ("x-forwarded-host", "app.example");
    check(&[host, forwarded], "https://app.example");
    check(
        &[host, forwarded, ("x-forwarded-proto", "https")],
        "https://app.example",
    );
    check(
        &[host, forwarded, ("x-forwarded-proto", "http")],
        "http://app.example",
    );
    check(
        &[host, ("x-forwarded-host", "app.example:8443")],
        "https://app.example:8443",
    );
    check(
        &[("host", "app.example"), ("x-forwarded-proto", "https")],
        "https://app.example",
    );
    // The header may be lost, or stripped by a `Connection` that a client sent.
    check(&[("host", "app.example")], "https://app.example");
    check(&[("host", "localhost:3000")], "http://localhost:3000");
    check(
        &[("host", "localhost:3000"), ("x-forwarded-proto", "https")],
        "https://localhost:3000",
    );
    // Never read, trusted proxy or not.
    for (name, value) in [
        ("forwarded", "host=evil.example;proto=http"),
        ("x_forwarded_host", "evil.example"),
        ("x-forwarded-port", "1"),
        ("x-forwarded-scheme", "http"),
        ("x-original-host", "evil.example"),
    ] {
        check(&[host, forwarded, (name, value)], "https://app.example");
    }
}

#[test]
fn a_forwarded_header_in_doubt_is_refused() {
    let repeated = |header| OriginError::RepeatedHeader { header };
    let invalid = |header| OriginError::InvalidHeader { header };
    let check = |headers: &[(&str, &str)], expected: OriginError| {
        let resolved = resolve(&OriginPolicy::Forwarded, "127.0.0.1", headers);
        assert_eq!(resolved, Err(expected), "{headers:?}");
    };
    let host = ("host", "app.example");
    check(
        &[
            host,
            ("x-forwarded-host", "a.example"),
            ("x-forwarded-host", "a.example"),
        ],
        repeated("x-forwarded-host"),
    );
    check(
        &[
            host,
            ("x-forwarded-proto", "https"),
            ("x-forwarded-proto", "https"),
        ],
        repeated("x-forwarded-proto"),
    );
    check(&[host, host], repeated("host"));
    check(&[], OriginError::MissingHost);
    for value in [
        "",
        "evil.example, app.example",
        "evil.example,app.example",
        "a@evil.example",
        "evil.example/x?",
        "evil.example#",
        "evil.example\\x",
        "evil.example:port",
        "https://evil.example",
        "evil .example",
        "evil%2eexample",
        "[::1",
        ":80",
    ] {
        check(
            &[host, ("x-forwarded-host", value)],
            invalid("x-forwarded-host"),
        );
        check(&[("host", value)], invalid("host"));
    }
    for value in [
        "",
        "javascript",
        "HTTPS",
        "https, http",
        "https,https",
        "ws",
        "https://x",
    ] {
        check(
            &[host, ("x-forwarded-proto", value)],
            invalid("x-forwarded-proto"),
        );
    }
}

#[test]
fn loopback_needs_no_configuration() {
    let check = |peer: &str, host: &str, expected: &str| {
        let headers = [
            ("host", host),
            ("x-forwarded-host", "evil.example"),
            ("x-forwarded-proto", "https"),
        ];
        let resolved = resolve(&OriginPolicy::LoopbackOnly, peer, &headers);
        assert_eq!(resolved.as_deref(), Ok(expected), "{peer} {host}");
    };
    check("127.0.0.1", "localhost:3000", "http://localhost:3000");
    check(
        "127.0.0.1",
        "acme.localhost:3000",
        "http://acme.localhost:3000",
    );
    check("127.0.0.1", "127.0.0.1:3000", "http://127.0.0.1:3000");
    check("::1", "[::1]:3000", "http://[::1]:3000");
    check("::ffff:127.0.0.1", "localhost", "http://localhost");
}

#[test]
fn beyond_loopback_configuration_is_required() {
    let check = |peer: &str, headers: &[(&str, &str)], expected: OriginError| {
        let resolved = resolve(&OriginPolicy::LoopbackOnly, peer, headers);
        assert_eq!(resolved, Err(expected), "{peer} {headers:?}");
    };
    let local = ("host", "localhost:3000");
    check(
        "127.0.0.1",
        &[("host", "evil.example")],
        OriginError::NotLoopback,
    );
    check(
        "127.0.0.1",
        &[("host", "localhost.evil.example")],
        OriginError::NotLoopback,
    );
    check("192.0.2.1", &[local], OriginError::NotLoopback);
    check("::ffff:192.0.2.1", &[local], OriginError::NotLoopback);
    check("", &[local], OriginError::NotLoopback);
    check("127.0.0.1", &[], OriginError::MissingHost);
    check(
        "127.0.0.1",
        &[local, local],
        OriginError::RepeatedHeader { header: "host" },
    );
    check(
        "127.0.0.1",
        &[("host", "localhost@evil.example")],
        OriginError::InvalidHeader { header: "host" },
    );
    check(
        "192.0.2.1",
        &[("host", "evil.example"), ("x-forwarded-host", "localhost")],
        OriginError::NotLoopback,
    );
}

#[test]
fn no_message_repeats_what_a_request_says() {
    let headers = [("host", "a@canary.example")];
    for policy in [OriginPolicy::Forwarded, OriginPolicy::LoopbackOnly] {
        let error = resolve(&policy, "127.0.0.1", &headers).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
}

#[test]
fn a_host_longer_than_any_name_is_refused() {
    let name = |length: usize| format!("{}.example", "a".repeat(length - ".example".len()));
    let longest = format!("{}:65535", name(253));
    let origin = resolve(&OriginPolicy::Forwarded, "", &[("host", &longest)]);
    assert_eq!(origin, Ok(format!("https://{longest}")));
    // The last one is short, and long in its normal form.
    for host in [name(260), name(100_000), "\u{fdfa}".repeat(80)] {
        let mut request = request("", &[]);
        let value = http::HeaderValue::from_bytes(host.as_bytes()).unwrap();
        request.headers_mut().insert("host", value);
        let header = "host";
        let refused = OriginPolicy::Forwarded.resolve(&request);
        assert_eq!(refused, Err(OriginError::InvalidHeader { header }));
    }
}
