//! What the files beside this one are written with.

pub(super) use http::Method;
pub(super) use serde::Deserialize;
pub(super) use serde_json::{Value, json};
pub(super) use url::Url;

pub(super) use crate::profile::Profile;
pub(super) use crate::profile::fields::{Flag, Id, List, Nested, Text};
pub(super) use crate::provider::{
    ClientAuth, Endpoints, Mark, PerTenant, Pkce, ProfileSource, Provider, ResponseMode,
    SecretClaims, SigningAlgorithm, UserinfoError, UserinfoRequest,
};

use url::form_urlencoded;

use crate::spawn::BoxFuture;

/// A token request on its way out.
pub(super) type Request = http::Request<Vec<u8>>;

/// What a `fetch_userinfo` hook returns.
pub(super) type FetchedUserinfo<'a> = BoxFuture<'a, Result<Value, UserinfoError>>;

/// The request with another form in its body.
pub(super) fn with_form(
    mut request: Request,
    change: impl FnOnce(Vec<(String, String)>) -> Vec<(String, String)>,
) -> Request {
    let form = form_urlencoded::parse(request.body())
        .into_owned()
        .collect();
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(change(form))
        .finish();
    *request.body_mut() = body.into_bytes();
    request
}
