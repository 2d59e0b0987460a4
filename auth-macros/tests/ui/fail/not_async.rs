use actix_web::HttpResponse;
use auth_actix::protected;

#[protected]
fn handler() -> HttpResponse {
    HttpResponse::Ok().finish()
}

fn main() {}
