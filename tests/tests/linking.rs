//! Who an account belongs to: users in a store, with two providers, as browsers meet them.

use std::sync::{Arc, Mutex};

use auth_actix::store::{AccountKey, AccountStore as _, MemoryStore, StoredUser, UserStore as _};
use auth_actix::{
    CallbackError, CreateUserEvent, Events, LinkAccountEvent, ResponseMode, SignInEvent,
    UpdateUserEvent, Users,
};
use auth_dev::{DevProvider, Person};
use auth_tests::{Answer, Browser, Site};

/// What the application heard, a word each.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<&'static str>>>);

impl Heard {
    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut *self.0.lock().expect("nobody panics in between"))
    }

    fn note(&self, word: &'static str) -> Result<(), CallbackError> {
        self.0.lock().expect("nobody panics in between").push(word);
        Ok(())
    }
}

impl Events for Heard {
    async fn create_user(&self, _: &CreateUserEvent<'_>) -> Result<(), CallbackError> {
        self.note("created")
    }

    async fn update_user(&self, _: &UpdateUserEvent<'_>) -> Result<(), CallbackError> {
        self.note("updated")
    }

    async fn link_account(&self, _: &LinkAccountEvent<'_>) -> Result<(), CallbackError> {
        self.note("linked")
    }

    async fn sign_in(&self, event: &SignInEvent<'_>) -> Result<(), CallbackError> {
        self.note(if event.is_new_user {
            "signed up"
        } else {
            "signed in"
        })
    }
}

/// A site with the providers `dev` and `other`, and its store.
struct Two {
    site: Site,
    other: DevProvider,
    store: MemoryStore,
    heard: Heard,
}

impl Two {
    fn start() -> Self {
        Self::with(ResponseMode::Query, |users| users)
    }

    /// A site that trusts these providers with addresses.
    fn trusting(providers: &[&str]) -> Self {
        Self::with(ResponseMode::Query, |users| {
            users.link_verified_emails(providers.iter().copied())
        })
    }

    /// The provider `other` answers in this mode.
    fn with(mode: ResponseMode, rules: impl FnOnce(Users) -> Users) -> Self {
        let (store, heard) = (MemoryStore::new(), Heard::default());
        let other = DevProvider::start().expect("the provider starts");
        let client = other.client().id("other").name("Other login");
        let site = Site::with(|builder| {
            builder
                .provider(client.response_mode(mode))
                .users(rules(Users::new(store.clone())))
                .events(heard.clone())
        });
        Self {
            site,
            other,
            store,
            heard,
        }
    }

    async fn begin(&self, browser: &mut Browser, provider: &str) -> Answer {
        let csrf = self.site.csrf(browser).await;
        let url = self.site.url(&format!("/api/auth/signin/{provider}"));
        let fields = [("csrfToken", &*csrf), ("callbackUrl", "/page")];
        browser.post(&url, &fields).await
    }

    async fn finish(&self, browser: &mut Browser, begun: &Answer, person: Person) -> Answer {
        let approval = match begun.location().starts_with(self.other.issuer()) {
            true => self.other.approve(begun.location(), person),
            false => self.site.provider.approve(begun.location(), person),
        };
        self.site.come_back(browser, &approval).await
    }

    async fn sign_in(&self, browser: &mut Browser, provider: &str, person: Person) -> Answer {
        let begun = self.begin(browser, provider).await;
        self.finish(browser, &begun, person).await
    }

    /// A browser in which `person` has just signed in with `provider`.
    async fn browser_of(&self, provider: &str, person: Person) -> Browser {
        let mut browser = Browser::new();
        let back = self.sign_in(&mut browser, provider, person).await;
        assert_eq!(back.location(), self.site.url("/page"));
        browser
    }

    /// The user of an account.
    async fn owner(&self, provider: &str, id: &str) -> Option<StoredUser> {
        let key = AccountKey::new(provider, id);
        self.store
            .user_by_account(&key)
            .await
            .expect("the store answers")
    }

    /// The id of whoever is signed in.
    async fn signed_in(&self, browser: &mut Browser) -> Option<String> {
        let home = browser.visit(&self.site.url("/")).await;
        home.text.strip_prefix("signed in as ").map(str::to_owned)
    }

    /// Ends the test unless the answer shows this error, and nobody has this account.
    async fn refused(&self, answer: &Answer, code: &str, account: (&str, &str)) {
        assert_eq!(answer.status, 302);
        assert_eq!(answer.location_param("code").as_deref(), Some(code));
        assert_eq!(self.owner(account.0, account.1).await, None);
    }
}

/// Somebody at `other`, with an account id that is nobody's at `dev`.
fn at_other(person: Person) -> Person {
    person.id("other-1")
}

#[actix_web::test]
async fn somebody_new_becomes_a_user_and_comes_back_as_the_same() {
    let two = Two::start();
    let mut browser = two.browser_of("dev", Person::ada()).await;
    let ada = two.owner("dev", "ada").await.expect("Ada is in the store");
    assert_eq!(ada.name.as_deref(), Some("Ada Admin"));
    assert_eq!(ada.email.as_ref().unwrap().as_str(), "ada@example.com");
    assert_eq!(two.signed_in(&mut browser).await, Some(ada.id.clone()));
    assert_eq!(two.heard.take(), ["created", "linked", "signed up"]);

    let mut elsewhere = two.browser_of("dev", Person::ada()).await;
    assert_eq!(two.signed_in(&mut elsewhere).await, Some(ada.id));
    assert_eq!(two.heard.take(), ["signed in"]);
}

#[actix_web::test]
async fn signing_in_again_while_signed_in_keeps_the_user() {
    let two = Two::start();
    let mut browser = two.browser_of("dev", Person::ada()).await;
    let before = two.signed_in(&mut browser).await;
    two.sign_in(&mut browser, "dev", Person::ada()).await;
    assert_eq!(two.signed_in(&mut browser).await, before);
    assert_eq!(two.heard.take()[3..], ["signed in"]);
}

#[actix_web::test]
async fn one_account_id_at_two_providers_is_two_people() {
    let two = Two::start();
    let mut ada = two.browser_of("dev", Person::ada()).await;
    let namesake = Person::new("Another", "another@example.com").id("ada");
    let mut other = two.browser_of("other", namesake).await;
    assert_ne!(
        two.signed_in(&mut ada).await,
        two.signed_in(&mut other).await
    );
}

#[actix_web::test]
async fn an_account_with_the_address_of_another_user_is_not_let_in() {
    let two = Two::start();
    two.browser_of("dev", Person::ada()).await;
    let mut browser = Browser::new();
    for person in [
        at_other(Person::ada()),
        at_other(Person::new("Ada", "ADA@Example.com")),
        at_other(Person::ada()).unverified_email(),
    ] {
        let answer = two.sign_in(&mut browser, "other", person).await;
        two.refused(&answer, "account_not_linked", ("other", "other-1"))
            .await;
        let error = answer.location_param("error");
        assert_eq!(error.as_deref(), Some("OAuthAccountNotLinked"));
        assert_eq!(two.signed_in(&mut browser).await, None);
    }
}

#[actix_web::test]
async fn the_page_names_the_provider_that_was_used_before() {
    let two = Two::start();
    two.browser_of("dev", Person::ada()).await;
    let mut browser = Browser::new();
    let answer = two
        .sign_in(&mut browser, "other", at_other(Person::ada()))
        .await;
    assert_eq!(answer.location_param("provider").as_deref(), Some("dev"));
    let page = browser.visit(answer.location()).await;
    assert_eq!(page.status, 400);
    assert!(
        page.text.contains("Sign in with Development login."),
        "{}",
        page.text
    );
    assert!(page.text.contains("action=\"/api/auth/signin/dev\""));
    assert!(!page.text.contains("ada@example.com"), "{}", page.text);
}

#[actix_web::test]
async fn the_page_names_no_provider_to_somebody_who_has_not_proved_the_address() {
    let two = Two::start();
    two.browser_of("dev", Person::ada()).await;
    let mut browser = Browser::new();
    let unproved = at_other(Person::ada()).unverified_email();
    let answer = two.sign_in(&mut browser, "other", unproved).await;
    assert_eq!(answer.location_param("provider"), None);
    let page = browser.visit(answer.location()).await;
    assert!(!page.text.contains("Sign in with "), "{}", page.text);
    assert!(page.text.contains("the way you did the first time"));
}

#[actix_web::test]
async fn the_page_says_nothing_that_somebody_wrote_into_its_address() {
    let two = Two::start();
    let mut browser = Browser::new();
    let url = two.site.url(
        "/api/auth/signin?error=OAuthAccountNotLinked&code=account_not_linked\
         &provider=evil.example,%3Cb%3E",
    );
    let page = browser.visit(&url).await;
    assert!(!page.text.contains("evil") && !page.text.contains("<b>"));
    assert!(page.text.contains("the way you did the first time"));
}

#[actix_web::test]
async fn somebody_signed_in_adds_an_account_whatever_its_address() {
    let two = Two::start();
    let mut browser = two.browser_of("dev", Person::ada()).await;
    let ada = two.signed_in(&mut browser).await;
    two.heard.take();
    let private = at_other(Person::new("Ada", "ada@home.example")).unverified_email();
    let back = two.sign_in(&mut browser, "other", private.clone()).await;
    assert_eq!(back.location(), two.site.url("/page"));
    assert_eq!(two.heard.take(), ["linked", "signed in"]);
    assert_eq!(two.signed_in(&mut browser).await, ada);

    let mut elsewhere = two.browser_of("other", private).await;
    assert_eq!(two.signed_in(&mut elsewhere).await, ada);
    let user = two.owner("other", "other-1").await.unwrap();
    assert_eq!(user.email.unwrap().as_str(), "ada@example.com");
}

#[actix_web::test]
async fn somebody_signed_in_cannot_take_the_account_of_another() {
    let two = Two::start();
    two.browser_of("other", Person::bob()).await;
    let mut browser = two.browser_of("dev", Person::ada()).await;
    let ada = two.signed_in(&mut browser).await;
    let answer = two.sign_in(&mut browser, "other", Person::bob()).await;
    let code = answer.location_param("code");
    assert_eq!(code.as_deref(), Some("account_of_another_user"));
    assert_eq!(two.signed_in(&mut browser).await, ada, "the session stays");
    let bob = two.owner("other", "bob").await.unwrap();
    assert_eq!(bob.name.as_deref(), Some("Bob Basic"));
}

#[actix_web::test]
async fn an_account_is_added_to_nobody_once_who_began_is_gone() {
    let two = Two::start();
    let account = at_other(Person::new("New", "new@example.com"));

    let mut browser = two.browser_of("dev", Person::ada()).await;
    let begun = two.begin(&mut browser, "other").await;
    let sealed = browser.cookies.clone();
    two.site.sign_out(&mut browser).await;
    // The sign-out removes the transaction; a saved copy of it is no better.
    let answer = two.finish(&mut browser, &begun, account.clone()).await;
    two.refused(&answer, "sign_in_not_started_here", ("other", "other-1"))
        .await;
    browser.cookies = sealed;
    let answer = two.finish(&mut browser, &begun, account.clone()).await;
    two.refused(&answer, "session_changed", ("other", "other-1"))
        .await;

    let mut browser = two.browser_of("dev", Person::ada()).await;
    let begun = two.begin(&mut browser, "other").await;
    let mut bobs = two.browser_of("dev", Person::bob()).await;
    bobs.cookies.extend(
        browser
            .cookies
            .clone()
            .into_iter()
            .filter(|(name, _)| name.contains("authjs.tx.")),
    );
    let answer = two.finish(&mut bobs, &begun, account).await;
    two.refused(&answer, "session_changed", ("other", "other-1"))
        .await;
    let page = bobs.visit(answer.location()).await;
    assert!(page.text.contains("You are not signed in as before"));
}

#[actix_web::test]
async fn an_answer_that_an_attacker_plants_adds_no_account() {
    let two = Two::start();
    let mut attacker = two.browser_of("dev", Person::bob()).await;
    let begun = two.begin(&mut attacker, "other").await;
    let planted = at_other(Person::new("Bob", "bob@evil.example"));

    // RFC 9700 §4.7: the victim follows a link to the attacker's answer ...
    let mut victim = two.browser_of("dev", Person::ada()).await;
    let answer = two.finish(&mut victim, &begun, planted.clone()).await;
    two.refused(&answer, "sign_in_not_started_here", ("other", "other-1"))
        .await;
    // ... also with the attacker's transaction planted in a cookie.
    let transaction = attacker.cookies.clone().into_iter();
    victim
        .cookies
        .extend(transaction.filter(|(name, _)| name.contains("authjs.tx.")));
    let answer = two.finish(&mut victim, &begun, planted).await;
    two.refused(&answer, "session_changed", ("other", "other-1"))
        .await;
}

#[actix_web::test]
async fn a_sign_in_that_a_guest_began_adds_no_account_to_whoever_signed_in_meanwhile() {
    let two = Two::start();
    let mut browser = Browser::new();
    let begun = two.begin(&mut browser, "other").await;
    two.sign_in(&mut browser, "dev", Person::ada()).await;
    let ada = two.signed_in(&mut browser).await;
    let account = at_other(Person::new("New", "new@example.com"));
    two.finish(&mut browser, &begun, account).await;
    let new = two.owner("other", "other-1").await.map(|user| user.id);
    assert!(new.is_some() && new != ada);
    assert_eq!(two.signed_in(&mut browser).await, new);
}

#[actix_web::test]
async fn an_account_is_added_although_the_browser_keeps_the_session_from_a_foreign_form() {
    let two = Two::with(ResponseMode::FormPost, |users| users);
    let mut browser = two.browser_of("dev", Person::ada()).await;
    let ada = two.signed_in(&mut browser).await;
    let begun = two.begin(&mut browser, "other").await;
    let is_session = |name: &str| name.contains("session-token");
    let mut before = browser.clone();
    browser.cookies.retain(|name, _| !is_session(name));
    let account = at_other(Person::new("Ada", "ada@home.example"));
    let back = two.finish(&mut browser, &begun, account).await;
    assert_eq!(back.location(), two.site.url("/page"));
    let user = two.owner("other", "other-1").await.map(|user| user.id);
    assert_eq!(user, ada);
    assert_eq!(two.signed_in(&mut browser).await, ada);
    assert_eq!(two.signed_in(&mut before).await, None, "another has begun");

    // The session that the transaction speaks for must go on.
    let begun = two.begin(&mut browser, "other").await;
    let mut saved = browser.clone();
    two.site.sign_out(&mut browser).await;
    saved.cookies.retain(|name, _| !is_session(name));
    let late = Person::new("Eve", "eve@example.com").id("other-2");
    let answer = two.finish(&mut saved, &begun, late).await;
    two.refused(&answer, "session_changed", ("other", "other-2"))
        .await;
}

#[actix_web::test]
async fn tokens_are_in_the_store_and_in_no_answer() {
    let two = Two::start();
    let mut browser = Browser::new();
    let mut answers = vec![two.sign_in(&mut browser, "dev", Person::ada()).await];
    answers.push(two.sign_in(&mut browser, "other", Person::bob()).await);
    for path in ["/api/auth/session", "/api/auth/signin", "/", "/page"] {
        answers.push(browser.visit(&two.site.url(path)).await);
    }
    let mut elsewhere = Browser::new();
    answers.push(two.sign_in(&mut elsewhere, "other", Person::ada()).await);
    let page = answers.last().map(|answer| answer.location().to_owned());
    answers.push(browser.visit(&page.unwrap_or_default()).await);

    let ada = two.owner("dev", "ada").await.unwrap();
    let accounts = two.store.accounts_of(&ada.id).await.unwrap();
    let tokens: Vec<_> = accounts
        .iter()
        .flat_map(|it| [&it.access_token, &it.refresh_token, &it.id_token])
        .flatten()
        .map(|token| token.expose().as_str())
        .collect();
    assert!(accounts.len() == 2 && tokens.len() >= 4, "{accounts:?}");
    for answer in answers {
        let shown = format!("{:?} {}", answer.headers, answer.text);
        for token in &tokens {
            assert!(!shown.contains(token), "{shown}");
        }
    }
}

#[actix_web::test]
async fn a_session_of_a_deleted_user_counts_as_a_guests() {
    let two = Two::start();
    let mut browser = two.browser_of("dev", Person::ada()).await;
    let ada = two.signed_in(&mut browser).await.unwrap();
    assert!(two.store.delete_user(&ada).await.unwrap());
    let back = two
        .sign_in(&mut browser, "other", at_other(Person::ada()))
        .await;
    assert_eq!(back.location(), two.site.url("/page"));
    let new = two.signed_in(&mut browser).await;
    assert!(new.is_some() && new != Some(ada));
}

#[actix_web::test]
async fn a_verified_address_links_where_the_site_trusts_both_providers() {
    let two = Two::trusting(&["dev", "other"]);
    let mut browser = two.browser_of("dev", Person::ada()).await;
    let ada = two.signed_in(&mut browser).await;
    two.heard.take();
    let same = at_other(Person::new("Ada", "ADA@example.com"));
    let mut elsewhere = two.browser_of("other", same).await;
    assert_eq!(two.signed_in(&mut elsewhere).await, ada);
    assert_eq!(two.heard.take(), ["linked", "signed in"]);
}

#[actix_web::test]
async fn a_verified_address_links_nothing_where_either_provider_is_not_trusted() {
    for trusted in [&["dev"][..], &["other"], &[]] {
        let two = Two::trusting(trusted);
        two.browser_of("dev", Person::ada()).await;
        let mut browser = Browser::new();
        let answer = two
            .sign_in(&mut browser, "other", at_other(Person::ada()))
            .await;
        two.refused(&answer, "account_not_linked", ("other", "other-1"))
            .await;
    }
}

#[actix_web::test]
async fn an_unverified_address_links_nothing_whoever_is_trusted() {
    // Whoever typed in the address first does not get the user who proves it later ...
    let two = Two::trusting(&["dev", "other"]);
    let squatter = Person::ada().unverified_email();
    two.browser_of("dev", squatter).await;
    let mut browser = Browser::new();
    let answer = two
        .sign_in(&mut browser, "other", at_other(Person::ada()))
        .await;
    two.refused(&answer, "account_not_linked", ("other", "other-1"))
        .await;

    // ... and whoever types it in later does not get the user who proved it.
    let two = Two::trusting(&["dev", "other"]);
    two.browser_of("dev", Person::ada()).await;
    let claim = at_other(Person::ada()).unverified_email();
    let answer = two.sign_in(&mut Browser::new(), "other", claim).await;
    two.refused(&answer, "account_not_linked", ("other", "other-1"))
        .await;
}

#[actix_web::test]
async fn an_address_that_is_verified_later_counts_from_then_on() {
    let two = Two::trusting(&["dev", "other"]);
    two.browser_of("dev", Person::ada().unverified_email())
        .await;
    let user = two.owner("dev", "ada").await.unwrap();
    assert_eq!(user.email_verified, None);
    two.heard.take();
    two.browser_of("dev", Person::ada()).await;
    let user = two.owner("dev", "ada").await.unwrap();
    assert!(user.email_verified.is_some());
    assert_eq!(two.heard.take(), ["updated", "signed in"]);
    two.browser_of("other", at_other(Person::ada())).await;
    assert_eq!(two.owner("other", "other-1").await, Some(user));
}
