use actix_web::HttpResponse;
use auth_actix::protected;

#[protected(max_age = "5")]
async fn handler() -> HttpResponse {
    HttpResponse::Ok().finish()
}

fn main() {}
