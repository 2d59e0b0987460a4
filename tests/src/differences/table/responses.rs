//! What every answer carries.

use super::at;
use crate::differences::Difference;

pub(super) const DIFFERENCES: &[Difference] = &[
    Difference {
        feature: "headers against framing and sniffing",
        authjs: "none",
        ours: "`X-Frame-Options: DENY`, `X-Content-Type-Options: nosniff`, `Referrer-Policy: same-origin` on every answer",
        why: "a framed sign-out button is clicked by mistake; a referrer with a `code` in it leaks the code",
        places: &[
            at("*", "header x-frame-options", "-", "DENY"),
            at("*", "header x-content-type-options", "-", "nosniff"),
            at("*", "header referrer-policy", "-", "same-origin"),
        ],
    },
    Difference {
        feature: "caching",
        authjs: "`Cache-Control` on `csrf` and `session` alone",
        ours: "every answer is `no-store` and varies by cookie",
        why: "a page with somebody's token or a redirect with somebody's `state` must not come out of a cache",
        places: &[
            at(
                "*",
                "header cache-control",
                "-",
                "private, no-cache, no-store",
            ),
            at("*", "header cache-control", "-", "private, no-store"),
            at("*", "header expires", "-", "0"),
            at("*", "header pragma", "-", "no-cache"),
            at("*", "header vary", "-", "Cookie"),
            at("*", "header vary", "-", "Cookie, Accept-Language"),
        ],
    },
    Difference {
        feature: "HEAD",
        authjs: "400",
        ours: "as GET, without a body; never for a callback, whose code it would use up",
        why: "HTTP (RFC 9110 §9.1) asks for HEAD where there is GET; monitors send it",
        places: &[
            at("HEAD *", "status", "400", "200|302|400"),
            at("HEAD *", "header content-type", "application/json", "*"),
            at("HEAD *", "location", "-", "*"),
            at("HEAD *", "cookie authjs.c*", "-", "set"),
        ],
    },
    Difference {
        feature: "errors say more",
        authjs: "`error=`, eight words for everything",
        ours: "`error=` with the same word, `code=` with a stable one of ours, `ref=` which is also in the log",
        why: "`error=Configuration` is the most reported complaint; whoever runs the site finds the line in the log, and a visitor can quote it",
        places: &[
            at(
                "*",
                "location code|body json url code",
                "-",
                "csrf|provider_answer|provider_denied|sign_in_not_started_here|unknown_action|unknown_provider",
            ),
            at("*", "location ref|body json url ref", "-", "<8 hex digits>"),
        ],
    },
    Difference {
        feature: "errors for scripts",
        authjs: "`{\"url\"}` without any other header",
        ours: "`{\"url\"}` with `Location` and cookies, as for a success",
        why: "what a failed sign-in leaves behind is cleared there too",
        places: &[at(
            "POST *x-auth-return-redirect: 1]|GET /callback/*x-auth-return-redirect: 1]",
            "location",
            "-",
            "{base}/api/auth/error|{base}/api/auth/signin",
        )],
    },
];
