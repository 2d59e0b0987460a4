use actix_web::HttpResponse;
use auth_actix::protected;

#[protected(roles(), max_age = "soon")]
async fn handler() -> HttpResponse {
    HttpResponse::Ok().finish()
}

fn main() {}
