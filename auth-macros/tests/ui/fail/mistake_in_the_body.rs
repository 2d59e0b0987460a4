use actix_web::HttpResponse;
use auth_actix::protected;

#[protected]
async fn handler() -> HttpResponse {
    HttpResponse::Ok().body(7 + "seven")
}

fn main() {}
