//! What was measured, as a page.

use serde_json::Value;

use crate::machine;
use crate::report::Report;
use crate::sign_ins::SignIns;

/// The tables, and what was not run.
pub(crate) fn write(report: &Report) -> String {
    let mut text = format!("{}\n", machine::describe());
    bare(report, &mut text);
    cases(report, &mut text);
    sign_ins(report, &mut text);
    growth(report, &mut text);
    memory(report, &mut text);
    builds(report, &mut text);
    for (what, why) in &report.skipped {
        text += &format!("\nNot run: {what}: {why}\n");
    }
    text
}

fn bare(report: &Report, text: &mut String) {
    if let Some(bare) = &report.bare {
        *text += &format!(
            "\nThe bare handler takes {:.2} µs of CPU a request ({:.2} to {:.2}) and answers {:.0} a \
             second; its core is {:.0} % busy.\n",
            bare.micros.median,
            bare.micros.least,
            bare.micros.most,
            bare.rate.median,
            bare.busy * 100.0,
        );
    }
}

fn cases(report: &Report, text: &mut String) {
    if report.rows.is_empty() {
        return;
    }
    *text += "\n| case | | CPU ratio | least to most | requests/s ratio | µs | CPU ratio, bare \
              without cookie |\n|---|---|---|---|---|---|---|\n";
    for row in &report.rows {
        *text += &format!(
            "| `{}` | {} | {:.3} | {:.3} to {:.3} | {:.3} | {:.2} | {:.3} |\n",
            row.key,
            row.about,
            row.cpu.median,
            row.cpu.least,
            row.cpu.most,
            row.rate.median,
            row.micros,
            row.beyond_plain,
        );
    }
}

fn sign_ins(report: &Report, text: &mut String) {
    let Some(SignIns { ours, authjs }) = &report.sign_ins else {
        return;
    };
    *text += "\n| sign-ins | a second | least to most | µs of CPU each |\n|---|---|---|---|\n";
    let rates = [
        ("auth-actix", Some(ours)),
        ("Auth.js on Node", authjs.as_ref().ok()),
    ];
    for (name, rate) in rates {
        let Some(rate) = rate else { continue };
        *text += &format!(
            "| {name} | {:.0} | {:.0} to {:.0} | {:.0} |\n",
            rate.per_second.median, rate.per_second.least, rate.per_second.most, rate.micros.median,
        );
    }
}

fn growth(report: &Report, text: &mut String) {
    if report.growth.is_empty() {
        return;
    }
    *text += "\n| workers | people | µs of CPU | bare, with the same cookies | CPU ratio | least to \
              most |\n|---|---|---|---|---|---|\n";
    for row in &report.growth {
        *text += &format!(
            "| {} | {} | {:.2} | {:.2} | {:.3} | {:.3} to {:.3} |\n",
            row.workers,
            row.people,
            row.micros.median,
            row.bare_micros.median,
            row.ratio.median,
            row.ratio.least,
            row.ratio.most,
        );
    }
}

fn memory(report: &Report, text: &mut String) {
    let Some(Value::Object(memory)) = &report.memory else {
        return;
    };
    *text += "\n| memory | |\n|---|---|\n";
    for (name, value) in memory {
        *text += &format!("| `{name}` | {value} |\n");
    }
}

fn builds(report: &Report, text: &mut String) {
    if report.builds.is_empty() {
        return;
    }
    *text += "\n| clean debug build | seconds | crates |\n|---|---|---|\n";
    for build in &report.builds {
        let seconds = build.took.as_secs_f64();
        *text += &format!("| {} | {seconds:.1} | {} |\n", build.name, build.crates);
    }
}

/// What stands above the tables.
pub(crate) const HEAD: &str = "\
# What a session costs

Written by `cargo xtask bench`, which takes some ten minutes; do not edit. `--quick` takes about a
minute and leaves this file as it is, `--json FILE` writes the figures, names of cases or tables run
only those.

Server and load generator have a core each; of two workers, one shares the load generator's. Each case runs next to the bare handler, an application
with the same pages and no sign-in, which gets the very same requests, and is compared with it: CPU
time of the server process per request, and requests per second, as medians over the half of the
rounds in which other processes took least of the two cores. A difference below 10 % on a shared machine is noise. A sign-in is
three requests of a browser without cookies, at the development provider, whose signature takes the
core of the load generator. What helped and what did not: [NOTES.md](NOTES.md).

";
