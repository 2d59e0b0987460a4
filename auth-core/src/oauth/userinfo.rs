//! Asking for the account's profile with an access token (RFC 6750 §2.1).

use http::header::{ACCEPT, AUTHORIZATION, HeaderValue, USER_AGENT};
use serde_json::Value;
use url::Url;

use crate::http::{HttpError, Outbound};
use crate::oauth::PRODUCT;
use crate::secret::Secret;

/// The pieces of a userinfo call.
#[derive(Clone, Copy)]
pub(crate) struct UserinfoRequest<'a> {
    pub(crate) outbound: &'a Outbound,
    pub(crate) endpoint: &'a Url,
    pub(crate) access_token: &'a Secret<String>,
    /// The provider's own headers.
    pub(crate) headers: &'a [(&'a str, &'a str)],
}

impl UserinfoRequest<'_> {
    /// Asks the endpoint: an object or an array of JSON, with status 200.
    ///
    /// # Errors
    /// `Http`, `Status`, `Malformed`.
    pub(crate) async fn get(&self) -> Result<Value, UserinfoError> {
        self.get_from(self.endpoint).await
    }

    /// Asks another address of the same provider.
    ///
    /// # Errors
    /// `Http`, `Status`, `Malformed`.
    ///
    /// # Security
    /// The access token goes to `url`: derive it from the endpoint, never from an answer.
    pub(crate) async fn get_from(&self, url: &Url) -> Result<Value, UserinfoError> {
        let response = self.outbound.send(self.request(url)?).await?;
        let status = response.status().as_u16();
        if status != 200 {
            return Err(UserinfoError::Status(status));
        }
        match serde_json::from_slice(response.body()) {
            Ok(answer @ (Value::Object(_) | Value::Array(_))) => Ok(answer),
            _ => Err(UserinfoError::Malformed),
        }
    }

    fn request(&self, url: &Url) -> Result<http::Request<Vec<u8>>, HttpError> {
        let mut request = http::Request::get(url.as_str());
        for (name, value) in self.headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Vec::new()).map_err(HttpError::Request)?;
        let bearer = format!("Bearer {}", self.access_token.expose());
        let mut bearer =
            HeaderValue::try_from(bearer).map_err(|error| HttpError::Request(error.into()))?;
        bearer.set_sensitive(true);
        // Ours come last and replace: a provider's headers cannot change who is asking.
        let headers = request.headers_mut();
        headers.insert(AUTHORIZATION, bearer);
        headers.insert(USER_AGENT, HeaderValue::from_static(PRODUCT));
        headers
            .entry(ACCEPT)
            .or_insert(HeaderValue::from_static("application/json"));
        Ok(request)
    }
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
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::oauth::testing::Script;
    use crate::testing::block_on;

    fn get(script: &Script, token: &str, headers: &[(&str, &str)]) -> Result<Value, UserinfoError> {
        let (endpoint, token) = (
            "https://api.example/user".parse().unwrap(),
            Secret::from(token),
        );
        let request = UserinfoRequest {
            outbound: &script.outbound(),
            endpoint: &endpoint,
            access_token: &token,
            headers,
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
