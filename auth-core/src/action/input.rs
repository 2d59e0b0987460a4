//! The parameters of a request: its query, and the body of a POST.

use std::borrow::Cow;

use http::Method;
use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::http::{Request, RequestView, single_header};

/// Query and body, as pairs in their order. Values may repeat; whoever must not be fooled by that
/// looks at the pairs.
#[derive(Debug, Default)]
pub(super) struct Input {
    query: Vec<(String, String)>,
    body: Vec<(String, String)>,
    json: Map<String, Value>,
}

/// Why a body cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InputError {
    /// Neither `application/x-www-form-urlencoded` nor `application/json`.
    UnsupportedType,
    /// Not what its type says.
    Malformed,
}

impl Input {
    pub(super) fn read(request: &Request, method: &Method) -> Result<Self, InputError> {
        let query = pairs(request.uri().query().unwrap_or_default().as_bytes());
        let (body, json) = match method {
            &Method::POST if !request.body().is_empty() => read_body(request)?,
            _ => Default::default(),
        };
        Ok(Self { query, body, json })
    }

    pub(super) fn query(&self, name: &str) -> Option<&str> {
        last(&self.query, name)
    }

    pub(super) fn body(&self, name: &str) -> Option<&str> {
        last(&self.body, name)
    }

    /// A member of a JSON body, whatever its type.
    pub(super) fn json(&self, name: &str) -> Option<&Value> {
        self.json.get(name)
    }

    pub(super) fn query_pairs(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        borrowed(&self.query)
    }

    pub(super) fn body_pairs(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        borrowed(&self.body)
    }
}

type Body = (Vec<(String, String)>, Map<String, Value>);

fn read_body(request: &Request) -> Result<Body, InputError> {
    let content_type = single_header(request as &dyn RequestView, "content-type")
        .ok()
        .flatten()
        .and_then(|value| value.split(';').next())
        .map(|essence| essence.trim().to_ascii_lowercase());
    match content_type.as_deref() {
        Some("application/x-www-form-urlencoded") => Ok((pairs(request.body()), Map::new())),
        Some("application/json") => {
            let json = serde_json::from_slice(request.body());
            let json = json.map_err(|_| InputError::Malformed)?;
            Ok((text_members(&json), json))
        }
        _ => Err(InputError::UnsupportedType),
    }
}

/// Bytes that are not UTF-8 become U+FFFD, which no parameter of ours contains.
fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(encoded).into_owned().collect()
}

/// The members of a JSON object whose values are text; others concern none of our parameters.
fn text_members(object: &Map<String, Value>) -> Vec<(String, String)> {
    object
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}

/// The last value wins, as in Auth.js.
fn last<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs
        .iter()
        .rev()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

fn borrowed(pairs: &[(String, String)]) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    pairs
        .iter()
        .map(|(name, value)| (Cow::from(name.as_str()), Cow::from(value.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(content_type: Option<&str>, body: &[u8]) -> Result<Input, InputError> {
        let mut request = http::Request::post("/x?a=1&a=2");
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        Input::read(&request.body(body.to_vec()).unwrap(), &Method::POST)
    }

    #[test]
    fn query_and_forms_and_json_are_read() {
        let form = Some("application/x-www-form-urlencoded; charset=UTF-8");
        let input = post(form, b"b=%C3%A9&c=").unwrap();
        assert_eq!(
            (input.query("a"), input.body("b"), input.body("c")),
            (Some("2"), Some("é"), Some(""))
        );
        let input = post(Some("application/json"), br#"{"b":"x","n":1}"#).unwrap();
        assert_eq!((input.body("b"), input.body("n")), (Some("x"), None));
        assert_eq!(input.json("n"), Some(&Value::from(1)));
        assert!(post(None, b"").is_ok());
    }

    #[test]
    fn a_body_of_another_type_is_refused() {
        for content_type in [
            None,
            Some("text/plain"),
            Some("multipart/form-data; boundary=x"),
        ] {
            assert_eq!(
                post(content_type, b"b=1").unwrap_err(),
                InputError::UnsupportedType
            );
        }
    }

    #[test]
    fn a_body_that_is_not_what_it_says_is_refused() {
        for body in [&b"{{"[..], b"[]", b"\"x\"", b"\xff"] {
            assert_eq!(
                post(Some("application/json"), body).unwrap_err(),
                InputError::Malformed
            );
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_do_no_harm() {
        let input = post(Some("application/x-www-form-urlencoded"), b"%ff%fe=%80&b=1").unwrap();
        assert_eq!(input.body("b"), Some("1"));
    }
}
