#![deny(warnings)]

use actix_web::{HttpResponse, get};
use auth_actix::{Session, protected};

/// Documentation stays with the name.
#[protected]
#[get("/")]
#[allow(unused_variables)]
#[inline]
pub async fn documented(session: Session) -> HttpResponse {
    HttpResponse::Ok().finish()
}

#[protected]
#[cfg(any())]
async fn absent() -> NoSuchType {}

fn main() {
    let _ = documented;
}
