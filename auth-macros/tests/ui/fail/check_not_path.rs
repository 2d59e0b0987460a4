use actix_web::HttpResponse;
use auth_actix::protected;

#[protected(check = "is_admin")]
async fn handler() -> HttpResponse {
    HttpResponse::Ok().finish()
}

fn main() {}
