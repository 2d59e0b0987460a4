//! The `redirect` callback, wherever a browser is sent.

use super::*;
use crate::callbacks::{
    CallbackError, Callbacks, RedirectDecision, RedirectTarget, SignInAttempt, SignInDecision,
};

/// Lets people go to the shop, and sends them there in place of a session if so told.
#[derive(Default)]
struct Shop {
    instead: Option<&'static str>,
}

impl Callbacks for Shop {
    async fn sign_in(&self, _: &SignInAttempt<'_>) -> Result<SignInDecision, CallbackError> {
        Ok(match self.instead {
            Some(to) => SignInDecision::Redirect(to.to_owned()),
            None => SignInDecision::Allow,
        })
    }

    async fn redirect(
        &self,
        target: &RedirectTarget<'_>,
    ) -> Result<RedirectDecision, CallbackError> {
        Ok(match target.origin.as_str() {
            "https://shop.example" => RedirectDecision::To(target.url.to_owned()),
            _ => RedirectDecision::OwnOrigin,
        })
    }
}

const SHOP: &str = "https://shop.example/cart?a=b";
const EVIL: &str = "https://shop.example.evil.example/";
const HOME: &str = "http://localhost:3000/";

fn shop() -> Auth {
    auth_with(GitHub::default(), |builder| {
        builder.callbacks(Shop::default())
    })
}

/// How many cookies of `response` carry a session.
fn sessions(response: &Response) -> usize {
    let cookies = response.headers().get_all("set-cookie").iter();
    cookies
        .filter(|cookie| cookie.as_bytes().starts_with(b"authjs.session-token=ey"))
        .count()
}

#[test]
fn a_sign_in_ends_where_the_application_lets_it_end() {
    let check = |wanted: &str, expected: &str| {
        let back = sign_in(&shop(), &mut Vec::new(), wanted);
        assert_eq!(back.status(), StatusCode::FOUND);
        assert_eq!(location(back.headers()).as_str(), expected);
        assert_eq!(sessions(&back), 1);
    };
    check(SHOP, SHOP);
    check(EVIL, HOME);
    check("/page", "http://localhost:3000/page");
}

#[test]
fn without_the_callback_no_sign_in_ends_on_another_origin() {
    let back = sign_in(&auth(GitHub::default()), &mut Vec::new(), SHOP);
    assert_eq!(location(back.headers()).as_str(), HOME);
}

#[test]
fn the_cookie_for_the_way_back_holds_the_answer_of_the_callback() {
    let check = |wanted: &str, expected: &str| {
        let (auth, mut jar) = (shop(), Vec::new());
        get(
            &auth,
            &mut jar,
            &format!("/api/auth/signin?callbackUrl={wanted}"),
        );
        let cookie = jar.iter().find(|(name, _)| name == "authjs.callback-url");
        let kept = cookie.unwrap().1.replace("%3A", ":").replace("%2F", "/");
        assert_eq!(kept, expected);
    };
    check("https://shop.example/cart", "https://shop.example/cart");
    check(EVIL, HOME);
}

#[test]
fn a_cookie_that_another_wrote_is_asked_about_too() {
    let (auth, mut jar) = (shop(), Vec::new());
    let body = format!("csrfToken={}", csrf(&auth, &mut jar));
    let mut check = |host: &str, expected: &str| {
        jar.retain(|(name, _)| name != "authjs.callback-url");
        let value = format!("https%3A%2F%2F{host}%2F");
        jar.push(("authjs.callback-url".to_owned(), value));
        let out = send(
            &auth,
            &mut jar,
            http::Request::post("/api/auth/signout"),
            &body,
        );
        assert_eq!(location(out.headers()).as_str(), expected);
    };
    check("shop.example", "https://shop.example/");
    check("evil.example", HOME);
}

#[test]
fn a_form_gets_a_page_that_leads_to_the_other_origin_and_a_script_the_address() {
    let (auth, mut jar) = (shop(), Vec::new());
    let body = format!("csrfToken={}&callbackUrl={SHOP}", csrf(&auth, &mut jar));
    let mut sign_out = |header: &'static str, value: &'static str| {
        let request = http::Request::post("/api/auth/signout").header(header, value);
        send(&auth, &mut jar, request, &body)
    };
    let page = sign_out("sec-fetch-mode", "navigate");
    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(page.headers()["refresh"], format!("0;url={SHOP}"));
    assert!(String::from_utf8_lossy(page.body()).contains("Continue to shop.example"));

    let answer = sign_out("x-auth-return-redirect", "1");
    assert_eq!(json_of(&answer), json!({ "url": SHOP }));
}

#[test]
fn a_sign_in_without_a_session_ends_where_the_application_lets_it_end() {
    let check = |instead, expected: &str| {
        let callbacks = Shop {
            instead: Some(instead),
        };
        let auth = auth_with(GitHub::default(), |builder| builder.callbacks(callbacks));
        let back = sign_in(&auth, &mut Vec::new(), "/page");
        assert_eq!(location(back.headers()).as_str(), expected);
        assert_eq!(sessions(&back), 0);
    };
    check("/waiting-list", "http://localhost:3000/waiting-list");
    check(SHOP, SHOP);
    check(EVIL, HOME);
}
