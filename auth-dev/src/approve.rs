//! The browser's part at the provider, played without a browser.

use url::Url;

use crate::answer::Answer;
use crate::authorize::{AuthorizationRequest, Prompt, Refusal};
use crate::params::Params;
use crate::people::Person;
use crate::sign_in::{Decision, decide, login_required};
use crate::state::State;

/// What the provider sent the browser back with.
#[derive(Clone, Debug)]
pub struct Approval(Answer);

impl Approval {
    /// Where the browser goes next. With `response_mode=form_post` it posts
    /// [`form_fields`](Self::form_fields) there; else this address holds the answer and is fetched
    /// by GET.
    pub fn callback_url(&self) -> String {
        self.0.url()
    }

    /// The fields to post, with `response_mode=form_post`; `None` otherwise.
    pub fn form_fields(&self) -> Option<&[(&'static str, String)]> {
        self.0.form()
    }

    /// One parameter of the answer: `code`, `state`, `iss`, `error`. The first, if it is repeated.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.0.param(name)
    }
}

/// The provider showed an error page and sent the browser nowhere.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the provider refused the authorization request: {reason}")]
pub struct AuthorizationRefused {
    reason: &'static str,
}

impl AuthorizationRefused {
    /// What the page said.
    pub fn reason(&self) -> &'static str {
        self.reason
    }
}

/// Opens `authorization_url` and has `person` choose herself, or cancel.
pub(crate) fn play(
    state: &State,
    authorization_url: &str,
    person: Option<Person>,
) -> Result<Approval, AuthorizationRefused> {
    state.count(|requests| &mut requests.authorize);
    let url = Url::parse(authorization_url)
        .ok()
        .filter(|url| url.origin().ascii_serialization() == state.issuer)
        .filter(|url| url.path() == "/authorize")
        .ok_or(AuthorizationRefused {
            reason: "the address is not this provider's authorization endpoint",
        })?;
    let params = Params::parse(url.query().unwrap_or_default().as_bytes());
    let answer = match (AuthorizationRequest::parse(&params), person) {
        (Ok(request), _) if request.prompt == Prompt::None => login_required(state, &request),
        (Ok(request), Some(person)) => {
            let auth_time = state.now();
            decide(state, request, Decision::SignIn { person, auth_time })
        }
        (Ok(request), None) => decide(state, request, Decision::Cancel),
        (Err(Refusal::Page(reason)), _) => return Err(AuthorizationRefused { reason }),
        (
            Err(Refusal::Answer {
                destination,
                error,
                description,
            }),
            _,
        ) => Answer::error(&destination, &state.issuer, error, description),
    };
    Ok(Approval(answer))
}
