use actix_web::HttpResponse;
use auth_actix::protected;

#[protected]
async fn handler(argument: impl actix_web::FromRequest) -> HttpResponse {
    drop(argument);
    HttpResponse::Ok().finish()
}

fn main() {}
