//! Which endpoint answers where.

use std::sync::Arc;

use actix_web::{HttpResponse, web};

use crate::state::State;
use crate::{discovery, end_session, page, sign_in, token, userinfo};

/// The endpoints over `state`.
pub(crate) fn routes(state: Arc<State>) -> impl Fn(&mut web::ServiceConfig) + Clone + Send {
    let state = web::Data::from(state);
    move |config| {
        config.app_data(state.clone());
        endpoints(config);
    }
}

fn endpoints(config: &mut web::ServiceConfig) {
    config
        .route(
            "/.well-known/openid-configuration",
            web::get().to(discovery::configuration),
        )
        .route("/jwks", web::get().to(discovery::jwks))
        .service(
            web::resource("/authorize")
                .route(web::get().to(sign_in::show))
                .route(web::post().to(sign_in::choose)),
        )
        .service(web::resource("/token").route(web::post().to(token::token)))
        .service(
            web::resource("/userinfo")
                .route(web::get().to(userinfo::userinfo))
                .route(web::post().to(userinfo::userinfo)),
        )
        .service(
            web::resource("/end_session")
                .route(web::get().to(end_session::end_session))
                .route(web::post().to(end_session::end_session)),
        )
        .route("/trap", web::to(trap))
        .route("/style.css", web::get().to(page::style))
        .route("/form-post.js", web::get().to(page::form_post_script));
}

/// Where [`Fault::TokenRedirect`](crate::Fault::TokenRedirect) points.
async fn trap(state: web::Data<State>) -> HttpResponse {
    state.count(|requests| &mut requests.trap);
    HttpResponse::Ok().json(serde_json::json!({ "access_token": "trap", "token_type": "Bearer" }))
}
