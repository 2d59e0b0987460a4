//! What goes wrong with a request, in WorkOS's two envelopes: `{code, message}`, and OAuth's
//! `{error, error_description}` (RFC 6749 §5.2).

use std::fmt;
use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use serde_json::{Map, Value, json};

/// An answer that is not what was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    body: Map<String, Value>,
    retry_after: Option<Duration>,
}

impl Problem {
    /// OAuth's envelope, with 400.
    pub(crate) fn oauth(error: &str, description: impl Into<String>) -> Self {
        let fields = json!({ "error": error, "error_description": description.into() });
        Self::new(StatusCode::BAD_REQUEST, fields)
    }

    /// `invalid_grant`: the code or token is not good, or no longer.
    pub(crate) fn invalid_grant(description: impl Into<String>) -> Self {
        Self::oauth("invalid_grant", description)
    }

    /// WorkOS's envelope, with 400.
    pub(crate) fn bad_request(code: &str, message: impl Into<String>) -> Self {
        let fields = json!({ "code": code, "message": message.into() });
        Self::new(StatusCode::BAD_REQUEST, fields)
    }

    /// WorkOS's envelope, with 403: the sign-in is not over yet.
    pub(crate) fn forbidden(code: &str, message: &str) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            json!({ "code": code, "message": message }),
        )
    }

    /// 404.
    pub(crate) fn not_found(what: &str, id: &str) -> Self {
        let message = format!("{what} not found: '{id}'.");
        Self::new(
            StatusCode::NOT_FOUND,
            json!({ "code": "entity_not_found", "message": message }),
        )
    }

    /// 422: a parameter is missing or makes no sense.
    pub(crate) fn unprocessable(field: &str, code: &str) -> Self {
        let fields = json!({
            "code": "invalid_request_parameters",
            "message": "Validation failed",
            "errors": [{ "field": field, "code": code }],
        });
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, fields)
    }

    /// 422 of the logout address, which browsers come to.
    pub(crate) fn session_id_required() -> Self {
        let fields = json!({ "code": "invalid_request", "message": "session_id is required" });
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, fields)
    }

    /// 401: no API key, or another one.
    pub(crate) fn unauthorized() -> Self {
        let fields = json!({ "code": "unauthorized", "message": "Unauthorized" });
        Self::new(StatusCode::UNAUTHORIZED, fields)
    }

    /// 429.
    pub(crate) fn rate_limited(retry_after: Duration) -> Self {
        let fields = json!({ "code": "rate_limit_exceeded", "message": "Rate limit exceeded" });
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, fields);
        Self {
            retry_after: Some(retry_after),
            ..problem
        }
    }

    /// 500, 502 or 503.
    pub(crate) fn server(status: StatusCode) -> Self {
        let message = status.canonical_reason().unwrap_or_default();
        Self::new(status, json!({ "message": message }))
    }

    /// Adds a field.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.body.insert(name.to_owned(), value.into());
        self
    }

    /// `code`, or else `error`: what the SDKs go by.
    pub(crate) fn code(&self) -> Option<&str> {
        let code = self.body.get("code").or_else(|| self.body.get("error"))?;
        code.as_str()
    }

    fn new(status: StatusCode, body: Value) -> Self {
        let Value::Object(body) = body else {
            // Every caller above passes a JSON object literal.
            unreachable!("a problem is an object");
        };
        Self {
            status,
            body,
            retry_after: None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)
    }
}

impl ResponseError for Problem {
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        if let Some(retry_after) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, retry_after.as_secs().to_string()));
        }
        response.json(&self.body)
    }
}

/// What a handler answers, whichever way it went.
pub(crate) type Answer = Result<HttpResponse, Problem>;

/// 200 with JSON.
pub(crate) fn ok(body: &Value) -> Answer {
    Ok(HttpResponse::Ok().json(body))
}

/// 201 with JSON.
pub(crate) fn created(body: &Value) -> Answer {
    Ok(HttpResponse::Created().json(body))
}
