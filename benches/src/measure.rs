//! Runs everything, in rounds.

use crate::cases::{self, Case};
use crate::load::{Burst, burst, in_turns, request};
use crate::options::{BUILD, Effort, GROWTH, MEMORY, SIGN_INS};
use crate::process::{self, SERVER_CORE, Server};
use crate::report::{Report, Row};
use crate::stats::Summary;
use crate::{Failure, Options, application, authjs, authkit, growth, memory, sign_ins};

/// How many different cookies are shown to a cache of the default size.
const MANY: usize = 1_000_000;

pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let effort = options.effort();
    let mut report = Report::default();
    if !process::can_pin() {
        report.skip("a core for each process", &"there is no `taskset`".into());
    }
    run_cases(options, &effort, &mut report)?;
    if options.wants(SIGN_INS) {
        match sign_ins::measure(&effort) {
            Ok(measured) => report.sign_ins(measured),
            Err(error) => report.skip(SIGN_INS, &error),
        }
    }
    if options.wants(MEMORY) {
        let many = options.wants_long(MEMORY).then_some(MANY);
        match memory::measure(many) {
            Ok(memory) => report.memory = Some(memory),
            Err(error) => report.skip(MEMORY, &error),
        }
    }
    if options.wants_long(GROWTH) {
        match growth::measure(&effort) {
            Ok(rows) => report.growth = rows,
            Err(error) => report.skip(GROWTH, &error),
        }
    }
    if options.wants_long(BUILD) {
        for (name, build) in application::measure() {
            match build {
                Ok(build) => report.builds.push(build),
                Err(error) => report.skip(name, &error),
            }
        }
    }
    if options.quick {
        for name in [GROWTH, BUILD] {
            if !options.wants_long(name) {
                report.skip(name, &"only without `--quick`, or by name".into());
            }
        }
    }
    report.finish(options)
}

fn run_cases(options: &Options, effort: &Effort, report: &mut Report) -> Result<(), Failure> {
    let mut cases = cases::cases(|key| options.wants(key))?;
    match authkit::cases(|key| options.wants(key)) {
        Ok(more) => cases.extend(more),
        Err(error) => report.skip("authkit", &error),
    }
    if options.wants(authjs::KEY) {
        match authjs::case() {
            Ok(case) => cases.push(case),
            Err(error) => report.skip(authjs::KEY, &error),
        }
    }
    if cases.is_empty() {
        return Ok(());
    }
    let bare = Server::start("bare", 1, SERVER_CORE)?;
    let mut measured: Vec<Vec<Pair>> = cases.iter().map(|_| Vec::new()).collect();
    let mut plain = Vec::new();
    for round in 0..=effort.rounds {
        // Before the first round everything runs once, uncounted: caches, allocators, the CPU.
        let no_headers = [request(cases::PAGE, &[])];
        let without_cookie = burst(&bare, &no_headers, effort.requests, cases::HELLO)?;
        for (case, pairs) in cases.iter().zip(&mut measured) {
            let pair = measure(&bare, case, effort.requests, round)?;
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
    Ok(())
}

/// A case, and the bare handler with the same requests right before or after it.
struct Pair {
    bare: Burst,
    case: Burst,
}

fn measure(bare: &Server, case: &Case, count: usize, round: usize) -> Result<Pair, Failure> {
    let of_case = count / case.part;
    let headers = case.headers.next(of_case)?;
    let requests = |target: &str| -> Vec<Vec<u8>> {
        let requests = headers.iter().map(|lines| {
            let lines: Vec<_> = lines
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            request(target, &lines)
        });
        requests.collect()
    };
    let (to_bare, to_case) = (requests(case.bare_target), requests(case.target));
    let bare = || burst(bare, &to_bare, count, cases::HELLO);
    let case = || {
        burst(&case.server, &to_case, of_case, case.expected)
            .map_err(|error| format!("{}: {error}", case.key).into())
    };
    let (bare, case) = in_turns(round, bare, case)?;
    Ok(Pair { bare, case })
}

fn row(case: &Case, pairs: &[Pair], plain: &[Burst]) -> Option<Row> {
    let mut rounds: Vec<(&Pair, &Burst)> = pairs.iter().zip(plain).collect();
    let disturbance = |pair: &Pair| pair.case.disturbance() + pair.bare.disturbance();
    // Which rounds count is decided by what else the machine did, and not by their figures.
    rounds.sort_by(|(a, _), (b, _)| disturbance(a).total_cmp(&disturbance(b)));
    rounds.truncate(rounds.len().div_ceil(2));
    let of = |value: &dyn Fn(&Pair, &Burst) -> f64| {
        Summary::of(rounds.iter().map(|(pair, plain)| value(pair, plain)))
    };
    Some(Row {
        key: case.key,
        about: case.about,
        micros: of(&|pair, _| pair.case.cpu_micros())?.median,
        cpu: of(&|pair, _| pair.case.cpu_micros() / pair.bare.cpu_micros())?,
        rate: of(&|pair, _| pair.case.rate() / pair.bare.rate())?,
        beyond_plain: of(&|pair, plain| pair.case.cpu_micros() / plain.cpu_micros())?.median,
    })
}
