use actix_web::{Responder, get};
use auth_actix::{Session, protected};

#[get("/dashboard")]
#[protected]
async fn dashboard(session: Session) -> impl Responder {
    format!("Hello {}!", session.user().name().unwrap_or("you"))
}

fn main() {
    let _ = actix_web::App::new().service(dashboard);
}
