//! WorkOS AuthKit: hosted sign-in, with the cookies that the SDKs for JavaScript write and read.

mod access_token;
mod builder;
mod callback;
mod claims;
mod cookie;
mod error;
mod exchange;
mod hooks;
mod kit;
mod known_token;
mod me;
mod remembered;
mod reply;
mod rotation;
mod route;
mod sealed;
mod session;
mod settings;
mod several;
mod sign_in;
mod sign_out;
mod switch;
#[cfg(test)]
mod tests;
mod verifier;
mod workos;

pub use builder::AuthKitBuilder;
pub use hooks::{AuthKitError, AuthKitHooks, AuthKitSignIn, ErrorAnswer};
pub use kit::AuthKit;
pub use sign_out::SignedOut;
pub use switch::{Refreshed, SwitchError, Switched};

pub use crate::seal::iron::{IronError, IronPassword, IronPasswordError, IronPasswords};
pub use access_token::{AccessToken, AccessTokenError, AccessTokens};
pub use workos::{
    ApiAddress, ApiAddressError, ApiKey, ApiKeyOwner, ApiScheme, AuthenticationChallenge,
    AuthenticationFactor, AuthenticationMethod, AuthenticationRequest, AuthenticationResponse,
    AuthorizationParams, AuthorizationTarget, CredentialsError, DEFAULT_HOSTNAME, EmailCode,
    EnrolledFactor, ErrorCode, FactorSummary, Grant, MembershipStatus, NextStep, OauthTokens,
    Order, Organization, OrganizationMembership, OrganizationSummary, Page, PageRequest,
    PasswordReset, Refusal, Role, ScreenHint, SessionStatus, Totp, User, UserSession, UserUpdate,
    WEBHOOK_SIGNATURE_HEADER, WEBHOOK_TOLERANCE, WebhookError, WorkOs, WorkOsCredentials,
    WorkOsError, verify_webhook,
};
