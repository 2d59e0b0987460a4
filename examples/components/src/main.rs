//! Buttons that sign in and out, in pages of five kinds: maud, askama, minijinja, tera, and plain
//! `format!`. No page has a script, and every engine goes on escaping what is not a button.
//!
//! ```sh
//! cargo run -p components            # then open the address that it prints
//! PORT=8080 cargo run -p components
//! ```

use std::error::Error;
use std::net::TcpListener;

use actix_web::middleware::DefaultHeaders;
use actix_web::web::Html;
use actix_web::{App, HttpResponse, HttpServer, Responder, get};
use askama::Template;
use auth_actix::{Auth, Ui};
use auth_dev::DevProvider;

type Page = Result<Html, Box<dyn Error>>;

/// What the person is called: text of a stranger, which every engine escapes.
fn name(ui: &Ui) -> &str {
    let user = ui.session().map(|session| session.user());
    user.and_then(|user| user.name()).unwrap_or("<guest>")
}

/// The button that fits.
fn button(ui: &Ui) -> auth_actix::Html {
    ui.either(
        ui.sign_out().class("quiet"),
        ui.sign_in("dev").label("Sign in & go on").class("primary"),
    )
}

#[get("/")]
async fn with_maud(ui: Ui) -> Page {
    let page = maud::html! {
        (maud::DOCTYPE)
        html lang="en" {
            head { title { "maud" } (maud::PreEscaped(META)) }
            body {
                main {
                    h1 { "Hello " (name(&ui)) }
                    (button(&ui))
                    @for engine in ["askama", "minijinja", "tera", "format"] {
                        p { a href=(engine) { (engine) } }
                    }
                }
            }
        }
    };
    Ok(Html::new(page.into_string()))
}

/// What belongs into the head of any page.
const META: &str = r#"<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">"#;

/// For the engines that read templates: the button is safe as it is, the name is not.
const TEMPLATE: &str = include_str!("../templates/page.html");

#[derive(Template)]
#[template(path = "page.html")]
struct Askama<'a> {
    engine: &'a str,
    name: &'a str,
    button: auth_actix::Html,
}

#[get("/askama")]
async fn with_askama(ui: Ui) -> Page {
    let page = Askama {
        engine: "askama",
        name: name(&ui),
        button: button(&ui),
    };
    Ok(Html::new(page.render()?))
}

#[get("/minijinja")]
async fn with_minijinja(ui: Ui) -> Page {
    let mut environment = minijinja::Environment::new();
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
    let page = environment.render_str(
        TEMPLATE,
        minijinja::context! {
            engine => "minijinja",
            name => name(&ui),
            button => button(&ui).as_ref(),
        },
    )?;
    Ok(Html::new(page))
}

#[get("/tera")]
async fn with_tera(ui: Ui) -> Page {
    let mut context = tera::Context::new();
    context.insert("engine", "tera");
    context.insert("name", name(&ui));
    context.insert("button", button(&ui).as_ref());
    Ok(Html::new(tera::Tera::one_off(TEMPLATE, &context, true)?))
}

#[get("/format")]
async fn with_format(ui: Ui) -> Page {
    // `format!` escapes nothing: text that is not ours goes through `Html::render`.
    let name = auth_actix::Html::render(name(&ui));
    Ok(Html::new(format!(
        "<!doctype html><html lang=\"en\"><title>format</title>{META}\n\
         <main><h1>Hello {name}</h1>{}<p><a href=\"/\">maud</a></p></main>",
        button(&ui)
    )))
}

#[get("/style.css")]
async fn style() -> impl Responder {
    let css = include_str!("style.css");
    HttpResponse::Ok().content_type("text/css").body(css)
}

/// The buttons need no exception: they are forms that post to the site itself.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    let development = DevProvider::start()?; // lives until the server stops
    let auth = Auth::builder().provider(development.client()).build()?;

    println!("http://localhost:{}/", listener.local_addr()?.port());
    HttpServer::new(move || {
        App::new()
            .wrap(auth.middleware())
            .wrap(DefaultHeaders::new().add(("Content-Security-Policy", POLICY)))
            .service(auth.routes())
            .service((with_maud, with_askama, with_minijinja))
            .service((with_tera, with_format, style))
    })
    .workers(1)
    .listen(listener)?
    .run()
    .await?;
    Ok(())
}
