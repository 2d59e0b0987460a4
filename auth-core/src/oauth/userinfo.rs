//! Asking for the account's profile with an access token (RFC 6750 §2.1).

use http::Method;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use serde_json::Value;
use url::Url;

use crate::http::{HttpError, Outbound, Response};
use crate::oauth::PRODUCT;
use crate::oauth::token::TokenExtra;
use crate::secret::Secret;

/// The pieces of a userinfo call.
#[derive(Clone, Copy)]
pub(crate) struct UserinfoRequest<'a> {
    pub(crate) outbound: &'a Outbound,
    pub(crate) endpoint: &'a Url,
    pub(crate) client_id: &'a str,
    pub(crate) access_token: &'a Secret<String>,
    pub(crate) token_in: TokenIn,
    /// What the token answer said beside the tokens.
    pub(crate) token_extra: &'a TokenExtra,
    /// The provider's own headers.
    pub(crate) headers: &'a [(&'a str, &'a str)],
    /// The client's API key, and the header for it.
    pub(crate) api_key: Option<(&'a str, &'a Secret<String>)>,
}

/// Where the access token goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenIn {
    /// `Authorization: Bearer` (RFC 6750 §2.1).
    Header,
    /// A parameter of this name in the query (RFC 6750 §2.3): only where the server knows no
    /// other way.
    Query(&'static str),
}

impl UserinfoRequest<'_> {
    /// Asks the endpoint: an object or an array of JSON, with status 200.
    ///
    /// # Errors
    /// `Http`, `Status`, `Malformed`.
    pub(crate) async fn get(&self) -> Result<Value, UserinfoError> {
        self.get_from(self.endpoint).await
    }

    /// Asks the endpoint of an OpenID provider, whose answer may be a signed token.
    ///
    /// # Errors
    /// `Http`, `Status`, `Malformed`.
    pub(crate) async fn get_plain_or_signed(&self) -> Result<UserinfoAnswer, UserinfoError> {
        let response = self
            .respond(self.request(Method::GET, self.endpoint)?)
            .await?;
        if !is_jwt(&response) {
            return parse(&response).map(UserinfoAnswer::Plain);
        }
        String::from_utf8(response.into_body())
            .map(|token| UserinfoAnswer::Signed(token.trim().to_owned()))
            .map_err(|_| UserinfoError::Malformed)
    }

    /// Asks another address of the same provider.
    ///
    /// # Errors
    /// `Http`, `Status`, `Malformed`.
    ///
    /// # Security
    /// The access token goes to `url`: derive it from the endpoint, never from an answer.
    pub(crate) async fn get_from(&self, url: &Url) -> Result<Value, UserinfoError> {
        self.send(self.request(Method::GET, url)?).await
    }

    /// Asks at the endpoint with one more path segment.
    ///
    /// # Errors
    /// `Http`, `Status`, `Malformed`.
    pub(crate) async fn get_below(&self, segment: &str) -> Result<Value, UserinfoError> {
        let mut url = self.endpoint.clone();
        url.path_segments_mut()
            .map_err(|()| UserinfoError::Malformed)?
            .push(segment);
        self.get_from(&url).await
    }

    /// Asks by a POST without a body.
    ///
    /// # Errors
    /// `Http`, `Status`, `Malformed`.
    pub(crate) async fn post(&self) -> Result<Value, UserinfoError> {
        self.send(self.request(Method::POST, self.endpoint)?).await
    }

    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<Value, UserinfoError> {
        parse(&self.respond(request).await?)
    }

    async fn respond(&self, request: http::Request<Vec<u8>>) -> Result<Response, UserinfoError> {
        let response = self.outbound.send(request).await?;
        match response.status().as_u16() {
            200 => Ok(response),
            status => Err(UserinfoError::Status(status)),
        }
    }

    fn request(&self, method: Method, url: &Url) -> Result<http::Request<Vec<u8>>, HttpError> {
        let mut url = url.clone();
        if let TokenIn::Query(name) = self.token_in {
            url.query_pairs_mut()
                .append_pair(name, self.access_token.expose());
        }
        let mut request = http::Request::builder().method(method).uri(url.as_str());
        for (name, value) in self.headers {
            request = request.header(*name, *value);
        }
        if let Some((name, key)) = self.api_key {
            request = request.header(name, secret_value(key.expose())?);
        }
        let mut request = request.body(Vec::new()).map_err(HttpError::Request)?;
        // Ours come last and replace: a provider's headers cannot change who is asking.
        let headers = request.headers_mut();
        if self.token_in == TokenIn::Header {
            let bearer = secret_value(&format!("Bearer {}", self.access_token.expose()))?;
            headers.insert(AUTHORIZATION, bearer);
        }
        headers.insert(USER_AGENT, HeaderValue::from_static(PRODUCT));
        headers
            .entry(ACCEPT)
            .or_insert(HeaderValue::from_static("application/json"));
        Ok(request)
    }
}

/// What an OpenID provider answers (OpenID Connect Core §5.3.2).
pub(crate) enum UserinfoAnswer {
    /// `application/json`: the claims.
    Plain(Value),
    /// `application/jwt`: a token that holds them, of which nothing is believed yet.
    Signed(String),
}

fn is_jwt(response: &Response) -> bool {
    let content_type = response.headers().get(CONTENT_TYPE);
    content_type
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/jwt"))
}

fn parse(response: &Response) -> Result<Value, UserinfoError> {
    match serde_json::from_slice(response.body()) {
        Ok(answer @ (Value::Object(_) | Value::Array(_))) => Ok(answer),
        _ => Err(UserinfoError::Malformed),
    }
}

fn secret_value(text: &str) -> Result<HeaderValue, HttpError> {
    let mut value =
        HeaderValue::try_from(text).map_err(|error| HttpError::Request(error.into()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Why there is no profile.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum UserinfoError {
    /// The server did not answer.
    #[error("the userinfo request got no answer")]
    Http(#[from] HttpError),
    /// The server answered with another status than 200.
    #[error("the userinfo endpoint answered with status {0}")]
    Status(u16),
    /// The answer is no JSON object or array.
    #[error("the userinfo answer does not have the documented form")]
    Malformed,
    /// The answer is about somebody else than the ID Token, or does not say about whom.
    #[error("the userinfo answer has another sub than the ID Token")]
    UnexpectedSubject,
    /// The answer is a token, and its signature, issuer or audience is not what it must be.
    #[error("the signed userinfo answer cannot be trusted")]
    Untrusted(#[source] Box<dyn std::error::Error + Send + Sync>),
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::oauth::testing::{Script, userinfo_request};
    use crate::testing::block_on;

    fn get(script: &Script, token: &str, headers: &[(&str, &str)]) -> Result<Value, UserinfoError> {
        let (endpoint, token) = (
            "https://api.example/user".parse().unwrap(),
            Secret::from(token),
        );
        let outbound = script.outbound();
        let request = UserinfoRequest {
            headers,
            ..userinfo_request(&outbound, &endpoint, &token)
        };
        block_on(request.get())
    }

    #[test]
    fn the_token_goes_in_the_header_and_nowhere_else() {
        let script = Script::new().json(200, json!({"id": 1}));
        let headers = [("x-version", "2"), ("authorization", "Basic evil")];
        assert_eq!(get(&script, "at", &headers).unwrap(), json!({"id": 1}));
        let request = &script.sent()[0];
        assert_eq!(request.method(), "GET");
        assert_eq!(request.uri(), "https://api.example/user");
        assert_eq!(request.headers()["authorization"], "Bearer at");
        assert!(request.headers()["authorization"].is_sensitive());
        assert_eq!(request.headers()["accept"], "application/json");
        assert_eq!(request.headers()["x-version"], "2");
        assert!(request.headers().contains_key("user-agent"));
    }

    #[test]
    fn a_server_that_knows_no_header_gets_the_token_in_the_query() {
        let script = Script::new().json(200, json!({"id": 1}));
        let (endpoint, token) = ("https://api.example/me?v=1".parse().unwrap(), "a t".into());
        let outbound = script.outbound();
        let request = UserinfoRequest {
            token_in: TokenIn::Query("oauth_token"),
            ..userinfo_request(&outbound, &endpoint, &token)
        };
        block_on(request.get()).unwrap();
        let sent = &script.sent()[0];
        assert_eq!(sent.uri(), "https://api.example/me?v=1&oauth_token=a+t");
        assert!(!sent.headers().contains_key("authorization"));
    }

    #[test]
    fn an_api_key_goes_in_its_header_and_counts_as_a_secret() {
        let script = Script::new().json(200, json!({"id": 1}));
        let (endpoint, token) = ("https://api.example/me".parse().unwrap(), "at".into());
        let (outbound, key) = (script.outbound(), Secret::from("key"));
        let request = UserinfoRequest {
            api_key: Some(("x-api-key", &key)),
            ..userinfo_request(&outbound, &endpoint, &token)
        };
        block_on(request.get()).unwrap();
        let sent = &script.sent()[0];
        assert_eq!(sent.headers()["x-api-key"], "key");
        assert!(sent.headers()["x-api-key"].is_sensitive());
    }

    #[test]
    fn other_statuses_than_200_are_refused() {
        for status in [201, 204, 401, 403, 500] {
            let script = Script::new().json(status, json!({"id": 1}));
            let refused = get(&script, "at", &[]);
            assert!(matches!(refused, Err(UserinfoError::Status(s)) if s == status));
        }
    }

    #[test]
    fn what_is_no_json_object_or_array_is_refused() {
        for body in [
            "",
            "<html>",
            "<<<",
            "null",
            "1",
            "\"x\"",
            "eyJhbGciOiJub25lIn0.e30.",
        ] {
            let script = Script::new().raw(200, body);
            assert!(matches!(
                get(&script, "at", &[]),
                Err(UserinfoError::Malformed)
            ));
        }
        let script = Script::new().json(200, json!([1]));
        assert_eq!(get(&script, "at", &[]).unwrap(), json!([1]));
    }

    #[test]
    fn a_redirect_is_not_followed() {
        let script = Script::new().json(302, json!({}));
        assert!(matches!(
            get(&script, "at", &[]),
            Err(UserinfoError::Http(HttpError::Redirected(302)))
        ));
        assert_eq!(script.sent().len(), 1);
    }

    #[test]
    fn a_token_that_would_break_the_header_is_never_sent() {
        let script = Script::new();
        let refused = get(&script, "canary\r\nx-evil: 1", &[]).unwrap_err();
        assert!(matches!(
            refused,
            UserinfoError::Http(HttpError::Request(_))
        ));
        assert!(!format!("{refused:?}").contains("canary"));
        assert!(script.sent().is_empty());
    }
}
