use actix_web::HttpResponse;
use auth_actix::protected;

struct Pages;

impl Pages {
    #[protected]
    async fn handler(&self) -> HttpResponse {
        HttpResponse::Ok().finish()
    }
}

fn main() {}
