//! The device flow (RFC 8628): a program without a browser shows a code, and somebody types it in
//! elsewhere.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use auth_core::Timestamp;
use maud::html;
use serde_json::json;

use super::credentials::Identity;
use super::directory::User;
use super::id::new_code;
use super::input::Input;
use super::page::people;
use super::problem::{Answer, Problem, ok};
use super::records::Records;
use super::sessions::Method;
use super::state::State;
use crate::page::{POLICY, layout, refused, respond};
use crate::params::Params;
use crate::random::random_token;
use crate::sign_in::is_same_origin;
use crate::state::lock;

const LIFETIME: Duration = Duration::from_secs(300);
const INTERVAL: Duration = Duration::from_secs(5);

/// A device that waits for somebody.
#[derive(Clone, Debug)]
pub(crate) struct DeviceCode {
    user_code: String,
    expires_at: Timestamp,
    polled_at: Option<Timestamp>,
    decision: Option<Decision>,
}

#[derive(Clone, Debug)]
enum Decision {
    Allow { user_id: String },
    Deny,
}

impl Records {
    /// `urn:ietf:params:oauth:grant-type:device_code`, which a device asks for again and again.
    pub(crate) fn redeem_device(
        &mut self,
        input: &Input,
        now: Timestamp,
    ) -> Result<Identity, Problem> {
        let invalid = || Problem::invalid_grant("Invalid device code.");
        let value = input.text("device_code").ok_or_else(invalid)?;
        let device = self.device_codes.get_mut(value).ok_or_else(invalid)?;
        if now >= device.expires_at {
            return Err(Problem::oauth(
                "expired_token",
                "The device code has expired.",
            ));
        }
        let polled_at = device.polled_at.replace(now);
        match device.decision.clone() {
            Some(Decision::Deny) => Err(Problem::oauth("access_denied", "The user said no.")),
            Some(Decision::Allow { user_id }) => {
                self.device_codes.remove(value);
                let memberships = self.user(&user_id)?.user.active_memberships();
                let first = memberships.map(|one| one.organization_id.clone()).next();
                Ok(Identity {
                    user_id,
                    organization_id: first,
                    method: Method::Password,
                    auth_time: now,
                })
            }
            None if polled_at.is_some_and(|at| now.since(at) < INTERVAL) => {
                Err(Problem::oauth("slow_down", "Wait longer between requests."))
            }
            None => Err(Problem::oauth(
                "authorization_pending",
                "The user has not decided yet.",
            )),
        }
    }

    /// The user types the code in and agrees; `None` for nobody declines. Whether there is such a
    /// code.
    pub(crate) fn decide_device(&mut self, user_code: &str, user_id: Option<&str>) -> bool {
        let mut devices = self.device_codes.values_mut();
        let Some(device) = devices.find(|device| device.user_code == user_code) else {
            return false;
        };
        device.decision = Some(match user_id {
            Some(user_id) => Decision::Allow {
                user_id: user_id.to_owned(),
            },
            None => Decision::Deny,
        });
        true
    }
}

/// `POST /user_management/authorize/device`
pub(crate) async fn authorize(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Answer {
    let input = Input::read(&request, &body)?;
    if input.text("client_id") != Some(&state.client_id) {
        return Err(Problem::oauth("invalid_client", "Invalid client ID."));
    }
    let device_code = random_token();
    let user_code = new_code();
    let verification_uri = format!("{}/device", state.origin);
    let device = DeviceCode {
        user_code: user_code.clone(),
        expires_at: state.now().plus(LIFETIME),
        polled_at: None,
        decision: None,
    };
    lock(&state.records)
        .device_codes
        .insert(device_code.clone(), device);
    ok(&json!({
        "device_code": device_code,
        "verification_uri_complete": format!("{verification_uri}?user_code={user_code}"),
        "user_code": user_code,
        "verification_uri": verification_uri,
        "expires_in": LIFETIME.as_secs(),
        "interval": INTERVAL.as_secs(),
    }))
}

/// `GET /device`: asks who is sitting at the device that shows the code.
pub(crate) async fn show(state: web::Data<State>, http: HttpRequest) -> HttpResponse {
    let params = Params::parse(http.query_string().as_bytes());
    let user_code = params
        .single("user_code")
        .ok()
        .flatten()
        .unwrap_or_default();
    let users: Vec<User> = {
        let records = lock(&state.records);
        records
            .users
            .iter()
            .map(|record| record.user.clone())
            .collect()
    };
    let action = format!("/device?{}", params.encode());
    let body = html! {
        h1 { "Connect a device" }
        @if user_code.is_empty() {
            form action="/device" {
                label for="user_code" { "The code that it shows" }
                input #user_code name="user_code" inputmode="numeric" autocomplete="off" required;
                button.primary { "Continue" }
            }
        } @else {
            p.lead { "The device shows " strong { (user_code) } "." }
            (people(&state, &users, &action))
            form.cancel method="post" action=(action) {
                button.quiet name="choice" value="cancel" { "That is not my device" }
            }
        }
    };
    respond(StatusCode::OK, POLICY, &layout("Connect a device", &body))
}

/// `POST /device`
pub(crate) async fn choose(
    state: web::Data<State>,
    http: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    if !is_same_origin(&state.origin, &http) {
        return refused("the choice was not made on the page of this service");
    }
    let params = Params::parse(http.query_string().as_bytes());
    let user_code = params
        .single("user_code")
        .ok()
        .flatten()
        .unwrap_or_default();
    let body = Params::parse(&body);
    let choice = body.single("choice").ok().flatten().unwrap_or_default();
    let user_id = Some(choice).filter(|choice| *choice != "cancel");
    let mut records = lock(&state.records);
    let known = user_id.is_none_or(|id| records.user(id).is_ok());
    if !known || !records.decide_device(user_code, user_id) {
        return refused("no device shows that code");
    }
    let body = html! {
        h1 { "Done" }
        p.lead { "The device knows by now, or will the next time that it asks." }
    };
    respond(StatusCode::OK, POLICY, &layout("Done", &body))
}
