//! What WorkOS answers instead of what was asked for, and what has to happen next.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use url::Url;

use super::{ErrorCode, User};
use crate::secret::Secret;

/// What WorkOS answered instead of what was asked for.
#[derive(Clone)]
#[non_exhaustive]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// What is wrong, in one word.
    pub code: Option<ErrorCode>,
    /// What must happen before the sign-in can be finished, where that is known.
    pub next: Option<NextStep>,
    /// Finishes the sign-in, together with what the next step yields.
    pub pending_authentication_token: Option<Secret<String>>,
    /// Who wants to sign in, where WorkOS tells.
    pub user: Option<User>,
    /// Where to send the browser instead, where WorkOS tells.
    pub authkit_redirect_url: Option<Url>,
    /// How long to wait before asking again; at most a minute.
    pub retry_after: Option<Duration>,
    /// The `X-Request-ID` of the answer, for whoever asks WorkOS about it.
    pub request_id: Option<String>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.as_ref().map_or("no code", ErrorCode::as_str);
        write!(f, "WorkOS refused with status {}: {code}", self.status)
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("status", &self.status)
            .field("code", &self.code)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Refusal {}

/// What must happen before a sign-in can be finished.
#[derive(Clone)]
#[non_exhaustive]
pub enum NextStep {
    /// The person proves that the address is theirs, by a code that WorkOS sent to it. Finished by
    /// [`Grant::EmailVerification`](super::Grant::EmailVerification).
    EmailVerification {
        /// The address.
        email: Option<String>,
        /// The verification that was begun: see [`WorkOs::email_verification`](super::WorkOs::email_verification).
        email_verification_id: Option<String>,
    },
    /// The person enrols a second factor: see
    /// [`WorkOs::enroll_auth_factor`](super::WorkOs::enroll_auth_factor). Finished by
    /// [`Grant::Totp`](super::Grant::Totp).
    MfaEnrollment,
    /// The person shows one of their second factors: see
    /// [`WorkOs::challenge_factor`](super::WorkOs::challenge_factor). Finished by
    /// [`Grant::Totp`](super::Grant::Totp).
    MfaChallenge {
        /// The factors that they have.
        authentication_factors: Vec<FactorSummary>,
        /// The challenge, where WorkOS began one already.
        authentication_challenge_id: Option<String>,
    },
    /// The person chooses an organization. Finished by
    /// [`Grant::OrganizationSelection`](super::Grant::OrganizationSelection).
    OrganizationSelection {
        /// Those that they are a member of.
        organizations: Vec<OrganizationSummary>,
    },
    /// The person signs in with the connection of their organization: see
    /// [`AuthorizationTarget::Connection`](super::AuthorizationTarget::Connection).
    Sso {
        /// The address that they gave.
        email: Option<String>,
        /// The connections.
        connection_ids: Vec<String>,
    },
    /// The person signs in by a method that their organization allows.
    OrganizationAuthenticationMethods {
        /// The address that they gave.
        email: Option<String>,
        /// The connections of the organization.
        sso_connection_ids: Vec<String>,
        /// Each method, and whether it is allowed: `google_oauth`.
        auth_methods: BTreeMap<String, bool>,
    },
    /// The person answers a challenge of WorkOS Radar. Finished by
    /// [`Grant::RadarEmailChallenge`](super::Grant::RadarEmailChallenge) or
    /// [`Grant::RadarSmsChallenge`](super::Grant::RadarSmsChallenge).
    RadarChallenge {
        /// The challenge.
        radar_challenge_id: Option<String>,
    },
}

/// Which step it is, without the address of the person.
impl fmt::Debug for NextStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EmailVerification { .. } => "EmailVerification",
            Self::MfaEnrollment => "MfaEnrollment",
            Self::MfaChallenge { .. } => "MfaChallenge",
            Self::OrganizationSelection { .. } => "OrganizationSelection",
            Self::Sso { .. } => "Sso",
            Self::OrganizationAuthenticationMethods { .. } => "OrganizationAuthenticationMethods",
            Self::RadarChallenge { .. } => "RadarChallenge",
        })
    }
}

/// A second factor, by its id.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct FactorSummary {
    /// `auth_factor_…`
    pub id: String,
    /// What it is: `totp`.
    #[serde(rename = "type", default)]
    pub kind: String,
}

/// An organization, by its id.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct OrganizationSummary {
    /// `org_…`
    pub id: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
}

impl Refusal {
    /// Reads the body of an answer with an error status: `{code, message, …}`, or `{error,
    /// error_description, …}` as OAuth has it. Whatever is not there, or of another form, is
    /// absent; the messages are not read, for they quote codes and addresses.
    ///
    /// `None` for a judgement in a body that is no JSON object: it is somebody else's who stands
    /// between WorkOS and us.
    pub(super) fn parse(status: u16, body: &[u8]) -> Option<Self> {
        let mut envelope = match serde_json::from_slice(body) {
            Ok(members) => Envelope(members),
            Err(_) if judges_nothing(status) => Envelope(Map::new()),
            Err(_) => return None,
        };
        let code = envelope
            .take("code")
            .or_else(|| envelope.take("error"))
            .filter(|code: &String| is_word(code))
            .map(|code| ErrorCode::from(&*code));
        Some(Self {
            status,
            next: code.as_ref().and_then(|code| envelope.next_step(code)),
            code,
            pending_authentication_token: envelope
                .take("pending_authentication_token")
                .map(|token: String| Secret::new(token)),
            user: envelope.take("user"),
            authkit_redirect_url: envelope
                .take("authkit_redirect_url")
                .filter(|url: &Url| matches!(url.scheme(), "https" | "http")),
            retry_after: None,
            request_id: None,
        })
    }
}

/// Whether a status says nothing but that it may work later.
pub(super) fn judges_nothing(status: u16) -> bool {
    matches!(status, 408 | 429 | 500..)
}

/// Nothing in a code could be taken for another line of a log.
fn is_word(code: &str) -> bool {
    (1..=100).contains(&code.len())
        && code
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

struct Envelope(Map<String, Value>);

impl Envelope {
    fn take<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        serde_json::from_value(self.0.remove(name)?).ok()
    }

    fn list<T: DeserializeOwned>(&mut self, name: &str) -> Vec<T> {
        self.take(name).unwrap_or_default()
    }

    fn next_step(&mut self, code: &ErrorCode) -> Option<NextStep> {
        #[derive(Deserialize)]
        struct Challenge {
            id: String,
        }

        Some(match code {
            ErrorCode::EmailVerificationRequired => NextStep::EmailVerification {
                email: self.take("email"),
                email_verification_id: self.take("email_verification_id"),
            },
            ErrorCode::MfaEnrollment => NextStep::MfaEnrollment,
            ErrorCode::MfaChallenge | ErrorCode::MfaVerification => NextStep::MfaChallenge {
                authentication_factors: self.list("authentication_factors"),
                authentication_challenge_id: self
                    .take("authentication_challenge")
                    .map(|challenge: Challenge| challenge.id),
            },
            ErrorCode::OrganizationSelectionRequired => NextStep::OrganizationSelection {
                organizations: self.list("organizations"),
            },
            ErrorCode::SsoRequired => NextStep::Sso {
                email: self.take("email"),
                connection_ids: self.list("connection_ids"),
            },
            ErrorCode::OrganizationAuthenticationMethodsRequired => {
                NextStep::OrganizationAuthenticationMethods {
                    email: self.take("email"),
                    sso_connection_ids: self.list("sso_connection_ids"),
                    auth_methods: self.take("auth_methods").unwrap_or_default(),
                }
            }
            ErrorCode::RadarChallenge
            | ErrorCode::RadarSignUpChallenge
            | ErrorCode::RadarSmsSignInChallenge
            | ErrorCode::RadarEmailChallenge
            | ErrorCode::RadarSmsChallenge => NextStep::RadarChallenge {
                radar_challenge_id: self.take("radar_challenge_id"),
            },
            _ => return None,
        })
    }
}
