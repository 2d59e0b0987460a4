//! What an action answers, before it becomes a response.

use http::header::{
    CACHE_CONTROL, CONTENT_TYPE, EXPIRES, LOCATION, PRAGMA, REFERRER_POLICY, SET_COOKIE, VARY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::input::{Input, InputError};
use crate::http::{Request, Response, single_header};
use crate::origin::OriginError;
use crate::page::{self, ErrorPage, ErrorWords, Frame, Speech, Wishes};
use crate::secret::random_hex;

/// An answer in the making.
#[derive(Debug)]
pub(super) struct Reply {
    response: Response,
}

/// Who follows a redirect: the browser does it unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    Browser,
    Script,
}

impl Reader {
    /// The browser clients of Auth.js send `X-Auth-Return-Redirect`, those of next-auth 4 the field
    /// `json=true`.
    pub(super) fn of(request: &Request, input: &Input) -> Self {
        let has_header = request.headers().contains_key("x-auth-return-redirect");
        match has_header || input.body("json") == Some("true") {
            true => Self::Script,
            false => Self::Browser,
        }
    }
}

/// A finished response, such as a page.
pub(super) fn response(response: Response) -> Reply {
    Reply { response }
}

/// `200` with JSON.
pub(super) fn json(value: &Value) -> Reply {
    Reply {
        response: json_response(StatusCode::OK, value),
    }
}

/// `503`: it is not known who is signed in. The session stays.
pub(super) fn unavailable() -> Reply {
    let body = json!({ "code": "session_unavailable", "message": "Try again." });
    Reply {
        response: json_response(StatusCode::SERVICE_UNAVAILABLE, &body),
    }
}

/// `400` with `null`: Auth.js's answer to an update that it refuses.
pub(super) fn refused() -> Reply {
    Reply {
        response: json_response(StatusCode::BAD_REQUEST, &Value::Null),
    }
}

/// `302` to `url`, or what a script asks for in its place; see [`Reply::into_response`].
pub(super) fn redirect(url: String) -> Reply {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::FOUND;
    // What we redirect to was parsed as a URL, or put together from such.
    if let Ok(location) = HeaderValue::try_from(url) {
        response.headers_mut().insert(LOCATION, location);
    } else {
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    Reply { response }
}

impl Reply {
    #[must_use]
    pub(super) fn with_cookies(mut self, cookies: impl IntoIterator<Item = HeaderValue>) -> Self {
        for cookie in cookies {
            self.response.headers_mut().append(SET_COOKIE, cookie);
        }
        self
    }

    /// Adds a value for the adapter.
    #[must_use]
    pub(super) fn with_extension<T: Clone + Send + Sync + 'static>(mut self, value: T) -> Self {
        self.response.extensions_mut().insert(value);
        self
    }

    /// The response, with what every answer of an endpoint carries. A redirect becomes
    /// `200 {"url"}` for a script that cannot read where one leads, all headers kept.
    pub(super) fn into_response(self, reader: Reader) -> Response {
        let mut response = self.response;
        if let Some(location) = response.headers().get(LOCATION)
            && reader == Reader::Script
        {
            let url = json!({ "url": location.to_str().unwrap_or_default() });
            *response.body_mut() = url.to_string().into_bytes();
            *response.status_mut() = StatusCode::OK;
            response
                .headers_mut()
                .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        finish(response)
    }
}

/// Auth.js's answer to a path or a method that is none of its own.
pub(super) fn bad_request() -> Response {
    finish(json_response(
        StatusCode::BAD_REQUEST,
        &json!("Bad request."),
    ))
}

/// A body that is not read.
pub(super) fn refuse_input(error: InputError) -> Response {
    let reference = random_hex::<4>();
    let (status, code, message) = match error {
        InputError::UnsupportedType => (
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "Send application/x-www-form-urlencoded or application/json.",
        ),
        InputError::Malformed => (
            StatusCode::BAD_REQUEST,
            "malformed_body",
            "The body is not what its type says.",
        ),
    };
    tracing::info!(target: "auth", code, reference, "refused a body");
    let body = json!({ "code": code, "message": message, "ref": reference });
    finish(json_response(status, &body))
}

/// The request came by a name that is not ours: no absolute address can be built, no cookie
/// trusted.
pub(super) fn unknown_origin(error: &OriginError, request: &Request, frame: &Frame) -> Response {
    let reference = random_hex::<4>();
    let code = "unknown_host";
    tracing::warn!(
        target: "auth",
        code,
        reference,
        "refused a request: {error}; set AUTH_URL to the address that browsers use, or \
         AUTH_TRUST_HOST=true behind a proxy that sets X-Forwarded-Host"
    );
    // No cookie is trusted: what the browser accepts.
    let wishes = Wishes {
        accept_language: single_header(request, "accept-language").ok().flatten(),
        ..Wishes::default()
    };
    let speech = Speech::choose(&frame.languages, &wishes);
    let error = ErrorWords {
        error: "Configuration",
        code: Some(code),
        reference: Some(&reference),
        used_before: Vec::new(),
    };
    let view = ErrorPage {
        frame,
        speech: &speech,
        error,
        sign_in: page::sign_in_again(&frame.prefix, None).into(),
    };
    let page = page::error(&view);
    finish(page::respond(
        StatusCode::BAD_REQUEST,
        speech.language,
        page,
    ))
}

fn json_response(status: StatusCode, value: &Value) -> Response {
    let mut response = Response::new(value.to_string().into_bytes());
    *response.status_mut() = status;
    let (name, value) = JSON;
    response
        .headers_mut()
        .insert(name, HeaderValue::from_static(value));
    response
}

/// What every answer carries, unless it says otherwise itself.
pub(super) const COMMON: [(HeaderName, &str); 7] = [
    (CACHE_CONTROL, "private, no-cache, no-store"),
    // For caches that read nothing newer; Auth.js sends them, too.
    (EXPIRES, "0"),
    (PRAGMA, "no-cache"),
    (VARY, "Cookie"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
];

/// What JSON carries besides.
pub(super) const JSON: (HeaderName, &str) = (CONTENT_TYPE, "application/json");

/// No answer of ours may be cached, framed, or taken for another type.
fn finish(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in COMMON {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}
