//! WorkOS AuthKit: hosted sign-in, with the cookies that the SDKs for JavaScript write and read.

mod access_token;
mod workos;

pub use crate::seal::iron::{IronError, IronPassword, IronPasswordError, IronPasswords};
pub use access_token::{AccessToken, AccessTokenError, AccessTokens};
pub use workos::{
    ApiAddress, ApiAddressError, ApiKey, ApiKeyOwner, ApiScheme, AuthenticationChallenge,
    AuthenticationFactor, AuthenticationMethod, AuthenticationRequest, AuthenticationResponse,
    AuthorizationParams, AuthorizationTarget, CredentialsError, DEFAULT_HOSTNAME, EmailCode,
    EnrolledFactor, ErrorCode, FactorSummary, Grant, Impersonator, MembershipStatus, NextStep,
    OauthTokens, Order, Organization, OrganizationMembership, OrganizationSummary, Page,
    PageRequest, PasswordReset, Refusal, Role, ScreenHint, SessionStatus, Totp, User, UserSession,
    UserUpdate, WEBHOOK_SIGNATURE_HEADER, WEBHOOK_TOLERANCE, WebhookError, WorkOs,
    WorkOsCredentials, WorkOsError, verify_webhook,
};
