use actix_web::HttpResponse;
use auth_actix::protected;

#[protected(roles())]
async fn handler() -> HttpResponse {
    HttpResponse::Ok().finish()
}

fn main() {}
