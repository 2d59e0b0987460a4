//! The organisation switcher: where the person may work, and a form to go there.

use actix_web::{HttpRequest, HttpResponse, post, web};
use auth_actix::authkit::{Order, PageRequest};
use auth_actix::{AuthKit, Error, Session, protected};
use maud::{Markup, html};
use serde::Deserialize;

#[derive(Deserialize)]
struct Choice {
    organization_id: String,
}

/// Enters another organisation, and shows the dashboard again: with its role, its permissions.
#[post("/organization")]
#[protected]
pub(crate) async fn switch(
    authkit: web::Data<AuthKit>,
    choice: web::Form<Choice>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    authkit
        .switch_organization(&request, &choice.organization_id, "/dashboard")
        .await
}

/// A form with a button for each organisation, where there are several.
pub(crate) async fn switcher(authkit: &AuthKit, session: &Session) -> Markup {
    let user_id = session.user().id();
    let workos = authkit.workos();
    let page = PageRequest::default().limit(100).order(Order::Ascending);
    let Ok(memberships) = workos.organization_memberships(user_id, &[], &page).await else {
        // The page is about something else, and has it.
        return html! { p.muted { "Your organizations cannot be listed at the moment." } };
    };
    let current = session.organization_id();
    html! {
        @if memberships.data.len() > 1 {
            section {
                h2 #organizations { "Your organizations" }
                form.switcher method="post" action="/organization" aria-labelledby="organizations" {
                    @for membership in &memberships.data {
                        @let is_current = current == Some(&membership.organization_id);
                        button name="organization_id" value=(membership.organization_id)
                            aria-current=[is_current.then_some("true")] {
                            (membership.organization_name.as_deref().unwrap_or(&membership.organization_id))
                        }
                    }
                }
            }
        }
    }
}
