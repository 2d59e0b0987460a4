//! Pages whose own scripts sign people in and out, each under a strict policy.

use actix_web::{HttpResponse, get, web};
use auth_actix::{Html, Ui};

pub(crate) fn pages(config: &mut web::ServiceConfig) {
    config
        .service(buttons)
        .service(script)
        .service(inline)
        .service(components);
}

const BUTTONS: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Buttons</title>
<link rel="icon" href="data:,">
<main><h1>Buttons</h1>
<button id="login">Login</button>
<button id="logout">Logout</button>
<button id="nobody">Another</button>
<button id="choose">Choose</button>
<output></output></main>
"#;

/// With a script in a file of the site.
#[get("/buttons")]
async fn buttons() -> HttpResponse {
    let page = format!("{BUTTONS}<script type=\"module\" src=\"/buttons.js\"></script>");
    under("script-src 'self'", page)
}

#[get("/buttons.js")]
async fn script() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/javascript; charset=utf-8")
        .body(
            r##"
let { signIn, signOut, onSession } = await import("/api/auth/client.js");
document.querySelector("#login").onclick = () => signIn("dev");
document.querySelector("#logout").onclick = () => signOut();
document.querySelector("#nobody").onclick = () => signIn("nobody");
document.querySelector("#choose").onclick = () => signIn();
onSession((session) => {
  document.querySelector("output").textContent = session ? session.user.name : "a guest";
});
"##,
        )
}

/// With the inline script that Auth.js's guide for Astro shows.
#[get("/buttons-inline")]
async fn inline() -> HttpResponse {
    let page = BUTTONS.to_owned()
        + r##"<script type="module" nonce="bm9uY2U">
  let { signIn, signOut } = await import("/api/auth/client.js")
  document.querySelector("#login").onclick = () => signIn("dev")
  document.querySelector("#logout").onclick = () => signOut()
</script>"##;
    under("script-src 'self' 'nonce-bm9uY2U'", page)
}

/// With the buttons of [`Ui`], and no script.
#[get("/components")]
async fn components(ui: Ui) -> HttpResponse {
    let greeting = match ui.session() {
        Some(session) => Html::render(session.user().name().unwrap_or("you")),
        None => Html::render("a guest"),
    };
    let button = ui.either(
        ui.sign_out().label("Logout"),
        ui.sign_in("dev").label("Login"),
    );
    let page = format!(
        "<!doctype html><html lang=\"en\"><title>Components</title><p>{greeting}</p>{button}"
    );
    under("script-src 'none'", page)
}

/// A page that may run these scripts, ask its own origin, and nothing else.
fn under(scripts: &str, page: String) -> HttpResponse {
    let policy = format!(
        "default-src 'none'; {scripts}; connect-src 'self'; img-src data:; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HttpResponse::Ok()
        .insert_header(("content-security-policy", policy))
        .content_type("text/html; charset=utf-8")
        .body(page)
}
