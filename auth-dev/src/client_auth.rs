//! Client authentication at the token endpoint (RFC 6749 §2.3, OpenID Connect Core §9).

use auth_core::{ClientAuth, Secret};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded;

use crate::params::Params;
use crate::state::{CLIENT_ID, PUBLIC_CLIENT_ID};

/// A client that has shown who it is.
#[derive(Debug)]
pub(crate) struct AuthenticatedClient {
    pub(crate) client_id: &'static str,
    pub(crate) method: ClientAuth,
}

/// The client is not who it says, or says it in two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InvalidClient(pub(crate) &'static str);

impl AuthenticatedClient {
    /// Checks the `Authorization` header or the body, exactly one of them (RFC 6749 §2.3).
    pub(crate) fn verify(
        authorization: Option<&[u8]>,
        body: &Params,
        client_secret: &Secret<String>,
    ) -> Result<Self, InvalidClient> {
        let repeated = |_| InvalidClient("a parameter is repeated");
        let body_id = body.single("client_id").map_err(repeated)?;
        let body_secret = body.single("client_secret").map_err(repeated)?;
        let (client_id, secret, method) = match (authorization, body_secret) {
            (Some(_), Some(_)) => {
                return Err(InvalidClient("the client authenticates in two ways"));
            }
            (Some(header), None) => {
                let malformed = InvalidClient("the Authorization header is malformed");
                let (id, secret) = parse_basic(header).ok_or(malformed)?;
                if body_id.is_some_and(|body_id| body_id != id) {
                    return Err(InvalidClient("header and body name different clients"));
                }
                (id, Some(secret), ClientAuth::Basic)
            }
            (None, secret) => {
                let id = body_id.ok_or(InvalidClient("client_id is missing"))?;
                let method = match secret {
                    Some(_) => ClientAuth::Post,
                    None => ClientAuth::None,
                };
                (id.to_owned(), secret.map(str::to_owned), method)
            }
        };
        let client_id = match (client_id.as_str(), secret) {
            (CLIENT_ID, Some(secret)) if client_secret.ct_eq(secret.as_bytes()) => CLIENT_ID,
            (CLIENT_ID, Some(_)) => {
                return Err(InvalidClient(
                    "the client_secret is wrong; in a Basic header it has to be form-encoded",
                ));
            }
            (CLIENT_ID, None) => return Err(InvalidClient("the client_secret is missing")),
            (PUBLIC_CLIENT_ID, None) => PUBLIC_CLIENT_ID,
            (PUBLIC_CLIENT_ID, Some(_)) => {
                return Err(InvalidClient("a public client has no secret"));
            }
            _ => return Err(InvalidClient("no client has this client_id")),
        };
        Ok(Self { client_id, method })
    }
}

/// RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
fn parse_basic(header: &[u8]) -> Option<(String, String)> {
    let (scheme, credentials) = std::str::from_utf8(header).ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((form_decode(id)?, form_decode(secret)?))
}

fn form_decode(text: &str) -> Option<String> {
    // `=` and `&` would be encoded; bare, they end the value.
    if text.contains(['=', '&']) {
        return None;
    }
    let pair = format!("v={text}");
    let (_, value) = form_urlencoded::parse(pair.as_bytes()).next()?;
    Some(value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "s:%+ é&=";

    fn verify(basic: Option<&str>, body: &str) -> Result<AuthenticatedClient, InvalidClient> {
        let header = basic.map(|credentials| format!("Basic {}", STANDARD.encode(credentials)));
        let body = Params::parse(body.as_bytes());
        let header = header.as_ref().map(|header| header.as_bytes());
        AuthenticatedClient::verify(header, &body, &Secret::from(SECRET))
    }

    const ENCODED: &str = "s%3A%25%2B+%C3%A9%26%3D";

    #[test]
    fn each_client_has_its_methods() {
        let basic = format!("dev-client:{ENCODED}");
        let check = |result: Result<AuthenticatedClient, _>, id, method| {
            let client = result.unwrap();
            assert_eq!((client.client_id, client.method), (id, method));
        };
        check(verify(Some(&basic), ""), CLIENT_ID, ClientAuth::Basic);
        check(
            verify(Some(&basic), "client_id=dev-client"),
            CLIENT_ID,
            ClientAuth::Basic,
        );
        let post = format!("client_id=dev-client&client_secret={ENCODED}");
        check(verify(None, &post), CLIENT_ID, ClientAuth::Post);
        let none = "client_id=dev-public-client";
        check(verify(None, none), PUBLIC_CLIENT_ID, ClientAuth::None);
    }

    #[test]
    fn every_other_way_is_refused() {
        let raw = format!("dev-client:{SECRET}");
        let good = format!("dev-client:{ENCODED}");
        let good_post = format!("client_id=dev-client&client_secret={ENCODED}");
        for (basic, body) in [
            (None, ""),
            (None, "client_id=dev-client"),
            (None, "client_id=dev-client&client_secret=wrong"),
            (None, "client_id=dev-public-client&client_secret=x"),
            (None, "client_id=other"),
            (None, "client_id=dev-client&client_id=dev-client"),
            (Some(raw.as_str()), ""),
            (Some("dev-client:"), ""),
            (Some("dev-client"), ""),
            (Some("dev-client:wrong"), ""),
            (Some(&good), good_post.as_str()),
            (Some(&good), "client_id=dev-public-client"),
        ] {
            assert!(verify(basic, body).is_err(), "{basic:?} {body}");
        }
        let bearer = AuthenticatedClient::verify(
            Some(b"Bearer x"),
            &Params::default(),
            &Secret::from(SECRET),
        );
        assert!(bearer.is_err());
    }
}
