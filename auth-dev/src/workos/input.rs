//! The parameters of a request: JSON or form-encoded, both are accepted.

use actix_web::HttpRequest;
use actix_web::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::problem::Problem;

/// The parameters of a body, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Input(Map<String, Value>);

impl Input {
    /// Reads a body by its `Content-Type`. An empty one has no parameters.
    pub(crate) fn read(request: &HttpRequest, body: &[u8]) -> Result<Self, Problem> {
        let content_type = request.headers().get(CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        if content_type.is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"))
        {
            return Ok(Self::from_form(body));
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            Ok(Value::Null) => Ok(Self::default()),
            Err(_) if body.is_empty() => Ok(Self::default()),
            _ => Err(Problem::oauth(
                "invalid_request",
                "The body is not valid JSON.",
            )),
        }
    }

    /// Reads form-encoded parameters. Of a repeated one the last counts.
    pub(crate) fn from_form(encoded: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(encoded).into_owned();
        Self(pairs.map(|(name, value)| (name, value.into())).collect())
    }

    /// A text that is there and not empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let text = self.0.get(name)?.as_str()?;
        Some(text).filter(|text| !text.is_empty())
    }

    /// A text that has to be there.
    pub(crate) fn required(&self, name: &str) -> Result<&str, Problem> {
        self.text(name)
            .ok_or_else(|| Problem::unprocessable(name, &format!("{name}_required")))
    }

    /// As [`required`](Self::required), told in OAuth's envelope.
    pub(crate) fn grant_parameter(&self, name: &str) -> Result<&str, Problem> {
        self.text(name)
            .ok_or_else(|| Problem::oauth("invalid_request", format!("{name} is required.")))
    }

    /// A value as it came.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }
}
