//! The authorization request: text in, a checked request or a refusal out.

use std::time::Duration;

use auth_core::Timestamp;
use url::Url;

use super::credentials::Identity;
use super::grants::Code;
use super::records::Records;
use super::sessions::Method;
use super::sign_in::SignedIn;
use super::state::State;
use crate::authorize::is_loopback_uri;
use crate::params::{Params, Repeated};
use crate::state::lock;

/// How long a code may be redeemed: ten minutes.
const CODE_LIFETIME: Duration = Duration::from_secs(600);

/// The authorization request was refused with a page, for nobody else can be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the authorization request was refused: {reason}")]
pub struct Refused {
    /// What the page said.
    pub reason: &'static str,
}

/// An authorization request that may be answered.
#[derive(Clone, Debug)]
pub(crate) struct AuthorizationRequest {
    pub(crate) redirect_uri: String,
    state: Option<String>,
    code_challenge: Option<String>,
    selector: Selector,
    pub(crate) organization_id: Option<String>,
    pub(crate) login_hint: Option<String>,
    pub(crate) screen: Screen,
    pub(crate) prompt: Prompt,
    pub(crate) max_age: Option<Duration>,
    pub(crate) invitation_token: Option<String>,
}

/// Where WorkOS would send the user to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Selector {
    /// Its own page, or the organisation's connection.
    AuthKit,
    /// `GoogleOAuth` and its like.
    Provider(String),
    /// An SSO connection.
    Connection,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    SignIn,
    SignUp,
}

/// Whether the user may, must or must not be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prompt {
    IfNeeded,
    Always,
    Never,
}

/// Why a request is not granted, and who is told.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Whoever sent the browser is not known: the user is told, and nobody else.
    Page(&'static str),
    /// The application is told, at this address.
    Answer(String),
}

impl AuthorizationRequest {
    pub(crate) fn parse(params: &Params, client_id: &str) -> Result<Self, Refusal> {
        if params.single("client_id") != Ok(Some(client_id)) {
            return Err(Refusal::Page(
                "client_id names no application of this environment",
            ));
        }
        let redirect_uri = match params.single("redirect_uri") {
            Ok(Some(uri)) if is_loopback_uri(uri) => uri.to_owned(),
            _ => {
                return Err(Refusal::Page(
                    "redirect_uri must be one http(s) address on localhost, 127.0.0.1 or [::1], \
                     without a fragment",
                ));
            }
        };
        let state = params.single("state").ok().flatten().map(str::to_owned);
        Self::checked(params, redirect_uri.clone(), state.clone()).map_err(|problem| {
            let answer = [
                ("error", "invalid_request"),
                ("error_description", problem.0),
            ];
            Refusal::Answer(answer_url(&redirect_uri, &answer, state.as_deref()))
        })
    }

    fn checked(
        params: &Params,
        redirect_uri: String,
        state: Option<String>,
    ) -> Result<Self, Invalid> {
        let text = |name: &str| -> Result<Option<String>, Invalid> {
            Ok(params.single(name)?.map(str::to_owned))
        };
        if params.single("response_type")? != Some("code") {
            return Err(Invalid("response_type must be code"));
        }
        let organization_id = text("organization_id")?;
        let selector = match (text("provider")?, text("connection_id")?) {
            (_, Some(_)) => Selector::Connection,
            (Some(provider), None) if provider != "authkit" => Selector::Provider(provider),
            (None, None) if organization_id.is_none() => {
                return Err(Invalid(
                    "one of provider, connection_id and organization_id is needed",
                ));
            }
            _ => Selector::AuthKit,
        };
        let code_challenge = text("code_challenge")?;
        match params.single("code_challenge_method")? {
            Some("S256") => {}
            None if code_challenge.is_none() => {}
            _ => return Err(Invalid("code_challenge_method must be S256")),
        }
        let max_age = match params.single("max_age")?.map(str::parse) {
            None => None,
            Some(Ok(seconds)) => Some(Duration::from_secs(seconds)),
            Some(Err(_)) => return Err(Invalid("max_age must be a number of seconds")),
        };
        let screen = match params.single("screen_hint")? {
            None | Some("sign-in") => Screen::SignIn,
            Some("sign-up") => Screen::SignUp,
            Some(_) => return Err(Invalid("screen_hint must be sign-in or sign-up")),
        };
        let prompt = match params.single("prompt")? {
            None | Some("consent") => Prompt::IfNeeded,
            Some("login" | "select_account") => Prompt::Always,
            Some("none") => Prompt::Never,
            Some(_) => {
                return Err(Invalid(
                    "prompt must be login, none, consent or select_account",
                ));
            }
        };
        Ok(Self {
            redirect_uri,
            state,
            code_challenge,
            selector,
            organization_id,
            login_hint: text("login_hint")?,
            screen,
            prompt,
            max_age,
            invitation_token: text("invitation_token")?,
        })
    }

    /// Where the browser goes with a code for `signed_in`.
    pub(crate) fn allow(&self, state: &State, signed_in: &SignedIn) -> String {
        let now = state.now();
        let mut records = lock(&state.records);
        if let Some(token) = &self.invitation_token
            && records
                .accept_invitation(token, &signed_in.user_id, now)
                .is_err()
        {
            return self.deny("invitation_invalid", "The invitation is invalid.");
        }
        let organization_id = match &self.organization_id {
            None => signed_in.organization_id.clone(),
            Some(id) if is_member(&records, &signed_in.user_id, id) => Some(id.clone()),
            Some(_) => {
                return self.deny("access_denied", "The user is not in the organization.");
            }
        };
        let organization = organization_id.as_ref().map(|id| records.organization(id));
        let by_connection = self.selector == Selector::Connection
            || matches!(organization, Some(Ok(found)) if found.connection_id.is_some());
        let method = match &self.selector {
            _ if by_connection => Method::Sso,
            Selector::Provider(provider) => Method::OAuth(provider.clone()),
            _ => Method::Password,
        };
        let code = Code {
            identity: Identity {
                user_id: signed_in.user_id.clone(),
                organization_id,
                method,
                auth_time: signed_in.auth_time,
            },
            code_challenge: self.code_challenge.clone(),
            expires_at: now.plus(CODE_LIFETIME),
        };
        let code = records.issue_code(code, now);
        answer_url(
            &self.redirect_uri,
            &[("code", &code)],
            self.state.as_deref(),
        )
    }

    /// Where the browser goes with an error.
    pub(crate) fn deny(&self, error: &str, description: &str) -> String {
        let answer = [("error", error), ("error_description", description)];
        answer_url(&self.redirect_uri, &answer, self.state.as_deref())
    }

    /// Whether somebody who signed in at `auth_time` did so recently enough.
    pub(crate) fn is_recent(&self, auth_time: Timestamp, now: Timestamp) -> bool {
        self.max_age
            .is_none_or(|max_age| now.since(auth_time) < max_age)
    }
}

struct Invalid(&'static str);

impl From<Repeated> for Invalid {
    fn from(Repeated: Repeated) -> Self {
        Self("a parameter is repeated")
    }
}

fn is_member(records: &Records, user_id: &str, organization_id: &str) -> bool {
    let record = records.user(user_id);
    record.is_ok_and(|record| record.user.membership_in(organization_id).is_some())
}

fn answer_url(redirect_uri: &str, answer: &[(&str, &str)], state: Option<&str>) -> String {
    // `parse` has let nothing else through.
    let mut url = Url::parse(redirect_uri).expect("the redirect URI is an address");
    url.query_pairs_mut()
        .extend_pairs(answer)
        .extend_pairs(state.map(|state| ("state", state)));
    url.into()
}
