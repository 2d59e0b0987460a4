use super::*;
use crate::testing::{Script, ada};
use actix_web::test::TestRequest;
use futures_util::future::{FutureExt, join};

fn request() -> HttpRequest {
    TestRequest::get().to_http_request()
}

#[actix_web::test]
async fn a_source_is_asked_once_per_request() {
    for waits in [false, true] {
        let script = Script {
            waits,
            ..Script::signed_in(ada())
        };
        let (request, source) = (request(), Rc::new(script.source()));
        for _ in 0..3 {
            assert!(session(&request, &source).await.unwrap().is_some());
        }
        assert_eq!(script.reads(), 1);
    }
}

#[actix_web::test]
async fn those_who_ask_at_the_same_time_share_one_lookup() {
    let script = Script {
        waits: true,
        ..Script::signed_in(ada())
    };
    let (request, source) = (request(), Rc::new(script.source()));
    let (one, two) = join(session(&request, &source), session(&request, &source)).await;
    assert!(one.unwrap().is_some() && two.unwrap().is_some());
    assert_eq!(script.reads(), 1);
}

#[actix_web::test]
async fn a_lookup_that_was_given_up_is_taken_over() {
    let script = Script {
        waits: true,
        ..Script::signed_in(ada())
    };
    let (request, source) = (request(), Rc::new(script.source()));
    assert!(session(&request, &source).now_or_never().is_none());
    assert!(session(&request, &source).await.unwrap().is_some());
    assert_eq!(script.reads(), 2);
}

#[actix_web::test]
async fn a_failed_lookup_is_never_a_guest_and_not_tried_again() {
    for waits in [false, true] {
        let script = Script {
            waits,
            ..Script::down()
        };
        let (request, source) = (request(), Rc::new(script.source()));
        for _ in 0..2 {
            let error = session(&request, &source).await.unwrap_err();
            assert_eq!(error.reason(), Reason::Unavailable);
        }
        assert_eq!(script.reads(), 1);
    }
}

#[actix_web::test]
async fn an_unknown_host_is_told_apart_from_a_store_that_is_down() {
    let script = Script {
        wrong_host: true,
        ..Script::guest()
    };
    let error = session(&request(), &Rc::new(script.source()))
        .await
        .unwrap_err();
    assert_eq!(error.reason(), Reason::UnknownHost);
}

#[actix_web::test]
async fn two_sources_do_not_answer_for_each_other() {
    let (ada, guest) = (Script::signed_in(ada()), Script::guest());
    let (ada, guest) = (Rc::new(ada.source()), Rc::new(guest.source()));
    let request = request();
    assert!(session(&request, &ada).await.unwrap().is_some());
    assert!(session(&request, &guest).await.unwrap().is_none());
}

#[test]
fn without_a_middleware_nobody_is_let_in() {
    let error = innermost(&request()).err().unwrap();
    assert_eq!(error.reason(), Reason::Misconfigured);
}

#[actix_web::test]
async fn before_it_is_settled_nobody_is_a_guest() {
    let script = Script {
        waits: true,
        ..Script::guest()
    };
    let request = request();
    RequestSessions::of(&request).enter(Rc::new(script.source()));
    let inquiry = Inquiry::innermost(&request).ok().unwrap();
    assert!(inquiry.settle_at_once().is_none());
    let error = inquiry.session().unwrap_err();
    assert_eq!(error.reason(), Reason::Unavailable);
    assert!(!inquiry.is_signed_in());
    inquiry.settle().await.unwrap();
    assert!(inquiry.session().unwrap().is_none());
}
