use actix_web::HttpResponse;
use auth_actix::protected;

#[protected(sign_in = "welcome")]
async fn handler() -> HttpResponse {
    HttpResponse::Ok().finish()
}

fn main() {}
