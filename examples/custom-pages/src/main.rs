//! Pages of the site's own: the sign-in page is a route like any other, the sign-out and error pages
//! are functions in place of the built-in ones. One stylesheet, no script, a strict policy.
//!
//! ```sh
//! cargo run -p custom-pages   # then open the address that it prints; `PORT=8080` changes it
//! ```

mod pages;

use std::error::Error;
use std::net::TcpListener;

use actix_web::middleware::DefaultHeaders;
use actix_web::{App, HttpServer};
use auth_actix::{Auth, Language, Pages, Theme};
use auth_dev::DevProvider;

/// As strict as that of the built-in pages.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    // Lives until the server stops.
    let development = DevProvider::start()?;
    let auth = Auth::builder()
        .provider(development.client())
        .languages([Language::ENGLISH])
        .pages(
            Pages::new()
                .sign_in("/login")
                .render_sign_out(pages::sign_out)
                .render_error(pages::error),
        )
        // What stays built in: the page that goes on to the provider.
        .theme(Theme::new().name(pages::SITE).brand_color("#9a3412"))
        .build()?;

    println!("http://localhost:{}/", listener.local_addr()?.port());
    HttpServer::new(move || {
        App::new()
            .wrap(auth.middleware())
            .wrap(DefaultHeaders::new().add(("content-security-policy", POLICY)))
            .service(auth.routes())
            .service((pages::room, pages::login, pages::style))
    })
    .workers(1)
    .listen(listener)?
    .run()
    .await?;
    Ok(())
}
