//! `GET /client.js`: the functions with which scripts of a page sign people in and out.
//! `GET /client.d.ts`: their types.

use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use url::form_urlencoded;

use crate::http::{Request, Response};
use crate::page::set_headers;
use crate::secret::hex;

/// A file that is the same for every site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum File {
    /// The module.
    Script,
    /// Its types.
    Types,
}

const SCRIPT: &str = include_str!("../client/client.js");
const TYPES: &str = include_str!("../client/client.d.ts");

static SCRIPT_VERSION: LazyLock<String> = LazyLock::new(|| version_of(SCRIPT));
static TYPES_VERSION: LazyLock<String> = LazyLock::new(|| version_of(TYPES));

/// Where the module is, by an address that changes with its content.
pub(crate) fn path(prefix: &str) -> String {
    format!("{prefix}/client.js?v={}", *SCRIPT_VERSION)
}

impl File {
    /// The file, or `304` for whoever has it. Under the address that names its version it may be
    /// kept for good; under the plain one, a browser asks each time whether it has changed.
    pub(super) fn respond(self, request: &Request) -> Response {
        let etag = format!("\"{}\"", self.version());
        let caching = match asked_version(request) {
            Some(version) if version == self.version() => "public, max-age=31536000, immutable",
            _ => "public, no-cache",
        };
        let mut response = Response::default();
        if knows(request.headers(), &etag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else {
            *response.body_mut() = self.text().as_bytes().to_vec();
        }
        set_headers(
            response.headers_mut(),
            [
                (CONTENT_TYPE, self.content_type()),
                (CACHE_CONTROL, caching),
                (X_CONTENT_TYPE_OPTIONS, "nosniff"),
                // Another site must not run this in its pages.
                (
                    HeaderName::from_static("cross-origin-resource-policy"),
                    "same-origin",
                ),
            ],
        );
        // Hexadecimal digits in quotes are a header value.
        if let Ok(etag) = HeaderValue::try_from(etag) {
            response.headers_mut().insert(ETAG, etag);
        }
        response
    }

    fn text(self) -> &'static str {
        match self {
            Self::Script => SCRIPT,
            Self::Types => TYPES,
        }
    }

    fn version(self) -> &'static str {
        match self {
            Self::Script => &SCRIPT_VERSION,
            Self::Types => &TYPES_VERSION,
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Script => "text/javascript; charset=utf-8",
            Self::Types => "text/plain; charset=utf-8",
        }
    }
}

fn version_of(text: &str) -> String {
    hex(&digest(&SHA256, text.as_bytes()).as_ref()[..8])
}

fn asked_version(request: &Request) -> Option<String> {
    form_urlencoded::parse(request.uri().query()?.as_bytes())
        .find(|(name, _)| name == "v")
        .map(|(_, value)| value.into_owned())
}

/// RFC 9110 §13.1.2: a list of tags, compared weakly, or `*`.
fn knows(headers: &HeaderMap, etag: &str) -> bool {
    headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(file: File, query: &str, known: Option<&str>) -> Response {
        let mut request = http::Request::get(format!("/api/auth/client.js{query}"));
        if let Some(known) = known {
            request = request.header("if-none-match", known);
        }
        file.respond(&request.body(Vec::new()).unwrap())
    }

    #[test]
    fn the_module_is_a_script_of_this_origin() {
        let response = ask(File::Script, "", None);
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.body(), SCRIPT.as_bytes());
        let check = |name: &str, expected: &str| {
            assert_eq!(response.headers()[name], expected, "{name}");
        };
        check("content-type", "text/javascript; charset=utf-8");
        check("x-content-type-options", "nosniff");
        check("cross-origin-resource-policy", "same-origin");
        check("etag", &format!("\"{}\"", *SCRIPT_VERSION));
    }

    #[test]
    fn only_the_address_of_this_version_may_be_kept_for_good() {
        let check = |query: &str, expected: &str| {
            let response = ask(File::Script, query, None);
            assert_eq!(response.headers()["cache-control"], expected, "{query}");
        };
        let path = path("/api/auth");
        let (_, query) = path.split_once("client.js").unwrap();
        check(query, "public, max-age=31536000, immutable");
        check("", "public, no-cache");
        check("?v=", "public, no-cache");
        check("?v=0123456789abcdef", "public, no-cache");
        check(&format!("?v={}", *TYPES_VERSION), "public, no-cache");
    }

    #[test]
    fn whoever_has_it_gets_a_304_without_a_body() {
        let etag = format!("\"{}\"", *SCRIPT_VERSION);
        let check = |known: &str, status: u16| {
            let response = ask(File::Script, "", Some(known));
            assert_eq!(response.status(), status, "{known}");
            assert_eq!(response.body().is_empty(), status == 304, "{known}");
            assert_eq!(response.headers()["etag"], etag);
        };
        check(&etag, 304);
        check(&format!("W/{etag}"), 304);
        check(&format!("\"other\", {etag}"), 304);
        check("*", 304);
        check("\"other\"", 200);
        check(&SCRIPT_VERSION, 200);
        check(&format!("\"{}\"", *TYPES_VERSION), 200);
    }

    #[test]
    fn every_function_has_a_type_and_every_type_a_function() {
        let exported = |text: &str, words: &[&str]| {
            let mut names: Vec<String> = text
                .lines()
                .filter_map(|line| words.iter().find_map(|word| line.strip_prefix(word)))
                .filter_map(|rest| rest.split('(').next())
                .map(str::to_owned)
                .collect();
            names.sort();
            names.dedup();
            names
        };
        let functions = exported(SCRIPT, &["export function ", "export async function "]);
        assert_eq!(functions, exported(TYPES, &["export function "]));
        assert_eq!(functions.len(), 7);
    }

    #[test]
    fn nothing_in_it_needs_more_than_script_src_self() {
        for word in [
            "eval(",
            "Function(",
            "innerHTML",
            "document.write",
            "import(",
        ] {
            let code = SCRIPT.lines().filter(|line| !line.starts_with("//"));
            assert!(code.clone().all(|line| !line.contains(word)), "{word}");
        }
        assert!(!SCRIPT.contains("http://") && !SCRIPT.contains("https://"));
    }
}
