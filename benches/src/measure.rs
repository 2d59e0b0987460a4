//! Runs everything, in rounds.

use crate::cases::{self, Case};
use crate::load::{Burst, burst, request};
use crate::process::{self, SERVER_CORE, Server};
use crate::report::{Report, Row};
use crate::stats::Summary;
use crate::{Failure, Options, application, authjs, growth, memory};

/// How much is run.
#[derive(Clone, Copy)]
struct Effort {
    rounds: usize,
    requests: usize,
}

impl Effort {
    fn of(options: &Options) -> Self {
        if options.quick {
            Self {
                rounds: 7,
                requests: 8_000,
            }
        } else {
            Self {
                rounds: 15,
                requests: 20_000,
            }
        }
    }
}

/// A server that answers a hundred times slower gets this part of the requests.
const SLOW: usize = 40;

/// How many different cookies are shown to a cache of the default size.
const MANY: usize = 1_000_000;

pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let effort = Effort::of(options);
    let mut report = Report::default();
    if !process::can_pin() {
        report.skip("a core for each process", &"there is no `taskset`".into());
    }
    let bare = Server::start("bare", 1, SERVER_CORE)?;
    let mut cases = cases::cases(|key| options.wants(key))?;
    if options.wants(authjs::KEY) {
        match authjs::case() {
            Ok(case) => cases.push(case),
            Err(error) => report.skip(authjs::KEY, &error),
        }
    }
    let mut measured: Vec<Vec<Pair>> = cases.iter().map(|_| Vec::new()).collect();
    let mut plain = Vec::new();
    for round in 0..=effort.rounds {
        // Before the first round everything runs once, uncounted: caches, allocators, the CPU.
        let without_cookie = burst(
            &bare,
            &[request("/page", &[])],
            effort.requests,
            cases::BARE,
        )?;
        for (case, pairs) in cases.iter().zip(&mut measured) {
            let pair = measure(&bare, case, effort.requests)?;
            if round > 0 {
                pairs.push(pair);
            }
        }
        if round > 0 {
            plain.push(without_cookie);
        }
    }
    report.bare(&plain);
    for (case, pairs) in cases.iter().zip(&measured) {
        report.rows.extend(row(case, pairs, &plain));
    }
    drop(cases);
    if options.is_whole() {
        match memory::measure((!options.quick).then_some(MANY)) {
            Ok(memory) => report.memory = Some(memory),
            Err(error) => report.skip("memory", &error),
        }
        if options.quick {
            for name in ["growth", "build"] {
                report.skip(name, &"only without `--quick`".into());
            }
        } else {
            report.growth = growth::measure(effort.rounds, effort.requests)?;
            match application::measure() {
                Ok(builds) => report.builds = builds,
                Err(error) => report.skip("build", &error),
            }
        }
    }
    report.finish(options)
}

/// A case, and the bare handler with the same requests right before.
struct Pair {
    bare: Burst,
    case: Burst,
}

fn measure(bare: &Server, case: &Case, count: usize) -> Result<Pair, Failure> {
    let headers = case.headers.next(count);
    let of = |target: &str| -> Vec<Vec<u8>> {
        let requests = headers.iter().map(|headers| {
            let headers: Vec<_> = headers
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            request(target, &headers)
        });
        requests.collect()
    };
    let of_case = if case.key == authjs::KEY {
        count / SLOW
    } else {
        count
    };
    Ok(Pair {
        bare: burst(bare, &of("/page"), count, cases::BARE)?,
        case: burst(&case.server, &of(case.target), of_case, case.expected)
            .map_err(|error| format!("{}: {error}", case.key))?,
    })
}

fn row(case: &Case, pairs: &[Pair], plain: &[Burst]) -> Option<Row> {
    let ratio = |of: fn(&Burst) -> f64| {
        Summary::of(
            pairs
                .iter()
                .map(move |pair| of(&pair.case) / of(&pair.bare)),
        )
    };
    let beside_plain = pairs.iter().zip(plain);
    Some(Row {
        key: case.key,
        about: case.about,
        micros: Summary::of(pairs.iter().map(|pair| pair.case.cpu_micros()))?.median,
        cpu: ratio(Burst::cpu_micros)?,
        rate: ratio(Burst::rate)?,
        beyond_plain: Summary::of(
            beside_plain.map(|(pair, plain)| pair.case.cpu_micros() / plain.cpu_micros()),
        )?
        .median,
    })
}
