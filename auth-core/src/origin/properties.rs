//! Whatever `Host` and the forwarded headers say.

use proptest::option;

use super::*;
use crate::hostile::{header, property};
use crate::http::{Peer, Request};

const HOSTS: [&str; 8] = [
    "localhost:3000",
    "127.0.0.1",
    "[::1]:3000",
    "app.example",
    "App.Example:443",
    "b\u{fc}cher.example",
    "localhost:3000, evil.example",
    "user@app.example:80/path",
];

fn resolve(policy: &OriginPolicy, headers: [Option<http::HeaderValue>; 3]) -> Option<Origin> {
    let mut request = Request::default();
    request.extensions_mut().insert(Peer([127, 0, 0, 1].into()));
    for (name, value) in [HOST, FORWARDED_HOST, FORWARDED_PROTO]
        .into_iter()
        .zip(headers)
    {
        if let Some(value) = value {
            request.headers_mut().append(name, value);
        }
    }
    policy.resolve(&request).ok()
}

property!(
    an_origin_is_scheme_host_and_port_whatever_the_headers_say,
    (
        option::of(header(HOSTS)),
        option::of(header(HOSTS)),
        option::of(header(["https", "http", "https, http"])),
    ),
    |(host, forwarded_host, forwarded_proto)| {
        let headers = [host, forwarded_host, forwarded_proto];
        let known = ["https://app.example", "http://localhost:3000"];
        let known = known.map(|text| Origin::parse(text).unwrap());
        let among = OriginPolicy::Fixed(known.to_vec());
        if let Some(origin) = resolve(&among, headers.clone()) {
            assert!(known.contains(&origin));
        }
        let only = OriginPolicy::Fixed(known[..1].to_vec());
        assert_eq!(resolve(&only, headers.clone()).as_ref(), Some(&known[0]));
        if let Some(origin) = resolve(&OriginPolicy::LoopbackOnly, headers.clone()) {
            assert!(origin.is_loopback() && !origin.is_secure());
            is_plain(&origin);
        }
        if let Some(origin) = resolve(&OriginPolicy::Forwarded, headers) {
            is_plain(&origin);
        }
    }
);

property!(
    an_origin_that_is_parsed_is_in_its_normal_form,
    header([
        "https://app.example",
        "HTTP://localhost:80/",
        "https://[::1]:1"
    ]),
    |text| {
        if let Some(origin) = text.to_str().ok().and_then(|text| Origin::parse(text).ok()) {
            is_plain(&origin);
        }
    }
);

fn is_plain(origin: &Origin) {
    let text = origin.as_str();
    assert_eq!(
        Url::parse(text).unwrap().origin().ascii_serialization(),
        text
    );
    assert_eq!(Origin::parse(text).as_ref(), Ok(origin));
    // It is repeated in every address that we build.
    assert!(text.len() <= "https://".len() + MAX_AUTHORITY, "{text}");
}
