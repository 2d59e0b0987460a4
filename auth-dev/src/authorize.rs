//! The authorization request (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1): text in, a checked
//! request or a refusal out.

use std::time::Duration;

use url::{Host, Url};

use crate::answer::{Destination, Mode};
use crate::faults::Fault;
use crate::params::{Params, Repeated};
use crate::state::{CLIENT_ID, PUBLIC_CLIENT_ID};

/// An authorization request that may be answered.
#[derive(Debug)]
pub(crate) struct AuthorizationRequest {
    pub(crate) client_id: String,
    pub(crate) destination: Destination,
    pub(crate) scope: Vec<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) code_challenge: String,
    pub(crate) prompt: Prompt,
    pub(crate) max_age: Option<Duration>,
    pub(crate) login_hint: Option<String>,
    pub(crate) fault: Option<Fault>,
}

/// Whether the person may be asked anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// Show the page.
    Page,
    /// `prompt=none`: answer at once or not at all.
    None,
}

/// Why a request is not granted, and who is told.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Whoever sent the browser is not known: the person is told, and nobody else (RFC 6749
    /// §4.1.2.1).
    Page(&'static str),
    /// The client is told.
    Answer {
        destination: Destination,
        error: &'static str,
        description: &'static str,
    },
}

impl AuthorizationRequest {
    pub(crate) fn parse(params: &Params) -> Result<Self, Refusal> {
        let client_id = match params.single("client_id") {
            Ok(Some(id)) if id == CLIENT_ID || id == PUBLIC_CLIENT_ID => id.to_owned(),
            _ => return Err(Refusal::Page("client_id names no client of this provider")),
        };
        let redirect_uri = match params.single("redirect_uri") {
            Ok(Some(uri)) if is_loopback_uri(uri) => uri.to_owned(),
            _ => {
                return Err(Refusal::Page(
                    "redirect_uri must be one http(s) address on localhost, 127.0.0.1 or [::1], \
                     without a fragment",
                ));
            }
        };
        // A fault that does not exist is the developer's slip; the client cannot mend it.
        let fault = match params.single("fault").map(|name| name.map(str::parse)) {
            Ok(None) => None,
            Ok(Some(Ok(fault))) => Some(fault),
            _ => return Err(Refusal::Page("fault names no fault of this provider")),
        };
        let mut destination = Destination {
            redirect_uri,
            mode: Mode::Query,
            state: params.single("state").ok().flatten().map(str::to_owned),
        };
        let checked = Checked::parse(params, &mut destination);
        match checked {
            Ok(checked) => Ok(Self {
                client_id,
                destination,
                scope: checked.scope,
                nonce: checked.nonce,
                code_challenge: checked.code_challenge,
                prompt: checked.prompt,
                max_age: checked.max_age,
                login_hint: checked.login_hint,
                fault,
            }),
            Err(Problem(error, description)) => Err(Refusal::Answer {
                destination,
                error,
                description,
            }),
        }
    }
}

/// The parameters whose faults the client is told about.
struct Checked {
    scope: Vec<String>,
    nonce: Option<String>,
    code_challenge: String,
    prompt: Prompt,
    max_age: Option<Duration>,
    login_hint: Option<String>,
}

/// `error` and `error_description`.
struct Problem(&'static str, &'static str);

impl From<Repeated> for Problem {
    fn from(Repeated: Repeated) -> Self {
        Self("invalid_request", "a parameter is repeated")
    }
}

impl Checked {
    fn parse(params: &Params, destination: &mut Destination) -> Result<Self, Problem> {
        let invalid = |description| Problem("invalid_request", description);
        match params.single("response_mode")? {
            None | Some("query") => {}
            Some("form_post") => destination.mode = Mode::FormPost,
            Some(_) => return Err(invalid("response_mode must be query or form_post")),
        }
        params.single("state")?;
        if params.contains("request") {
            return Err(Problem("request_not_supported", "request is not supported"));
        }
        if params.contains("request_uri") {
            let description = "request_uri is not supported";
            return Err(Problem("request_uri_not_supported", description));
        }
        match params.single("response_type")? {
            Some("code") => {}
            None => return Err(invalid("response_type is missing")),
            Some(_) => {
                let description = "response_type must be code";
                return Err(Problem("unsupported_response_type", description));
            }
        }
        // RFC 7636 §4.3; RFC 9700 §2.1.1 leaves no way around it.
        if params.single("code_challenge_method")? != Some("S256") {
            return Err(invalid("code_challenge_method must be S256"));
        }
        let code_challenge = params
            .single("code_challenge")?
            .filter(|challenge| is_s256(challenge))
            .ok_or(invalid("code_challenge must be 43 characters of base64url"))?;
        let max_age = match params.single("max_age")?.map(str::parse) {
            None => None,
            Some(Ok(seconds)) => Some(Duration::from_secs(seconds)),
            Some(Err(_)) => return Err(invalid("max_age must be a number of seconds")),
        };
        let words = |text: Option<&str>| -> Vec<String> {
            let words = text.unwrap_or_default().split(' ');
            words
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        Ok(Self {
            scope: words(params.single("scope")?),
            nonce: params.single("nonce")?.map(str::to_owned),
            code_challenge: code_challenge.to_owned(),
            prompt: parse_prompt(&words(params.single("prompt")?))?,
            max_age,
            login_hint: params.single("login_hint")?.map(str::to_owned),
        })
    }
}

/// OpenID Connect Core §3.1.2.1. The page is shown for every prompt but `none`.
fn parse_prompt(words: &[String]) -> Result<Prompt, Problem> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let known = ["login", "consent", "select_account"];
    match words.as_slice() {
        ["none"] => Ok(Prompt::None),
        words if words.iter().all(|word| known.contains(word)) => Ok(Prompt::Page),
        _ => Err(Problem(
            "invalid_request",
            "prompt must be none, or some of login, consent and select_account",
        )),
    }
}

/// Whether a browser that is sent to `uri` stays on this machine.
pub(crate) fn is_loopback_uri(uri: &str) -> bool {
    let Ok(url) = Url::parse(uri) else {
        return false;
    };
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    loopback
        && matches!(url.scheme(), "http" | "https")
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none()
}

fn is_s256(challenge: &str) -> bool {
    let base64url = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    challenge.len() == 43 && challenge.bytes().all(base64url)
}

#[cfg(test)]
mod tests;
