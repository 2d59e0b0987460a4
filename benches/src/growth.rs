//! Whether a request costs the same however many people there are, with one worker and with two.
//!
//! Many different requests are slower for the bare handler too: next to it, with the very same ones,
//! is how we grow.

use crate::Failure;
use crate::cases;
use crate::load::{burst, in_turns};
use crate::options::Effort;
use crate::process::{self, SERVER_CORE, Server};
use crate::stats::Summary;

/// CPU time of a protected request, cookies seen before.
pub(crate) struct Growth {
    pub(crate) workers: usize,
    pub(crate) people: usize,
    pub(crate) micros: Summary,
    pub(crate) bare_micros: Summary,
    /// Ours to the bare handler's, burst by burst.
    pub(crate) ratio: Summary,
}

const PEOPLE: [usize; 4] = [1, 10, 100, 10_000];

pub(crate) fn measure(effort: &Effort) -> Result<Vec<Growth>, Failure> {
    let mut rows = Vec::new();
    let pools = PEOPLE.map(cases::of_people);
    // What the largest pool needs for everybody to come once in a burst, and the same for all: a
    // longer burst has less of its beginning in it.
    let requests = effort.requests.max(PEOPLE[PEOPLE.len() - 1] + 64);
    for (workers, cores) in [(1, SERVER_CORE), (2, process::ALL_CORES)] {
        let ours = Server::start("auth", workers, cores)?;
        let bare = Server::start("bare", workers, cores)?;
        let mut bursts: [Vec<(f64, f64)>; PEOPLE.len()] = Default::default();
        for round in 0..=effort.rounds.div_ceil(2) {
            for (pool, values) in pools.iter().zip(&mut bursts) {
                let micros = |server| -> Result<f64, Failure> {
                    Ok(burst(server, pool, requests, cases::HELLO)?.cpu_micros())
                };
                let pair = in_turns(round, || micros(&ours), || micros(&bare))?;
                // In the first round everybody comes for the first time.
                if round > 0 {
                    values.push(pair);
                }
            }
            if round == 0 && workers > 1 && process::can_pin() {
                ours.spread_workers()?;
                bare.spread_workers()?;
            }
        }
        let of_pools = PEOPLE.into_iter().zip(bursts);
        rows.extend(of_pools.filter_map(|(people, pairs)| {
            let of = |value: fn(&(f64, f64)) -> f64| Summary::of(pairs.iter().map(value));
            Some(Growth {
                workers,
                people,
                micros: of(|(ours, _)| *ours)?,
                bare_micros: of(|(_, bare)| *bare)?,
                ratio: of(|(ours, bare)| ours / bare)?,
            })
        }));
    }
    Ok(rows)
}
