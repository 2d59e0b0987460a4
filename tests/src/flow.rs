//! A sign-in, step by step.

use auth_dev::{Approval, Person};

use crate::{Answer, Browser, Site};

impl<P> Site<P> {
    /// The CSRF token of `browser`.
    pub async fn csrf(&self, browser: &mut Browser) -> String {
        let answer = browser.fetch(&self.url("/api/auth/csrf")).await;
        answer.json()["csrfToken"]
            .as_str()
            .expect("there is a token")
            .to_owned()
    }

    /// Presses the button of the provider called `dev`. `callbackUrl` is `return_to`.
    pub async fn begin(&self, browser: &mut Browser, return_to: &str) -> Answer {
        self.begin_with(browser, &[("callbackUrl", return_to)])
            .await
    }

    /// Presses the button of the provider called `dev`, with these fields and the CSRF token.
    pub async fn begin_with(&self, browser: &mut Browser, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf(browser).await;
        let fields = [&[("csrfToken", csrf.as_str())], fields].concat();
        browser
            .post(&self.url("/api/auth/signin/dev"), &fields)
            .await
    }

    /// Whether `GET /session` knows somebody.
    pub async fn is_signed_in(&self, browser: &mut Browser) -> bool {
        !browser
            .fetch(&self.url("/api/auth/session"))
            .await
            .json()
            .is_null()
    }

    /// Signs out.
    pub async fn sign_out(&self, browser: &mut Browser) -> Answer {
        let csrf = self.csrf(browser).await;
        browser
            .post(&self.url("/api/auth/signout"), &[("csrfToken", &csrf)])
            .await
    }
}

/// With the development provider.
impl Site {
    /// `person` agrees at the provider.
    pub fn approve(&self, begun: &Answer, person: Person) -> Approval {
        self.provider.approve(begun.location(), person)
    }

    /// Brings the provider's answer back to the site.
    pub async fn come_back(&self, browser: &mut Browser, approval: &Approval) -> Answer {
        match approval.form_fields() {
            None => browser.visit(&approval.callback_url()).await,
            Some(fields) => {
                let fields: Vec<_> = fields
                    .iter()
                    .map(|(name, value)| (*name, value.as_str()))
                    .collect();
                browser.post(&approval.callback_url(), &fields).await
            }
        }
    }

    /// A whole sign-in. The answer is that of the callback.
    pub async fn sign_in(&self, browser: &mut Browser, person: Person) -> Answer {
        let begun = self.begin(browser, "/page").await;
        let approval = self.approve(&begun, person);
        self.come_back(browser, &approval).await
    }

    /// A browser in which `person` is signed in.
    pub async fn browser_of(&self, person: Person) -> Browser {
        let mut browser = Browser::new();
        self.sign_in(&mut browser, person).await;
        assert!(
            self.is_signed_in(&mut browser).await,
            "the sign-in succeeds"
        );
        browser
    }
}
