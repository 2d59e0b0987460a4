//! `GET /marks/{id}.svg`: the mark of a provider that people can sign in with.

use super::reply;
use crate::auth::Inner;
use crate::http::Response;
use crate::page;

/// A mark; a provider that is not registered has none.
pub(super) fn show(auth: &Inner, file: &str) -> Response {
    file.strip_suffix(".svg")
        .and_then(|id| auth.registration(id))
        .and_then(|registration| registration.provider.mark)
        .map_or_else(reply::bad_request, page::mark)
}
