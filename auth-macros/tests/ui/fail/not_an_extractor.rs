use actix_web::HttpResponse;
use auth_actix::protected;

#[protected]
async fn handler(id: u32) -> HttpResponse {
    HttpResponse::Ok().body(id.to_string())
}

fn main() {}
