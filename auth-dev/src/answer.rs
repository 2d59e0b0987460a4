//! The authorization answer (RFC 6749 §4.1.2, RFC 9207), right or wrong in the way that was asked
//! for.

use url::Url;

use crate::faults::Fault;

/// Where an answer goes, and how.
#[derive(Clone, Debug)]
pub(crate) struct Destination {
    pub(crate) redirect_uri: String,
    pub(crate) mode: Mode,
    pub(crate) state: Option<String>,
}

/// How the browser carries the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Query,
    /// OAuth 2.0 Form Post Response Mode.
    FormPost,
}

/// An answer on its way to the client.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    redirect_uri: String,
    mode: Mode,
    params: Vec<(&'static str, String)>,
}

/// Another provider, for the faults that name one.
pub(crate) const OTHER_ISSUER: &str = "https://other.example";

impl Answer {
    /// The person agreed.
    pub(crate) fn code(
        destination: &Destination,
        issuer: &str,
        code: String,
        fault: Option<Fault>,
    ) -> Self {
        let mut params = vec![("code", code)];
        if fault == Some(Fault::CodeTwice) {
            params.push(("code", "another-code".to_owned()));
        }
        Self::complete(destination, issuer, params, fault)
    }

    /// The person declined, or the request is no good.
    pub(crate) fn error(
        destination: &Destination,
        issuer: &str,
        error: &str,
        description: &str,
    ) -> Self {
        let params = vec![
            ("error", error.to_owned()),
            ("error_description", description.to_owned()),
        ];
        Self::complete(destination, issuer, params, None)
    }

    /// [`Fault::ErrorWithScript`].
    pub(crate) fn script(destination: &Destination, issuer: &str) -> Self {
        let params = vec![
            ("error", "\"><script>alert(1)</script>".to_owned()),
            (
                "error_description",
                "<img src=x onerror=alert(1)>".to_owned(),
            ),
            ("error_uri", "javascript:alert(1)".to_owned()),
        ];
        Self::complete(destination, issuer, params, None)
    }

    fn complete(
        destination: &Destination,
        issuer: &str,
        mut params: Vec<(&'static str, String)>,
        fault: Option<Fault>,
    ) -> Self {
        let state = match fault {
            Some(Fault::StateMissing) => None,
            Some(Fault::StateAltered) => Some("a-state-of-somebody-else".to_owned()),
            _ => destination.state.clone(),
        };
        params.extend(state.map(|state| ("state", state)));
        // RFC 9207 §2: errors carry it too.
        match fault {
            Some(Fault::IssMissing) => {}
            Some(Fault::IssAltered) => params.push(("iss", OTHER_ISSUER.to_owned())),
            _ => params.push(("iss", issuer.to_owned())),
        }
        Self {
            redirect_uri: destination.redirect_uri.clone(),
            mode: destination.mode,
            params,
        }
    }

    /// Where the browser goes: with the answer in the query, or to post [`form`](Self::form) there.
    pub(crate) fn url(&self) -> String {
        match (self.mode, Url::parse(&self.redirect_uri)) {
            (Mode::Query, Ok(mut url)) => {
                url.query_pairs_mut().extend_pairs(&self.params);
                url.into()
            }
            _ => self.redirect_uri.clone(),
        }
    }

    /// The fields to post, in form post mode.
    pub(crate) fn form(&self) -> Option<&[(&'static str, String)]> {
        (self.mode == Mode::FormPost).then_some(&self.params)
    }

    /// The first value of a parameter.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        let mut params = self.params.iter();
        let (_, value) = params.find(|(key, _)| *key == name)?;
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn destination(mode: Mode) -> Destination {
        Destination {
            redirect_uri: "http://localhost/cb?tenant=a".into(),
            mode,
            state: Some("s&t".into()),
        }
    }

    fn url(fault: Option<Fault>) -> String {
        Answer::code(&destination(Mode::Query), "http://op", "c".into(), fault).url()
    }

    #[test]
    fn the_query_of_the_redirect_uri_is_kept() {
        assert_eq!(
            url(None),
            "http://localhost/cb?tenant=a&code=c&state=s%26t&iss=http%3A%2F%2Fop"
        );
    }

    #[test]
    fn a_form_leaves_the_address_alone() {
        let destination = destination(Mode::FormPost);
        let answer = Answer::error(&destination, "http://op", "access_denied", "no");
        assert_eq!(answer.url(), destination.redirect_uri);
        let names: Vec<&str> = answer
            .form()
            .unwrap()
            .iter()
            .map(|(name, _)| *name)
            .collect();
        assert_eq!(names, ["error", "error_description", "state", "iss"]);
        assert_eq!(answer.param("error"), Some("access_denied"));
    }

    #[test]
    fn each_fault_changes_its_parameter_alone() {
        let base = "http://localhost/cb?tenant=a";
        let iss = "iss=http%3A%2F%2Fop";
        for (fault, rest) in [
            (Fault::StateMissing, format!("code=c&{iss}")),
            (
                Fault::StateAltered,
                format!("code=c&state=a-state-of-somebody-else&{iss}"),
            ),
            (Fault::IssMissing, "code=c&state=s%26t".to_owned()),
            (
                Fault::IssAltered,
                "code=c&state=s%26t&iss=https%3A%2F%2Fother.example".to_owned(),
            ),
            (
                Fault::CodeTwice,
                format!("code=c&code=another-code&state=s%26t&{iss}"),
            ),
        ] {
            assert_eq!(url(Some(fault)), format!("{base}&{rest}"), "{fault}");
        }
    }
}
