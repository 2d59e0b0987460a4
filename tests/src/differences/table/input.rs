//! What is not taken.

use super::at;
use crate::differences::Difference;

pub(super) const DIFFERENCES: &[Difference] = &[
    Difference {
        feature: "a body of another type",
        authjs: "read as if it were empty: `MissingCSRF`, or at `POST /session` 400 `null`",
        ours: "415, with JSON that names the types",
        why: "whoever sends a file upload or text learns what is wrong",
        places: &[
            at(
                "POST *[plain: *|POST *[data; boundary*",
                "status",
                "302|400",
                "415",
            ),
            at(
                "POST *[plain: *|POST *[data; boundary*",
                "body",
                "nothing",
                "JSON",
            ),
            at(
                "POST *[plain: *|POST *[data; boundary*",
                "body json*",
                "-|null",
                "*",
            ),
            at(
                "POST *[plain: *|POST *[data; boundary*",
                "location",
                "*",
                "-",
            ),
            at(
                "POST *[plain: *|POST *[data; boundary*",
                "header content-type",
                "-",
                "application/json",
            ),
        ],
    },
    Difference {
        feature: "a body that is not what its type says",
        authjs: "400 `\"Bad request.\"`; JSON that is no object counts as empty",
        ours: "400 with `code`, `message` and `ref`, for JSON that is no object too",
        why: "one answer for all of them, which can be found in the log",
        places: &[
            at(
                "POST *[json: {]|POST *[json: []]|POST *[json: null]",
                "body json*",
                "*",
                "*",
            ),
            at("POST *[json: []]", "status", "302", "400"),
            at("POST *[json: []]", "location", "*", "-"),
            at("POST *[json: []]", "body", "nothing", "JSON"),
            at(
                "POST *[json: []]",
                "header content-type",
                "-",
                "application/json",
            ),
        ],
    },
];
