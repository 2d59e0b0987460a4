//! Another crate of the application may turn on jsonwebtoken's other backend. With two of them it
//! panics at the first use unless one was chosen; `build()` chooses.

use auth_dev::Person;
use auth_tests::{Browser, Site};

#[actix_web::test]
async fn both_backends_of_jsonwebtoken_in_one_build_do_no_harm() {
    // That both are compiled in is what makes this a test.
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
    let _ = jsonwebtoken::crypto::rust_crypto::DEFAULT_PROVIDER;
    let site = Site::start();
    let mut browser = Browser::new();
    site.sign_in(&mut browser, Person::ada()).await;
    assert!(site.is_signed_in(&mut browser).await);
}
