//! The cookies.

use super::at;
use crate::differences::Difference;

pub(super) const DIFFERENCES: &[Difference] = &[
    Difference {
        feature: "cookies for forms",
        authjs: "set with every answer that is no error",
        ours: "set where there is a form or the token for one: `signin`, `signout`, `csrf`",
        why: "reading a session writes nothing; an answer to a cross-site POST, which comes without cookies, replaces none",
        places: &[
            at(
                "GET /session*|GET //session|GET /error*|GET /providers*|GET /verify-request*|GET /callback/*|POST /session*|POST /callback/*",
                "cookie authjs.c*",
                "set",
                "-",
            ),
            at(
                "POST /signin*|POST /signout*",
                "cookie authjs.c*",
                "-",
                "set",
            ),
        ],
    },
    Difference {
        feature: "cookies of a sign-in that has begun",
        authjs: "one slot each for `state`, `nonce` and PKCE; left behind by a failure",
        ours: "one sealed `authjs.tx.…` for each sign-in, named after its `state`; gone after success and failure, and works once",
        why: "two tabs sign in at once; \"PKCE cookie missing\" is an old complaint",
        places: &[
            at(
                "POST /signin/*",
                "cookie authjs.state|cookie authjs.nonce|cookie authjs.pkce.code_verifier",
                "set",
                "-",
            ),
            at(
                "*/callback/*",
                "cookie authjs.state|cookie authjs.nonce|cookie authjs.pkce.code_verifier",
                "removed",
                "-",
            ),
            at("POST /signin/*", "cookie authjs.tx.<state>", "-", "set"),
            at("*/callback/*", "cookie authjs.tx.<state>", "-", "removed"),
        ],
    },
    Difference {
        feature: "the provider used last",
        authjs: "not remembered",
        ours: "`authjs.last-provider` holds its id for 180 days after a sign-in, `HttpOnly`; `LastProvider::Forget` switches it off",
        why: "the sign-in page marks that button: who has four buttons before them half a year later presses the wrong one, and has two accounts",
        places: &[at(
            "*/callback/*",
            "cookie authjs.last-provider",
            "-",
            "set",
        )],
    },
    Difference {
        feature: "renewal of the session cookie",
        authjs: "written anew by every `GET /session`",
        ours: "written anew once `update_age` has passed (a day by default)",
        why: "parallel answers do not overwrite each other, and a cookie that stays the same is opened once",
        places: &[at(
            "GET /session*",
            "cookie authjs.session-token*",
            "set",
            "-",
        )],
    },
    Difference {
        feature: "removal of session cookies",
        authjs: "`Max-Age=0`, for those of the shape that it reads",
        ours: "`Max-Age=0` and `Expires`, for every cookie of the name, whole or in parts",
        why: "half a session is not kept; some clients know `Expires` alone",
        places: &[
            at(
                "*",
                "cookie authjs.session-token* expires",
                "-",
                "in the past",
            ),
            at("*", "cookie authjs.session-token*", "-", "removed"),
        ],
    },
];
