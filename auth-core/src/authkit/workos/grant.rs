//! What is traded for tokens, and the request that trades it.

use std::collections::BTreeMap;

use super::WorkOs;
use crate::secret::Secret;

/// What a person showed, to be traded for tokens with [`WorkOs::authenticate`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Grant {
    /// The code that the browser brought back from an authorization URL.
    AuthorizationCode {
        /// The code.
        code: Secret<String>,
        /// The verifier of the challenge that the URL had (RFC 7636 §4.5).
        code_verifier: Option<Secret<String>>,
        /// The token of an invitation to accept.
        invitation_token: Option<Secret<String>>,
    },
    /// The refresh token of a session, which is used up by this.
    RefreshToken {
        /// The token.
        refresh_token: Secret<String>,
        /// The organization that the new access token is for. Another than before switches.
        organization_id: Option<String>,
    },
    /// An e-mail address and a password.
    Password {
        /// The address.
        email: String,
        /// The password.
        password: Secret<String>,
        /// The token of an invitation to accept.
        invitation_token: Option<Secret<String>>,
    },
    /// A code that was sent by e-mail: see [`WorkOs::create_magic_auth`].
    MagicAuth {
        /// The address that it was sent to.
        email: String,
        /// The code.
        code: Secret<String>,
        /// The token of an invitation to accept.
        invitation_token: Option<Secret<String>>,
        /// Proof of a sign-in elsewhere, to be linked with this one.
        link_authorization_code: Option<Secret<String>>,
    },
    /// The code that proves an e-mail address, after
    /// [`NextStep::EmailVerification`](super::NextStep::EmailVerification).
    EmailVerification {
        /// The code.
        code: Secret<String>,
        /// From the refusal.
        pending_authentication_token: Secret<String>,
    },
    /// The code of an authenticator application, after
    /// [`NextStep::MfaChallenge`](super::NextStep::MfaChallenge) or `MfaEnrollment`.
    Totp {
        /// The code.
        code: Secret<String>,
        /// From the refusal.
        pending_authentication_token: Secret<String>,
        /// From [`WorkOs::challenge_factor`], or from the refusal.
        authentication_challenge_id: String,
    },
    /// The organization to sign in to, after
    /// [`NextStep::OrganizationSelection`](super::NextStep::OrganizationSelection).
    OrganizationSelection {
        /// The organization.
        organization_id: String,
        /// From the refusal.
        pending_authentication_token: Secret<String>,
    },
    /// The code that WorkOS Radar sent by e-mail.
    RadarEmailChallenge {
        /// The code.
        code: Secret<String>,
        /// From the refusal.
        radar_challenge_id: String,
        /// From the refusal.
        pending_authentication_token: Secret<String>,
    },
    /// The code that WorkOS Radar sent to a telephone.
    RadarSmsChallenge {
        /// The code.
        code: Secret<String>,
        /// From the refusal.
        pending_authentication_token: Secret<String>,
        /// The verification that the code belongs to.
        verification_id: Option<String>,
        /// The number that it was sent to.
        phone_number: Option<String>,
    },
}

/// A grant, with what is known of whoever showed it.
#[derive(Clone, Debug)]
pub struct AuthenticationRequest {
    grant: Grant,
    about: BTreeMap<&'static str, String>,
}

impl AuthenticationRequest {
    /// A request with `grant` alone.
    pub fn new(grant: Grant) -> Self {
        Self {
            grant,
            about: BTreeMap::new(),
        }
    }

    /// The address that the person's request came from.
    #[must_use]
    pub fn ip_address(self, address: impl Into<String>) -> Self {
        self.about("ip_address", address)
    }

    /// The `User-Agent` of the person's request.
    #[must_use]
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        self.about("user_agent", user_agent)
    }

    /// The application's name for the person's device.
    #[must_use]
    pub fn device_id(self, id: impl Into<String>) -> Self {
        self.about("device_id", id)
    }

    /// The signals that WorkOS Radar collected in the browser.
    #[must_use]
    pub fn signals_id(self, id: impl Into<String>) -> Self {
        self.about("signals_id", id)
    }

    /// The attempt that WorkOS Radar assessed before.
    #[must_use]
    pub fn radar_auth_attempt_id(self, id: impl Into<String>) -> Self {
        self.about("radar_auth_attempt_id", id)
    }

    fn about(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.about.insert(name, value.into());
        self
    }

    /// The members of the request's body, all of them text.
    pub(super) fn members<'a>(&'a self, workos: &'a WorkOs) -> BTreeMap<&'static str, &'a str> {
        let mut members = BTreeMap::from([
            ("client_id", workos.client_id()),
            ("client_secret", workos.api_key().expose()),
        ]);
        members.extend(self.about.iter().map(|(name, value)| (*name, &**value)));
        members.extend(self.grant.members());
        members
    }
}

impl From<Grant> for AuthenticationRequest {
    fn from(grant: Grant) -> Self {
        Self::new(grant)
    }
}

impl Grant {
    fn members(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let (grant_type, members): (_, [_; 4]) = match self {
            Self::AuthorizationCode {
                code,
                code_verifier,
                invitation_token,
            } => (
                "authorization_code",
                [
                    member("code", code),
                    code_verifier
                        .as_ref()
                        .and_then(|it| member("code_verifier", it)),
                    invitation(invitation_token),
                    None,
                ],
            ),
            Self::RefreshToken {
                refresh_token,
                organization_id,
            } => (
                "refresh_token",
                [
                    member("refresh_token", refresh_token),
                    organization_id.as_deref().map(|id| ("organization_id", id)),
                    None,
                    None,
                ],
            ),
            Self::Password {
                email,
                password,
                invitation_token,
            } => (
                "password",
                [
                    Some(("email", &**email)),
                    member("password", password),
                    invitation(invitation_token),
                    None,
                ],
            ),
            Self::MagicAuth {
                email,
                code,
                invitation_token,
                link_authorization_code,
            } => (
                "urn:workos:oauth:grant-type:magic-auth:code",
                [
                    Some(("email", &**email)),
                    member("code", code),
                    invitation(invitation_token),
                    link_authorization_code
                        .as_ref()
                        .and_then(|it| member("link_authorization_code", it)),
                ],
            ),
            Self::EmailVerification {
                code,
                pending_authentication_token,
            } => (
                "urn:workos:oauth:grant-type:email-verification:code",
                [
                    member("code", code),
                    pending(pending_authentication_token),
                    None,
                    None,
                ],
            ),
            Self::Totp {
                code,
                pending_authentication_token,
                authentication_challenge_id,
            } => (
                "urn:workos:oauth:grant-type:mfa-totp",
                [
                    member("code", code),
                    pending(pending_authentication_token),
                    Some(("authentication_challenge_id", authentication_challenge_id)),
                    None,
                ],
            ),
            Self::OrganizationSelection {
                organization_id,
                pending_authentication_token,
            } => (
                "urn:workos:oauth:grant-type:organization-selection",
                [
                    Some(("organization_id", &**organization_id)),
                    pending(pending_authentication_token),
                    None,
                    None,
                ],
            ),
            Self::RadarEmailChallenge {
                code,
                radar_challenge_id,
                pending_authentication_token,
            } => (
                "urn:workos:oauth:grant-type:radar-email-challenge:code",
                [
                    member("code", code),
                    Some(("radar_challenge_id", radar_challenge_id)),
                    pending(pending_authentication_token),
                    None,
                ],
            ),
            Self::RadarSmsChallenge {
                code,
                pending_authentication_token,
                verification_id,
                phone_number,
            } => (
                "urn:workos:oauth:grant-type:radar-sms-challenge:code",
                [
                    member("code", code),
                    pending(pending_authentication_token),
                    verification_id.as_deref().map(|id| ("verification_id", id)),
                    phone_number.as_deref().map(|it| ("phone_number", it)),
                ],
            ),
        };
        members
            .into_iter()
            .flatten()
            .chain([("grant_type", grant_type)])
    }
}

type Member<'a> = Option<(&'static str, &'a str)>;

fn member<'a>(name: &'static str, value: &'a Secret<String>) -> Member<'a> {
    Some((name, value.expose()))
}

fn invitation(token: &Option<Secret<String>>) -> Member<'_> {
    token.as_ref().and_then(|it| member("invitation_token", it))
}

fn pending(token: &Secret<String>) -> Member<'_> {
    member("pending_authentication_token", token)
}
