use actix_web::HttpResponse;
use auth_actix::protected;

#[protected(roles = "admin")]
async fn handler() -> HttpResponse {
    HttpResponse::Ok().finish()
}

fn main() {}
