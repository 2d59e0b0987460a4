//! AuthKit's page, as far as it takes one: who to be, in which organisation, and signing up.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::authorize::{AuthorizationRequest, Screen};
use super::directory::User;
use super::state::State;
use crate::page::{POLICY, client_origin, initials, layout, respond};
use crate::params::Params;
use crate::state::lock;

/// Who do you want to be?
pub(crate) fn choose(
    state: &State,
    request: &AuthorizationRequest,
    params: &Params,
    problem: Option<&str>,
) -> HttpResponse {
    let title = match request.screen {
        Screen::SignIn => "Choose who to be",
        Screen::SignUp => "Sign up",
    };
    let action = format!("/user_management/authorize?{}", params.encode());
    let hint = request.login_hint.as_deref().unwrap_or_default();
    let users: Vec<User> = {
        let records = lock(&state.records);
        records
            .users
            .iter()
            .map(|record| record.user.clone())
            .collect()
    };
    let people = people(state, &users, &action);
    let sign_up = sign_up(&action, hint, problem);
    let body = html! {
        h1 { (title) }
        p.lead { "to sign in at " strong { (client_origin(&request.redirect_uri)) } }
        @if let Some(problem) = problem {
            p.problem role="alert" id="problem" { (problem) }
        }
        @match request.screen {
            Screen::SignIn => { (people) (sign_up) }
            Screen::SignUp => { (sign_up) (people) }
        }
        form.cancel method="post" action=(action) {
            button.quiet name="choice" value="cancel" { "Cancel" }
        }
    };
    let status = match problem {
        Some(_) => StatusCode::BAD_REQUEST,
        None => StatusCode::OK,
    };
    respond(status, POLICY, &layout(title, &body))
}

/// In which organisation?
pub(crate) fn choose_organization(
    state: &State,
    request: &AuthorizationRequest,
    params: &Params,
    user: &User,
) -> HttpResponse {
    let action = format!("/user_management/authorize?{}", params.encode());
    let records = lock(&state.records);
    let organizations = user.active_memberships().filter_map(|membership| {
        let organization = records.organization(&membership.organization_id).ok()?;
        Some((organization, &membership.role))
    });
    let body = html! {
        h1 { "Choose an organization" }
        p.lead {
            "for " strong { (user.display_name()) } " at "
            strong { (client_origin(&request.redirect_uri)) }
        }
        form method="post" action=(action) {
            input type="hidden" name="choice" value=(user.id);
            ul.people {
                @for (organization, role) in organizations {
                    li { (entry("organization", &organization.id, &organization.name, role)) }
                }
            }
        }
    };
    respond(
        StatusCode::OK,
        POLICY,
        &layout("Choose an organization", &body),
    )
}

/// Everybody, as buttons of one form.
pub(crate) fn people(state: &State, users: &[User], action: &str) -> Markup {
    let records = lock(&state.records);
    let organizations = |user: &User| {
        let names = user
            .active_memberships()
            .filter_map(|membership| records.organization(&membership.organization_id).ok())
            .map(|organization| organization.name.as_str());
        let mut about = vec![user.email.as_str()];
        about.extend(names);
        about.join(" · ")
    };
    html! {
        form method="post" action=(action) {
            ul.people {
                @for user in users {
                    li { (entry("choice", &user.id, &user.display_name(), &organizations(user))) }
                }
            }
        }
    }
}

fn entry(name: &str, value: &str, title: &str, about: &str) -> Markup {
    html! {
        button.person name=(name) value=(value) {
            span.initials aria-hidden="true" { (initials(title)) }
            span.who {
                span.name { (title) }
                span.email { (about) }
            }
        }
    }
}

fn sign_up(action: &str, hint: &str, problem: Option<&str>) -> Markup {
    html! {
        form.new method="post" action=(action) {
            h2 { "Somebody new" }
            label for="first_name" { "First name" }
            input #first_name name="first_name" autocomplete="off" maxlength="100";
            label for="last_name" { "Last name" }
            input #last_name name="last_name" autocomplete="off" maxlength="100";
            label for="email" { "E-mail" }
            input #email name="email" type="email" autocomplete="off" required maxlength="200"
                value=(hint) placeholder="eve@example.com"
                aria-describedby=[problem.map(|_| "problem")]
                aria-invalid=[problem.map(|_| "true")];
            button.primary name="choice" value="new" { "Sign up" }
        }
    }
}
