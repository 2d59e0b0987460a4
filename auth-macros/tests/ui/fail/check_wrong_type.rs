use actix_web::HttpResponse;
use auth_actix::protected;

fn is_admin(name: &str) -> bool {
    name == "admin"
}

#[protected(check = is_admin)]
async fn handler() -> HttpResponse {
    HttpResponse::Ok().finish()
}

fn main() {}
