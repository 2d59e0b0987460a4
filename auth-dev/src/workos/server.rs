//! Which endpoint answers where, who may ask, and what goes wrong on purpose.

use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::{Next, from_fn};
use actix_web::{Error, HttpMessage as _, HttpResponse, ResponseError as _, web};
use futures_util::future::pending;
use serde::Deserialize;
use serde_json::{Value, json};

use super::authenticate::{authenticate, bearer};
use super::faults::{Endpoint, Fault};
use super::id::new_id;
use super::problem::Problem;
use super::state::State;
use super::{
    access_token, api_keys, device, factors, invitations, memberships, one_time_codes, sessions,
    sign_in, users,
};
use crate::state::lock;

/// The endpoints over `state`.
pub(crate) fn routes(state: Arc<State>) -> impl Fn(&mut web::ServiceConfig) + Clone + Send {
    let state = web::Data::from(state);
    move |config| {
        let everything = web::scope("").wrap(from_fn(admit));
        config
            .app_data(state.clone())
            .service(everything.configure(endpoints));
    }
}

fn endpoints(config: &mut web::ServiceConfig) {
    config
        .route("/style.css", web::get().to(crate::page::style))
        .route("/sso/jwks/{client_id}", web::get().to(access_token::jwks))
        .service(
            web::resource("/device")
                .route(web::get().to(device::show))
                .route(web::post().to(device::choose)),
        )
        .route("/api_keys/validations", web::post().to(api_keys::validate))
        .route(
            "/organizations/{id}",
            web::get().to(memberships::organization),
        )
        .route("/auth/factors/enroll", web::post().to(factors::enrol))
        .route(
            "/auth/factors/{id}/challenge",
            web::post().to(factors::challenge),
        )
        .route(
            "/auth/challenges/{id}/verify",
            web::post().to(factors::verify),
        )
        .service(
            web::resource("/auth/factors/{id}")
                .route(web::get().to(factors::get))
                .route(web::delete().to(factors::delete)),
        )
        .service(web::scope("/user_management").configure(user_management));
}

fn user_management(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/authorize")
                .route(web::get().to(sign_in::show))
                .route(web::post().to(sign_in::choose)),
        )
        .route("/authorize/device", web::post().to(device::authorize))
        .route("/authenticate", web::post().to(authenticate))
        .route("/sessions/logout", web::get().to(sessions::logout))
        .route("/sessions/revoke", web::post().to(sessions::revoke))
        .route("/organization_memberships", web::get().to(memberships::all))
        .route(
            "/organization_memberships/{id}",
            web::get().to(memberships::get),
        )
        .configure(mailed)
        .service(
            web::resource("/users")
                .route(web::get().to(users::all))
                .route(web::post().to(users::create)),
        )
        .route(
            "/users/external_id/{id}",
            web::get().to(users::by_external_id),
        )
        .service(
            web::resource("/users/{id}")
                .route(web::get().to(users::get))
                .route(web::put().to(users::update))
                .route(web::delete().to(users::delete)),
        )
        .route("/users/{id}/sessions", web::get().to(sessions::of_user))
        .service(
            web::resource("/users/{id}/auth_factors")
                .route(web::get().to(factors::of_user))
                .route(web::post().to(factors::enrol_user)),
        );
}

fn mailed(config: &mut web::ServiceConfig) {
    config
        .route(
            "/magic_auth",
            web::post().to(one_time_codes::create_magic_auth),
        )
        .route(
            "/magic_auth/{id}",
            web::get().to(one_time_codes::magic_auth),
        )
        .route(
            "/email_verification/{id}",
            web::get().to(one_time_codes::email_verification),
        )
        .route(
            "/users/{id}/email_verification/send",
            web::post().to(one_time_codes::send_email_verification),
        )
        .route(
            "/users/{id}/email_verification/confirm",
            web::post().to(one_time_codes::confirm_email_verification),
        )
        .route(
            "/password_reset",
            web::post().to(one_time_codes::create_password_reset),
        )
        .route(
            "/password_reset/confirm",
            web::post().to(one_time_codes::confirm_password_reset),
        )
        .route(
            "/password_reset/{id}",
            web::get().to(one_time_codes::password_reset),
        )
        .service(
            web::resource("/invitations")
                .route(web::get().to(invitations::all))
                .route(web::post().to(invitations::send)),
        )
        .route(
            "/invitations/by_token/{token}",
            web::get().to(invitations::by_token),
        )
        .route("/invitations/{id}", web::get().to(invitations::get))
        .route(
            "/invitations/{id}/accept",
            web::post().to(invitations::accept),
        )
        .route(
            "/invitations/{id}/revoke",
            web::post().to(invitations::revoke),
        )
        .route(
            "/invitations/{id}/resend",
            web::post().to(invitations::resend),
        );
}

/// Counts the request, plays the fault that was asked for, and wants the API key where it belongs.
async fn admit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(state) = request.app_data::<web::Data<State>>().cloned() else {
        // `routes` has put it there.
        return Ok(request.into_response(HttpResponse::InternalServerError().finish()));
    };
    let endpoint = Endpoint::of(request.path());
    let fault = endpoint.and_then(|endpoint| {
        lock(&state.log).count(endpoint);
        lock(&state.faults).begin(endpoint)
    });
    let refusal = match fault {
        Some(Fault::Unavailable) => {
            Some(Problem::server(StatusCode::SERVICE_UNAVAILABLE).error_response())
        }
        Some(Fault::RateLimited { retry_after }) => {
            Some(Problem::rate_limited(retry_after).error_response())
        }
        Some(Fault::InvalidGrant) => {
            Some(Problem::invalid_grant("Invalid refresh token.").error_response())
        }
        Some(Fault::NotJson) => Some(
            HttpResponse::Ok()
                .content_type("text/html")
                .body("<p>Hello!"),
        ),
        Some(Fault::Silent) => pending().await,
        _ if endpoint == Some(Endpoint::Api) && !has_key(&state, &request) => {
            Some(Problem::unauthorized().error_response())
        }
        _ => None,
    };
    if let Some(fault) = fault {
        request.extensions_mut().insert(fault);
    }
    let mut response = match refusal {
        Some(refusal) => request.into_response(refusal),
        None => next.call(request).await?.map_into_boxed_body(),
    };
    if fault == Some(Fault::AnswerLost) {
        let lost = Problem::server(StatusCode::BAD_GATEWAY).error_response();
        response = response.into_response(lost);
    }
    if let Ok(id) = HeaderValue::from_str(&new_id("req")) {
        let name = HeaderName::from_static("x-request-id");
        response.headers_mut().insert(name, id);
    }
    Ok(response)
}

fn has_key(state: &State, request: &ServiceRequest) -> bool {
    bearer(request.request()).is_some_and(|key| state.api_key.ct_eq(key.as_bytes()))
}

/// Which part of a list is asked for.
#[derive(Deserialize)]
pub(crate) struct Pages {
    limit: Option<usize>,
    before: Option<String>,
    after: Option<String>,
    order: Option<String>,
}

/// A page of a list: the newest first, ten at a time, unless asked otherwise.
pub(crate) fn list(oldest_first: impl Iterator<Item = Value>, pages: &Pages) -> Value {
    let mut all: Vec<Value> = oldest_first.collect();
    if pages.order.as_deref() != Some("asc") {
        all.reverse();
    }
    let position = |id: &String| all.iter().position(|one| one["id"] == id.as_str());
    let limit = pages.limit.unwrap_or(10).clamp(1, 100);
    let before = pages.before.as_ref().and_then(position);
    let after = pages.after.as_ref().and_then(position);
    let (start, end) = match (before, after) {
        (Some(end), _) => (end.saturating_sub(limit), end),
        (None, Some(last)) => (last + 1, all.len().min(last + 1 + limit)),
        (None, None) => (0, all.len().min(limit)),
    };
    let id = |one: Option<&Value>| one.map(|one| one["id"].clone());
    let page = &all[start..end];
    json!({
        "object": "list",
        "list_metadata": {
            "before": id(page.first().filter(|_| start > 0)),
            "after": id(page.last().filter(|_| end < all.len())),
        },
        "data": page,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(pages: Pages) -> (Vec<i64>, Value) {
        let all = (1..=5).map(|number| json!({ "id": number.to_string(), "n": number }));
        let page = list(all, &pages);
        let data = page["data"].as_array().unwrap();
        let ids = data.iter().map(|one| one["n"].as_i64().unwrap()).collect();
        (ids, page["list_metadata"].clone())
    }

    fn pages(limit: usize, before: Option<&str>, after: Option<&str>, order: &str) -> Pages {
        Pages {
            limit: Some(limit),
            before: before.map(Into::into),
            after: after.map(Into::into),
            order: Some(order.into()),
        }
    }

    #[test]
    fn a_list_is_walked_page_by_page_in_both_directions() {
        let cursors = |before: Value, after: Value| json!({ "before": before, "after": after });
        let (first, metadata) = ids(pages(2, None, None, "desc"));
        assert_eq!(
            (first, metadata),
            (vec![5, 4], cursors(Value::Null, "4".into()))
        );
        let (second, metadata) = ids(pages(2, None, Some("4"), "desc"));
        assert_eq!(
            (second, metadata),
            (vec![3, 2], cursors("3".into(), "2".into()))
        );
        let (back, metadata) = ids(pages(2, Some("3"), None, "desc"));
        assert_eq!(
            (back, metadata),
            (vec![5, 4], cursors(Value::Null, "4".into()))
        );
        let (last, metadata) = ids(pages(2, None, Some("4"), "asc"));
        assert_eq!(
            (last, metadata),
            (vec![5], cursors("5".into(), Value::Null))
        );
    }
}
