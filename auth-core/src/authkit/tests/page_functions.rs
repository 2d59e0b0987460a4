//! Functions of the application in place of the built-in pages.

use super::site::{Site, text};
use crate::component::Html;

fn rendered() -> Site {
    Site::with(|it| {
        it.render_sign_out(|view| {
            assert_eq!(view.csrf_token(), None);
            Html::pre_escaped(format!("own {}", view.form.clone().class("quiet")))
        })
        .render_error(|view| {
            let code = view.error.code.unwrap_or_default();
            Html::render(format!("own {code}, {}", view.sign_in.href))
        })
    })
}

#[test]
fn the_sign_out_page_can_be_rendered_by_the_application() {
    let response = rendered().get("/sign-out?returnTo=/bye");
    assert_eq!(response.status(), 200);
    assert!(response.headers().contains_key("content-security-policy"));
    assert_eq!(
        text(&response),
        "own <form method=\"post\" action=\"/sign-out\">\
         <input type=\"hidden\" name=\"returnTo\" value=\"https://app.example/bye\">\
         <button type=\"submit\" class=\"quiet\" dir=\"auto\">Sign out</button></form>"
    );
}

#[test]
fn the_error_page_can_be_rendered_by_the_application() {
    let response = rendered().get("/callback?error=access_denied&state=x");
    assert!(response.status().is_client_error());
    assert!(response.headers().contains_key("content-security-policy"));
    let page = text(&response);
    assert!(
        page.starts_with("own ") && page.ends_with(", /sign-in"),
        "{page}"
    );
}
