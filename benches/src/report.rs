//! What was measured, and what was not; and the same as JSON.

use serde_json::{Map, Value, json};

use crate::application::Build;
use crate::growth::Growth;
use crate::load::Burst;
use crate::sign_ins::SignIns;
use crate::stats::Summary;
use crate::{Failure, Options, machine, options, table};

/// Everything that was measured, and what was not.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) bare: Option<Bare>,
    pub(crate) rows: Vec<Row>,
    pub(crate) sign_ins: Option<SignIns>,
    pub(crate) memory: Option<Value>,
    pub(crate) growth: Vec<Growth>,
    pub(crate) builds: Vec<Build>,
    pub(crate) skipped: Vec<(&'static str, String)>,
}

/// The handler that everything is compared with.
pub(crate) struct Bare {
    pub(crate) micros: Summary,
    pub(crate) rate: Summary,
    pub(crate) busy: f64,
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

    /// Sign-ins; those of Auth.js may be missing.
    pub(crate) fn sign_ins(&mut self, measured: SignIns) {
        if let Err(error) = &measured.authjs {
            self.skip("sign-ins of Auth.js", error);
        }
        self.sign_ins = Some(measured);
    }

    pub(crate) fn finish(&self, options: &Options) -> Result<(), Failure> {
        let table = table::write(self);
        println!("{table}");
        if let Some(path) = &options.json {
            std::fs::write(path, format!("{:#}\n", self.json()))?;
        }
        // Part of the figures would replace all of them.
        if let Some(path) = &options.table
            && options.is_whole()
        {
            std::fs::write(path, format!("{}{table}", table::HEAD))?;
        }
        Ok(())
    }

    fn json(&self) -> Value {
        let mut json = Map::new();
        let mut set = |key: &str, value: Value| json.insert(key.to_owned(), value);
        for row in &self.rows {
            let ratios = json!({"cpu_ratio": row.cpu.median, "rps_ratio": row.rate.median});
            set(row.key, ratios);
        }
        set("machine", machine::describe().into());
        if let Some(bare) = &self.bare {
            let bare = json!({
                "cpu_micros": bare.micros.median,
                "requests_per_second": bare.rate.median,
                "core_busy": bare.busy,
            });
            set("bare", bare);
        }
        if let Some(SignIns { ours, authjs }) = &self.sign_ins {
            let mut rates = json!({
                "per_second": ours.per_second.median,
                "cpu_micros": ours.micros.median,
            });
            if let Ok(authjs) = authjs {
                rates["authjs_per_second"] = authjs.per_second.median.into();
                rates["authjs_cpu_micros"] = authjs.micros.median.into();
                rates["ratio"] = (ours.per_second.median / authjs.per_second.median).into();
                rates["cpu_ratio"] = (ours.micros.median / authjs.micros.median).into();
            }
            set(options::SIGN_INS, rates);
        }
        if let Some(memory) = &self.memory {
            set(options::MEMORY, memory.clone());
        }
        if !self.growth.is_empty() {
            let rows = self.growth.iter().map(|row| {
                json!({
                    "workers": row.workers,
                    "people": row.people,
                    "cpu_micros": row.micros.median,
                    "bare_cpu_micros": row.bare_micros.median,
                    "cpu_ratio": row.ratio.median,
                })
            });
            set(options::GROWTH, rows.collect());
        }
        if !self.builds.is_empty() {
            let rows = self.builds.iter().map(|build| {
                json!({
                    "name": build.name,
                    "seconds": build.took.as_secs_f64(),
                    "crates": build.crates,
                })
            });
            set(options::BUILD, rows.collect());
        }
        if !self.skipped.is_empty() {
            set("not_run", json!(self.skipped));
        }
        json.into()
    }
}
