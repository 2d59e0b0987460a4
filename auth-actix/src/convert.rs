//! actix's messages (`http` 0.2) and core's (`http` 1). The only place where the two meet.

use std::net::IpAddr;
use std::sync::LazyLock;

use actix_web::dev::RequestHead;
use actix_web::http::header::{self as http02, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode, Uri, Version};
use actix_web::{HttpRequest, HttpResponse};
use auth_core::{AnswerAtOnce, Peer, RequestView};

/// A request as core reads it.
pub(crate) struct View<'a>(pub(crate) &'a HttpRequest);

impl RequestView for View<'_> {
    fn method(&self) -> &str {
        self.0.method().as_str()
    }

    fn path(&self) -> &str {
        self.0.uri().path()
    }

    fn each_header<'a>(&'a self, name: &str, each: &mut dyn FnMut(&'a [u8])) {
        let headers = self.0.headers();
        // Asked on every request: without parsing the name.
        let values = match name {
            "cookie" => headers.get_all(http02::COOKIE),
            name => headers.get_all(name),
        };
        for value in values {
            each(value.as_bytes());
        }
        if name.eq_ignore_ascii_case("host")
            && let Some(authority) = authority(self.0.head())
        {
            each(authority.as_bytes());
        }
    }

    fn peer(&self) -> Option<IpAddr> {
        peer(self.0)
    }
}

/// The parts of a request that a renewal needs, kept for when the request itself is gone: an inner
/// middleware that fails takes it along. Values are shared with the request, not copied.
#[derive(Clone)]
pub(crate) struct Snapshot {
    method: Method,
    uri: Uri,
    headers: Vec<(&'static str, HeaderValue)>,
    peer: Option<IpAddr>,
}

/// The headers that say who is there and under which origin.
const SNAPSHOT_HEADERS: [&str; 6] = [
    "cookie",
    "host",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-port",
    "authorization",
];

impl Snapshot {
    pub(crate) fn of(request: &HttpRequest) -> Self {
        let mut headers = Vec::with_capacity(4);
        for name in SNAPSHOT_HEADERS {
            for value in request.headers().get_all(name) {
                headers.push((name, value.clone()));
            }
        }
        if let Some(authority) = authority(request.head())
            && let Ok(authority) = HeaderValue::from_str(authority)
        {
            headers.push(("host", authority));
        }
        Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            headers,
            peer: peer(request),
        }
    }
}

impl RequestView for Snapshot {
    fn method(&self) -> &str {
        self.method.as_str()
    }

    fn path(&self) -> &str {
        self.uri.path()
    }

    fn each_header<'a>(&'a self, name: &str, each: &mut dyn FnMut(&'a [u8])) {
        for (held, value) in &self.headers {
            if held.eq_ignore_ascii_case(name) {
                each(value.as_bytes());
            }
        }
    }

    fn peer(&self) -> Option<IpAddr> {
        self.peer
    }
}

/// HTTP/2 has `:authority` where HTTP/1 has `Host` (RFC 9113 §8.3.1). In HTTP/1 the authority of an
/// absolute-form target is not looked at: what is configured is compared with one value.
fn authority(head: &RequestHead) -> Option<&str> {
    (head.version == Version::HTTP_2 && !head.headers.contains_key(http02::HOST))
        .then(|| head.uri.authority().map(|authority| authority.as_str()))
        .flatten()
}

/// The address at the other end of the socket; `::ffff:127.0.0.1` is `127.0.0.1`.
fn peer(request: &HttpRequest) -> Option<IpAddr> {
    request
        .peer_addr()
        .map(|address| address.ip().to_canonical())
}

/// The request for core's endpoints. `None` for what `http` 1 does not accept.
pub(crate) fn to_core(request: &HttpRequest, body: Vec<u8>) -> Option<auth_core::Request> {
    let mut converted = http::Request::new(body);
    *converted.method_mut() =
        http::Method::from_bytes(request.method().as_str().as_bytes()).ok()?;
    *converted.uri_mut() = request.uri().to_string().parse().ok()?;
    for (name, value) in request.headers() {
        converted.headers_mut().append(
            http::HeaderName::from_bytes(name.as_str().as_bytes()).ok()?,
            http::HeaderValue::from_bytes(value.as_bytes()).ok()?,
        );
    }
    if let Some(authority) = authority(request.head()) {
        let authority = http::HeaderValue::from_str(authority).ok()?;
        converted
            .headers_mut()
            .insert(http::header::HOST, authority);
    }
    if let Some(peer) = peer(request) {
        converted.extensions_mut().insert(Peer(peer));
    }
    Some(converted)
}

/// The response for actix, every header line kept.
pub(crate) fn from_core(response: auth_core::Response) -> HttpResponse {
    let (head, body) = response.into_parts();
    // Both versions accept the same statuses: 100 to 999.
    let status =
        StatusCode::from_u16(head.status.as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut converted = HttpResponse::with_body(status, actix_web::body::BoxBody::new(body));
    for (name, value) in &head.headers {
        let name = http02::HeaderName::from_bytes(name.as_str().as_bytes());
        if let (Ok(name), Some(value)) = (name, header_value(value)) {
            converted.headers_mut().append(name, value);
        }
    }
    converted
}

/// The response for actix to what core had at hand.
pub(crate) fn from_core_at_once(answer: AnswerAtOnce) -> HttpResponse {
    static HEADERS: LazyLock<Vec<(HeaderName, HeaderValue)>> = LazyLock::new(|| {
        let convert = |(name, value): (http::HeaderName, _)| {
            let name = HeaderName::from_bytes(name.as_str().as_bytes()).ok()?;
            Some((name, HeaderValue::from_static(value)))
        };
        AnswerAtOnce::headers().filter_map(convert).collect()
    });
    let body = actix_web::body::BoxBody::new(answer.into_body());
    let mut response = HttpResponse::with_body(StatusCode::OK, body);
    for (name, value) in HEADERS.iter() {
        response.headers_mut().append(name.clone(), value.clone());
    }
    response
}

/// A header value for actix. Both versions accept the same bytes.
pub(crate) fn header_value(value: &http::HeaderValue) -> Option<HeaderValue> {
    HeaderValue::from_bytes(value.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn values(view: &dyn RequestView, name: &str) -> Vec<Vec<u8>> {
        let mut values = Vec::new();
        view.each_header(name, &mut |value| values.push(value.to_vec()));
        values
    }

    fn request() -> HttpRequest {
        TestRequest::post()
            .uri("/a/b?c=d")
            .append_header(("cookie", "one=1"))
            .append_header(("cookie", "two=2"))
            .append_header(("host", "app.example"))
            .append_header(("x-other", "x"))
            .peer_addr("[::ffff:127.0.0.1]:4000".parse().unwrap())
            .to_http_request()
    }

    #[test]
    fn a_request_arrives_in_core_as_it_was_sent() {
        let converted = to_core(&request(), b"body".to_vec()).unwrap();
        assert_eq!(converted.method(), "POST");
        assert_eq!(converted.uri(), "/a/b?c=d");
        assert_eq!(values(&converted, "cookie"), [b"one=1", b"two=2"]);
        assert_eq!(converted.body(), b"body");
        let peer = converted.extensions().get::<Peer>().copied();
        assert_eq!(peer, Some(Peer([127, 0, 0, 1].into())));
    }

    #[test]
    fn the_view_and_its_snapshot_show_the_same() {
        let request = request();
        let view = View(&request);
        let snapshot = Snapshot::of(&request);
        for name in ["cookie", "Cookie", "host", "x-forwarded-host"] {
            assert_eq!(values(&view, name), values(&snapshot, name), "{name}");
        }
        assert_eq!(values(&view, "cookie").len(), 2);
        assert_eq!((view.method(), view.path()), ("POST", "/a/b"));
        assert_eq!((snapshot.method(), snapshot.path()), ("POST", "/a/b"));
        assert_eq!(view.peer(), snapshot.peer());
        assert_eq!(view.peer(), Some([127, 0, 0, 1].into()));
    }

    #[test]
    fn the_authority_of_an_absolute_target_is_not_the_host() {
        let request = TestRequest::get()
            .uri("http://evil.example/")
            .insert_header(("host", "app.example"))
            .to_http_request();
        assert_eq!(values(&View(&request), "host"), [b"app.example"]);
        let request = TestRequest::get()
            .uri("http://evil.example/")
            .to_http_request();
        assert!(values(&View(&request), "host").is_empty());
    }

    #[test]
    fn http2_shows_its_authority_as_the_host() {
        let request = TestRequest::get()
            .uri("https://app.example/")
            .version(Version::HTTP_2)
            .to_http_request();
        assert_eq!(values(&View(&request), "host"), [b"app.example"]);
        assert_eq!(values(&Snapshot::of(&request), "host"), [b"app.example"]);
        let converted = to_core(&request, Vec::new()).unwrap();
        assert_eq!(values(&converted, "host"), [b"app.example"]);
    }

    #[actix_web::test]
    async fn every_cookie_of_an_answer_arrives() {
        let response = http::Response::builder()
            .status(302)
            .header("location", "/x")
            .header("set-cookie", "a=1")
            .header("set-cookie", "b=2")
            .body(b"bytes".to_vec())
            .unwrap();
        let converted = from_core(response);
        assert_eq!(converted.status(), 302);
        let cookies: Vec<_> = converted.headers().get_all("set-cookie").collect();
        assert_eq!(cookies, ["a=1", "b=2"]);
        let body = actix_web::body::to_bytes(converted.into_body()).await;
        assert_eq!(body.unwrap(), "bytes");
    }
}
