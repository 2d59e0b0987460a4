//! WorkOS AuthKit: hosted sign-in, with the cookies that the SDKs for JavaScript write and read.

mod access_token;
mod workos;

pub use crate::seal::iron::{IronError, IronPassword, IronPasswordError, IronPasswords};
pub use access_token::{AccessToken, AccessTokenError, AccessTokens};
pub use workos::{
    ApiAddress, ApiAddressError, ApiScheme, AuthenticationMethod, AuthenticationRequest,
    AuthenticationResponse, AuthorizationParams, AuthorizationTarget, CredentialsError, ErrorCode,
    FactorSummary, Grant, Impersonator, NextStep, OauthTokens, OrganizationSummary, Refusal,
    ScreenHint, User, WorkOs, WorkOsCredentials, WorkOsError,
};
