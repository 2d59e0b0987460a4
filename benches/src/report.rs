//! What was measured: as a table, and as JSON.

use serde_json::{Map, Value, json};

use crate::application::Build;
use crate::growth::Growth;
use crate::load::Burst;
use crate::stats::Summary;
use crate::{Failure, Options, machine};

/// Everything that was measured, and what was not.
#[derive(Default)]
pub(crate) struct Report {
    bare: Option<Bare>,
    pub(crate) rows: Vec<Row>,
    pub(crate) memory: Option<Value>,
    pub(crate) growth: Vec<Growth>,
    pub(crate) builds: Vec<Build>,
    skipped: Vec<(&'static str, String)>,
}

/// The handler that everything is compared with.
struct Bare {
    micros: Summary,
    rate: Summary,
    busy: f64,
}

/// One case.
pub(crate) struct Row {
    pub(crate) key: &'static str,
    pub(crate) about: &'static str,
    pub(crate) micros: f64,
    pub(crate) cpu: Summary,
    pub(crate) rate: Summary,
    /// The ratio to a bare handler that gets no cookie.
    pub(crate) beyond_plain: f64,
}

impl Report {
    pub(crate) fn skip(&mut self, what: &'static str, why: &Failure) {
        self.skipped.push((what, why.to_string()));
    }

    pub(crate) fn bare(&mut self, bursts: &[Burst]) {
        let of = |value: fn(&Burst) -> f64| Summary::of(bursts.iter().map(value));
        let busy = of(|burst| burst.cpu.as_secs_f64() / burst.wall.as_secs_f64());
        if let (Some(micros), Some(rate), Some(busy)) =
            (of(Burst::cpu_micros), of(Burst::rate), busy)
        {
            self.bare = Some(Bare {
                micros,
                rate,
                busy: busy.median,
            });
        }
    }

    pub(crate) fn finish(&self, options: &Options) -> Result<(), Failure> {
        let table = self.table();
        println!("{table}");
        if let Some(path) = &options.json {
            std::fs::write(path, format!("{:#}\n", self.json()))?;
        }
        // Part of the figures would replace all of them.
        if let Some(path) = &options.table
            && options.is_whole()
            && !options.quick
        {
            std::fs::write(path, format!("{HEAD}{table}"))?;
        }
        Ok(())
    }

    fn table(&self) -> String {
        let mut text = format!("{}\n", machine::describe());
        if let Some(bare) = &self.bare {
            text += &format!(
                "\nThe bare handler takes {:.2} µs of CPU a request ({:.2} to {:.2}) and answers {:.0} a \
                 second; its core is {:.0} % busy.\n",
                bare.micros.median,
                bare.micros.least,
                bare.micros.most,
                bare.rate.median,
                bare.busy * 100.0,
            );
        }
        text += "\n| case | | CPU ratio | least to most | requests/s ratio | µs | CPU ratio, bare without cookie |\n\
                 |---|---|---|---|---|---|---|\n";
        for row in &self.rows {
            text += &format!(
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
        if !self.growth.is_empty() {
            text += "\n| workers | people | µs of CPU | least to most |\n|---|---|---|---|\n";
        }
        for row in &self.growth {
            text += &format!(
                "| {} | {} | {:.2} | {:.2} to {:.2} |\n",
                row.workers, row.people, row.micros.median, row.micros.least, row.micros.most,
            );
        }
        if let Some(Value::Object(memory)) = &self.memory {
            text += "\n| memory | |\n|---|---|\n";
            for (name, value) in memory {
                text += &format!("| `{name}` | {value} |\n");
            }
        }
        if !self.builds.is_empty() {
            text += "\n| clean debug build | seconds | crates |\n|---|---|---|\n";
        }
        for build in &self.builds {
            let seconds = build.took.as_secs_f64();
            text += &format!("| {} | {seconds:.1} | {} |\n", build.name, build.crates);
        }
        for (what, why) in &self.skipped {
            text += &format!("\nNot run: {what}: {why}\n");
        }
        text
    }

    fn json(&self) -> Value {
        let mut json = Map::new();
        for row in &self.rows {
            let ratios = json!({"cpu_ratio": row.cpu.median, "rps_ratio": row.rate.median});
            json.insert(row.key.to_owned(), ratios);
        }
        json.insert("machine".to_owned(), machine::describe().into());
        if let Some(bare) = &self.bare {
            let bare = json!({
                "cpu_micros": bare.micros.median,
                "requests_per_second": bare.rate.median,
                "core_busy": bare.busy,
            });
            json.insert("bare".to_owned(), bare);
        }
        if let Some(memory) = &self.memory {
            json.insert("memory".to_owned(), memory.clone());
        }
        if !self.skipped.is_empty() {
            json.insert("not_run".to_owned(), json!(self.skipped));
        }
        json.into()
    }
}

const HEAD: &str = "\
# What a session costs

Written by `cargo xtask bench`; do not edit. `--quick` takes about a minute and leaves this file as it
is, `--json FILE` writes the ratios, names of cases run only those.

Server and load generator have a core each. Each case runs right after the bare handler, which gets
the very same requests, and is compared with it: CPU time of the server process per request, and
requests per second, as medians over rounds. A difference below 10 % on a shared machine is noise.
What helped and what did not: [NOTES.md](NOTES.md).

";
