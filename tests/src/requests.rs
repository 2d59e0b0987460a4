//! Requests to the routes of Auth.js, as data: every route, method, header, parameter and state of
//! the cookies.
//!
//! They are sent to Auth.js and to a site, whose answers are compared, and to a site alone in
//! every mutilated form.

mod callbacks;
mod forms;
mod mutants;
mod reading;
mod routes;
mod visitors;

use reqwest::Method;

pub use mutants::{MUTATIONS, Mutation, Parts, Place};
pub use visitors::{Stage, Values, Visitor};

/// A request, with `{placeholders}` for what only the visitor knows: `{base}`, `{csrf}`, and after
/// a visit to the provider `{code}`, `{state}`, `{iss}`.
#[derive(Clone, Debug)]
pub struct Case {
    /// Method and target, and in brackets who sends what else. No two have the same.
    pub name: String,
    /// Whose browser sends it.
    pub visitor: Visitor,
    /// The method.
    pub method: Method,
    /// The path below the prefix and its query.
    pub target: String,
    /// The headers, without `Cookie`.
    pub headers: Vec<(&'static str, String)>,
    /// Cookies in place of, or beside, those of the visitor.
    pub cookies: Vec<(&'static str, String)>,
    /// The body.
    pub body: Option<String>,
}

/// All of them.
pub fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(routes::cases());
    cases.extend(reading::cases());
    cases.extend(forms::cases());
    cases.extend(callbacks::cases());
    cases
}

/// The type of a form.
const FORM: &str = "application/x-www-form-urlencoded";

fn get(target: &str) -> Case {
    Case::new(Method::GET, target)
}

/// A POST without a body.
fn post(target: &str) -> Case {
    Case::new(Method::POST, target)
}

impl Case {
    fn new(method: Method, target: &str) -> Self {
        Self {
            name: format!("{method} {target}"),
            visitor: Visitor::Stranger,
            method,
            target: target.to_owned(),
            headers: Vec::new(),
            cookies: Vec::new(),
            body: None,
        }
    }

    fn by(mut self, visitor: Visitor) -> Self {
        self.visitor = visitor;
        self.noted(&format!("{visitor:?}"))
    }

    fn form(self, fields: &str) -> Self {
        self.body(FORM, fields)
    }

    fn json(self, text: &str) -> Self {
        self.body("application/json", text)
    }

    fn body(mut self, content_type: &str, body: &str) -> Self {
        self.headers.push(("content-type", content_type.to_owned()));
        self.body = Some(body.to_owned());
        let kind = content_type.rsplit(['/', '-']).next().unwrap_or_default();
        self.noted(&format!("{kind}: {body}"))
    }

    fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self.noted(&format!("{name}: {value}"))
    }

    fn cookie(mut self, name: &'static str, value: &str) -> Self {
        self.cookies.push((name, value.to_owned()));
        self.noted(&format!("{name}={value}"))
    }

    /// As the browser clients of Auth.js send it.
    fn script(self) -> Self {
        self.header("x-auth-return-redirect", "1")
    }

    fn noted(mut self, note: &str) -> Self {
        let note: String = note.chars().take(100).collect();
        self.name.push_str(&format!(" [{note}]"));
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::all;

    #[test]
    fn every_request_has_a_name_of_its_own() {
        let names: BTreeSet<_> = all().into_iter().map(|case| case.name).collect();
        assert_eq!(names.len(), all().len());
        assert!(names.len() >= 150, "{}", names.len());
    }
}
