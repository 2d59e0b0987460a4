use actix_web::HttpResponse;
use auth_actix::protected;

#[protected]
async fn handler<'a>(argument: &'a str) -> HttpResponse {
    HttpResponse::Ok().body(argument.to_owned())
}

fn main() {}
