//! A request with one of its parameters mutilated.

use reqwest::header::HeaderValue;

use super::visitors::filled;
use super::{Case, FORM, Values};

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `?name=value`
    Query,
    /// `name=value` in a form.
    Form,
    /// `"name": value` in an object.
    Json,
    /// All of the body.
    Body,
    /// `name: value`
    Header,
    /// `name=value` in `Cookie`.
    Cookie,
}

/// What becomes of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutation {
    /// It is not there.
    Missing,
    /// It is there twice.
    Doubled,
    /// Its value is empty.
    Empty,
    /// Its value is 100 KB long.
    Huge,
    /// Its value is not UTF-8.
    NotUtf8,
}

/// All of them.
pub const MUTATIONS: [Mutation; 5] = [
    Mutation::Missing,
    Mutation::Doubled,
    Mutation::Empty,
    Mutation::Huge,
    Mutation::NotUtf8,
];

const HUGE: usize = 100 * 1024;

/// A request in parts, as bytes.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The path below the prefix and its query.
    pub target: String,
    /// The headers, without `Cookie`.
    pub headers: Vec<(&'static str, HeaderValue)>,
    /// Cookies in place of, or beside, those of the visitor.
    pub cookies: Vec<(&'static str, String)>,
    /// The body.
    pub body: Option<Vec<u8>>,
}

impl Case {
    /// The request of a visitor who knows `values`.
    pub fn parts(&self, values: &Values) -> Parts {
        let header = |text: &str| {
            HeaderValue::from_str(&filled(text, values)).expect("a header of the table is text")
        };
        let headers = self.headers.iter();
        Parts {
            target: filled(&self.target, values),
            headers: headers
                .map(|(name, value)| (*name, header(value)))
                .collect(),
            cookies: self.cookies.clone(),
            body: self
                .body
                .as_ref()
                .map(|body| filled(body, values).into_bytes()),
        }
    }

    /// What can be mutilated, by name.
    pub fn parameters(&self) -> Vec<(Place, String)> {
        let mut found = Vec::new();
        let mut add = |place, names: Vec<String>| {
            found.extend(names.into_iter().map(|name| (place, name)));
        };
        let (_, query) = self.target.split_once('?').unwrap_or_default();
        add(Place::Query, names_of(query));
        match &self.body {
            Some(form) if self.is_form() => add(Place::Form, names_of(form)),
            Some(json) => add(Place::Json, members_of(json)),
            None => {}
        }
        add(
            Place::Body,
            self.body.iter().map(|_| "all".to_owned()).collect(),
        );
        add(
            Place::Header,
            self.headers
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .collect(),
        );
        add(
            Place::Cookie,
            self.cookies
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .collect(),
        );
        found
    }

    fn is_form(&self) -> bool {
        self.headers
            .iter()
            .any(|header| header == &("content-type", FORM.to_owned()))
    }
}

impl Parts {
    /// With the parameter `name` in `place` mutilated.
    #[must_use]
    pub fn mutated(mut self, place: Place, name: &str, mutation: Mutation) -> Self {
        match place {
            Place::Query => {
                let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
                // A URL has no other way to say bytes.
                let query =
                    String::from_utf8_lossy(&pairs(query, name, mutation, b"%ff%fe")).into_owned();
                self.target = format!("{path}?{query}");
            }
            Place::Form => self.replace_body(|form| pairs(form, name, mutation, b"\xff\xfe")),
            Place::Json => self.replace_body(|json| member(json, name, mutation)),
            Place::Body => {
                let body = self.body.take().unwrap_or_default();
                self.body = match mutation {
                    Mutation::Missing => None,
                    Mutation::Doubled => Some(body.repeat(2)),
                    Mutation::Empty => Some(Vec::new()),
                    Mutation::Huge => Some([body, vec![b' '; HUGE]].concat()),
                    Mutation::NotUtf8 => Some(b"\xff\xfe".to_vec()),
                };
            }
            Place::Header => {
                let is_it = |header: &&(&'static str, HeaderValue)| header.0 == name;
                let Some(header) = self.headers.iter().find(is_it).cloned() else {
                    return self;
                };
                self.headers.retain(|(known, _)| *known != name);
                let value = |bytes: &[u8]| HeaderValue::from_bytes(bytes).expect("no line breaks");
                match mutation {
                    Mutation::Missing => {}
                    Mutation::Doubled => self.headers.extend([header.clone(), header]),
                    Mutation::Empty => self.headers.push((header.0, value(b""))),
                    Mutation::Huge => self.headers.push((header.0, value(&[b'x'; HUGE]))),
                    Mutation::NotUtf8 => self.headers.push((header.0, value(b"\xff\xfe"))),
                }
            }
            Place::Cookie => match mutation {
                Mutation::Missing => self.cookies.retain(|(known, _)| *known != name),
                Mutation::Doubled => {
                    self.replace_cookie(name, |value| format!("{value}; {name}={value}"))
                }
                Mutation::Empty => self.replace_cookie(name, |_| String::new()),
                Mutation::Huge => self.replace_cookie(name, |_| "x".repeat(HUGE)),
                Mutation::NotUtf8 => self.replace_cookie(name, |_| "%ff%fe".to_owned()),
            },
        }
        self
    }

    fn replace_body(&mut self, replace: impl FnOnce(&str) -> Vec<u8>) {
        let body = self.body.take().unwrap_or_default();
        self.body = Some(replace(&String::from_utf8_lossy(&body)));
    }

    fn replace_cookie(&mut self, name: &str, replace: impl Fn(&str) -> String) {
        for (_, value) in self.cookies.iter_mut().filter(|(known, _)| *known == name) {
            *value = replace(value);
        }
    }
}

fn pairs(text: &str, name: &str, mutation: Mutation, bytes: &[u8]) -> Vec<u8> {
    let parts: Vec<Vec<u8>> = text
        .split('&')
        .flat_map(|pair| {
            let with = |value: &[u8]| vec![[name.as_bytes(), b"=", value].concat()];
            match pair.split('=').next() == Some(name) {
                false => vec![pair.as_bytes().to_vec()],
                true => mutated(pair.as_bytes(), mutation, with, bytes),
            }
        })
        .collect();
    parts.join(&b"&"[..])
}

fn member(json: &str, name: &str, mutation: Mutation) -> Vec<u8> {
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(json).unwrap_or_default();
    let members: Vec<Vec<u8>> = object
        .iter()
        .flat_map(|(key, value)| {
            let written = format!("\"{key}\":{value}").into_bytes();
            let with =
                |value: &[u8]| vec![[b"\"", key.as_bytes(), b"\":\"", value, b"\""].concat()];
            match key == name {
                false => vec![written],
                true => mutated(&written, mutation, with, b"\xff\xfe"),
            }
        })
        .collect();
    [b"{", &*members.join(&b","[..]), b"}"].concat()
}

fn mutated(
    whole: &[u8],
    mutation: Mutation,
    with: impl Fn(&[u8]) -> Vec<Vec<u8>>,
    not_utf8: &[u8],
) -> Vec<Vec<u8>> {
    match mutation {
        Mutation::Missing => Vec::new(),
        Mutation::Doubled => vec![whole.to_vec(); 2],
        Mutation::Empty => with(b""),
        Mutation::Huge => with(&[b'x'; HUGE]),
        Mutation::NotUtf8 => with(not_utf8),
    }
}

fn names_of(pairs: &str) -> Vec<String> {
    let pairs = pairs.split('&').filter(|pair| !pair.is_empty());
    let mut names: Vec<_> = pairs
        .filter_map(|pair| pair.split('=').next())
        .map(str::to_owned)
        .collect();
    names.dedup();
    names
}

fn members_of(json: &str) -> Vec<String> {
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(json).unwrap_or_default();
    object.keys().cloned().collect()
}
