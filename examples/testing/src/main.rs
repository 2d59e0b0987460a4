//! The application of `lib.rs`, with a development provider. Its tests are the example: see
//! `tests/main.rs`.
//!
//! ```sh
//! cargo run -p testing               # then open the address that it prints
//! PORT=8080 cargo run -p testing
//! cargo test -p testing
//! ```

use std::error::Error;
use std::net::TcpListener;

use actix_web::{App, HttpServer};
use auth_dev::DevProvider;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    // Lives until the server stops.
    let development = DevProvider::start()?;
    let auth = testing::sign_in().provider(development.client()).build()?;

    println!("http://localhost:{}/", listener.local_addr()?.port());
    HttpServer::new(move || {
        App::new()
            .wrap(auth.middleware())
            .service(auth.routes())
            .configure(testing::pages)
    })
    .listen(listener)?
    .run()
    .await?;
    Ok(())
}
