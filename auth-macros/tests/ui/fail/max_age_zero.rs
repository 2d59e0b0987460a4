use actix_web::HttpResponse;
use auth_actix::protected;

#[protected(max_age = "0s")]
async fn handler() -> HttpResponse {
    HttpResponse::Ok().finish()
}

fn main() {}
