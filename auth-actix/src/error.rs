//! The only `ResponseError`: what a guest, a stranger and a misconfigured application are told.

use std::fmt;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};

/// Why a request was answered without its handler.
///
/// It knows how to answer: a browser is sent to the sign-in page, a script gets
/// `application/problem+json`, htmx gets `HX-Redirect`. Return it with `?` and it does.
pub struct Error {
    reason: Reason,
    answer: Answer,
    challenge: Challenge,
}

/// What a program has to bring along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Challenge {
    /// The session cookie.
    Cookie,
    /// That, or a bearer token (RFC 6750 §3).
    Bearer,
}

/// What stands between a request and its handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// Nobody is signed in.
    SignInRequired,
    /// Somebody is signed in, but showed their credential too long ago.
    SignInTooOld,
    /// Somebody is signed in and may not do this.
    Forbidden,
    /// The request changes something and comes from another site.
    CrossSite,
    /// The request came under a host that is not ours.
    UnknownHost,
    /// The body of the request is larger than a sign-in endpoint reads.
    BodyTooLarge,
    /// The body of the request takes longer to arrive than a sign-in endpoint waits.
    BodyTooSlow,
    /// The request cannot be read to its end, or makes no sense.
    BadRequest,
    /// It cannot be told at the moment who is signed in.
    Unavailable,
    /// The application is put together wrongly; the log says how.
    Misconfigured,
}

/// How to say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// `application/problem+json`: for scripts and programs.
    Problem,
    /// A page: for a browser that navigates, where a redirect would not help.
    Page { stylesheet: Option<String> },
    /// A redirect: for a browser that navigates.
    Redirect { status: StatusCode, to: String },
    /// A fragment, and for htmx a navigation to `to` if there is one.
    Htmx { to: Option<String> },
}

impl Error {
    pub(crate) fn new(reason: Reason, answer: Answer) -> Self {
        Self {
            reason,
            answer,
            challenge: Challenge::Cookie,
        }
    }

    /// This refusal, naming what was missing.
    pub(crate) fn asking_for(self, challenge: Challenge) -> Self {
        Self { challenge, ..self }
    }

    /// The answer for programs, where there is nothing better to say.
    pub(crate) fn problem(reason: Reason) -> Self {
        Self::new(reason, Answer::Problem)
    }

    /// What stands in the way.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// Whether the answer is a page for a person, so that a page of the application can take its
    /// place. Scripts and htmx are answered in their own ways, and a redirect leads on.
    pub fn is_page(&self) -> bool {
        matches!(self.answer, Answer::Page { .. })
    }
}

impl Reason {
    /// A stable word for programs: `sign_in_required`.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignInRequired => "sign_in_required",
            Self::SignInTooOld => "sign_in_too_old",
            Self::Forbidden => "forbidden",
            Self::CrossSite => "cross_site",
            Self::UnknownHost => "unknown_host",
            Self::BodyTooLarge => "body_too_large",
            Self::BodyTooSlow => "body_too_slow",
            Self::BadRequest => "bad_request",
            Self::Unavailable => "session_unavailable",
            Self::Misconfigured => "configuration",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::SignInRequired => "Sign in first",
            Self::SignInTooOld => "Sign in again",
            Self::Forbidden => "You may not do this",
            Self::CrossSite => "This request came from another site",
            Self::UnknownHost => "This host is not known here",
            Self::BodyTooLarge => "The request is too large",
            Self::BodyTooSlow => "The request takes too long",
            Self::BadRequest => "The request cannot be read",
            Self::Unavailable => "Your session cannot be read at the moment",
            Self::Misconfigured => "This application is not set up correctly",
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::SignInRequired | Self::SignInTooOld => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::UnknownHost | Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Misconfigured => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.reason {
            Reason::SignInRequired => "nobody is signed in",
            Reason::SignInTooOld => "the sign-in is too long ago",
            Reason::Forbidden => "the person who is signed in may not do this",
            Reason::CrossSite => "an unsafe request came from another site",
            Reason::UnknownHost => "the host of the request is not configured",
            Reason::BodyTooLarge => "the body of the request is too large",
            Reason::BodyTooSlow => "the body of the request takes too long to arrive",
            Reason::BadRequest => "the request cannot be read",
            Reason::Unavailable => "it is not known who is signed in",
            Reason::Misconfigured => "the application is not set up correctly",
        })
    }
}

impl fmt::Debug for Error {
    /// Without the address of a redirect: its query holds where the person was.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match &self.answer {
            Answer::Redirect { status, .. } => *status,
            _ => self.reason.status(),
        }
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((header::CACHE_CONTROL, "private, no-store"));
        // What is said depends on these: a cache must not mix a guest's answer with another's.
        response.insert_header((header::VARY, VARY));
        if response_is_challenge(self) {
            response.insert_header((
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static(self.challenge.as_str()),
            ));
        }
        match &self.answer {
            Answer::Redirect { to, .. } => {
                response.insert_header((header::LOCATION, to.as_str()));
                response.finish()
            }
            Answer::Problem => response
                .content_type("application/problem+json")
                .body(self.problem_json()),
            Answer::Page { stylesheet } => {
                for header in PAGE_HEADERS {
                    response.insert_header(header);
                }
                response
                    .content_type("text/html; charset=utf-8")
                    .body(page(self.reason.title(), stylesheet.as_deref()))
            }
            Answer::Htmx { to } => {
                if let Some(to) = to {
                    response.insert_header(("hx-redirect", to.as_str()));
                }
                response
                    .content_type("text/html; charset=utf-8")
                    .body(format!("<p role=\"alert\">{}.</p>", self.reason.title()))
            }
        }
    }
}

impl Challenge {
    /// No password prompt of the browser knows these schemes, so none appears; a program can tell
    /// from them what is missing.
    fn as_str(self) -> &'static str {
        match self {
            Self::Cookie => "Cookie realm=\"sign-in\"",
            Self::Bearer => "Bearer realm=\"sign-in\"",
        }
    }
}

const VARY: &str = "Cookie, Authorization, Accept, Sec-Fetch-Mode, HX-Request";

/// What the built-in pages have, too.
const PAGE_HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; img-src data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("x-frame-options", "DENY"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("x-robots-tag", "noindex"),
];

fn response_is_challenge(error: &Error) -> bool {
    error.status_code() == StatusCode::UNAUTHORIZED
}

impl Error {
    /// RFC 9457. Every value is one of ours and needs no escaping.
    fn problem_json(&self) -> String {
        format!(
            r#"{{"type":"about:blank","title":"{}","status":{},"code":"{}"}}"#,
            self.reason.title(),
            self.status_code().as_u16(),
            self.reason.code(),
        )
    }
}

/// The title is one of ours, and the path of the stylesheet plain: nothing needs escaping.
fn page(title: &str, stylesheet: Option<&str>) -> String {
    let style = stylesheet
        .map(|path| format!("<link rel=\"stylesheet\" href=\"{path}\">"))
        .unwrap_or_default();
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title>\
         <link rel=\"icon\" href=\"data:,\">{style}</head><body><main><h1>{title}</h1>\
         <p class=\"actions\"><a class=\"button primary\" href=\"/\">Back to the start</a></p>\
         </main></body></html>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const REASONS: [Reason; 10] = [
        Reason::SignInRequired,
        Reason::SignInTooOld,
        Reason::Forbidden,
        Reason::CrossSite,
        Reason::UnknownHost,
        Reason::BodyTooLarge,
        Reason::BodyTooSlow,
        Reason::BadRequest,
        Reason::Unavailable,
        Reason::Misconfigured,
    ];

    fn header(response: &HttpResponse, name: &str) -> Option<String> {
        let value = response.headers().get(name)?;
        Some(value.to_str().unwrap().to_owned())
    }

    #[test]
    fn every_refusal_has_an_error_status_and_is_never_stored() {
        for reason in REASONS {
            let page = Answer::Page { stylesheet: None };
            for answer in [Answer::Problem, page, Answer::Htmx { to: None }] {
                let response = Error::new(reason, answer).error_response();
                assert!(response.status().as_u16() >= 400, "{reason:?}");
                let stored = header(&response, "cache-control");
                assert_eq!(stored.as_deref(), Some("private, no-store"));
            }
        }
    }

    #[test]
    fn a_page_wears_the_style_of_the_built_in_pages_where_there_are_any() {
        let title = Reason::Forbidden.title();
        let styled = page(title, Some("/api/auth/style.css?v=1"));
        assert!(styled.contains("<link rel=\"stylesheet\" href=\"/api/auth/style.css?v=1\">"));
        assert!(!page(title, None).contains("stylesheet"));
    }

    #[test]
    fn only_a_page_is_a_page() {
        let is_page = |answer| Error::new(Reason::Forbidden, answer).is_page();
        let to = String::from("/");
        let status = StatusCode::FOUND;
        assert!(is_page(Answer::Page { stylesheet: None }));
        assert!(!is_page(Answer::Problem));
        assert!(!is_page(Answer::Htmx { to: None }));
        assert!(!is_page(Answer::Redirect { status, to }));
    }

    #[test]
    fn a_problem_is_json_with_the_four_members() {
        for reason in REASONS {
            let error = Error::problem(reason);
            let json: serde_json::Value = serde_json::from_str(&error.problem_json()).unwrap();
            assert_eq!(json["type"], "about:blank");
            assert_eq!(json["status"], error.status_code().as_u16());
            assert_eq!(json["code"], reason.code());
            assert!(json["title"].is_string());
        }
    }

    #[test]
    fn a_401_says_what_is_missing() {
        let response = Error::problem(Reason::SignInRequired).error_response();
        let challenge = header(&response, "www-authenticate");
        assert_eq!(challenge.as_deref(), Some("Cookie realm=\"sign-in\""));
        let response = Error::problem(Reason::SignInRequired)
            .asking_for(Challenge::Bearer)
            .error_response();
        let challenge = header(&response, "www-authenticate");
        assert_eq!(challenge.as_deref(), Some("Bearer realm=\"sign-in\""));
        let response = Error::problem(Reason::Forbidden).error_response();
        assert_eq!(header(&response, "www-authenticate"), None);
    }

    #[test]
    fn debug_does_not_tell_where_the_person_was() {
        let error = Error::new(
            Reason::SignInRequired,
            Answer::Redirect {
                status: StatusCode::FOUND,
                to: "/signin?callbackUrl=/reset?token=s3cret".to_owned(),
            },
        );
        assert!(!format!("{error:?} {error}").contains("s3cret"));
    }
}
