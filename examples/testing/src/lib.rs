//! A small application: its pages, and how it wants people to sign in.

mod page;

use actix_web::web::ServiceConfig;
use actix_web::{Responder, get};
use auth_actix::{
    Auth, AuthBuilder, CallbackError, Callbacks, Session, Token, Trigger, Ui, protected,
};
use maud::html;
use page::page;

/// Sign-in, but for the provider: `main` has one, and each test its own.
pub fn sign_in() -> AuthBuilder<Auth> {
    Auth::builder().callbacks(Roles)
}

/// Every page.
pub fn pages(config: &mut ServiceConfig) {
    config.service((home, dashboard, admin, page::stylesheet));
}

#[get("/")]
async fn home(ui: Ui) -> impl Responder {
    let button = ui.either(ui.sign_out(), ui.sign_in("dev").return_to("/dashboard"));
    page("Welcome", &html! { (button) })
}

#[get("/dashboard")]
#[protected]
async fn dashboard(session: Session, ui: Ui) -> impl Responder {
    let name = session.user().name().unwrap_or("you");
    let button = ui.sign_out().return_to("/");
    page(&format!("Hello {name}!"), &html! { (button) })
}

#[get("/admin")]
#[protected(role = "admin")]
async fn admin() -> impl Responder {
    page("For administrators", &html! { a href="/" { "Home" } })
}

/// Administrators are told by an address that the provider has verified.
struct Roles;

impl Callbacks for Roles {
    async fn jwt(
        &self,
        mut token: Token,
        trigger: &Trigger<'_>,
    ) -> Result<Option<Token>, CallbackError> {
        if trigger.verified_email() == Some("ada@example.com") {
            token.set_roles(["admin"]);
        }
        Ok(Some(token))
    }
}
