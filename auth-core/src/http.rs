//! Messages in, messages out, and the one door through which this crate calls other servers.
//!
//! Nothing here opens a socket: an adapter implements [`HttpClient`]. What may be called, and what
//! may come back, is decided in [`Outbound`], so that no adapter can forget it.

use std::net::IpAddr;
use std::sync::Arc;

use http::Uri;

use crate::spawn::BoxFuture;

/// A request to one of the sign-in endpoints, its body already read.
///
/// The adapter adds the address of the connection's peer as an extension of type [`Peer`].
pub type Request = http::Request<Vec<u8>>;

/// What a sign-in endpoint answers.
pub type Response = http::Response<Vec<u8>>;

/// The address at the other end of the connection, as the socket reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// The parts of a request that reading a session needs, borrowed from whatever the framework uses.
pub trait RequestView {
    /// The method, upper case as on the wire.
    fn method(&self) -> &str;
    /// The path, without the query.
    fn path(&self) -> &str;
    /// Calls `each` with every field value of `name`, one call for each header line, in order.
    fn each_header<'a>(&'a self, name: &str, each: &mut dyn FnMut(&'a [u8]));
    /// The address of the connection's peer, where there is one.
    fn peer(&self) -> Option<IpAddr>;
}

impl RequestView for Request {
    fn method(&self) -> &str {
        http::Request::method(self).as_str()
    }

    fn path(&self) -> &str {
        self.uri().path()
    }

    fn each_header<'a>(&'a self, name: &str, each: &mut dyn FnMut(&'a [u8])) {
        for value in self.headers().get_all(name) {
            each(value.as_bytes());
        }
    }

    fn peer(&self) -> Option<IpAddr> {
        self.extensions().get::<Peer>().map(|peer| peer.0)
    }
}

/// The only value of header `name`; `Ok(None)` when absent.
///
/// # Errors
/// [`RepeatedHeader`] when the header occurs more than once or is not UTF-8: which of two values a
/// proxy meant is a guess, and a guess here is a hole.
pub(crate) fn single_header<'a>(
    request: &'a dyn RequestView,
    name: &str,
) -> Result<Option<&'a str>, RepeatedHeader> {
    let mut found: Result<Option<&'a str>, RepeatedHeader> = Ok(None);
    request.each_header(name, &mut |value| {
        found = match (&found, std::str::from_utf8(value)) {
            (Ok(None), Ok(value)) => Ok(Some(value)),
            _ => Err(RepeatedHeader),
        };
    });
    found
}

/// Whether a value of `Accept` names HTML. `*/*` does not: it is what programs send that have no wish.
pub fn names_html(accept: &str) -> bool {
    accept.split(',').any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let html = parts.next().is_some_and(|media| {
            media.eq_ignore_ascii_case("text/html") || media.eq_ignore_ascii_case("text/*")
        });
        html && !parts.any(|parameter| {
            parameter
                .strip_prefix("q=")
                .is_some_and(|quality| quality.parse() == Ok(0.0_f32))
        })
    })
}

/// A header that may occur once occurred more often, or held bytes that are not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RepeatedHeader;

/// Sends one HTTP request to another server.
///
/// Implementations follow no redirect, decompress nothing that exceeds [`MAX_RESPONSE_BYTES`],
/// read at most that many bytes of a body, and give up after [`DEADLINE`] for the whole exchange.
pub trait HttpClient: Send + Sync + 'static {
    /// Performs the exchange.
    ///
    /// # Errors
    /// Any failure to obtain a complete answer within the limits above. An answer with an error
    /// status is not a failure.
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, HttpError>>;
}

/// Largest body accepted from another server, after decompression: 1 MiB.
pub const MAX_RESPONSE_BYTES: usize = 1024 * 1024;

/// Longest that one exchange with another server may take, from connecting to the last byte.
pub const DEADLINE: std::time::Duration = std::time::Duration::from_secs(10);

/// Why no usable answer came from another server.
///
/// The messages name no URL: a query may hold a code or a token.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// The exchange took longer than [`DEADLINE`].
    #[error("no complete answer within the deadline")]
    TimedOut,
    /// So many exchanges with this server are waiting already that this one was not begun.
    #[error("too many exchanges with the server are waiting")]
    Busy,
    /// The body exceeded [`MAX_RESPONSE_BYTES`].
    #[error("the answer is larger than the limit")]
    TooLarge,
    /// The address is not `https`, nor `http` where that is allowed.
    #[error("the address must be https, or http on loopback")]
    ForbiddenScheme,
    /// The server answered with a redirect, which is never followed.
    #[error("the server answered with a redirect ({0})")]
    Redirected(u16),
    /// The request could not be built from the values at hand.
    #[error("the request could not be built")]
    Request(#[source] http::Error),
    /// The connection failed or broke.
    #[error("the exchange failed")]
    Transport(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Whether plain `http` is acceptable for calls to a server that is not on loopback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlainHttp {
    /// Only where the host is a loopback address or `localhost`.
    LoopbackOnly,
    /// Everywhere: `danger_allow_http` was called.
    Everywhere,
}

/// The one way out: an [`HttpClient`] with the rules that hold whatever the adapter does.
#[derive(Clone)]
pub(crate) struct Outbound {
    client: Arc<dyn HttpClient>,
    plain_http: PlainHttp,
}

impl Outbound {
    pub(crate) fn new(client: Arc<dyn HttpClient>, plain_http: PlainHttp) -> Self {
        Self { client, plain_http }
    }

    /// Sends `request` and returns the answer, whatever its status, unless it is a redirect.
    pub(crate) async fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, HttpError> {
        if !may_call(request.uri(), self.plain_http) {
            return Err(HttpError::ForbiddenScheme);
        }
        let response = self.client.send(request).await?;
        if response.status().is_redirection() {
            return Err(HttpError::Redirected(response.status().as_u16()));
        }
        if response.body().len() > MAX_RESPONSE_BYTES {
            return Err(HttpError::TooLarge);
        }
        Ok(response)
    }
}

fn may_call(uri: &Uri, plain_http: PlainHttp) -> bool {
    match (uri.scheme_str(), uri.host()) {
        (Some("https"), Some(_)) => true,
        (Some("http"), Some(host)) => plain_http == PlainHttp::Everywhere || is_loopback(host),
        _ => false,
    }
}

/// Whether `host` (without port) can only be this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_loopback_http_may_be_called() {
        let check = |address: &str, expected| {
            let uri: Uri = address.parse().unwrap();
            assert_eq!(
                may_call(&uri, PlainHttp::LoopbackOnly),
                expected,
                "{address}"
            );
        };
        check("https://accounts.example/token", true);
        check("http://127.0.0.1:4600/token", true);
        check("http://[::1]:4600/token", true);
        check("http://localhost/token", true);
        check("http://accounts.example/token", false);
        check("http://127.0.0.1.evil.example/token", false);
        check("http://acme.localhost/token", false);
        check("ftp://accounts.example/token", false);
        check("/relative", false);
        assert!(may_call(
            &"http://idp.internal/".parse().unwrap(),
            PlainHttp::Everywhere
        ));
    }

    #[test]
    fn a_repeated_header_is_refused() {
        let request = |values: &[&str]| {
            let mut builder = http::Request::get("/");
            for value in values {
                builder = builder.header("x-forwarded-host", *value);
            }
            builder.body(Vec::new()).unwrap()
        };
        let name = "x-forwarded-host";
        assert_eq!(single_header(&request(&[]), name), Ok(None));
        assert_eq!(single_header(&request(&["a"]), name), Ok(Some("a")));
        assert_eq!(
            single_header(&request(&["a", "b"]), name),
            Err(RepeatedHeader)
        );
    }
}
