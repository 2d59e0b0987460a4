//! Whose browser sends a request, and how it came to its cookies.

use std::collections::BTreeMap;

use auth_dev::{DevProvider, Person};

use super::Case;
use crate::{Answer, Browser};

/// Somebody with a browser of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visitor {
    /// Has no cookie.
    Stranger,
    /// Has seen a form: a CSRF token and a way back.
    Guest,
    /// Is signed in.
    Bob,
    /// Is signed in, with a session larger than a cookie.
    Ada,
    /// Bob as a guest, on his way back from the provider, where he agreed.
    Returning,
    /// The same, but he cancelled.
    Refusing,
    /// Bob, signed in, on his way back from the provider once more.
    Again,
}

/// What only the visitor knows, by the name of its placeholder.
pub type Values = BTreeMap<&'static str, String>;

/// A server of the routes, and the provider that it knows as `dev`.
pub struct Stage<'a> {
    /// Its origin, without a slash at the end.
    pub base: &'a str,
    /// The development provider.
    pub provider: &'a DevProvider,
}

impl Stage<'_> {
    /// The browser of `visitor`, and what it knows.
    pub async fn arrive(&self, visitor: Visitor) -> (Browser, Values) {
        let mut browser = Browser::new();
        let mut values = Values::from([("base", self.base.to_owned())]);
        match visitor {
            Visitor::Stranger => {}
            Visitor::Guest => drop(self.csrf(&mut browser).await),
            Visitor::Bob => self.sign_in(&mut browser, Person::bob()).await,
            Visitor::Ada => self.sign_in(&mut browser, Person::ada()).await,
            Visitor::Again => self.sign_in(&mut browser, Person::bob()).await,
            Visitor::Returning | Visitor::Refusing => {}
        }
        if matches!(
            visitor,
            Visitor::Returning | Visitor::Refusing | Visitor::Again
        ) {
            let url = self.begin(&mut browser).await;
            let approval = match visitor {
                Visitor::Refusing => self.provider.cancel(&url),
                _ => self.provider.try_approve(&url, Person::bob()),
            };
            let approval = approval.expect("the provider knows the client");
            for name in ["code", "state", "iss", "error"] {
                let value = approval.param(name).map(str::to_owned);
                values.extend(value.map(|value| (name, value)));
            }
        }
        if visitor != Visitor::Stranger {
            let token = self.csrf(&mut browser).await;
            values.insert("csrf", token);
        }
        (browser, values)
    }

    /// Sends `case`, by this browser.
    pub async fn send(&self, case: &Case, browser: &mut Browser, values: &Values) -> Answer {
        for (name, value) in &case.cookies {
            browser.cookies.insert((*name).to_owned(), value.clone());
        }
        let url = format!("{}/api/auth{}", self.base, filled(&case.target, values));
        let mut request = browser.request(case.method.clone(), &url);
        for (name, value) in &case.headers {
            request = request.header(*name, filled(value, values));
        }
        if let Some(body) = &case.body {
            request = request.body(filled(body, values));
        }
        browser.send(request).await
    }

    async fn csrf(&self, browser: &mut Browser) -> String {
        let answer = browser.fetch(&format!("{}/api/auth/csrf", self.base)).await;
        let token = answer.json()["csrfToken"].take();
        token.as_str().expect("there is a token").to_owned()
    }

    /// Where the browser is sent at the provider.
    async fn begin(&self, browser: &mut Browser) -> String {
        let csrf = self.csrf(browser).await;
        let url = format!("{}/api/auth/signin/dev", self.base);
        let fields = [("csrfToken", &*csrf), ("callbackUrl", "/page")];
        browser.post(&url, &fields).await.location().to_owned()
    }

    async fn sign_in(&self, browser: &mut Browser, person: Person) {
        let url = self.begin(browser).await;
        let approval = self.provider.approve(&url, person);
        let back = browser.visit(&approval.callback_url()).await;
        assert_eq!(back.location(), format!("{}/page", self.base));
    }
}

/// `text` with its placeholders filled; those that this visitor has no value for stay.
pub(super) fn filled(text: &str, values: &Values) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}
